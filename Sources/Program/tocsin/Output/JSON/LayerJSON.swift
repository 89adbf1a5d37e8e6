import API
import AnswerJSON

extension LayersAnswer {
  var json: JSONObject {
    [
      "version": version,
      "layers": layers.map { layer -> JSONObject in
        [
          "name": layer.name, "revision": layer.revision, "points": layer.pointCount, "areas": layer.areaCount,
          "weight": layer.weight, "roadMetersMax": layer.rule.roadMetersMax,
          "side": layer.rule.side.rawValue,
          "offRoad": ["count": layer.offRoad.count, "ids": layer.offRoad.ids] as JSONObject,
        ]
      },
    ]
  }
}

/// Layers for people.
enum LayerListText {
  private static let shownMax = 10

  static func text(_ layers: [LayerInfo]) -> String {
    guard !layers.isEmpty else { return "No layers.\n" }
    let table = TextTable("layer", ">points", ">areas", ">weight", ">revision", "off the roads").text(of: layers) {
      [
        $0.name, Figures.count($0.pointCount), Figures.count($0.areaCount), Figures.decimals($0.weight, 1),
        "\($0.revision)", offRoad($0.offRoad),
      ]
    }
    return table
  }

  private static func offRoad(_ list: IDList) -> String {
    if list.count == 0 { return "" }
    let shown = list.ids.prefix(shownMax).joined(separator: " ")
    return "\(Figures.count(list.count)): \(shown)\(list.count > shownMax ? " …" : "")"
  }
}
