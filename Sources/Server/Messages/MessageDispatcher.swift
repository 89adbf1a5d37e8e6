import API

/// Runs the methods of `tocsin.proto` on an engine: *(method, bytes) to bytes*, the same for every transport.
public struct MessageDispatcher: Sendable {
  /// A method on the engine, from bytes to bytes.
  private struct Handler: Sendable {
    let permission: Permission
    let lane: CallLane
    let isChange: Bool
    let hasPieces: Bool
    let takesStream: Bool
    /// Of a method that answers with one message: its request, read.
    var prepare: (@Sendable ([UInt8]) -> Result<PreparedCall, CallStatus>)?
    /// Of a method that answers with a stream.
    var open: (@Sendable ([UInt8]) -> Result<MessageStream, CallStatus>)?
  }

  private let handlers: [String: Handler]

  /// A dispatcher for the methods of `engine`.
  public init(engine: any EngineAPI) {
    handlers = Dictionary(uniqueKeysWithValues: ServiceMethods.all.map { ($0.name, Self.handler($0, engine)) })
  }

  private static func handler(_ row: some AnyServiceMethod, _ engine: any EngineAPI) -> Handler {
    let method = row.typed
    let isChange = if case .change = method.serving { true } else { false }
    let hasPieces = if case .pieces = method.serving { true } else { false }
    var handler = Handler(
      permission: method.permission, lane: method.lane, isChange: isChange, hasPieces: hasPieces,
      takesStream: method.requests == .stream)
    switch method.serving {
    case .question(let serve), .change(let serve):
      handler.prepare = { payload in
        method.readRequest(payload).map { request in
          PreparedCall(lane: method.isLong(request) ? .long : method.lane) { call in
            Result { () throws(EngineError) in try serve(engine, request, call) }
              .mapError { CallStatus($0) }.map(method.writeAnswer)
          }
        }
      }
    case .stream(let open):
      handler.open = { payload in
        method.readRequest(payload).flatMap { request in
          Result { () throws(EngineError) in try open(engine, request) }.mapError { CallStatus($0) }
        }
        .map { MessageStream($0, write: method.writeAnswer) }
      }
    case .pieces(let serve):
      handler.open = { payload in
        method.readRequest(payload).map { request in
          let pieces = AnswerPieces { limit throws(EngineError) in try serve(engine, request, limit) }
          return MessageStream(pieces, write: method.writeAnswer)
        }
      }
    case .byTransport: break
    }
    return handler
  }

  /// The names of all methods, such as `tocsin.v1.Dispatch/FastestUnits`.
  public var methods: [String] { handlers.keys.sorted() }

  /// True for a method whose request may come as a stream of messages: they merge, their lists add up.
  public func takesStream(_ method: String) -> Bool { handlers[method]?.takesStream == true }

  /// True for a method that answers with a stream.
  public func isStream(_ method: String) -> Bool { handlers[method]?.open != nil }

  /// What a caller of the method must be allowed to do; of an unknown method, to ask.
  public func permission(toCall method: String) -> Permission { handlers[method]?.permission ?? .ask }

  /// True for a method that changes the state.
  public func isChange(_ method: String) -> Bool { handlers[method]?.isChange == true }

  /// True for a method whose answer is found as a whole and streamed in pieces.
  public func hasPieces(_ method: String) -> Bool { handlers[method]?.hasPieces == true }

  /// Which threads read a request, and run it if that shows nothing else.
  public func lane(of method: String, payloadBytes: Int) -> CallLane {
    let lane = handlers[method]?.lane ?? .questions
    return lane == .questions && payloadBytes > Self.manyBytes ? .long : lane
  }

  /// A question of more bytes may take long to read alone.
  private static let manyBytes = 64 << 10

  /// Reads the request of a streaming method and opens its stream.
  ///
  /// - Returns: the stream; or an error of the engine, `UNKNOWN_METHOD`, `MALFORMED_MESSAGE`, `MESSAGE_TOO_LARGE`.
  public func open(method: String, payload: [UInt8]) -> Result<MessageStream, CallStatus> {
    handlers[method]?.open?(payload) ?? .failure(Self.unknown(method))
  }

  /// Reads a request, runs it on the engine on the caller's thread, and writes its answer.
  ///
  /// - Parameters:
  ///   - deadline: a request that comes later is not started, one that takes longer is ended: `DEADLINE_EXCEEDED`.
  ///   - cancellation: ends the request: `CANCELLED`.
  ///   - origin: who asks, for the audit trail; its method is set here.
  /// - Returns: the answer message; or an error of the engine, `UNKNOWN_METHOD`, `MALFORMED_MESSAGE`,
  ///   `MESSAGE_TOO_LARGE`.
  public func dispatch(
    method: String, payload: [UInt8], deadline: ContinuousClock.Instant?, cancellation: Cancellation? = nil,
    origin: ChangeOrigin = .local
  ) -> Result<[UInt8], CallStatus> {
    let limit = WorkLimit(deadline: deadline, cancellation: cancellation)
    return prepare(method: method, payload: payload, deadline: deadline).flatMap {
      $0.run(for: method, by: origin, within: limit)
    }
  }

  /// Reads a request, so that it is known which threads may run it.
  ///
  /// - Returns: the call, or why it is refused, as ``dispatch(method:payload:deadline:cancellation:origin:)`` says.
  public func prepare(
    method: String, payload: [UInt8], deadline: ContinuousClock.Instant?
  ) -> Result<PreparedCall, CallStatus> {
    guard let prepare = handlers[method]?.prepare else { return .failure(Self.unknown(method)) }
    if let deadline, ContinuousClock.now >= deadline {
      return .failure(CallStatus(.deadlineExceeded, "the request's turn came after its deadline"))
    }
    return prepare(payload)
  }

  private static func unknown(_ method: String) -> CallStatus {
    CallStatus(.unknownMethod, "there is no such method", value: method)
  }
}

/// A call whose request was read.
public struct PreparedCall: Sendable {
  /// Which threads may run it.
  public let lane: CallLane
  let serve: @Sendable (CallContext) -> Result<[UInt8], CallStatus>

  /// Runs it on the caller's thread, and writes its answer.
  public func run(
    for method: String, by origin: ChangeOrigin, within limit: WorkLimit
  ) -> Result<[UInt8], CallStatus> {
    var origin = origin
    origin.method = method
    return serve(CallContext(origin: origin, limit: limit))
  }
}
