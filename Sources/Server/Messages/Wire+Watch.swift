import API
import CMessages

extension WatchQuestion: WireValue {
  static let initialize = tocsin__v1__watch_request__init
  static func read(_ message: Tocsin__V1__WatchRequest) throws(CallStatus) -> WatchQuestion {
    switch message.question_case {
    case TOCSIN__V1__WATCH_REQUEST__QUESTION_ROUTE:
      return .route(try .required(message.route, "route"))
    case TOCSIN__V1__WATCH_REQUEST__QUESTION_FASTEST_UNITS:
      return .fastestUnits(try .required(message.fastest_units, "fastest_units"))
    case TOCSIN__V1__WATCH_REQUEST__QUESTION_RECOMMEND:
      return .recommend(try .required(message.recommend, "recommend"))
    case TOCSIN__V1__WATCH_REQUEST__QUESTION_COVERAGE:
      return .coverage(try .required(message.coverage, "coverage"))
    case TOCSIN__V1__WATCH_REQUEST__QUESTION_REACH: return .reach(try .required(message.reach, "reach"))
    default: throw CallStatus(EngineError(.invalidArgument, "the request has no question to watch"))
    }
  }

  func write(to message: inout Tocsin__V1__WatchRequest, in arena: MessageArena) {
    switch self {
    case .route(let request):
      (message.question_case, message.route) = (TOCSIN__V1__WATCH_REQUEST__QUESTION_ROUTE, arena.message(request))
    case .fastestUnits(let request):
      message.question_case = TOCSIN__V1__WATCH_REQUEST__QUESTION_FASTEST_UNITS
      message.fastest_units = arena.message(request)
    case .recommend(let request):
      message.question_case = TOCSIN__V1__WATCH_REQUEST__QUESTION_RECOMMEND
      message.recommend = arena.message(request)
    case .coverage(let request):
      (message.question_case, message.coverage) = (TOCSIN__V1__WATCH_REQUEST__QUESTION_COVERAGE, arena.message(request))
    case .reach(let request):
      (message.question_case, message.reach) = (TOCSIN__V1__WATCH_REQUEST__QUESTION_REACH, arena.message(request))
    }
  }
}

extension WatchAnswer: WireValue {
  static let initialize = tocsin__v1__watch_answer__init
  static func read(_ message: Tocsin__V1__WatchAnswer) throws(CallStatus) -> WatchAnswer {
    WatchAnswer(
      version: message.version, content: try Content.read(message),
      changes: try .read(message.changes, message.n_changes),
      causes: try .read(message.causes, message.n_causes))
  }

  func write(to message: inout Tocsin__V1__WatchAnswer, in arena: MessageArena) {
    message.version = version
    switch content {
    case .route(let answer):
      (message.answer_case, message.route) = (TOCSIN__V1__WATCH_ANSWER__ANSWER_ROUTE, arena.message(answer))
    case .fastestUnits(let answer):
      message.answer_case = TOCSIN__V1__WATCH_ANSWER__ANSWER_FASTEST_UNITS
      message.fastest_units = arena.message(answer)
    case .recommend(let answer):
      (message.answer_case, message.recommend) = (TOCSIN__V1__WATCH_ANSWER__ANSWER_RECOMMEND, arena.message(answer))
    case .coverage(let answer):
      (message.answer_case, message.coverage) = (TOCSIN__V1__WATCH_ANSWER__ANSWER_COVERAGE, arena.message(answer))
    case .reach(let answer):
      (message.answer_case, message.reach) = (TOCSIN__V1__WATCH_ANSWER__ANSWER_REACH, arena.message(answer))
    case .refusal(let error):
      message.answer_case = TOCSIN__V1__WATCH_ANSWER__ANSWER_REFUSAL
      message.refusal = arena.message(Refusal(id: "", error: error))
    }
    (message.n_changes, message.changes) = arena.messages(changes)
    (message.n_causes, message.causes) = arena.messages(causes)
  }
}

extension WatchAnswer.Content {
  fileprivate static func read(_ message: Tocsin__V1__WatchAnswer) throws(CallStatus) -> WatchAnswer.Content {
    switch message.answer_case {
    case TOCSIN__V1__WATCH_ANSWER__ANSWER_ROUTE: return .route(try .required(message.route, "route"))
    case TOCSIN__V1__WATCH_ANSWER__ANSWER_FASTEST_UNITS:
      return .fastestUnits(try .required(message.fastest_units, "fastest_units"))
    case TOCSIN__V1__WATCH_ANSWER__ANSWER_RECOMMEND:
      return .recommend(try .required(message.recommend, "recommend"))
    case TOCSIN__V1__WATCH_ANSWER__ANSWER_COVERAGE: return .coverage(try .required(message.coverage, "coverage"))
    case TOCSIN__V1__WATCH_ANSWER__ANSWER_REACH: return .reach(try .required(message.reach, "reach"))
    default: return .refusal(try Refusal.required(message.refusal, "refusal").error)
    }
  }
}

extension AnswerChange: WireValue {
  static let initialize = tocsin__v1__answer_change__init
  static func read(_ message: Tocsin__V1__AnswerChange) throws(CallStatus) -> AnswerChange {
    let before = given(message.has_seconds_before, message.seconds_before)
    let after = given(message.has_seconds_after, message.seconds_after)
    switch try message.kind.text("kind") {
    case "route": return .way
    case "travel_seconds": return .travelSeconds(before: before ?? 0, after: after ?? 0)
    case "found": return .found
    case "line": return .line(unitID: try message.unit_id.text("unit_id"))
    case "open": return .open
    case "plan": return .plan
    case "roads": return .roads
    case "assets": return .assets
    case "unit":
      return .unit(
        id: try message.unit_id.text("unit_id"),
        placeBefore: message.place_before == 0 ? nil : Int(message.place_before),
        placeAfter: message.place_after == 0 ? nil : Int(message.place_after), secondsBefore: before,
        secondsAfter: after)
    default: return .refused
    }
  }

  func write(to message: inout Tocsin__V1__AnswerChange, in arena: MessageArena) {
    switch self {
    case .way: message.kind = arena.text("route")
    case .found: message.kind = arena.text("found")
    case .line(let unitID): (message.kind, message.unit_id) = (arena.text("line"), arena.text(unitID))
    case .open: message.kind = arena.text("open")
    case .plan: message.kind = arena.text("plan")
    case .roads: message.kind = arena.text("roads")
    case .assets: message.kind = arena.text("assets")
    case .refused: message.kind = arena.text("refused")
    case .travelSeconds(let before, let after):
      message.kind = arena.text("travel_seconds")
      (message.has_seconds_before, message.seconds_before) = (1, before)
      (message.has_seconds_after, message.seconds_after) = (1, after)
    case .unit(let id, let placeBefore, let placeAfter, let secondsBefore, let secondsAfter):
      message.kind = arena.text("unit")
      message.unit_id = arena.text(id)
      message.place_before = UInt32(clamping: placeBefore ?? 0)
      message.place_after = UInt32(clamping: placeAfter ?? 0)
      (message.has_seconds_before, message.seconds_before) = given(secondsBefore)
      (message.has_seconds_after, message.seconds_after) = given(secondsAfter)
    }
  }
}

extension WatchCause: WireValue {
  static let initialize = tocsin__v1__traffic_cause__init
  static func read(_ message: Tocsin__V1__TrafficCause) throws(CallStatus) -> WatchCause {
    let id = try message.id.text("id")
    switch try message.kind.text("kind") {
    case "put": return .traffic(.put(closureID: id))
    case "lifted": return .traffic(.lifted(closureID: id))
    case "began": return .traffic(.began(closureID: id))
    case "paused": return .traffic(.paused(closureID: id))
    case "expired": return .traffic(.expired(closureID: id))
    case "measured": return .traffic(.measured(source: id))
    case "faded": return .traffic(.faded(source: id))
    case "unit": return .unit(id: id)
    case "map": return .map
    case "plans": return .plans
    case "layers": return .layers
    case "hours": return .hours
    default: return .rules
    }
  }

  func write(to message: inout Tocsin__V1__TrafficCause, in arena: MessageArena) {
    let (kind, id) = words
    message.kind = arena.text(kind)
    message.id = arena.text(id)
  }

  /// What happened, and to what: `put` and a closure's id.
  public var words: (kind: String, id: String) {
    switch self {
    case .rules: ("rules", "")
    case .map: ("map", "")
    case .plans: ("plans", "")
    case .layers: ("layers", "")
    case .hours: ("hours", "")
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

extension TrafficEvent: WireValue {
  static let initialize = tocsin__v1__traffic_event__init
  static func read(_ message: Tocsin__V1__TrafficEvent) throws(CallStatus) -> TrafficEvent {
    TrafficEvent(
      version: message.version,
      publishedAt: try message.published_at_unix_milliseconds.moment("published_at_unix_milliseconds"),
      causes: try .read(message.causes, message.n_causes), isIncomplete: message.is_incomplete != 0)
  }

  func write(to message: inout Tocsin__V1__TrafficEvent, in arena: MessageArena) {
    message.version = version
    message.published_at_unix_milliseconds = publishedAt.unixMilliseconds
    (message.n_causes, message.causes) = arena.messages(causes)
    message.is_incomplete = isIncomplete ? 1 : 0
  }
}
