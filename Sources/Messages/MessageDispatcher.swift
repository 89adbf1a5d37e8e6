import Engine

/// Runs the methods of `tocsin.proto` on an engine: *(method, bytes) to bytes*, the same for every transport.
public struct MessageDispatcher: Sendable {
  private typealias Handler = @Sendable ([UInt8]) -> Result<[UInt8], CallStatus>

  private let handlers: [String: Handler]

  /// A dispatcher for the methods of `engine`.
  public init(engine: any EngineAPI) {
    var handlers: [String: Handler] = [:]
    Self.addUnits(to: &handlers, engine)
    Self.addRoutes(to: &handlers, engine)
    Self.addClosures(to: &handlers, engine)
    Self.addStatus(to: &handlers, engine)
    self.handlers = handlers
  }

  /// The names of all methods, such as `tocsin.v1.Dispatch/FastestUnits`.
  public var methods: [String] { handlers.keys.sorted() }

  /// Reads a request, runs it on the engine on the caller's thread, and writes its answer.
  ///
  /// - Parameter deadline: a request that comes later is not started: `DEADLINE_EXCEEDED`.
  /// - Returns: the answer message; or an error of the engine, `UNKNOWN_METHOD`, `MALFORMED_MESSAGE`,
  ///   `MESSAGE_TOO_LARGE`.
  public func dispatch(
    method: String, payload: [UInt8], deadline: ContinuousClock.Instant?
  ) -> Result<[UInt8], CallStatus> {
    guard let handler = handlers[method] else {
      return .failure(CallStatus(.unknownMethod, "there is no such method", value: method))
    }
    if let deadline, ContinuousClock.now >= deadline {
      return .failure(CallStatus(.deadlineExceeded, "the request's turn came after its deadline"))
    }
    return handler(payload)
  }

  /// Adds a method: read the request, `serve` it, write the answer.
  private static func add<Request, Answer>(
    _ method: ServiceMethod<Request, Answer>, to handlers: inout [String: Handler],
    serve: @escaping @Sendable (Request) throws(EngineError) -> Answer
  ) {
    handlers[method.name] = { payload in
      method.readRequest(payload).flatMap { request in
        Result { () throws(EngineError) in try serve(request) }.mapError { CallStatus($0) }
      }
      .map(method.writeAnswer)
    }
  }

  private static func addUnits(to handlers: inout [String: Handler], _ engine: any EngineAPI) {
    add(ServiceMethods.putUnits, to: &handlers) { request throws(EngineError) in try engine.putUnits(request.units) }
    add(ServiceMethods.removeUnits, to: &handlers) { request throws(EngineError) in try engine.removeUnits(request.ids)
    }
    add(ServiceMethods.listUnits, to: &handlers) { _ in
      let (version, units) = engine.listUnits()
      return ListUnitsAnswer(version: version, units: units)
    }
    add(ServiceMethods.fastestUnits, to: &handlers) { request throws(EngineError) in try engine.fastestUnits(request) }
  }

  private static func addRoutes(to handlers: inout [String: Handler], _ engine: any EngineAPI) {
    add(ServiceMethods.route, to: &handlers) { request throws(EngineError) in try engine.route(request) }
    add(ServiceMethods.snap, to: &handlers) { request throws(EngineError) in try engine.snap(request) }
  }

  private static func addClosures(to handlers: inout [String: Handler], _ engine: any EngineAPI) {
    add(ServiceMethods.putClosures, to: &handlers) { request throws(EngineError) in
      try engine.putClosures(request.closures)
    }
    add(ServiceMethods.liftClosures, to: &handlers) { request throws(EngineError) in
      try engine.liftClosures(request.ids)
    }
    add(ServiceMethods.listClosures, to: &handlers) { _ in engine.listClosures() }
  }

  private static func addStatus(to handlers: inout [String: Handler], _ engine: any EngineAPI) {
    add(ServiceMethods.reloadOverrides, to: &handlers) { _ throws(EngineError) in try engine.reloadOverrides() }
    add(ServiceMethods.status, to: &handlers) { _ in engine.status() }
    add(ServiceMethods.health, to: &handlers) { _ in HealthAnswer(version: engine.status().version) }
  }
}
