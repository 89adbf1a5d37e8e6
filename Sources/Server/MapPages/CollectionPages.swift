import AnswerJSON
import Messages
import WebPages

/// What collections there are.
enum CollectionPages {
  /// All collections: those that there always are, and the layers that are kept.
  static func all(_ links: PageLinks) -> PageCall {
    PageCall(ServiceMethods.listLayers, EmptyRequest()) { answer in
      switch answer {
      case .failure(let refusal): return .refusal(refusal)
      case .success(let layers):
        let collections = FeatureCollection.fixed + layers.layers.map { .layer($0.name) }
        return .json(
          [
            "links": [PageLinks.link("self", links.collections, "The collections")],
            "collections": collections.map { object(of: $0, links) },
          ], contentType: PageLinks.json)
      }
    }
  }

  /// One collection; a layer is asked for, since it may be none.
  static func one(_ collection: FeatureCollection, _ links: PageLinks) -> PageReply {
    guard case .layer(let name) = collection else {
      return .answer(.json(object(of: collection, links), contentType: PageLinks.json))
    }
    return .call(
      PageCall(ServiceMethods.listLayers, EmptyRequest()) { answer in
        switch answer {
        case .failure(let refusal): .refusal(refusal)
        case .success(let layers):
          layers.layers.contains { $0.name == name }
            ? .json(object(of: collection, links), contentType: PageLinks.json) : .refusal(.notFound(collection.id))
        }
      })
  }

  private static func object(of collection: FeatureCollection, _ links: PageLinks) -> JSONObject {
    [
      "id": collection.id, "title": collection.title, "description": collection.about, "itemType": "feature",
      "crs": [FeatureQuery.system],
      "links": [
        PageLinks.link("self", links.collection(collection.id), collection.title),
        PageLinks.link("items", links.items(collection.id), "The features", type: PageLinks.geoJSON),
      ],
    ]
  }
}
