import API
import CMessages

/// Closures to put, or to look at what putting them would do.
public struct PutClosuresRequest: WireValue, Hashable, Sendable {
  public var request: ClosuresRequest
  public var isDryRun: Bool

  public init(_ request: ClosuresRequest, isDryRun: Bool = false) {
    (self.request, self.isDryRun) = (request, isDryRun)
  }

  static let initialize = tocsin__v1__put_closures_request__init
  static func read(_ message: Tocsin__V1__PutClosuresRequest) throws(CallStatus) -> PutClosuresRequest {
    var request = ClosuresRequest(try .read(message.closures, message.n_closures))
    request.timeToLiveSeconds = try given(message.has_time_to_live_seconds, message.time_to_live_seconds)?
      .finite("time_to_live_seconds")
    request.endlessTimeToLiveSeconds = try given(
      message.has_endless_time_to_live_seconds, message.endless_time_to_live_seconds)?
      .finite("endless_time_to_live_seconds")
    request.completeSource = try given(message.has_complete_source, message.complete_source)?.text("complete_source")
    request.strictness = message.skip_refused != 0 ? .skipRefused : .allOrNone
    request.feed = try .optional(message.feed)
    if message.shapes != 0 { request.detail.insert(.shapes) }
    return PutClosuresRequest(request, isDryRun: message.dry_run != 0)
  }

  func write(to message: inout Tocsin__V1__PutClosuresRequest, in arena: MessageArena) {
    (message.n_closures, message.closures) = arena.messages(request.closures)
    (message.has_time_to_live_seconds, message.time_to_live_seconds) = given(request.timeToLiveSeconds)
    (message.has_endless_time_to_live_seconds, message.endless_time_to_live_seconds) = given(
      request.endlessTimeToLiveSeconds)
    if let source = request.completeSource {
      (message.has_complete_source, message.complete_source) = (1, arena.text(source))
    }
    message.skip_refused = request.strictness == .skipRefused ? 1 : 0
    if let feed = request.feed { message.feed = arena.message(feed) }
    message.dry_run = isDryRun ? 1 : 0
    message.shapes = request.detail.contains(.shapes) ? 1 : 0
  }
}

/// Asks for all closures.
public struct ListClosuresRequest: WireValue, Sendable {
  public var detail: ClosureDetail

  public init(_ detail: ClosureDetail = []) { self.detail = detail }

  static let initialize = tocsin__v1__list_closures_request__init
  static func read(_ message: Tocsin__V1__ListClosuresRequest) throws(CallStatus) -> ListClosuresRequest {
    ListClosuresRequest(message.shapes != 0 ? .shapes : [])
  }

  func write(to message: inout Tocsin__V1__ListClosuresRequest, in arena: MessageArena) {
    message.shapes = detail.contains(.shapes) ? 1 : 0
  }
}

/// Closures to lift.
public struct LiftClosuresRequest: WireValue, Sendable {
  public var ids: [String]

  public init(_ ids: [String]) { self.ids = ids }

  static let initialize = tocsin__v1__lift_closures_request__init
  static func read(_ message: Tocsin__V1__LiftClosuresRequest) throws(CallStatus) -> LiftClosuresRequest {
    LiftClosuresRequest(try .read(message.ids, message.n_ids, "ids"))
  }

  func write(to message: inout Tocsin__V1__LiftClosuresRequest, in arena: MessageArena) {
    (message.n_ids, message.ids) = arena.texts(ids)
  }
}

extension ClosuresAnswer: WireValue {
  static let initialize = tocsin__v1__closures_answer__init
  static func read(_ message: Tocsin__V1__ClosuresAnswer) throws(CallStatus) -> ClosuresAnswer {
    let refused = try [Refusal].read(message.refused, message.n_refused)
    return ClosuresAnswer(
      version: message.version, closures: try .read(message.closures, message.n_closures),
      refused: refused.map { RefusedClosure(id: $0.id, error: $0.error) },
      liftedIDs: try .read(message.lifted_ids, message.n_lifted_ids, "lifted_ids"))
  }

  func write(to message: inout Tocsin__V1__ClosuresAnswer, in arena: MessageArena) {
    message.version = version
    (message.n_closures, message.closures) = arena.messages(closures)
    (message.n_refused, message.refused) = arena.messages(refused.map { Refusal(id: $0.id, error: $0.error) })
    (message.n_lifted_ids, message.lifted_ids) = arena.texts(liftedIDs)
  }
}

/// What was not taken, where the rest was.
struct Refusal: WireValue {
  var id: String
  var error: EngineError

  static let initialize = tocsin__v1__refusal__init

  /// A code that a later server made up is told as `INVALID_ARGUMENT`.
  static func read(_ message: Tocsin__V1__Refusal) throws(CallStatus) -> Refusal {
    let code = EngineError.Code(rawValue: try message.code.text("code")) ?? .invalidArgument
    return Refusal(
      id: try message.id.text("id"),
      error: EngineError(code, try message.message.text("message"), value: try message.value.text("value")))
  }

  func write(to message: inout Tocsin__V1__Refusal, in arena: MessageArena) {
    message.id = arena.text(id)
    message.code = arena.text(error.code.rawValue)
    message.message = arena.text(error.message)
    message.value = arena.text(error.value)
  }
}

extension FeedReport: WireValue {
  static let initialize = tocsin__v1__feed_report__init
  static func read(_ message: Tocsin__V1__FeedReport) throws(CallStatus) -> FeedReport {
    FeedReport(
      source: try message.source.text("source"),
      intervalSeconds: try message.interval_seconds.finite("interval_seconds", .invalidFeed),
      recordCount: Int(message.record_count), skippedCount: Int(message.skipped_count))
  }

  func write(to message: inout Tocsin__V1__FeedReport, in arena: MessageArena) {
    message.source = arena.text(source)
    message.interval_seconds = intervalSeconds
    message.record_count = UInt32(clamping: recordCount)
    message.skipped_count = UInt32(clamping: skippedCount)
  }
}
