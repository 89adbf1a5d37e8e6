import API
import AnswerJSON

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
        "assets": answer.route.assets.isEmpty ? nil : answer.route.assets.map(\.json),
      ]
    case .fastestUnits(let fastest):
      [
        "units": fastest.units.map { ranked -> JSONObject in
          [
            "id": ranked.unit.id, "etaSeconds": Rounded.thousandths(ranked.etaSeconds),
            "assets": ranked.route.assets.isEmpty ? nil : ranked.route.assets.map(\.json),
          ]
        }
      ]
    case .recommend(let answer):
      [
        "plan": answer.planID.isEmpty ? nil : answer.planID, "level": answer.level,
        "units": answer.units.map { row -> JSONObject in
          [
            "id": row.unit.unit.id, "line": row.line, "place": row.place,
            "etaSeconds": Rounded.thousandths(row.unit.etaSeconds),
          ]
        },
        "open": answer.open.map { open -> JSONObject in ["line": open.line, "count": open.count] },
      ]
    case .coverage(let answer):
      [
        "levels": answer.levels.map { level -> JSONObject in
          ["limitSeconds": level.limitSeconds, "depth": level.depth, "lengthShare": level.lengthShare]
        }
      ]
    case .reach(let answer):
      [
        "bands": answer.bands.map { band -> JSONObject in
          ["limitSeconds": band.limitSeconds, "lengthShare": band.lengthShare]
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
    case .line(let unitID): ["kind": "line", "unit": unitID]
    case .open: ["kind": "open"]
    case .plan: ["kind": "plan"]
    case .roads: ["kind": "roads"]
    case .assets: ["kind": "assets"]
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
          + AssetText.words(route.route)
      case .fastestUnits(let fastest): units(fastest.units.map { ($0.unit.id, $0.etaSeconds) })
      case .recommend(let answer):
        units(answer.units.map { ("\($0.line.isEmpty ? "" : "\($0.line) ")\($0.unit.unit.id)", $0.unit.etaSeconds) })
          + answer.open.map { ", open: \($0.count) \(Printable.text($0.line))" }.joined()
      case .coverage(let answer): bands(answer.levels.map { ($0.limitSeconds, $0.lengthShare) })
      case .reach(let answer): bands(answer.bands.map { ($0.limitSeconds, $0.lengthShare) })
      case .refusal(let error): "\(error)"
      }
    let changes = answer.changes.map(change).joined(separator: "; ")
    let why = answer.causes.isEmpty ? "" : "  after \(causes(answer.causes))"
    return "version \(answer.version)  \(what)\(changes.isEmpty ? "" : "  (\(changes))")\(why)\n"
  }

  private static func units(_ units: [(name: String, etaSeconds: Double)]) -> String {
    units.isEmpty
      ? "nobody can come"
      : units.map { "\(Printable.text($0.name)) \(Figures.time(seconds: $0.etaSeconds))" }.joined(separator: ", ")
  }

  /// `5:00 61.2%, 7:00 88.9%`
  private static func bands(_ bands: [(limitSeconds: Double, share: Double)]) -> String {
    bands.map { "\(Figures.time(seconds: $0.limitSeconds)) \(Figures.decimals($0.share * 100, 1))%" }
      .joined(separator: ", ")
  }

  private static let causesMax = 5

  private static func causes(_ causes: [WatchCause]) -> String {
    let words = causes.map(\.words).map { $0.id.isEmpty ? $0.kind : "\($0.kind) \(Printable.text($0.id))" }
    return Figures.list(words, atMost: causesMax)
  }

  private static func change(_ change: AnswerChange) -> String {
    switch change {
    case .way: "another way"
    case .found: "an answer again"
    case .refused: "no answer"
    case .line(let unitID): "\(Printable.text(unitID)): another line"
    case .open: "other open places"
    case .plan: "another plan"
    case .roads: "other roads"
    case .assets: "other points along the way"
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
