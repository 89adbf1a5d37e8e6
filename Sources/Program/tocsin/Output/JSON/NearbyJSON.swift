import API
import AnswerJSON

extension NearbyAnswer {
  var json: JSONObject { ["version": version, "place": place?.json, "features": features.map(\.json)] }
}

extension NearbyFeature {
  fileprivate var json: JSONObject {
    feature.place
      + [
        "layer": layer, "airMeters": Rounded.hundredths(airMeters), "roadMeters": roadMeters.map(Rounded.hundredths),
        "side": side.rawValue, "usable": feature.isUsable,
      ]
  }

  var geoJSON: JSONObject { GeoJSON.feature(feature.point.map { [$0] } ?? [], json) }
}

/// What is near a place, for people.
enum NearbyText {
  static func text(_ answer: NearbyAnswer) -> String {
    guard !answer.features.isEmpty else { return "Nothing is near.\n" }
    return TextTable("layer", "name", ">by road", ">by air", "side", "").text(of: answer.features) { near in
      [
        near.layer, near.feature.title, near.roadMeters.map(Figures.length(meters:)) ?? "",
        Figures.length(meters: near.airMeters), near.side == .none ? "" : near.side.rawValue,
        near.feature.isUsable ? "" : "not usable",
      ]
    }
  }
}
