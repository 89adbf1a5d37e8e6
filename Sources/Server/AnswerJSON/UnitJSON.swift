import API

extension ResponseUnit {
  /// What a unit is and does, without where it is.
  public var json: JSONObject {
    [
      "id": id, "agency": agency, "station": station, "capabilities": capabilities, "profile": profile,
      "status": status.rawValue,
    ]
  }
}

extension ListedUnit {
  /// `road` is where the unit is on the road; missing if no road is near.
  public var json: JSONObject {
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
  public var json: JSONObject {
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

/// Units on a map: where they were reported.
public enum UnitGeoJSON {
  /// One feature for each unit.
  public static func features(_ units: [ListedUnit]) -> [JSONObject] { units.map(feature) }

  /// Its id is among the properties.
  public static func feature(_ listed: ListedUnit) -> JSONObject { feature(listed, id: nil) }

  /// - Parameter id: of the feature itself.
  public static func feature(_ listed: ListedUnit, id: String?) -> JSONObject {
    GeoJSON.feature(
      [listed.unit.coordinate],
      listed.unit.json + [
        "headingDegrees": listed.unit.headingDegrees, "reportedAt": Figures.moment(listed.unit.reportedAt),
        "road": listed.snapped?.name,
      ], id: id)
  }
}
