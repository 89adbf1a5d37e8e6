import API

extension Hospital {
  public var json: JSONObject {
    [
      "id": id, "name": name, "lat": place.coordinate.latitude, "lon": place.coordinate.longitude,
      "headingDegrees": place.headingDegrees, "capabilities": capabilities, "offloadSeconds": offloadSeconds,
      "states": states.map { state -> JSONObject in
        [
          "capability": state.capability.isEmpty ? nil : state.capability, "status": state.status.rawValue,
          "freeBeds": state.freeBeds, "until": state.until.map(Figures.moment),
        ]
      }, "reportedAt": reportedAt.map(Figures.moment), "source": source.isEmpty ? nil : source,
    ]
  }
}

extension ListedHospital {
  public var json: JSONObject { hospital.json + ["road": snapped?.json] }
}
