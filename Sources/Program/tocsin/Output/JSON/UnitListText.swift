import API

/// All units for people.
enum UnitListText {
  static func text(_ units: [ListedUnit]) -> String {
    guard !units.isEmpty else { return "No units.\n" }
    let table = TextTable("unit", "agency", "station", "status", "profile", "capabilities", "road", ">position")
    return table.text(of: units) { listed in
      let unit = listed.unit
      let road = listed.snapped.map { $0.name.isEmpty ? "way \($0.wayOSMID)" : $0.name } ?? "off the map"
      return [
        unit.id, unit.agency, unit.station, unit.status.rawValue, unit.profile,
        unit.capabilities.joined(separator: " "), road, unit.coordinate.description,
      ]
    }
  }
}
