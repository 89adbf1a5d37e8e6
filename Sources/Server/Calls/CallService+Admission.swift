import API
import Access
import Foundation
import Logging
import Messages

/// A request as a transport reads it.
public struct CallRequest: Sendable {
  /// The connection's own number for it.
  public var id: UInt64
  /// Service and method, such as `tocsin.v1.Dispatch/FastestUnits`.
  public var method: String
  /// What the caller shows; empty if nothing.
  public var token: String
  /// How long the caller waits; `nil` if it does not say.
  public var timeout: Duration?
  /// Its message, or what `read` makes one of.
  public var payload: [UInt8]
  /// The message of a payload in another form, such as JSON. Called where the request's turn has come.
  public var read: Reading?

  public typealias Reading = @Sendable ([UInt8]) throws(CallStatus) -> [UInt8]

  public init(
    id: UInt64, method: String, token: String, timeout: Duration?, payload: [UInt8], read: Reading? = nil
  ) {
    (self.id, self.method, self.token, self.timeout, self.payload) = (id, method, token, timeout, payload)
    self.read = read
  }

  /// The message of the request.
  func message() -> Result<[UInt8], CallStatus> {
    guard let read else { return .success(payload) }
    return Result { () throws(CallStatus) in try read(payload) }
  }
}

extension CallService {
  /// The call of a request, if its caller may make it.
  ///
  /// - Throws: `UNAUTHENTICATED`, `PERMISSION_DENIED` with the method, `RATE_LIMITED` with the limit.
  public func admit(
    _ request: CallRequest, of session: inout ClientSession, to sink: any AnswerSink
  ) throws(CallStatus) -> Call {
    let (origin, caller) = try origin(of: request, &session)
    let now = ContinuousClock.now
    return Call(
      request, of: caller, arrival: now, deadline: deadline(request.timeout).map { now.advanced(by: $0) },
      origin: origin, sink: sink, service: self)
  }

  /// The stream of a request, if its caller may open it.
  ///
  /// - Throws: as ``admit(_:of:to:)``; `TOO_MANY_REQUESTS` where the server has too many streams.
  public func admitStream(
    _ request: CallRequest, of session: inout ClientSession, to sink: any AnswerSink
  ) throws(CallStatus) -> StreamCall {
    let (_, caller) = try origin(of: request, &session)
    guard streamsOfCallers.take(caller) else { throw streamsOfCallers.refusal }
    guard streams.take(1) else {
      streamsOfCallers.giveBack(caller)
      throw streams.refusal
    }
    do throws(CallStatus) {
      if dispatcher.hasPieces(request.method) { try takePieces(of: caller) }
    } catch {
      streamsOfCallers.giveBack(caller)
      streams.giveBack(1)
      throw error
    }
    return StreamCall(request, of: caller, session, sink: sink, service: self)
  }

  private func takePieces(of caller: String) throws(CallStatus) {
    guard pieceStreamsOfCallers.take(caller) else { throw pieceStreamsOfCallers.refusal }
    guard pieceStreams.take(1) else {
      pieceStreamsOfCallers.giveBack(caller)
      throw pieceStreams.refusal
    }
  }

  /// How long a request may take, by its own wish and the server's limits; `nil` is for ever.
  public func deadline(_ wish: Duration?) -> Duration? {
    let longest = limits.deadlineSecondsMax > 0 ? Duration.seconds(limits.deadlineSecondsMax) : nil
    let usual = limits.deadlineSecondsDefault > 0 ? Duration.seconds(limits.deadlineSecondsDefault) : nil
    guard let wanted = wish ?? usual else { return longest }
    return longest.map { min(wanted, $0) } ?? wanted
  }

  /// Whether a caller may call a method at all, before its request is whole. Takes nothing of its allowance.
  ///
  /// - Throws: `UNAUTHENTICATED`, `PERMISSION_DENIED` with the method.
  public func check(_ method: String, token: String, of session: inout ClientSession) throws(CallStatus) {
    if dispatcher.permission(toCall: method) != .checkHealth { _ = try principal(calling: method, token, &session) }
  }

  /// When the caller of a stream loses its right to it; `nil` if never, as far as is known.
  func expiry(of request: CallRequest, _ session: ClientSession) -> Date? {
    var session = session
    return try? session.principal(token: request.token, access).expires
  }

  /// Names of methods are said again as far as that.
  private static let nameCharactersMax = 100

  private func principal(
    calling method: String, _ token: String, _ session: inout ClientSession
  ) throws(CallStatus) -> Principal {
    let principal: Principal
    do {
      principal = try session.principal(token: token, access)
    } catch {
      logRefusal(of: method, error, actor: session.credentials.user ?? "", session.peer)
      throw error
    }
    if principal.may(dispatcher.permission(toCall: method)) { return principal }
    let status = CallStatus(
      .permissionDenied, "\(principal.name.isEmpty ? "the caller" : principal.name) may not call this",
      value: String(method.prefix(Self.nameCharactersMax)))
    logRefusal(of: method, status, actor: principal.name, session.peer)
    throw status
  }

  /// Who asks, for the audit trail, and whom the call counts for.
  private func origin(
    of request: CallRequest, _ session: inout ClientSession
  ) throws(CallStatus) -> (origin: ChangeOrigin, caller: String) {
    if dispatcher.permission(toCall: request.method) == .checkHealth {
      return (ChangeOrigin(peer: session.peer), session.address)
    }
    let principal = try principal(calling: request.method, request.token, &session)
    if let status = principal.take() {
      logRefusal(of: request.method, status, actor: principal.name, session.peer)
      throw status
    }
    return (ChangeOrigin(actor: principal.name, peer: session.peer), principal.caller(from: session))
  }

  private func logRefusal(of method: String, _ status: CallStatus, actor: String, _ peer: String) {
    metrics.recordRefusal(of: method, status.code)
    logger.warning(
      "call refused",
      metadata: [
        "method": "\(method.prefix(Self.nameCharactersMax))", "code": "\(status.code)", "actor": "\(actor)",
        "peer": "\(peer)",
      ])
  }
}
