import API
import Foundation
import Geometry
import TestSupport
import Testing

@testable import Engine

/// What lies along a route: when it is passed, on which side, and when a camera sees the vehicle.
@Suite struct AssetStories {
  /// From one letter to the next it is 100 m.
  private static func town(_ text: String, metersPerCell: Double = 25) throws -> Town {
    try Town(text, metersPerCell: metersPerCell)
  }

  private static func point(
    _ id: String, _ place: Coordinate, view: LayerView? = nil, tags: [LayerTag] = []
  ) -> LayerFeature {
    LayerFeature(id: id, .point(place), view: view, tags: tags)
  }

  private static func put(
    _ features: [LayerFeature], _ rule: LayerRule = LayerRule(), as name: String = "x", on town: Town
  ) throws -> LayerInfo {
    let layer = Layer(name, features: features, rule: rule)
    return try #require(try town.testEngine().engine.putLayer(layer, by: .local, within: .none).layers.first)
  }

  private static func assets(
    _ junctions: String, on town: Town, layers: [String] = ["x"], levels: LevelFilter = .all
  ) throws -> [RouteAsset] {
    var request = RouteRequest(
      places: junctions.map { Place(town.map.coordinate($0), levels: levels) }, profile: "plain")
    request.detail.layers = layers
    return try town.testEngine().engine.route(request).route.assets
  }

  private static func isAbout(_ one: Double, _ other: Double, by difference: Double = 0.05) -> Bool {
    abs(one - other) <= difference
  }

  private static let street = """
    A---B---C
        |
        |
        |
        D
    """

  /// A feature belongs to a place on a road: the answer says after how many seconds and metres, and whether left or
  /// right of the driver.
  @Test func whatLiesOnTheWayIsListedWithItsMoment() throws {
    let town = try Self.town(Self.street)
    let place = town.map.coordinate("A").moved(50, headingDegrees: 90).moved(10, headingDegrees: 0)
    _ = try Self.put([Self.point("H", place), Self.point("far", place.moved(40, headingDegrees: 0))], on: town)
    let there = try #require(try Self.assets("AC", on: town).first)
    #expect(there.feature.id == "H" && there.layer == "x" && there.side == .left && there.inViewSeconds == nil)
    #expect(Self.isAbout(there.travelSeconds, 5) && Self.isAbout(there.lengthMeters, 50, by: 0.5))
    #expect(Self.isAbout(there.distanceMeters, 10, by: 0.1))
    let back = try #require(try Self.assets("CA", on: town).first)
    #expect(back.side == .right && Self.isAbout(back.travelSeconds, 15))
    // Who only drives another street doesn't pass it, and what nobody asks for isn't listed.
    #expect(try Self.assets("CD", on: town).isEmpty)
    #expect(try Self.assets("AC", on: town, layers: []).isEmpty)
  }

  /// What lies within reach of two roads of a corner is listed once, at the earlier pass; what is passed twice, twice.
  @Test(arguments: [LayerSide.nearest, .both])
  func aCornerIsListedOnceAndTwoPassesTwice(_ side: LayerSide) throws {
    let town = try Self.town(Self.street)
    let corner = town.map.coordinate("B").moved(10, headingDegrees: 270).moved(10, headingDegrees: 180)
    _ = try Self.put([Self.point("corner", corner)], LayerRule(side: side), on: town)
    let once = try Self.assets("AD", on: town)
    #expect(once.count == 1 && Self.isAbout(once.first?.travelSeconds ?? 0, 9) && once.first?.side == .right)
    #expect(try Self.assets("DA", on: town).map(\.side) == [.left])
    let twice = try Self.assets("ACA", on: town)
    #expect(twice.map(\.feature.id) == ["corner", "corner"] && twice.map(\.side) == [.right, .left])
    // On the way back the end of the other street is within reach first.
    #expect(Self.isAbout(twice.last?.lengthMeters ?? 0, side == .both ? 300 : 310, by: 0.5))
  }

  /// A signal at a junction belongs to all roads that meet there.
  @Test func whatStandsAtAJunctionIsPassedOnEachWayOverIt() throws {
    let town = try Self.town(Self.street)
    _ = try Self.put([Self.point("signal", town.map.coordinate("B"))], on: town)
    for way in ["AC", "CA", "AD", "DA", "CD", "DC"] {
      let assets = try Self.assets(way, on: town)
      #expect(assets.count == 1 && Self.isAbout(assets.first?.lengthMeters ?? 0, 100, by: 0.5), "\(way)")
      #expect(assets.first?.side == StreetSide.none)
    }
  }

  /// A camera with a view counts where the way enters its sector, however near or far it stands.
  @Test func camerasTellWhenTheySeeTheVehicle() throws {
    let town = try Self.town(Self.street)
    let post = town.map.coordinate("A").moved(50, headingDegrees: 90).moved(5, headingDegrees: 0)
    let afar = town.map.coordinate("A").moved(50, headingDegrees: 90).moved(60, headingDegrees: 0)
    _ = try Self.put(
      [
        Self.point("along", post, view: LayerView(headingDegrees: 90, viewDegrees: 60, rangeMeters: 40)),
        Self.point("away", post, view: LayerView(headingDegrees: 0, viewDegrees: 60, rangeMeters: 40)),
        Self.point("afar", afar, view: LayerView(headingDegrees: 180, viewDegrees: 20, rangeMeters: 100)),
        Self.point("unknown", post, view: LayerView(headingDegrees: 0)),
      ], on: town)
    let assets = try Self.assets("AC", on: town)
    #expect(assets.map(\.feature.id).sorted() == ["afar", "along", "unknown"])
    let along = try #require(assets.first { $0.feature.id == "along" })
    let seen = try #require(along.inViewSeconds)
    // 5 m beside the road it sees it from 8.7 m ahead of it up to 39.7 m.
    #expect(Self.isAbout(along.travelSeconds, 5) && Self.isAbout(seen.lowerBound, 5.87))
    #expect(Self.isAbout(seen.upperBound, 8.97))
    let other = try #require(assets.first { $0.feature.id == "afar" })
    #expect(Self.isAbout(other.travelSeconds, 5) && Self.isAbout(other.distanceMeters, 60, by: 0.2))
    #expect(other.side == .left && Self.isAbout(other.inViewSeconds?.lowerBound ?? 0, 5 - 1.06))
    // How wide it sees is not known: by distance.
    #expect(assets.first { $0.feature.id == "unknown" }?.inViewSeconds == nil)
  }

  private static let carriageways = """
    A---B---C---D
    |           |
    |           |
    |           |
    E---F---G---H
    """

  /// A point between two carriageways belongs to the nearest one, to both, or to the one that it looks at.
  @Test func theRuleOfALayerSaysWhichCarriageway() throws {
    let town = try Self.town(Self.carriageways, metersPerCell: 5)
    let middle = town.map.middle("B", "C").moved(8, headingDegrees: 180)
    let south = LayerView(headingDegrees: 180)
    let expected: [(LayerSide, LayerView?, near: Int, far: Int)] = [
      (.nearest, south, 1, 0), (.both, south, 1, 1), (.faced, south, 0, 1), (.faced, nil, 1, 0),
      (.faced, LayerView(headingDegrees: 0), 1, 0),
    ]
    for (side, view, near, far) in expected {
      _ = try Self.put([Self.point("c", middle, view: view)], LayerRule(roadMetersMax: 15, side: side), on: town)
      #expect(try Self.assets("BC", on: town).count == near, "\(side) \(String(describing: view))")
      #expect(try Self.assets("FG", on: town).count == far, "\(side) \(String(describing: view))")
    }
    // One that faces no road within reach is told, and kept.
    let info = try Self.put(
      [Self.point("c", middle, view: south)], LayerRule(roadMetersMax: 10, side: .faced), on: town)
    #expect(info.offRoad == IDList(["c"]) && info.pointCount == 1)
  }

  /// What lies near a tunnel belongs to the street above, unless the layer means tunnels; and cameras of one see
  /// nothing of the other.
  @Test func otherLevelsAreLeftOut() throws {
    var town = try Self.town(Self.carriageways, metersPerCell: 5)
    town.road("ABCD", tags: ["tunnel": "yes", "layer": "-1"])
    let below = LevelFilter(tunnels: .only)
    let place = town.map.middle("B", "C").moved(5, headingDegrees: 180)
    let camera = LayerView(headingDegrees: 0, viewDegrees: 180, rangeMeters: 30)
    for view in [nil, camera] {
      _ = try Self.put([Self.point("x", place, view: view)], on: town)
      #expect(try Self.assets("BC", on: town, levels: below).isEmpty)
      _ = try Self.put([Self.point("x", place, view: view)], LayerRule(levels: below), on: town)
      #expect(try Self.assets("BC", on: town, levels: below).map(\.feature.id) == ["x"])
      #expect(try Self.assets("FG", on: town).isEmpty)
    }
    _ = try Self.put([Self.point("x", place)], on: town)
    #expect(try Self.assets("FG", on: town).map(\.feature.id) == ["x"])
  }

  /// All that answers with ways answers with what lies along them.
  @Test func unitsPassWhatLiesAlongTheirWays() throws {
    let town = try Self.town(
      """
      A---B---C
      u
      """)
    let place = town.map.coordinate("A").moved(50, headingDegrees: 90)
    _ = try Self.put([Self.point("H", place)], on: town)
    let units = try town.ranking(incident: "C", k: 1) { $0.detail.layers = ["x"] }.units
    #expect(units.first?.route.assets.map(\.feature.id) == ["H"])
    let line = PlanLine("any", count: 1, needs: [UnitNeed([])])
    var request = RecommendRequest(incident: Place(town.map.coordinate("C")), wanted: .lines(PlanLevel([line])))
    request.detail.layers = ["x"]
    let answer = try town.testEngine().engine.recommend(request)
    #expect(answer.units.first?.unit.route.assets.map(\.feature.id) == ["H"])
    #expect(
      answer.units.first?.unit.route.assets.first?.travelSeconds == units.first?.route.assets.first?.travelSeconds)
  }

  /// More than fit are counted, and nothing of the route is lost.
  @Test func whatIsLeftOutIsCounted() throws {
    let town = try Self.town(Self.street)
    let place = town.map.coordinate("A").moved(50, headingDegrees: 90)
    let features = (0..<Limits.routeAssetsMax + 3).map { Self.point("\($0)", place) }
    _ = try Self.put(features, on: town)
    var request = RouteRequest(places: "AC".map { Place(town.map.coordinate($0)) }, profile: "plain")
    request.detail.layers = ["x", "x"]
    let route = try town.testEngine().engine.route(request).route
    #expect(route.assets.count == Limits.routeAssetsMax && route.assetsLeftOutCount == 3)
    request.detail.layers = ["y"]
    #expect(throws: EngineError(.unknownLayer, "no layer has this name", value: "y")) {
      try town.testEngine().engine.route(request)
    }
    request.detail.layers = (0...Limits.askedLayersMax).map { "\($0)" }
    let error = #expect(throws: EngineError.self) { try town.testEngine().engine.route(request) }
    #expect(error?.code == .limitExceeded && error?.value == "51")
  }

  /// A watched way is told again when another layer is put, and when traffic changes when something is passed.
  @Test func watchersSeeWhatLiesAlongChange() throws {
    let town = try Self.town(Self.street)
    let engine = try town.testEngine().engine
    let place = town.map.coordinate("A").moved(50, headingDegrees: 90)
    _ = try Self.put([Self.point("H", place)], on: town)
    var request = RouteRequest(places: "AC".map { Place(town.map.coordinate($0)) }, profile: "plain")
    request.detail.layers = ["x"]
    let stream = try engine.watch(.route(request))
    func next() throws -> WatchAnswer? {
      engine.hub.flush()
      return try stream.next()
    }
    guard case .route(let first)? = try next()?.content else { throw TestFailure() }
    #expect(first.route.assets.map(\.feature.id) == ["H"])
    _ = try Self.put([Self.point("H", place), Self.point("I", place)], on: town)
    let other = try #require(try next())
    #expect(other.changes == [.assets] && other.causes == [.layers])
    // Another layer is no news.
    _ = try Self.put([Self.point("J", place)], as: "y", on: town)
    #expect(try next() == nil)
    _ = try engine.removeLayer("x", by: .local)
    guard case .refusal(let refusal)? = try next()?.content else { throw TestFailure() }
    #expect(refusal.code == .unknownLayer)
    _ = try Self.put([Self.point("H", place)], on: town)
    #expect(try next()?.changes == [.found])
  }

  private struct TestFailure: Error {}

  /// What an earlier ledger has of a rule is enough.
  @Test func earlierRulesAreRead() throws {
    let rule = try JSONDecoder().decode(LayerRule.self, from: Data(#"{"roadMetersMax":25}"#.utf8))
    #expect(rule == LayerRule(roadMetersMax: 25))
    let whole = LayerRule(roadMetersMax: 25, side: .faced, levels: LevelFilter(tunnels: .only))
    #expect(try JSONDecoder().decode(LayerRule.self, from: JSONEncoder().encode(whole)) == whole)
  }

  /// A camera that looks nowhere is refused.
  @Test func camerasThatLookNowhereAreRefused() throws {
    let town = try Self.town(Self.street)
    let place = town.map.coordinate("A")
    let views: [(LayerView, EngineError.Code, String)] = [
      (LayerView(headingDegrees: 90, viewDegrees: 0), .invalidHeading, "0.0"),
      (LayerView(headingDegrees: 90, rangeMeters: 0), .invalidRadius, "0.0"),
    ]
    for (view, code, value) in views {
      let error = #expect(throws: EngineError.self) { try Self.put([Self.point("c", place, view: view)], on: town) }
      #expect(error?.code == code && error?.value == value && error?.message.hasPrefix("layer x: feature c: ") == true)
    }
  }
}
