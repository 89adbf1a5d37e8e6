import API
import CMessages
import Foundation

extension WatchQuestion: WireRoot {
  static func unpack(
    _ allocator: UnsafeMutablePointer<ProtobufCAllocator>, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> UnsafeMutablePointer<Tocsin__V1__WatchRequest>? {
    tocsin__v1__watch_request__unpack(allocator, bytes.count, bytes.baseAddress)
  }

  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__WatchRequest>) {
    tocsin__v1__watch_request__init(message)
  }

  static func read(_ message: Tocsin__V1__WatchRequest) throws(CallStatus) -> WatchQuestion {
    switch message.question_case {
    case TOCSIN__V1__WATCH_REQUEST__QUESTION_ROUTE:
      return .route(try WireReader.required(message.route, "route"))
    case TOCSIN__V1__WATCH_REQUEST__QUESTION_FASTEST_UNITS:
      return .fastestUnits(try WireReader.required(message.fastest_units, "fastest_units"))
    default: throw CallStatus(EngineError(.invalidArgument, "the request has no question to watch"))
    }
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__WatchRequest>, in arena: MessageArena) {
    switch self {
    case .route(let request):
      message.pointee.question_case = TOCSIN__V1__WATCH_REQUEST__QUESTION_ROUTE
      message.pointee.route = arena.message(request)
    case .fastestUnits(let request):
      message.pointee.question_case = TOCSIN__V1__WATCH_REQUEST__QUESTION_FASTEST_UNITS
      message.pointee.fastest_units = arena.message(request)
    }
  }
}

extension WatchAnswer: WireRoot {
  static func unpack(
    _ allocator: UnsafeMutablePointer<ProtobufCAllocator>, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> UnsafeMutablePointer<Tocsin__V1__WatchAnswer>? {
    tocsin__v1__watch_answer__unpack(allocator, bytes.count, bytes.baseAddress)
  }

  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__WatchAnswer>) {
    tocsin__v1__watch_answer__init(message)
  }

  static func read(_ message: Tocsin__V1__WatchAnswer) throws(CallStatus) -> WatchAnswer {
    WatchAnswer(
      version: message.version, content: try Content.read(message),
      changes: try WireReader.messages(message.changes, message.n_changes),
      causes: try WireReader.messages(message.causes, message.n_causes))
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__WatchAnswer>, in arena: MessageArena) {
    message.pointee.version = version
    switch content {
    case .route(let answer):
      message.pointee.answer_case = TOCSIN__V1__WATCH_ANSWER__ANSWER_ROUTE
      message.pointee.route = arena.message(answer)
    case .fastestUnits(let answer):
      message.pointee.answer_case = TOCSIN__V1__WATCH_ANSWER__ANSWER_FASTEST_UNITS
      message.pointee.fastest_units = arena.message(answer)
    case .refusal(let error):
      message.pointee.answer_case = TOCSIN__V1__WATCH_ANSWER__ANSWER_REFUSAL
      message.pointee.refusal = arena.message(Refusal(id: "", error: error))
    }
    (message.pointee.n_changes, message.pointee.changes) = (changes.count, arena.messages(changes))
    (message.pointee.n_causes, message.pointee.causes) = (causes.count, arena.messages(causes))
  }
}

extension WatchAnswer.Content {
  fileprivate static func read(_ message: Tocsin__V1__WatchAnswer) throws(CallStatus) -> WatchAnswer.Content {
    switch message.answer_case {
    case TOCSIN__V1__WATCH_ANSWER__ANSWER_ROUTE: return .route(try WireReader.required(message.route, "route"))
    case TOCSIN__V1__WATCH_ANSWER__ANSWER_FASTEST_UNITS:
      return .fastestUnits(try WireReader.required(message.fastest_units, "fastest_units"))
    default: return .refusal(try WireReader.required(message.refusal, "refusal", of: Refusal.self).error)
    }
  }
}

extension AnswerChange: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__AnswerChange>) {
    tocsin__v1__answer_change__init(message)
  }

  static func read(_ message: Tocsin__V1__AnswerChange) throws(CallStatus) -> AnswerChange {
    let before = message.has_seconds_before_case.rawValue == 0 ? nil : message.seconds_before
    let after = message.has_seconds_after_case.rawValue == 0 ? nil : message.seconds_after
    switch try WireReader.text(message.kind, "kind") {
    case "route": return .way
    case "travel_seconds": return .travelSeconds(before: before ?? 0, after: after ?? 0)
    case "found": return .found
    case "unit":
      return .unit(
        id: try WireReader.text(message.unit_id, "unit_id"),
        placeBefore: message.place_before == 0 ? nil : Int(message.place_before),
        placeAfter: message.place_after == 0 ? nil : Int(message.place_after), secondsBefore: before,
        secondsAfter: after)
    default: return .refused
    }
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__AnswerChange>, in arena: MessageArena) {
    switch self {
    case .way: message.pointee.kind = arena.text("route")
    case .found: message.pointee.kind = arena.text("found")
    case .refused: message.pointee.kind = arena.text("refused")
    case .travelSeconds(let before, let after):
      message.pointee.kind = arena.text("travel_seconds")
      Self.write(before, after, to: message)
    case .unit(let id, let placeBefore, let placeAfter, let secondsBefore, let secondsAfter):
      message.pointee.kind = arena.text("unit")
      message.pointee.unit_id = arena.text(id)
      message.pointee.place_before = UInt32(clamping: placeBefore ?? 0)
      message.pointee.place_after = UInt32(clamping: placeAfter ?? 0)
      Self.write(secondsBefore, secondsAfter, to: message)
    }
  }

  private static func write(
    _ before: Double?, _ after: Double?, to message: UnsafeMutablePointer<Tocsin__V1__AnswerChange>
  ) {
    if let before {
      message.pointee.has_seconds_before_case = TOCSIN__V1__ANSWER_CHANGE__HAS_SECONDS_BEFORE_SECONDS_BEFORE
      message.pointee.seconds_before = before
    }
    if let after {
      message.pointee.has_seconds_after_case = TOCSIN__V1__ANSWER_CHANGE__HAS_SECONDS_AFTER_SECONDS_AFTER
      message.pointee.seconds_after = after
    }
  }
}

extension WatchCause: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__TrafficCause>) {
    tocsin__v1__traffic_cause__init(message)
  }

  static func read(_ message: Tocsin__V1__TrafficCause) throws(CallStatus) -> WatchCause {
    let id = try WireReader.text(message.id, "id")
    switch try WireReader.text(message.kind, "kind") {
    case "put": return .traffic(.put(closureID: id))
    case "lifted": return .traffic(.lifted(closureID: id))
    case "began": return .traffic(.began(closureID: id))
    case "paused": return .traffic(.paused(closureID: id))
    case "expired": return .traffic(.expired(closureID: id))
    case "measured": return .traffic(.measured(source: id))
    case "faded": return .traffic(.faded(source: id))
    case "unit": return .unit(id: id)
    case "map": return .map
    default: return .rules
    }
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__TrafficCause>, in arena: MessageArena) {
    let (kind, id) = words
    message.pointee.kind = arena.text(kind)
    message.pointee.id = arena.text(id)
  }

  /// What happened, and to what: `put` and a closure's id.
  public var words: (kind: String, id: String) {
    switch self {
    case .rules: ("rules", "")
    case .map: ("map", "")
    case .unit(let id): ("unit", id)
    case .traffic(.put(let id)): ("put", id)
    case .traffic(.lifted(let id)): ("lifted", id)
    case .traffic(.began(let id)): ("began", id)
    case .traffic(.paused(let id)): ("paused", id)
    case .traffic(.expired(let id)): ("expired", id)
    case .traffic(.measured(let source)): ("measured", source)
    case .traffic(.faded(let source)): ("faded", source)
    }
  }
}

extension TrafficEvent: WireRoot {
  static func unpack(
    _ allocator: UnsafeMutablePointer<ProtobufCAllocator>, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> UnsafeMutablePointer<Tocsin__V1__TrafficEvent>? {
    tocsin__v1__traffic_event__unpack(allocator, bytes.count, bytes.baseAddress)
  }

  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__TrafficEvent>) {
    tocsin__v1__traffic_event__init(message)
  }

  static func read(_ message: Tocsin__V1__TrafficEvent) throws(CallStatus) -> TrafficEvent {
    TrafficEvent(
      version: message.version,
      publishedAt: try Date.read(
        unixMilliseconds: message.published_at_unix_milliseconds, "published_at_unix_milliseconds", .invalidArgument),
      causes: try WireReader.messages(message.causes, message.n_causes), isIncomplete: message.is_incomplete != 0)
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__TrafficEvent>, in arena: MessageArena) {
    message.pointee.version = version
    message.pointee.published_at_unix_milliseconds = publishedAt.unixMilliseconds
    (message.pointee.n_causes, message.pointee.causes) = (causes.count, arena.messages(causes))
    message.pointee.is_incomplete = isIncomplete ? 1 : 0
  }
}
