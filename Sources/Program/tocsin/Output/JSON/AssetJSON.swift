import API
import AnswerJSON

extension RouteAsset {
  var json: JSONObject {
    feature.place
      + [
        "layer": layer, "travelSeconds": Rounded.thousandths(travelSeconds),
        "lengthMeters": Rounded.hundredths(lengthMeters), "side": side.rawValue,
        "distanceMeters": Rounded.hundredths(distanceMeters),
        "inViewFromSeconds": inViewSeconds.map { Rounded.thousandths($0.lowerBound) },
        "inViewUntilSeconds": inViewSeconds.map { Rounded.thousandths($0.upperBound) },
      ]
  }

  /// Where it is, with when it is passed.
  var geoJSON: JSONObject { GeoJSON.feature(feature.point.map { [$0] } ?? [], json + ["kind": "asset"]) }

  /// The same of a unit's way.
  func geoJSON(of unitID: String) -> JSONObject {
    GeoJSON.feature(feature.point.map { [$0] } ?? [], json + ["kind": "asset", "unit": unitID])
  }
}

extension LayerFeature {
  /// What a point is and where, with what the department says of it.
  var place: JSONObject {
    [
      "id": id, "name": name.isEmpty ? nil : name, "lat": point?.latitude, "lon": point?.longitude,
      "tags": tags.isEmpty ? nil : tags.reduce(into: JSONObject()) { $0 = $0 + JSONObject($1.key, $1.value) },
    ]
  }

  var title: String { name.isEmpty ? id : name }
}

/// What lies along a way, for people.
enum AssetText {
  private static let namedMax = 5

  static func text(_ route: Route) -> String {
    guard !route.assets.isEmpty else { return "" }
    let table = TextTable(">at", ">metre", "layer", "name", "side", ">distance", "").text(of: route.assets) { asset in
      [
        Figures.time(seconds: asset.travelSeconds), Figures.whole(asset.lengthMeters), asset.layer,
        asset.feature.title, asset.side == .none ? "" : asset.side.rawValue,
        asset.side == .none ? "" : Figures.length(meters: asset.distanceMeters), view(asset),
      ]
    }
    let rest = route.assetsLeftOutCount
    return table + (rest == 0 ? "" : "and \(Figures.count(rest)) more\n")
  }

  /// `, camera CCTV 1042 0:18, signal 구로역 0:52`
  static func words(_ route: Route) -> String {
    guard !route.assets.isEmpty else { return "" }
    let words = route.assets.map { asset in
      Printable.text("\(asset.layer) \(asset.feature.title)") + " " + Figures.time(seconds: asset.travelSeconds)
    }
    return ", " + Figures.list(words, atMost: namedMax)
  }

  private static func view(_ asset: RouteAsset) -> String {
    guard let seen = asset.inViewSeconds else { return "" }
    return "in view \(Figures.time(seconds: seen.lowerBound))-\(Figures.time(seconds: seen.upperBound))"
  }
}
