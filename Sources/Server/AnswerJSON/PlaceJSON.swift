import API

extension SnappedPlace {
  public var json: JSONObject {
    [
      "lat": coordinate.latitude, "lon": coordinate.longitude, "distanceMeters": Rounded.hundredths(distanceMeters),
      "way": wayOSMID, "name": name, "headingDegrees": Rounded.hundredths(headingDegrees),
      // `left`, `right` or `none`, in the direction of travel.
      "side": side.rawValue, "bridge": isOnBridge, "tunnel": isInTunnel, "layer": Int(layer),
    ]
  }
}
