import API
import Engine
import Foundation
import Messages

/// A change of the traffic as JSON.
struct TrafficEventJSON: Encodable {
  var version: UInt64
  var publishedAt: String
  var causes: [CauseJSON]
  var isIncomplete: Bool

  init(_ event: TrafficEvent) {
    (version, isIncomplete) = (event.version, event.isIncomplete)
    publishedAt = Figures.moment(event.publishedAt)
    causes = event.causes.map(CauseJSON.init)
  }
}

struct CauseJSON: Encodable {
  var kind: String
  var id: String

  init(_ cause: WatchCause) { (kind, id) = cause.words }
}

/// An answer to a question that is being watched, as JSON.
struct WatchJSON: Encodable {
  struct Change: Encodable {
    var kind: String
    var unit: String?
    var placeBefore: Int?
    var placeAfter: Int?
    var secondsBefore: Double?
    var secondsAfter: Double?

    init(_ change: AnswerChange) {
      switch change {
      case .way: kind = "route"
      case .found: kind = "found"
      case .refused: kind = "refused"
      case .travelSeconds(let before, let after):
        (kind, secondsBefore, secondsAfter) = ("travel_seconds", Rounded.seconds(before), Rounded.seconds(after))
      case .unit(let id, let placeBefore, let placeAfter, let before, let after):
        (kind, unit, self.placeBefore, self.placeAfter) = ("unit", id, placeBefore, placeAfter)
        (secondsBefore, secondsAfter) = (before.map(Rounded.seconds), after.map(Rounded.seconds))
      }
    }
  }

  struct Unit: Encodable {
    var id: String
    var etaSeconds: Double
  }

  var version: UInt64
  var travelSeconds: Double?
  var lengthMeters: Double?
  var units: [Unit]?
  var code: String?
  var changes: [Change]
  var causes: [CauseJSON]

  init(_ answer: WatchAnswer) {
    version = answer.version
    switch answer.content {
    case .route(let route):
      travelSeconds = Rounded.seconds(route.route.travelSeconds)
      lengthMeters = Rounded.meters(route.route.lengthMeters)
    case .fastestUnits(let fastest):
      units = fastest.units.map { Unit(id: $0.unit.id, etaSeconds: Rounded.seconds($0.etaSeconds)) }
    case .refusal(let error): code = error.code.rawValue
    }
    changes = answer.changes.map(Change.init)
    causes = answer.causes.map(CauseJSON.init)
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
    let shown = causes.prefix(causesMax).map { cause in
      let (kind, id) = cause.words
      return id.isEmpty ? kind : "\(kind) \(Printable.text(id))"
    }
    let rest = causes.count - causesMax
    return shown.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
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
