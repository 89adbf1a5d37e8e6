import API

/// Runs the methods of `tocsin.proto` on an engine: *(method, bytes) to bytes*, the same for every transport.
public struct MessageDispatcher: Sendable {
  /// How a method is served.
  private struct Handler: Sendable {
    var permission = Permission.ask
    var changesState = false
    let serve: @Sendable ([UInt8], CallContext) -> Result<[UInt8], CallStatus>
  }

  /// Who asks, and until when.
  private struct CallContext {
    var origin: ChangeOrigin
    var limit: WorkLimit
  }

  private let handlers: [String: Handler]
  /// The methods that answer with a stream.
  private let openers: [String: @Sendable ([UInt8]) -> Result<MessageStream, CallStatus>]

  /// A dispatcher for the methods of `engine`.
  public init(engine: any EngineAPI) {
    var handlers: [String: Handler] = [:]
    Self.addUnits(to: &handlers, engine)
    Self.addRoutes(to: &handlers, engine)
    Self.addClosures(to: &handlers, engine)
    Self.addStatus(to: &handlers, engine)
    self.handlers = handlers
    openers = [
      ServiceMethods.watchTraffic.name: Self.opener(ServiceMethods.watchTraffic) { _ throws(EngineError) in
        try engine.watchTraffic()
      },
      ServiceMethods.watch.name: Self.opener(ServiceMethods.watch) { question throws(EngineError) in
        try engine.watch(question)
      },
    ]
  }

  /// The names of all methods, such as `tocsin.v1.Dispatch/FastestUnits`.
  public var methods: [String] { (Array(handlers.keys) + Array(openers.keys)).sorted() }

  /// True for a method whose request may come as a stream: its messages, put together, are one.
  public func takesStream(_ method: String) -> Bool { method == ServiceMethods.putSpeeds.name }

  /// True for a method that answers with a stream.
  public func isStream(_ method: String) -> Bool { openers[method] != nil }

  /// Reads the request of a streaming method and opens its stream.
  ///
  /// - Returns: the stream; or an error of the engine, `UNKNOWN_METHOD`, `MALFORMED_MESSAGE`, `MESSAGE_TOO_LARGE`.
  public func open(method: String, payload: [UInt8]) -> Result<MessageStream, CallStatus> {
    guard let opener = openers[method] else {
      return .failure(CallStatus(.unknownMethod, "there is no such method", value: method))
    }
    return opener(payload)
  }

  private static func opener<Request, Answer>(
    _ method: StreamMethod<Request, Answer>,
    _ open: @escaping @Sendable (Request) throws(EngineError) -> any AnswerStream<Answer>
  ) -> @Sendable ([UInt8]) -> Result<MessageStream, CallStatus> {
    { payload in
      method.call.readRequest(payload).flatMap { request in
        Result { () throws(EngineError) in try open(request) }.mapError { CallStatus($0) }
      }
      .map { MessageStream($0, write: method.call.writeAnswer) }
    }
  }

  /// What a caller of the method must be allowed to do; of a method that there is not, to ask.
  public func permission(toCall method: String) -> Permission { handlers[method]?.permission ?? .ask }

  /// True for a method that changes the state and so may wait for the disk.
  public func changesState(_ method: String) -> Bool { handlers[method]?.changesState == true }

  /// Reads a request, runs it on the engine on the caller's thread, and writes its answer.
  ///
  /// - Parameters:
  ///   - deadline: a request that comes later is not started, one that takes longer is ended: `DEADLINE_EXCEEDED`.
  ///   - cancellation: ends the request: `CANCELLED`.
  ///   - caller: who asks, for the audit trail.
  /// - Returns: the answer message; or an error of the engine, `UNKNOWN_METHOD`, `MALFORMED_MESSAGE`,
  ///   `MESSAGE_TOO_LARGE`.
  public func dispatch(
    method: String, payload: [UInt8], deadline: ContinuousClock.Instant?, cancellation: Cancellation? = nil,
    caller: Caller = Caller()
  ) -> Result<[UInt8], CallStatus> {
    guard let handler = handlers[method] else {
      return .failure(CallStatus(.unknownMethod, "there is no such method", value: method))
    }
    if let deadline, ContinuousClock.now >= deadline {
      return .failure(CallStatus(.deadlineExceeded, "the request's turn came after its deadline"))
    }
    return handler.serve(
      payload,
      CallContext(
        origin: ChangeOrigin(actor: caller.actor, peer: caller.peer, method: method),
        limit: WorkLimit(deadline: deadline, cancellation: cancellation)))
  }

  /// Adds a method: read the request, `serve` it, write the answer.
  private static func add<Request, Answer>(
    _ method: ServiceMethod<Request, Answer>, to handlers: inout [String: Handler],
    serve: @escaping @Sendable (Request, WorkLimit) throws(EngineError) -> Answer
  ) {
    handlers[method.name] = handler(method) { request, context throws(EngineError) in
      try serve(request, context.limit)
    }
  }

  /// Adds a method that changes the state: `serve` is told who asks as well.
  private static func addChange<Request, Answer>(
    _ method: ServiceMethod<Request, Answer>, _ permission: Permission, to handlers: inout [String: Handler],
    serve: @escaping @Sendable (Request, CallContext) throws(EngineError) -> Answer
  ) {
    handlers[method.name] = handler(method, serve: serve)
    handlers[method.name]?.permission = permission
    handlers[method.name]?.changesState = true
  }

  private static func handler<Request, Answer>(
    _ method: ServiceMethod<Request, Answer>,
    serve: @escaping @Sendable (Request, CallContext) throws(EngineError) -> Answer
  ) -> Handler {
    Handler { payload, context in
      method.readRequest(payload).flatMap { request in
        Result { () throws(EngineError) in try serve(request, context) }.mapError { CallStatus($0) }
      }
      .map(method.writeAnswer)
    }
  }

  private static func addUnits(to handlers: inout [String: Handler], _ engine: any EngineAPI) {
    addChange(ServiceMethods.putUnits, .moveUnits, to: &handlers) { request, context throws(EngineError) in
      try engine.putUnits(request.units, by: context.origin, within: context.limit)
    }
    addChange(ServiceMethods.removeUnits, .moveUnits, to: &handlers) { request, context throws(EngineError) in
      try engine.removeUnits(request.ids, by: context.origin)
    }
    add(ServiceMethods.listUnits, to: &handlers) { _, _ in
      let (version, units) = engine.listUnits()
      return ListUnitsAnswer(version: version, units: units)
    }
    add(ServiceMethods.fastestUnits, to: &handlers) { request, limit throws(EngineError) in
      try engine.fastestUnits(request, within: limit)
    }
  }

  private static func addRoutes(to handlers: inout [String: Handler], _ engine: any EngineAPI) {
    add(ServiceMethods.route, to: &handlers) { request, limit throws(EngineError) in
      try engine.route(request, within: limit)
    }
    add(ServiceMethods.snap, to: &handlers) { request, _ throws(EngineError) in try engine.snap(request) }
  }

  private static func addClosures(to handlers: inout [String: Handler], _ engine: any EngineAPI) {
    addChange(ServiceMethods.putClosures, .changeTraffic, to: &handlers) { request, context throws(EngineError) in
      if request.isDryRun { return try engine.previewClosures(request.request, within: context.limit) }
      return try engine.putClosures(request.request, by: context.origin, within: context.limit)
    }
    addChange(ServiceMethods.putSpeeds, .changeTraffic, to: &handlers) { request, context throws(EngineError) in
      try engine.putSpeeds(request, by: context.origin, within: context.limit)
    }
    addChange(ServiceMethods.liftClosures, .changeTraffic, to: &handlers) { request, context throws(EngineError) in
      try engine.liftClosures(request.ids, by: context.origin)
    }
    add(ServiceMethods.listClosures, to: &handlers) { _, _ in engine.listClosures() }
  }

  private static func addStatus(to handlers: inout [String: Handler], _ engine: any EngineAPI) {
    addChange(ServiceMethods.reload, .administer, to: &handlers) { request, context throws(EngineError) in
      try engine.reload(request.parts, by: context.origin, within: context.limit)
    }
    addChange(ServiceMethods.reloadOverrides, .administer, to: &handlers) { _, _ throws(EngineError) in
      try engine.reloadOverrides()
    }
    add(ServiceMethods.status, to: &handlers) { _, _ in engine.status() }
    add(ServiceMethods.health, to: &handlers) { _, _ in HealthAnswer(version: engine.status().version) }
    handlers[ServiceMethods.health.name]?.permission = .checkHealth
  }
}
