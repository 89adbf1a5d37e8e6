import API
import Engine
import Foundation
import Geometry
import MapPages
import Messages
import TestSupport
import Testing
import VectorTiles
import WebPages

/// Pages of a drawn town, asked for without a server.
struct PagedTown {
  let town: Town
  private let dispatcher: MessageDispatcher
  static let base = "http://127.0.0.1:7180"

  init() throws {
    var town = try Town(
      """
      A---B---C
      |   |   |
      D-a-E-b-F
      """, metersPerCell: 50)
    town.road("AB", kmh: 72, tags: ["highway": "primary", "name": "Main Street"])
    town.unit("a") { unit in
      (unit.station, unit.agency, unit.home) = ("North", "fire", Place(unit.coordinate))
    }
    self.town = town
    dispatcher = MessageDispatcher(engine: try town.testEngine().engine)
  }

  /// - Parameters:
  ///   - address: without its folder's path, such as `roads/14/3/5.mvt`.
  func page(
    _ folder: any PageFolder, _ address: String, _ query: [(name: String, value: String)] = [], knownTag: String? = nil
  ) -> PageAnswer {
    let path = address.split(separator: "/").map(String.init)
    let request = PageRequest(path: path, query: query, knownTag: knownTag, base: Self.base)
    switch folder.reply(to: request) {
    case .answer(let page): return page
    case .call(let call):
      return call.page(dispatcher.dispatch(method: call.method, payload: call.payload, deadline: nil))
    }
  }

  func json(
    _ folder: any PageFolder, _ address: String, _ query: [(name: String, value: String)] = []
  ) throws -> [String: Any] {
    try Self.json(page(folder, address, query))
  }

  static func json(_ page: PageAnswer) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(page.body)) as? [String: Any])
  }
}

@Suite struct TilePagesTests {
  @Test func sendsATileWithItsTag() throws {
    let town = try PagedTown()
    let tile = TileAddress(of: town.town.map.coordinate("B"), zoom: 16)
    let address = "roads/16/\(tile.column)/\(tile.row).mvt"
    let page = town.page(TilePages(), address, [("profile", "plain")])
    #expect(page.status == 200 && page.contentType == "application/vnd.mapbox-vector-tile")
    let roads = try #require(try TileReader.layers(of: page.body)["roads"])
    #expect(roads.contains { $0["name"]?.text == "Main Street" && $0["speed_kmh"]?.whole == 72 })
    let tag = try #require(page.tag)
    let known = town.page(TilePages(), address, [("profile", "plain")], knownTag: tag)
    #expect(known.tag == tag && known.body.isEmpty)
    let closures = town.page(TilePages(), "closures/16/\(tile.column)/\(tile.row).mvt")
    #expect(closures.status == 200 && closures.body.isEmpty)
  }

  @Test func describesALayer() throws {
    let town = try PagedTown()
    let object = try town.json(TilePages(), "speeds.json", [("profile", "fire engine&x")])
    #expect(object["tilejson"] as? String == "3.0.0")
    #expect(
      object["tiles"] as? [String] == ["\(PagedTown.base)/tiles/speeds/{z}/{x}/{y}.mvt?profile=fire%20engine%26x"])
    #expect(object["minzoom"] as? Int == 8 && object["maxzoom"] as? Int == 17)
    let layers = object["vector_layers"] as? [[String: Any]]
    #expect(layers?.first?["id"] as? String == "speeds")
  }

  /// What tiles say is what their description says.
  @Test func describesWhatTilesSay() throws {
    let town = try PagedTown()
    try town.town.close("AB", until: town.town.clock.now.addingTimeInterval(60))
    let tile = TileAddress(of: town.town.map.coordinate("B"), zoom: 16)
    for layer in TileLayer.allCases {
      let object = try town.json(TilePages(), "\(layer.rawValue).json")
      let described = (object["vector_layers"] as? [[String: Any]])?.first?["fields"] as? [String: String] ?? [:]
      let page = town.page(TilePages(), "\(layer.rawValue)/16/\(tile.column)/\(tile.row).mvt")
      for feature in try TileReader.layers(of: page.body)[layer.rawValue] ?? [] {
        #expect(Set(feature.tags.keys).subtracting(described.keys) == [])
      }
    }
  }

  @Test(arguments: [
    ("roads", 404), ("rivers.json", 404), ("rivers/14/1/1.mvt", 404), ("roads/14/1/1.png", 404),
    ("roads/x/1/1.mvt", 404),
    ("roads/7/1/1.mvt", 400), ("roads/8/256/1.mvt", 400), ("", 404),
  ])
  func refuses(_ address: String, _ status: Int) throws {
    let page = try PagedTown().page(TilePages(), address)
    #expect(page.status == status)
    #expect(try PagedTown.json(page)["code"] as? String == (status == 400 ? "INVALID_TILE" : "UNKNOWN_PAGE"))
  }

  @Test func refusesParametersAndProfilesThatDoNotExist() throws {
    let town = try PagedTown()
    #expect(town.page(TilePages(), "roads.json", [("profil", "car")]).status == 400)
    let page = town.page(TilePages(), "roads/14/1/1.mvt", [("profile", "boat")])
    #expect(try page.status == 404 && PagedTown.json(page)["value"] as? String == "boat")
  }
}

@Suite struct FeaturePagesTests {
  private static func links(_ object: [String: Any]) -> [String: String] {
    let links = object["links"] as? [[String: String]] ?? []
    return Dictionary(links.map { ($0["rel"] ?? "", $0["href"] ?? "") }) { first, _ in first }
  }

  private static func ids(_ object: [String: Any]) -> [String] {
    (object["features"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
  }

  @Test func leadsToEverything() throws {
    let town = try PagedTown()
    let landing = Self.links(try town.json(FeaturePages(), ""))
    #expect(landing["data"] == "\(PagedTown.base)/ogc/collections")
    #expect(landing["conformance"] == "\(PagedTown.base)/ogc/conformance")
    #expect(landing["service-desc"] == "\(PagedTown.base)/openapi.json")
    let classes = try town.json(FeaturePages(), "conformance")["conformsTo"] as? [String] ?? []
    #expect(classes.contains("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core"))
    _ = try town.town.testEngine().engine.putLayer(
      Layer("소화전", features: [LayerFeature(id: "h", .point(town.town.map.coordinate("A")))]), by: .local, within: .none)
    let collections = try town.json(FeaturePages(), "collections")["collections"] as? [[String: Any]] ?? []
    let found = collections.compactMap { $0["id"] as? String }
    #expect(found == ["closures", "units", "stations", "hospitals", "posts", "layer:소화전"])
    for (id, collection) in zip(found, collections) {
      let items = try #require(Self.links(collection)["items"])
      #expect(items.hasPrefix("\(PagedTown.base)/ogc/collections/") && items.hasSuffix("/items"))
      #expect(try town.json(FeaturePages(), "collections/\(id)")["id"] as? String == id)
      let page = town.page(FeaturePages(), "collections/\(id)/items")
      #expect(page.status == 200 && page.contentType == "application/geo+json")
    }
    #expect(try Self.ids(town.json(FeaturePages(), "collections/layer:소화전/items")) == ["h"])
    #expect(try Self.ids(town.json(FeaturePages(), "collections/stations/items")).count == 1)
  }

  @Test func showsClosuresWithAllTheirLines() throws {
    let town = try PagedTown()
    try town.town.close("AB")
    let object = try town.json(FeaturePages(), "collections/closures/items")
    #expect(Self.ids(object) == ["AB"] && object["numberMatched"] as? Int == 1)
    let feature = try town.json(FeaturePages(), "collections/closures/items/AB")
    let properties = feature["properties"] as? [String: Any]
    #expect(properties?["roads"] as? [String] == ["Main Street"] && properties?["effect"] as? String == "closed")
    #expect((feature["geometry"] as? [String: Any])?["type"] as? String == "LineString")
    #expect(town.page(FeaturePages(), "collections/closures/items/CF").status == 404)
  }

  @Test func goesOnPageByPage() throws {
    let town = try PagedTown()
    let engine = try town.town.testEngine().engine
    let features = (0..<25).map { number in
      LayerFeature(
        id: "f\(number + 10)", .point(town.town.map.coordinate("A").moved(Double(number), headingDegrees: 90)))
    }
    _ = try engine.putLayer(Layer("x", features: features), by: .local, within: .none)
    var (query, found): ([(name: String, value: String)], [String]) = ([("limit", "10")], [])
    for _ in 0..<3 {
      let object = try town.json(FeaturePages(), "collections/layer:x/items", query)
      #expect(object["numberMatched"] as? Int == 25)
      found += Self.ids(object)
      guard let next = Self.links(object)["next"] else { break }
      let items = try #require(URLComponents(string: next)?.queryItems)
      query = items.map { ($0.name, $0.value ?? "") }
    }
    #expect(found == features.map(\.id))
    let last = try town.json(FeaturePages(), "collections/layer:x/items", query)
    #expect(Self.links(last)["next"] == nil && Self.links(last)["prev"] != nil)
  }

  @Test func takesBoxesAndTimes() throws {
    let town = try PagedTown()
    let until = try town.town.clock.now.addingTimeInterval(3_600)
    try town.town.close("AB", until: until)
    let a = town.town.map.coordinate("A")
    func found(_ name: String, _ value: String) throws -> [String] {
      try Self.ids(town.json(FeaturePages(), "collections/closures/items", [(name, value)]))
    }
    let (west, south) = (a.longitude - 0.001, a.latitude - 0.0001)
    #expect(try found("bbox", "\(west),\(south),\(a.longitude + 0.0001),\(a.latitude + 0.001)") == ["AB"])
    #expect(try found("bbox", "\(west),0,\(south),-5,\(a.longitude + 0.0001),\(a.latitude + 0.001)") == [])
    #expect(try found("bbox", "\(west),\(south),0,\(a.longitude + 0.0001),\(a.latitude + 0.001),9") == ["AB"])
    #expect(try found("bbox", "170,-10,-170,10") == [])
    #expect(try found("datetime", "\(until.addingTimeInterval(1).ISO8601Format())/..") == [])
    #expect(try found("datetime", "../\(until.ISO8601Format())") == ["AB"])
    #expect(try found("datetime", "2020-01-01T00:00:00Z") == ["AB"])
  }

  @Test(arguments: [
    ("bbox", "1,2,3"), ("bbox", "1,2,3,x"), ("bbox", "1,3,3,2"), ("bbox", "1,2,3,91"), ("limit", "0"), ("limit", "x"),
    ("offset", "-1"), ("datetime", "yesterday"), ("datetime", "../../.."),
    ("datetime", "2021-01-01T00:00:00Z/2020-01-01T00:00:00Z"), ("f", "html"), ("crs", "EPSG:3857"), ("colour", "red"),
  ])
  func refusesParameters(_ name: String, _ value: String) throws {
    let page = try PagedTown().page(FeaturePages(), "collections/closures/items", [(name, value)])
    #expect(page.status == 400)
    #expect(try PagedTown.json(page)["value"] as? String == (name == "colour" ? name : value))
  }

  @Test(arguments: [
    "collections/rivers", "collections/layer:none", "collections/layer:none/items", "x", "collections/units/x",
  ])
  func knowsNoOtherPage(_ address: String) throws {
    #expect(try PagedTown().page(FeaturePages(), address).status == 404)
  }
}
