import API

extension ListedClosure {
  public var json: JSONObject {
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

/// What closures do, to whom and when, in a few words.
public enum ClosureWords {
  /// `closed`, `3 times as long`.
  public static func effect(_ effect: RoadEffect) -> String {
    switch effect {
    case .closed: "closed"
    case .factor(let factor): "\(number(factor)) times as long"
    case .delay(let seconds): "\(Figures.time(seconds: seconds)) longer"
    case .speed(let kmh): "at most \(number(kmh)) km/h"
    }
  }

  /// `everybody`, `civil traffic`.
  public static func scope(_ scope: ClosureScope) -> String {
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

  private static func number(_ value: Double) -> String {
    value == value.rounded() ? "\(Int(value))" : Figures.decimals(value, 1)
  }
}

/// Closures on a map.
public enum ClosureGeoJSON {
  /// Of each way that a closure means one feature with its lines.
  public static func features(_ closures: [ListedClosure]) -> [JSONObject] {
    closures.flatMap { listed -> [JSONObject] in
      let properties = properties(of: listed)
      // A closure without a road on this map is a feature without a place.
      if listed.ways.isEmpty { return [GeoJSON.feature([], properties)] }
      return listed.ways.map { way in
        GeoJSON.feature(
          lines: way.shapes,
          properties + [
            "way": way.osmID, "name": way.name, "lengthMeters": Rounded.hundredths(way.lengthMeters),
            "direction": way.direction.rawValue,
          ])
      }
    }
  }

  /// A closure as one feature with all its lines.
  public static func feature(_ listed: ListedClosure) -> JSONObject {
    var names: [String] = []
    for way in listed.ways where !way.name.isEmpty && !names.contains(way.name) { names.append(way.name) }
    return GeoJSON.feature(
      lines: listed.ways.flatMap(\.shapes),
      properties(of: listed) + [
        "roads": names, "ways": Set(listed.ways.map(\.osmID)).sorted(),
        "lengthMeters": Rounded.hundredths(listed.ways.reduce(0) { $0 + $1.lengthMeters }),
      ], id: listed.closure.id)
  }

  private static func properties(of listed: ListedClosure) -> JSONObject {
    let closure = listed.closure
    return [
      "id": closure.id, "source": closure.source, "reason": closure.reason,
      "effect": ClosureWords.effect(closure.effect), "scope": ClosureWords.scope(closure.scope),
      "isActive": listed.isActive, "from": closure.from.map(Figures.moment),
      "until": closure.until.map(Figures.moment), "hours": closure.hours.isEmpty ? nil : closure.hours,
    ]
  }
}
