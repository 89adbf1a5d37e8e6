import API

/// Closures on a map: of each way that one means, the lines.
enum ClosureGeoJSON {
  static func features(_ closures: [ListedClosure]) -> [JSONObject] {
    closures.flatMap { listed -> [JSONObject] in
      let closure = listed.closure
      let properties: JSONObject = [
        "id": closure.id, "source": closure.source, "reason": closure.reason,
        "effect": ClosureWords.effect(closure.effect), "scope": ClosureWords.scope(closure.scope),
        "isActive": listed.isActive, "from": closure.from.map(Figures.moment),
        "until": closure.until.map(Figures.moment), "hours": closure.hours.isEmpty ? nil : closure.hours,
      ]
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
}

/// Units on a map: where they were reported.
enum UnitGeoJSON {
  static func features(_ units: [ListedUnit]) -> [JSONObject] {
    units.map { listed in
      GeoJSON.feature(
        [listed.unit.coordinate],
        listed.unit.json + [
          "headingDegrees": listed.unit.headingDegrees, "reportedAt": Figures.moment(listed.unit.reportedAt),
          "road": listed.snapped?.name,
        ])
    }
  }
}

/// A ranking on a map: the incident, and each unit with its way.
enum FastestGeoJSON {
  static func features(_ answer: FastestUnitsAnswer) -> [JSONObject] {
    let incident = GeoJSON.feature([answer.incident.coordinate], ["kind": "incident", "name": answer.incident.name])
    return [incident]
      + answer.units.enumerated().flatMap { place, ranked -> [JSONObject] in
        let properties: JSONObject =
          ranked.unit.json + [
            "place": place + 1, "etaSeconds": Rounded.thousandths(ranked.etaSeconds),
            "lengthMeters": Rounded.hundredths(ranked.route.lengthMeters),
          ]
        return [
          GeoJSON.feature(ranked.route.shape, properties + ["kind": "route"]),
          GeoJSON.feature([ranked.unit.coordinate], properties + ["kind": "unit"]),
        ]
      }
  }
}
