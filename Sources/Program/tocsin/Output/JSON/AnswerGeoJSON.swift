import API
import AnswerJSON

/// A ranking on a map: the incident, and each unit with its way.
enum FastestGeoJSON {
  static func features(_ answer: FastestUnitsAnswer) -> [JSONObject] {
    let incident = GeoJSON.feature([answer.incident.coordinate], ["kind": "incident", "name": answer.incident.name])
    return [incident] + answer.units.enumerated().flatMap { features($1, ["place": $0 + 1]) }
  }

  /// A unit and its way, where it is thought to be.
  static func features(_ ranked: RankedUnit, _ more: JSONObject) -> [JSONObject] {
    let properties: JSONObject =
      ranked.unit.json + [
        "etaSeconds": Rounded.thousandths(ranked.etaSeconds),
        "lengthMeters": Rounded.hundredths(ranked.route.lengthMeters), "isAssumed": ranked.isAssumed ? true : nil,
        "needsLastResort": ranked.route.needsLastResort ? true : nil,
      ] + more
    let home = ranked.isAssumed ? ranked.unit.home?.coordinate : nil
    return [
      GeoJSON.feature(ranked.route.shape, properties + ["kind": "route"]),
      GeoJSON.feature([home ?? ranked.unit.coordinate], properties + ["kind": "unit"]),
    ] + ranked.route.assets.map { $0.geoJSON(of: ranked.unit.id) }
  }
}

/// A recommendation on a map: the incident, what of it is open, and each unit with its line, place and way.
enum RecommendGeoJSON {
  static func features(_ answer: RecommendAnswer, incidentID: String = "") -> [JSONObject] {
    let named: JSONObject = ["incident": incidentID.isEmpty ? nil : incidentID]
    let incident = GeoJSON.feature(
      [answer.incident.coordinate],
      [
        "kind": "incident", "name": answer.incident.name, "plan": answer.planID.isEmpty ? nil : answer.planID,
        "level": answer.level, "firstSeconds": answer.firstSeconds, "completeSeconds": answer.completeSeconds,
        "open": answer.open.reduce(0) { $0 + $1.count },
      ] + named)
    return [incident]
      + answer.units.flatMap { unit in
        FastestGeoJSON.features(
          unit.unit, ["line": unit.line, "place": unit.place, "why": unit.why, "onRequest": unit.isOnRequest] + named)
      }
  }

  /// Several incidents, each with its units.
  static func features(_ answer: AssignAnswer) -> [JSONObject] {
    answer.incidents.flatMap { features($0.recommended, incidentID: $0.incidentID) }
  }
}

extension RecommendAnswer {
  /// Forgets the lines that only a map wanted.
  mutating func leaveOutShapes() {
    for index in units.indices { units[index].unit.route.shape = [] }
  }
}
