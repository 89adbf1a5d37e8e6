import API

extension TrafficEvent {
  var json: JSONObject {
    [
      "version": version, "publishedAt": Figures.moment(publishedAt), "causes": causes.map(\.json),
      "isIncomplete": isIncomplete,
    ]
  }
}

extension WatchCause {
  fileprivate var json: JSONObject { ["kind": words.kind, "id": words.id] }
}

extension WatchAnswer {
  var json: JSONObject {
    ["version": version, "changes": changes.map(\.json), "causes": causes.map(\.json)] + content.json
  }
}

extension WatchAnswer.Content {
  fileprivate var json: JSONObject {
    switch self {
    case .route(let answer):
      [
        "travelSeconds": Rounded.thousandths(answer.route.travelSeconds),
        "lengthMeters": Rounded.hundredths(answer.route.lengthMeters),
      ]
    case .fastestUnits(let fastest):
      [
        "units": fastest.units.map { ranked -> JSONObject in
          ["id": ranked.unit.id, "etaSeconds": Rounded.thousandths(ranked.etaSeconds)]
        }
      ]
    case .refusal(let error): ["code": error.code.rawValue]
    }
  }
}

extension AnswerChange {
  fileprivate var json: JSONObject {
    switch self {
    case .way: ["kind": "route"]
    case .found: ["kind": "found"]
    case .refused: ["kind": "refused"]
    case .travelSeconds(let before, let after):
      [
        "kind": "travel_seconds", "secondsBefore": Rounded.thousandths(before),
        "secondsAfter": Rounded.thousandths(after),
      ]
    case .unit(let id, let placeBefore, let placeAfter, let before, let after):
      [
        "kind": "unit", "unit": id, "placeBefore": placeBefore, "placeAfter": placeAfter,
        "secondsBefore": before.map(Rounded.thousandths), "secondsAfter": after.map(Rounded.thousandths),
      ]
    }
  }
}

/// What watchers are told, for people: a line each.
enum WatchText {
  static func text(_ event: TrafficEvent) -> String {
    let rest = event.isIncomplete ? ", and more" : ""
    return "version \(event.version)  \(Figures.moment(event.publishedAt))  \(causes(event.causes))\(rest)\n"
  }

  static func text(_ answer: WatchAnswer) -> String {
    let what =
      switch answer.content {
      case .route(let route):
        "\(Figures.time(seconds: route.route.travelSeconds)) over \(Figures.length(meters: route.route.lengthMeters))"
      case .fastestUnits(let fastest):
        fastest.units.isEmpty
          ? "nobody can come"
          : fastest.units.map { "\(Printable.text($0.unit.id)) \(Figures.time(seconds: $0.etaSeconds))" }
            .joined(separator: ", ")
      case .refusal(let error): "\(error)"
      }
    let changes = answer.changes.map(change).joined(separator: "; ")
    let why = answer.causes.isEmpty ? "" : "  after \(causes(answer.causes))"
    return "version \(answer.version)  \(what)\(changes.isEmpty ? "" : "  (\(changes))")\(why)\n"
  }

  private static let causesMax = 5

  private static func causes(_ causes: [WatchCause]) -> String {
    let words = causes.map(\.words).map { $0.id.isEmpty ? $0.kind : "\($0.kind) \(Printable.text($0.id))" }
    return Figures.list(words, atMost: causesMax)
  }

  private static func change(_ change: AnswerChange) -> String {
    switch change {
    case .way: "another way"
    case .found: "a way again"
    case .refused: "no way"
    case .travelSeconds(let before, let after):
      "\(Figures.time(seconds: before)) becomes \(Figures.time(seconds: after))"
    case .unit(let id, let placeBefore, let placeAfter, let before, let after):
      "\(Printable.text(id)): \(place(placeBefore, before)) becomes \(place(placeAfter, after))"
    }
  }

  private static func place(_ place: Int?, _ seconds: Double?) -> String {
    guard let place, let seconds else { return "none" }
    return "place \(place), \(Figures.time(seconds: seconds))"
  }
}
