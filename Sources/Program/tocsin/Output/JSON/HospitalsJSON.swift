import API
import AnswerJSON
import Foundation

extension HospitalsAnswer {
  func json(_ detail: RouteDetail) -> JSONObject {
    [
      "version": version, "scene": scene.json, "unit": unit?.json(detail),
      "hospitals": hospitals.map { $0.json(detail) },
      "leftOut": leftOut.json, "areAllDiverted": areAllDiverted,
    ]
  }

  /// Forgets the lines that only a map wanted.
  mutating func leaveOutShapes() {
    for index in hospitals.indices { hospitals[index].route.shape = [] }
    unit?.route.shape = []
  }
}

extension RankedHospital {
  fileprivate func json(_ detail: RouteDetail) -> JSONObject {
    route.json(detail) + figures + ["hospital": hospital.json]
  }

  fileprivate var figures: JSONObject {
    [
      "id": hospital.id, "status": status.rawValue, "stateAgeSeconds": stateAgeSeconds.map(Rounded.thousandths),
      "arrivalSeconds": Rounded.thousandths(arrivalSeconds), "handoverSeconds": Rounded.thousandths(handoverSeconds),
      "isPreferred": isPreferred, "extraSeconds": Rounded.thousandths(extraSeconds),
      "tooFarSeconds": tooFarSeconds.map(Rounded.thousandths), "unitId": unitID.isEmpty ? nil : unitID,
    ]
  }
}

extension ListHospitalsAnswer {
  var json: JSONObject { ["version": version, "hospitals": hospitals.map(\.json)] }
}

extension HospitalChangesAnswer {
  var json: JSONObject {
    [
      "version": version, "count": count, "unchanged": unchangedCount, "olderStates": olderStateCount,
      "removed": removedIDs,
    ]
  }
}

/// Hospitals for people.
enum HospitalsText {
  static func text(_ answer: HospitalsAnswer, _ request: HospitalsRequest) -> String {
    var text = head(answer, request)
    if answer.areAllDiverted { text += "All that could take the patient are on diversion.\n" }
    text += answer.hospitals.isEmpty ? "No hospital.\n" : table(answer)
    return text + FastestText.leftOut(answer.leftOut)
  }

  /// `A-12 arrives in 6:40, leaves at 18:40`
  private static func head(_ answer: HospitalsAnswer, _ request: HospitalsRequest) -> String {
    let version = "map version \(answer.version)\n"
    guard let unit = answer.unit else {
      let place = answer.scene.name.isEmpty ? "way \(answer.scene.wayOSMID)" : answer.scene.name
      return "Patient on \(Printable.text(place)), \(version)"
    }
    let arrives = Figures.time(seconds: unit.etaSeconds)
    let leaves = Figures.time(seconds: unit.etaSeconds + request.onSceneSeconds)
    let there = unit.etaSeconds == 0 ? "is there" : "arrives in \(arrives)"
    return Printable.text("\(unit.unit.id) \(there), leaves at \(leaves)") + ", \(version)"
  }

  private static func table(_ answer: HospitalsAnswer) -> String {
    let areSeveral = Set(answer.hospitals.map(\.unitID)).count > 1
    return TextTable(">", "hospital", ">drive", ">there at", "state", "why", areSeveral ? "unit" : "").text(
      of: answer.hospitals.enumerated()
    ) { position, row in
      [
        "\(position + 1)", row.hospital.name.isEmpty ? row.hospital.id : row.hospital.name,
        Figures.time(seconds: row.travelSeconds), Figures.time(seconds: row.arrivalSeconds), state(row),
        why(row), areSeveral ? row.unitID : "",
      ]
    }
  }

  /// `open, 3 min ago`
  private static func state(_ row: RankedHospital) -> String {
    let age = row.stateAgeSeconds.map { ", \(LocalClock.span($0)) ago" } ?? ""
    return row.status.rawValue + age
  }

  private static func why(_ row: RankedHospital) -> String {
    let extra = row.extraSeconds > 0 ? "\(Figures.time(seconds: row.extraSeconds)) longer" : "nearest"
    var words: [String] = []
    if row.isPreferred { words.append("preferred") }
    if row.isPreferred || row.extraSeconds == 0, row.status != .diversion { words.append(extra) }
    if let tooFar = row.tooFarSeconds { words.append("\(Figures.time(seconds: tooFar)) too far") }
    if row.route.needsLastResort { words.append("only by a last resort") }
    return words.joined(separator: ", ")
  }

  static func list(_ hospitals: [ListedHospital]) -> String {
    if hospitals.isEmpty { return "No hospitals.\n" }
    return TextTable("hospital", "name", "capabilities", "states", "reported", "road").text(of: hospitals) { listed in
      let hospital = listed.hospital
      return [
        hospital.id, hospital.name, hospital.capabilities.joined(separator: ", "),
        hospital.states.map(state).joined(separator: ", "), hospital.reportedAt.map(Figures.moment) ?? "never",
        listed.snapped.map { $0.name.isEmpty ? "way \($0.wayOSMID)" : $0.name } ?? "off the map",
      ]
    }
  }

  private static func state(_ state: HospitalState) -> String {
    (state.capability.isEmpty ? "" : "\(state.capability) ") + state.status.rawValue
      + (state.freeBeds.map { " with \(Figures.count($0, of: "bed"))" } ?? "")
  }

  static func changes(_ answer: HospitalChangesAnswer, _ done: String) -> String {
    var text = "\(Figures.count(answer.count, of: "hospital")) \(done)"
    if answer.unchangedCount > 0 { text += ", \(Figures.count(answer.unchangedCount)) known so already" }
    if answer.olderStateCount > 0 { text += ", \(Figures.count(answer.olderStateCount)) with a later state" }
    if !answer.removedIDs.isEmpty { text += ", \(Figures.count(answer.removedIDs.count)) removed" }
    return text + ", version \(answer.version)\n"
  }

  /// The scene, and each hospital with the way to it.
  static func features(_ answer: HospitalsAnswer) -> [JSONObject] {
    let scene = GeoJSON.feature([answer.scene.coordinate], ["kind": "scene", "name": answer.scene.name])
    let unit = answer.unit.map { FastestGeoJSON.features($0, [:]) } ?? []
    return [scene] + unit
      + answer.hospitals.enumerated().flatMap { position, row -> [JSONObject] in
        let properties: JSONObject =
          row.figures + ["place": position + 1, "name": row.hospital.name, "travelSeconds": row.travelSeconds]
        return [
          GeoJSON.feature(row.route.shape, properties + ["kind": "route"]),
          GeoJSON.feature([row.hospital.place.coordinate], properties + ["kind": "hospital"]),
        ]
      }
  }
}
