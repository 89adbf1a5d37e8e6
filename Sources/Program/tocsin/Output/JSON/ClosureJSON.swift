import API

extension ListedClosure {
  var json: JSONObject {
    [
      "id": closure.id, "source": closure.source, "reason": closure.reason,
      "effect": ClosureWords.effect(closure.effect), "scope": ClosureWords.scope(closure.scope),
      "hours": closure.hours.isEmpty ? nil : closure.hours, "isActive": isActive,
      "from": closure.from.map(Figures.moment), "until": closure.until.map(Figures.moment),
      "revision": closure.revision,
      "ways": ways.map { way -> JSONObject in
        [
          "id": way.osmID, "name": way.name, "lengthMeters": Rounded.hundredths(way.lengthMeters),
          // `both`, or the one direction of the OSM way that is meant.
          "direction": way.direction.rawValue,
        ]
      },
    ]
  }
}

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

/// What closures do, to whom and when, in a few words.
enum ClosureWords {
  /// `closed`, `3 times as long`.
  static func effect(_ effect: RoadEffect) -> String {
    switch effect {
    case .closed: "closed"
    case .factor(let factor): "\(number(factor)) times as long"
    case .delay(let seconds): "\(Figures.time(seconds: seconds)) longer"
    case .speed(let kmh): "at most \(number(kmh)) km/h"
    }
  }

  /// `everybody`, `civil traffic`.
  static func scope(_ scope: ClosureScope) -> String {
    switch scope {
    case .everybody: "everybody"
    case .civil: "civil traffic"
    case .profiles(let names): names.sorted().joined(separator: ", ")
    case .largerThan(let size):
      [(size.heightMeters, "high"), (size.widthMeters, "wide"), (size.lengthMeters, "long")].filter { $0.0 > 0 }.map {
        "over \(number($0.0)) m \($0.1)"
      }.joined(separator: ", ")
        + [size.weightTonnes, size.axleLoadTonnes].filter { $0 > 0 }.map { " over \(number($0)) t" }.joined()
    }
  }

  /// From when, until when, and at which hours.
  static func times(_ closure: RoadClosure, _ clock: LocalClock) -> String {
    let from = closure.from.flatMap { $0 > clock.now ? "from \(clock.text($0))" : nil }
    let until = closure.until.map { clock.text($0) } ?? "without end"
    return [from, until, closure.hours].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: ", ")
  }

  private static func number(_ value: Double) -> String {
    value == value.rounded() ? "\(Int(value))" : Figures.decimals(value, 1)
  }
}
