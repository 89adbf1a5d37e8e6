import AnswerJSON
import Messages
import WebPages

/// Features of a collection, page by page or one alone.
struct ItemPages: Sendable {
  let collection: FeatureCollection
  let links: PageLinks

  init(_ collection: FeatureCollection, _ links: PageLinks) { (self.collection, self.links) = (collection, links) }

  /// The features that are asked for, with the addresses of the page before and of the next one. O(features).
  func page(of features: [MapFeature], _ query: FeatureQuery) -> PageAnswer {
    let matched = features.filter(query.matches)
    let shown = matched.dropFirst(query.offset).prefix(query.limit)
    let items = links.items(collection.id)
    var more = [
      PageLinks.link("self", query.address(items, offset: query.offset), "This page", type: PageLinks.geoJSON),
      PageLinks.link("collection", links.collection(collection.id), collection.title),
    ]
    if query.offset + shown.count < matched.count {
      let next = query.address(items, offset: query.offset + shown.count)
      more.append(PageLinks.link("next", next, "The next page", type: PageLinks.geoJSON))
    }
    if query.offset > 0 {
      let before = query.address(items, offset: max(query.offset - query.limit, 0))
      more.append(PageLinks.link("prev", before, "The page before", type: PageLinks.geoJSON))
    }
    let object =
      GeoJSON.collection(shown.map { $0.object() })
      + ["links": more, "numberMatched": matched.count, "numberReturned": shown.count]
    return .json(object, contentType: PageLinks.geoJSON)
  }

  /// The feature of an id. O(features).
  func page(of features: [MapFeature], id: String) -> PageAnswer {
    guard let feature = features.first(where: { $0.id == id }) else { return .refusal(.notFound(id)) }
    let object =
      feature.object() + [
        "links": [
          PageLinks.link("self", links.item(id, of: collection.id), "This feature", type: PageLinks.geoJSON),
          PageLinks.link("collection", links.collection(collection.id), collection.title),
        ]
      ]
    return .json(object, contentType: PageLinks.geoJSON)
  }
}
