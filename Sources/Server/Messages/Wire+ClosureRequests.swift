import API
import CMessages

/// Closures to put, or to look at what putting them would do.
public struct PutClosuresRequest: Hashable, Sendable {
  public var request: ClosuresRequest
  public var isDryRun: Bool

  public init(_ request: ClosuresRequest, isDryRun: Bool = false) {
    self.request = request
    self.isDryRun = isDryRun
  }
}

/// Closures to lift.
public struct LiftClosuresRequest: Sendable {
  public var ids: [String]

  public init(_ ids: [String]) { self.ids = ids }
}

extension PutClosuresRequest: WireRoot {
  static func unpack(
    _ allocator: UnsafeMutablePointer<ProtobufCAllocator>, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> UnsafeMutablePointer<Tocsin__V1__PutClosuresRequest>? {
    tocsin__v1__put_closures_request__unpack(allocator, bytes.count, bytes.baseAddress)
  }

  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__PutClosuresRequest>) {
    tocsin__v1__put_closures_request__init(message)
  }

  static func read(_ message: Tocsin__V1__PutClosuresRequest) throws(CallStatus) -> PutClosuresRequest {
    var request = ClosuresRequest(try WireReader.messages(message.closures, message.n_closures))
    if message.has_time_to_live_seconds_case.rawValue != 0 {
      request.timeToLiveSeconds = try WireReader.finite(message.time_to_live_seconds, "time_to_live_seconds")
    }
    if message.has_complete_source_case.rawValue != 0 {
      request.completeSource = try WireReader.text(message.complete_source, "complete_source")
    }
    request.strictness = message.skip_refused != 0 ? .skipRefused : .allOrNone
    if let feed = message.feed { request.feed = try FeedReport.read(feed.pointee) }
    return PutClosuresRequest(request, isDryRun: message.dry_run != 0)
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__PutClosuresRequest>, in arena: MessageArena) {
    (message.pointee.n_closures, message.pointee.closures) = (
      request.closures.count, arena.messages(request.closures)
    )
    if let seconds = request.timeToLiveSeconds {
      message.pointee.has_time_to_live_seconds_case =
        TOCSIN__V1__PUT_CLOSURES_REQUEST__HAS_TIME_TO_LIVE_SECONDS_TIME_TO_LIVE_SECONDS
      message.pointee.time_to_live_seconds = seconds
    }
    if let source = request.completeSource {
      message.pointee.has_complete_source_case =
        TOCSIN__V1__PUT_CLOSURES_REQUEST__HAS_COMPLETE_SOURCE_COMPLETE_SOURCE
      message.pointee.complete_source = arena.text(source)
    }
    message.pointee.skip_refused = request.strictness == .skipRefused ? 1 : 0
    if let feed = request.feed { message.pointee.feed = arena.message(feed) }
    message.pointee.dry_run = isDryRun ? 1 : 0
  }
}

extension LiftClosuresRequest: WireRoot {
  static func unpack(
    _ allocator: UnsafeMutablePointer<ProtobufCAllocator>, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> UnsafeMutablePointer<Tocsin__V1__LiftClosuresRequest>? {
    tocsin__v1__lift_closures_request__unpack(allocator, bytes.count, bytes.baseAddress)
  }

  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__LiftClosuresRequest>) {
    tocsin__v1__lift_closures_request__init(message)
  }

  static func read(_ message: Tocsin__V1__LiftClosuresRequest) throws(CallStatus) -> LiftClosuresRequest {
    LiftClosuresRequest(try WireReader.texts(message.ids, message.n_ids, "ids"))
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__LiftClosuresRequest>, in arena: MessageArena) {
    (message.pointee.n_ids, message.pointee.ids) = (ids.count, arena.texts(ids))
  }
}

extension ClosuresAnswer: WireRoot {
  static func unpack(
    _ allocator: UnsafeMutablePointer<ProtobufCAllocator>, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> UnsafeMutablePointer<Tocsin__V1__ClosuresAnswer>? {
    tocsin__v1__closures_answer__unpack(allocator, bytes.count, bytes.baseAddress)
  }

  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__ClosuresAnswer>) {
    tocsin__v1__closures_answer__init(message)
  }

  static func read(_ message: Tocsin__V1__ClosuresAnswer) throws(CallStatus) -> ClosuresAnswer {
    let refused = try WireReader.messages(message.refused, message.n_refused, of: Refusal.self)
    return ClosuresAnswer(
      version: message.version, closures: try WireReader.messages(message.closures, message.n_closures),
      refused: refused.map { RefusedClosure(id: $0.id, error: $0.error) },
      liftedIDs: try WireReader.texts(message.lifted_ids, message.n_lifted_ids, "lifted_ids"))
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__ClosuresAnswer>, in arena: MessageArena) {
    message.pointee.version = version
    (message.pointee.n_closures, message.pointee.closures) = (closures.count, arena.messages(closures))
    let refused = refused.map { Refusal(id: $0.id, error: $0.error) }
    (message.pointee.n_refused, message.pointee.refused) = (refused.count, arena.messages(refused))
    (message.pointee.n_lifted_ids, message.pointee.lifted_ids) = (liftedIDs.count, arena.texts(liftedIDs))
  }
}

/// What was not taken, where the rest was.
struct Refusal {
  var id: String
  var error: EngineError
}

extension Refusal: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__Refusal>) {
    tocsin__v1__refusal__init(message)
  }

  /// A code that a later server made up is told as `INVALID_ARGUMENT`.
  static func read(_ message: Tocsin__V1__Refusal) throws(CallStatus) -> Refusal {
    let code = EngineError.Code(rawValue: try WireReader.text(message.code, "code")) ?? .invalidArgument
    return Refusal(
      id: try WireReader.text(message.id, "id"),
      error: EngineError(
        code, try WireReader.text(message.message, "message"), value: try WireReader.text(message.value, "value")))
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__Refusal>, in arena: MessageArena) {
    message.pointee.id = arena.text(id)
    message.pointee.code = arena.text(error.code.rawValue)
    message.pointee.message = arena.text(error.message)
    message.pointee.value = arena.text(error.value)
  }
}

extension FeedReport: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__FeedReport>) {
    tocsin__v1__feed_report__init(message)
  }

  static func read(_ message: Tocsin__V1__FeedReport) throws(CallStatus) -> FeedReport {
    FeedReport(
      source: try WireReader.text(message.source, "source"),
      intervalSeconds: try WireReader.finite(message.interval_seconds, "interval_seconds", .invalidFeed),
      recordCount: Int(message.record_count), skippedCount: Int(message.skipped_count))
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__FeedReport>, in arena: MessageArena) {
    message.pointee.source = arena.text(source)
    message.pointee.interval_seconds = intervalSeconds
    message.pointee.record_count = UInt32(clamping: recordCount)
    message.pointee.skipped_count = UInt32(clamping: skippedCount)
  }
}
