import API
import WebPages

extension TilePages {
  public var descriptions: [PageDescription] {
    let layer = PageDescription.Parameter(
      "layer", in: .path, "What is shown.", choices: TileLayer.allCases.map(\.rawValue))
    let profile = PageDescription.Parameter("profile", in: .query, "For whose vehicles; the first profile if absent.")
    let place = ["zoom", "column", "row"].map { name in
      PageDescription.Parameter(name, in: .path, "As web maps count them.", kind: .whole)
    }
    return [
      .map(
        "/tiles/{layer}/{zoom}/{column}/{row}.mvt", "A vector tile", parameters: [layer] + place + [profile],
        type: "application/vnd.mapbox-vector-tile"),
      .map("/tiles/{layer}.json", "What a layer of tiles has (TileJSON)", parameters: [layer, profile]),
    ]
  }
}

extension FeaturePages {
  public var descriptions: [PageDescription] {
    let collection = PageDescription.Parameter("collection", in: .path, "One that `/ogc/collections` lists.")
    let feature = PageDescription.Parameter("feature", in: .path, "The id of a feature.")
    let items = "/ogc/collections/{collection}/items"
    return [
      .map("/ogc", "Where clients of OGC API Features begin"), .map("/ogc/conformance", "What is conformed to"),
      .map("/ogc/collections", "All collections"),
      .map("/ogc/collections/{collection}", "A collection", parameters: [collection]),
      .map(items, "The features of a collection", parameters: [collection] + Self.choice, type: PageLinks.geoJSON),
      .map(items + "/{feature}", "A feature", parameters: [collection, feature], type: PageLinks.geoJSON),
    ]
  }

  private static let choice: [PageDescription.Parameter] = [
    .init("bbox", in: .query, "`west,south,east,north` in degrees."),
    .init("datetime", in: .query, "A moment or an interval, such as `2026-05-01T12:00:00Z/..`."),
    .init("limit", in: .query, "How many at most.", kind: .whole),
    .init("offset", in: .query, "How many to leave out before.", kind: .whole),
  ]
}

extension PageDescription {
  fileprivate static func map(
    _ path: String, _ title: String, parameters: [Parameter] = [], type: String = PageLinks.json
  ) -> PageDescription {
    PageDescription(
      path, group: "Map layers", title: title, parameters: parameters,
      answers: [Answer(200, type, title)] + Answer.refusals("With a `code`, a `description` and the `value`."))
  }
}
