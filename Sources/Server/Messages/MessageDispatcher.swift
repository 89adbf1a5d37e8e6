import API

/// Runs the methods of `tocsin.proto` on an engine: *(method, bytes) to bytes*, the same for every transport.
public struct MessageDispatcher: Sendable {
  /// A method on the engine, from bytes to bytes.
  private struct Handler: Sendable {
    let permission: Permission
    let changesState: Bool
    let takesStream: Bool
    var serve: (@Sendable ([UInt8], CallContext) -> Result<[UInt8], CallStatus>)?
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
    var handler = Handler(
      permission: method.permission, changesState: method.changesState, takesStream: method.requests == .stream)
    switch method.serving {
    case .question(let serve), .change(let serve):
      handler.serve = { payload, call in
        method.readRequest(payload).flatMap { request in
          Result { () throws(EngineError) in try serve(engine, request, call) }.mapError { CallStatus($0) }
        }
        .map(method.writeAnswer)
      }
    case .stream(let open):
      handler.open = { payload in
        method.readRequest(payload).flatMap { request in
          Result { () throws(EngineError) in try open(engine, request) }.mapError { CallStatus($0) }
        }
        .map { MessageStream($0, write: method.writeAnswer) }
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

  /// True for a method that changes the state and so may wait for the disk.
  public func changesState(_ method: String) -> Bool { handlers[method]?.changesState == true }

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
    guard let serve = handlers[method]?.serve else { return .failure(Self.unknown(method)) }
    if let deadline, ContinuousClock.now >= deadline {
      return .failure(CallStatus(.deadlineExceeded, "the request's turn came after its deadline"))
    }
    var origin = origin
    origin.method = method
    return serve(payload, CallContext(origin: origin, limit: WorkLimit(deadline: deadline, cancellation: cancellation)))
  }

  private static func unknown(_ method: String) -> CallStatus {
    CallStatus(.unknownMethod, "there is no such method", value: method)
  }
}
