import API
import AnswerJSON

extension ClosuresAnswer {
  var json: JSONObject {
    let refused = refused.map { refusal -> JSONObject in
      [
        "id": refusal.id, "code": refusal.error.code.rawValue, "message": refusal.error.message,
        "value": refusal.error.value,
      ]
    }
    return [
      "version": version, "closures": closures.map(\.json), "refused": refused.isEmpty ? nil : refused,
      "lifted": liftedIDs.isEmpty ? nil : liftedIDs,
    ]
  }
}

/// Closures for people.
enum ClosureListText {
  /// - Parameter clock: of the map that the closures are on.
  static func text(_ closures: [ListedClosure], _ clock: LocalClock) -> String {
    guard !closures.isEmpty else { return "No closures.\n" }
    let table = TextTable("closure", "now", "for", "reason", "source", "until", ">length", "roads")
    return table.text(of: closures) { listed in
      let closure = listed.closure
      return [
        closure.id, listed.isActive ? ClosureWords.effect(closure.effect) : "not in force",
        ClosureWords.scope(closure.scope), closure.reason, closure.source, ClosureWords.times(closure, clock),
        Figures.length(meters: listed.ways.reduce(0) { $0 + $1.lengthMeters }), roads(listed.ways),
      ]
    }
  }

  private static let roadsMax = 3

  private static func roads(_ ways: [MatchedWay]) -> String {
    var names: [String] = []
    for way in ways {
      let direction = way.direction == .both ? "" : " (\(way.direction.rawValue))"
      let name = (way.name.isEmpty ? "way \(way.osmID)" : way.name) + direction
      if !names.contains(name) { names.append(name) }
    }
    return Figures.list(names, atMost: roadsMax)
  }
}

extension ClosureWords {
  /// From when, until when, and at which hours.
  static func times(_ closure: RoadClosure, _ clock: LocalClock) -> String {
    let from = closure.from.flatMap { $0 > clock.now ? "from \(clock.text($0))" : nil }
    let until = closure.until.map { clock.text($0) } ?? "without end"
    return [from, until, closure.hours].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: ", ")
  }
}
