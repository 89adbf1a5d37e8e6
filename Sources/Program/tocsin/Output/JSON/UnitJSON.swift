import API
import Engine
import Fleet
import Foundation

/// Units that were put or removed.
struct UnitsChangedJSON: Encodable {
  var version: UInt64
  var count: Int
}

/// All units as JSON.
struct UnitListJSON: Encodable {
  struct Unit: Encodable {
    var id: String
    var agency: String
    var station: String
    var capabilities: [String]
    var profile: String
    var status: String
    var lat: Double
    var lon: Double
    var headingDegrees: Double?
    var reportedAt: String
    var turnoutSeconds: Double?
    /// Where it is on the road; missing if no road is near.
    var road: PlaceJSON?

    init(_ listed: ListedUnit) {
      let unit = listed.unit
      (id, agency, station, capabilities) = (unit.id, unit.agency, unit.station, unit.capabilities)
      (profile, status) = (unit.profile, unit.status.rawValue)
      (lat, lon, headingDegrees) = (unit.coordinate.latitude, unit.coordinate.longitude, unit.headingDegrees)
      (reportedAt, turnoutSeconds) = (Figures.moment(unit.reportedAt), unit.turnoutSeconds)
      road = listed.snapped.map(PlaceJSON.init)
    }
  }

  var version: UInt64
  var units: [Unit]
}

/// All units for people.
enum UnitListText {
  static func text(_ units: [ListedUnit]) -> String {
    guard !units.isEmpty else { return "No units.\n" }
    var table = TextTable("unit", "agency", "station", "status", "profile", "capabilities", "road", ">position")
    for listed in units {
      let unit = listed.unit
      let road = listed.snapped.map { $0.name.isEmpty ? "way \($0.wayOSMID)" : $0.name } ?? "off the map"
      table.add(
        unit.id, unit.agency, unit.station, unit.status.rawValue, unit.profile,
        unit.capabilities.joined(separator: " "), road, unit.coordinate.description)
    }
    return table.text
  }
}
