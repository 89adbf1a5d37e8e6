import API
import AnswerJSON
import Messages
import WebPages

/// What the department and the map's traffic have, as collections of features for maps of others: OGC API - Features,
/// Part 1: Core, version 1.0.1 (OGC 17-069r4), below `/ogc`.
public struct FeaturePages: PageFolder {
  public let path = [Self.folder]

  static let folder = "ogc"

  public init() {}

  public func reply(to request: PageRequest) -> PageReply {
    let path = request.path.last == "" ? request.path.dropLast() : request.path[...]
    let links = PageLinks(base: request.base)
    do throws(CallStatus) {
      switch Array(path) {
      case []:
        try FeatureQuery.checkNames(of: request, [])
        return .answer(.json(LandingPage(links: links).object, contentType: PageLinks.json))
      case ["conformance"]:
        try FeatureQuery.checkNames(of: request, [])
        return .answer(.json(LandingPage.conformance, contentType: PageLinks.json))
      case ["collections"]:
        try FeatureQuery.checkNames(of: request, [])
        return .call(CollectionPages.all(links))
      case let path where path.count >= 2 && path[0] == "collections":
        return try reply(to: request, Array(path.dropFirst(2)), of: FeatureCollection(id: path[1]), links)
      default: throw .notFound(path.joined(separator: "/"))
      }
    } catch {
      return .answer(.refusal(error))
    }
  }

  private func reply(
    to request: PageRequest, _ rest: [String], of collection: FeatureCollection, _ links: PageLinks
  ) throws(CallStatus) -> PageReply {
    switch (rest.count, rest.first) {
    case (0, _):
      try FeatureQuery.checkNames(of: request, [])
      return CollectionPages.one(collection, links)
    case (1, "items"):
      let query = try FeatureQuery(request)
      return .call(
        collection.call { features in ItemPages(collection, links).page(of: features, query) })
    case (2, "items"):
      try FeatureQuery.checkNames(of: request, [])
      let id = rest[1]
      return .call(collection.call { features in ItemPages(collection, links).page(of: features, id: id) })
    default: throw .notFound(rest.joined(separator: "/"))
    }
  }
}

/// Addresses of pages and what they have.
struct PageLinks: Sendable {
  static let json = "application/json"
  static let geoJSON = "application/geo+json"
  private static let openAPI = "application/vnd.oai.openapi+json;version=3.1"

  /// Where the server is for its caller.
  let base: String

  var landing: String { "\(base)/\(FeaturePages.folder)" }
  var conformance: String { "\(landing)/conformance" }
  var collections: String { "\(landing)/collections" }

  func collection(_ id: String) -> String { "\(collections)/\(id.percentEncoded)" }
  func items(_ id: String) -> String { "\(collection(id))/items" }
  func item(_ id: String, of collection: String) -> String { "\(items(collection))/\(id.percentEncoded)" }

  var openAPI: JSONObject { Self.link("service-desc", "\(base)/openapi.json", "The API", type: Self.openAPI) }

  static func link(_ relation: String, _ address: String, _ title: String, type: String = json) -> JSONObject {
    ["rel": relation, "href": address, "type": type, "title": title]
  }
}

/// Where a client begins.
struct LandingPage {
  let links: PageLinks

  var object: JSONObject {
    [
      "title": "Tocsin", "description": "Closures, units, hospitals, posts and the department's layers.",
      "links": [
        PageLinks.link("self", links.landing, "This page"), links.openAPI,
        PageLinks.link("conformance", links.conformance, "What it conforms to"),
        PageLinks.link("data", links.collections, "The collections"),
      ],
    ]
  }

  static var conformance: JSONObject {
    let classes = ["core", "geojson"].map { "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/\($0)" }
    return ["conformsTo": classes]
  }
}
