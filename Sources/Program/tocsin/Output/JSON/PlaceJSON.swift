import API
import AnswerJSON

extension SnapAnswer {
  var json: JSONObject { ["version": version, "places": places.map(\.json)] }
}

/// Roads near a place, for people.
enum SnapText {
  static func text(_ places: [SnappedPlace]) -> String {
    TextTable(">distance", "side", "road", "level", ">way", ">heading", ">position").text(of: places) { place in
      [
        Figures.length(meters: place.distanceMeters), place.side.rawValue, place.name, level(place),
        "\(place.wayOSMID)",
        "\(Figures.whole(place.headingDegrees))°", place.coordinate.description,
      ]
    }
  }

  /// `tunnel, layer -1`; empty on the ground.
  private static func level(_ place: SnappedPlace) -> String {
    [
      place.isOnBridge ? "bridge" : nil, place.isInTunnel ? "tunnel" : nil,
      place.layer == 0 ? nil : "layer \(place.layer)",
    ].compactMap { $0 }.joined(separator: ", ")
  }
}
