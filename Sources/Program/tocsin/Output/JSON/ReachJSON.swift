import API
import AnswerJSON
import Geometry

/// A reach: for people, for machines, for maps.
enum ReachText {
  /// A table with a line for each limit, and what is cut off.
  static func text(_ answer: ReachAnswer) -> String {
    let table = TextTable("within", ">roads", ">share", ">factor").text(of: answer.bands) { band in
      [
        Figures.time(seconds: band.limitSeconds), Figures.length(meters: band.lengthMeters),
        Figures.decimals(band.lengthShare * 100, 1) + "%", band.reachFactor.map { Figures.decimals($0, 2) } ?? "",
      ]
    }
    let lost = answer.lostLengthMeters.map { meters in
      let roads = "\(Figures.length(meters: meters)) of road"
      return "cut off: " + ([roads] + answer.lostLayers.map(words)).joined(separator: ", ") + "\n"
    }
    return table + layers(answer) + (lost ?? "") + "map version \(answer.version)\n"
  }

  /// How many points of each layer are reached within each limit.
  private static func layers(_ answer: ReachAnswer) -> String {
    guard let names = answer.bands.first?.layers.map(\.layer), !names.isEmpty else { return "" }
    return TextTable(columns: ["within"] + names.map { ">" + $0 }).text(of: answer.bands) { band in
      [Figures.time(seconds: band.limitSeconds)] + band.layers.map { "\($0.count)" }
    }
  }

  private static func words(_ count: LayerCount) -> String { "\(count.count) of \(count.layer)" }

  static func json(_ answer: ReachAnswer) -> JSONObject {
    [
      "version": answer.version, "basis": answer.basis.word, "places": answer.places.map { $0?.json },
      "bands": answer.bands.map { band -> JSONObject in
        [
          "limitSeconds": band.limitSeconds, "lengthMeters": Rounded.hundredths(band.lengthMeters),
          "lengthShare": band.lengthShare, "reachFactor": band.reachFactor,
          "layers": band.layers.isEmpty ? nil : band.layers.map(layerJSON),
        ]
      },
      "roads": answer.roads.isEmpty ? nil : answer.roads.map(roadJSON),
      "isFeltTime": answer.isFeltTime, "lostLengthMeters": answer.lostLengthMeters.map(Rounded.hundredths),
      "lostLayers": answer.lostLayers.isEmpty ? nil : answer.lostLayers.map(layerJSON),
      "lostRoads": answer.lostRoads.isEmpty ? nil : answer.lostRoads.map(roadJSON),
    ]
  }

  private static func layerJSON(_ count: LayerCount) -> JSONObject {
    ["layer": count.layer, "count": count.count, "weight": count.weight]
  }

  private static func roadJSON(_ road: ReachedRoad) -> JSONObject {
    properties(road) + ["shape": road.shape.map { [$0.latitude, $0.longitude] }]
  }

  private static func properties(_ road: ReachedRoad) -> JSONObject {
    [
      "band": road.band, "way": road.wayOSMID, "name": road.name,
      "beginSeconds": Rounded.thousandths(road.beginSeconds), "endSeconds": Rounded.thousandths(road.endSeconds),
      "unit": road.unitID.isEmpty ? nil : road.unitID,
    ]
  }

  /// A road on a map, with the first limit within which it lies.
  static func feature(_ kind: String, _ road: ReachedRoad, within limitsSeconds: [Double]) -> JSONObject {
    let limit = limitsSeconds.indices.contains(road.band) ? limitsSeconds[road.band] : nil
    return GeoJSON.feature(road.shape, properties(road) + ["kind": kind, "limitSeconds": limit])
  }

  /// An area for each limit, the largest first so that none hides another, then roads.
  static func features(_ answer: ReachAnswer) -> [JSONObject] {
    let areas = answer.bands.reversed().map { band in
      GeoJSON.feature(
        areas: band.outlines.map { Area($0.exterior, holes: $0.holes) },
        ["kind": "reach", "limitSeconds": band.limitSeconds, "lengthMeters": Rounded.hundredths(band.lengthMeters)])
    }
    let limits = answer.bands.map(\.limitSeconds)
    return areas + answer.roads.map { feature("road", $0, within: limits) }
      + answer.lostRoads.map { feature("cut off", $0, within: limits) }
  }
}
