import Foundation
import Messages
import NIOCore
import NIOPosix
import Synchronization

/// A connection to a server. Any number of tasks may call at the same time; each waits for its own answer only.
///
/// A connection that is lost stays lost: every call then fails with `CONNECTION_LOST`, and the caller connects again.
public final class TocsinClient: Sendable {
  private let channel: any Channel
  private let connection: NIOLoopBound<ClientConnection>
  let calls: CallTable
  /// Shown with each call.
  let token: String
  private let timeouts: ClientTimeouts

  private init(
    channel: any Channel, connection: NIOLoopBound<ClientConnection>, calls: CallTable, token: String,
    timeouts: ClientTimeouts
  ) {
    (self.channel, self.connection, self.calls) = (channel, connection, calls)
    (self.token, self.timeouts) = (token, timeouts)
  }

  deinit { channel.close(promise: nil) }

  /// Connects to the server at `address`. Throws `CONNECTION_FAILED` with the address, also for a server whose
  /// certificate is not trusted. A server that doesn't trust the client's ends the first call: `CONNECTION_LOST`.
  public static func connect(
    to address: ServerAddress, timeouts: ClientTimeouts = ClientTimeouts(),
    credentials: ClientCredentials = ClientCredentials()
  ) async throws(ClientError) -> TocsinClient {
    let calls = CallTable()
    let made = Mutex<NIOLoopBound<ClientConnection>?>(nil)
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let agreed = loop.makePromise(of: Void.self)
    let bootstrap = ClientBootstrap(group: loop)
      .connectTimeout(.milliseconds(Int64(timeouts.connectMilliseconds)))
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          var isEncrypted = false
          if case .tcp = address, let tls = credentials.tls {
            isEncrypted = true
            try tls.start(on: channel, agreed: agreed)
          } else {
            agreed.succeed()
          }
          let connection = ClientConnection(calls: calls, address: address, isEncrypted: isEncrypted)
          try channel.pipeline.syncOperations.addHandler(connection)
          made.withLock { $0 = NIOLoopBound(connection, eventLoop: channel.eventLoop) }
        }
      }
    do {
      let channel: any Channel
      switch address {
      case .unix(let path): channel = try await bootstrap.connect(unixDomainSocketPath: path).get()
      case .tcp(let host, let port): channel = try await bootstrap.connect(host: host, port: port).get()
      }
      try await agreed.futureResult.get()
      guard let connection = made.withLock({ $0 }) else { throw ChannelError.eof }
      return TocsinClient(
        channel: channel, connection: connection, calls: calls, token: credentials.token, timeouts: timeouts)
    } catch {
      agreed.fail(error)
      throw ClientError(.connectionFailed, "no server answers: \(reason(of: error))", value: "\(address)")
    }
  }

  /// Ends the connection. Calls that still wait fail with `CONNECTION_LOST`.
  public func close() async {
    calls.fail(ClientError(.connectionLost, "the client closed the connection"))
    try? await channel.close()
  }

  /// Calls a method and waits for its answer. Throws the server's error, `CONNECTION_LOST`, `DEADLINE_EXCEEDED`,
  /// `CANCELLED`, `MESSAGE_TOO_LARGE`, or `MALFORMED_MESSAGE` for an answer that cannot be read.
  public func call<Request, Answer>(
    _ method: ServiceMethod<Request, Answer>, _ request: Request
  ) async throws(ClientError) -> Answer {
    let payload = try await call(method: method.name, payload: method.writeRequest(request)).get()
    return try method.readAnswer(payload).mapError { ClientError($0) }.get()
  }

  /// Calls a method by name, with the bytes of its request and answer messages.
  public func call(method: String, payload: [UInt8]) async -> Result<[UInt8], ClientError> {
    if Task.isCancelled { return .failure(Self.cancelled) }
    let id = calls.nextID()
    let milliseconds = timeouts.callMilliseconds
    let request = FrameRequest(
      id: id, method: method, deadlineMilliseconds: milliseconds, token: token, payload: payload)
    let frame: [UInt8]
    do {
      frame = try FrameCodec.encode(request: request)
    } catch {
      return .failure(ClientError(error))
    }
    let deadline = NIODeadline.now() + .milliseconds(Int64(milliseconds))
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        if calls.start(id, frame: frame, deadline: deadline, .one(continuation)) { send(deadline) }
        // A cancellation before the start has found nothing to abandon.
        if Task.isCancelled { cancel(id) }
      }
    } onCancel: {
      cancel(id)
    }
  }

  private static let cancelled = ClientError(.cancelled, "the calling task was cancelled")

  func cancel(_ id: UInt64) { if calls.abandon(id, because: Self.cancelled) { send(nil) } }

  func send(_ deadline: NIODeadline?) {
    channel.eventLoop.execute { [connection] in connection.value.send(deadline: deadline) }
  }

  private static func reason(of error: any Error) -> String {
    switch error {
    case let error as IOError: String(cString: strerror(error.errnoCode))
    case let error as NIOConnectionError:
      error.connectionErrors.first.map { reason(of: $0.error) } ?? "\(error.host) has no address"
    case ChannelError.connectTimeout: "timed out"
    default: tlsReason(in: "\(error)")
    }
  }

  /// BoringSSL's words for what goes wrong with a server that does answer.
  private static func tlsReason(in text: String) -> String {
    if text.contains("CERTIFICATE_VERIFY_FAILED") {
      return "its certificate isn't signed by the authority that was named, is out of date, or is for another name"
    }
    if ["WRONG_VERSION_NUMBER", "HTTP_REQUEST", "INVALID_ALERT"].contains(where: text.contains) {
      return "what answers there doesn't speak TLS"
    }
    return text
  }
}
