import API

extension ResponseUnit {
  /// What a unit is and does, without where it is.
  var json: JSONObject {
    [
      "id": id, "agency": agency, "station": station, "capabilities": capabilities, "profile": profile,
      "status": status.rawValue,
    ]
  }
}

extension ListedUnit {
  /// `road` is where the unit is on the road; missing if no road is near.
  var json: JSONObject {
    unit.json + [
      "lat": unit.coordinate.latitude, "lon": unit.coordinate.longitude, "headingDegrees": unit.headingDegrees,
      "reportedAt": Figures.moment(unit.reportedAt), "statusAt": unit.statusAt.map(Figures.moment),
      "turnoutSeconds": unit.turnoutSeconds, "road": snapped?.json, "home": unit.home?.json,
      "crewCount": unit.crewCount, "crew": unit.crewID.isEmpty ? nil : unit.crewID,
      "idleSince": unit.idleSince.map(Figures.moment), "task": unit.task?.json,
    ]
  }
}

extension UnitTask {
  var json: JSONObject {
    [
      "incident": incidentID, "priority": priority, "destination": destination?.json,
      "freeAt": freeAt.map(Figures.moment), "post": postID.isEmpty ? nil : postID,
    ]
  }
}

extension Place {
  fileprivate var json: JSONObject {
    ["lat": coordinate.latitude, "lon": coordinate.longitude, "headingDegrees": headingDegrees]
  }
}

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
