import API
import Foundation
import Geometry
import Ledger
import TestSupport
import Testing

@testable import Engine

/// Layers: kept as a whole, put on roads, found by place, restored and brought to a new map.
@Suite struct LayerStories {
  private let town: Town
  private let test: TestEngine
  private var engine: TocsinEngine { test.engine }

  init() throws {
    town = try Town(
      """
      A---B---C
      |   |
      D---E   1
      """, metersPerCell: 100)
    test = try town.testEngine()
  }

  private func point(_ id: String, at junction: Character, weight: Double = 1) -> LayerFeature {
    LayerFeature(id: id, .point(town.map.coordinate(junction)), weight: weight)
  }

  private func put(_ name: String, _ features: [LayerFeature], revision: UInt64 = 0) throws -> LayersAnswer {
    try engine.putLayer(Layer(name, features: features, revision: revision), by: .local, within: .none)
  }

  private func refusal(_ body: () throws -> Void) -> EngineError? { #expect(throws: EngineError.self) { try body() } }

  @Test func pointsThatNoRoadIsNearAreToldAndKept() throws {
    let answer = try put("calls", [point("far", at: "1", weight: 2), point("a", at: "A"), point("b", at: "B")])
    #expect(answer.layers.count == 1)
    let info = try #require(answer.layers.first)
    #expect(info.pointCount == 3 && info.areaCount == 0 && info.weight == 4 && info.revision == 1)
    #expect(info.offRoad == IDList(["far"]))
    #expect(engine.listLayers().layers == [info])
    let kept = try #require(engine.currentState().layers[name: "calls"])
    #expect(kept.layer.features.map(\.id) == ["a", "b", "far"])
    #expect(kept.positions.map { $0 != nil } == [true, true, false])
    // With a road that may be farther off it belongs to one.
    var wide = Layer("calls", features: kept.layer.features, rule: LayerRule(roadMetersMax: 300))
    #expect(try engine.putLayer(wide, by: .local, within: .none).layers.first?.offRoad.count == 0)
    wide.rule.roadMetersMax = 0
    #expect(refusal { _ = try engine.putLayer(wide, by: .local, within: .none) }?.code == .invalidRadius)
  }

  /// Areas with holes and islands are found by place, as by looking at each.
  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func placesAreFoundInAreas(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    func place() -> Coordinate {
      Coordinate(
        latitudeE7: 370_000_000 + Int32.random(in: 0..<10_000, using: &random),
        longitudeE7: 1_270_000_000 + Int32.random(in: 0..<10_000, using: &random))
    }
    func ring() -> [Coordinate] { (0..<Int.random(in: 3...7, using: &random)).map { _ in place() } }
    let features = (0..<30).map { number in
      LayerFeature(
        id: "\(number + 100)",
        .areas((0..<Int.random(in: 1...3, using: &random)).map { _ in Area(ring(), holes: [ring()]) }))
    }
    let index = AreaIndex(features)
    for _ in 0..<200 {
      let place = place()
      let expected = features.indices.filter { number in
        features[number].areas.contains { area in
          // A hole that reaches beyond its area adds nothing to it.
          BoundingBox(of: area.corners).contains(place)
            && Polygon(area.corners, holes: area.holes)?.contains(place) == true
        }
      }
      #expect(index.features(at: place) == expected)
      #expect(features.indices.filter { index.contains(place, feature: $0) } == expected)
      #expect(index.contains(place, feature: nil) == !expected.isEmpty)
    }
  }

  @Test func aPutReplacesTheWholeLayer() throws {
    #expect(try put("x", [point("a", at: "A"), point("b", at: "B")]).layers.first?.revision == 1)
    // The same in another order changes nothing.
    #expect(try put("x", [point("b", at: "B"), point("a", at: "A")]).layers.first?.revision == 1)
    #expect(try put("x", [point("c", at: "C")], revision: 1).layers.first?.revision == 2)
    let stale = refusal { _ = try put("x", [], revision: 1) }
    #expect(stale?.code == .staleRevision && stale?.message.contains("layer x is known with revision 2") == true)
    #expect(try engine.exportLayer("x").layer.features == [point("c", at: "C")])
    #expect(refusal { _ = try engine.exportLayer("y") }?.code == .unknownLayer)
    let dry = Layer("y", features: [point("a", at: "A")])
    #expect(try engine.previewLayer(dry, within: .none).layers.first?.pointCount == 1)
    #expect(engine.listLayers().layers.map(\.name) == ["x"])
    #expect(try engine.removeLayer("x", by: .local).layers.map(\.name) == ["x"])
    #expect(refusal { _ = try engine.removeLayer("x", by: .local) }?.code == .unknownLayer)
    #expect(engine.listLayers().layers.isEmpty)
  }

  @Test func badLayersAreRefusedWithTheFeature() throws {
    let place = town.map.coordinate("A")
    let refusals: [(Layer, EngineError.Code, String)] = [
      (Layer("", features: []), .invalidLayer, ""), (Layer("a/b", features: []), .invalidLayer, "a/b"),
      (Layer("x", features: [point("a", at: "A"), point("a", at: "B")]), .duplicateFeature, "a"),
      (Layer("x", features: [point("", at: "A")]), .invalidLayer, ""),
      (Layer("x", features: [point("a", at: "A", weight: -1)]), .invalidLayer, "-1.0"),
      (Layer("x", features: [LayerFeature(id: "a", .areas([]))]), .invalidLayer, "0"),
      (Layer("x", features: [LayerFeature(id: "a", .areas([Area([place, place])]))]), .invalidLayer, "2"),
      (
        Layer("x", features: [LayerFeature(id: "a", .areas([Area([place, town.map.coordinate("B"), place])]))]),
        .invalidLayer, "3 corners"
      ),
      (
        Layer("x", features: [LayerFeature(id: "a", .point(place), view: LayerView(headingDegrees: 400))]),
        .invalidHeading, "400.0"
      ),
      (Layer("x", features: [LayerFeature(id: "a", .point(place), tags: [LayerTag("", "v")])]), .invalidLayer, "v"),
      (
        Layer("x", features: [LayerFeature(id: "a", .point(place), tags: [LayerTag("weight", "v")])]), .invalidLayer,
        "v"
      ),
      (
        Layer("x", features: [LayerFeature(id: "a", .point(place), tags: [LayerTag("k", "v"), LayerTag("k", "w")])]),
        .invalidLayer, "2 tags"
      ),
      (
        Layer(
          "x",
          features: [LayerFeature(id: "a", .point(place), tags: [LayerTag("k", String(repeating: "v", count: 200))])]),
        .limitExceeded, "201"
      ),
    ]
    for (layer, code, value) in refusals {
      let error = refusal { _ = try engine.putLayer(layer, by: .local, within: .none) }
      #expect(error?.code == code && error?.value == value, "\(String(describing: error))")
    }
    #expect(engine.listLayers().layers.isEmpty)
  }

  /// From corner to corner it is a short way, too.
  @Test func anAreaRoundTheEarthIsTooLarge() throws {
    let longitudes = [-179.5, -90, 0, 90, 179.5]
    let corners = longitudes.map { (0.0, $0) } + longitudes.reversed().map { (1.0, $0) }
    let area = Area(corners.compactMap { Coordinate(latitude: $0, longitude: $1) })
    let error = refusal { _ = try put("x", [LayerFeature(id: "a", .areas([area]))]) }
    #expect(error?.code == .limitExceeded && error?.value.hasSuffix("359 degrees of longitude") == true)
  }

  @Test func limitsHoldForAllLayersTogether() throws {
    var limits = EngineLimits()
    (limits.layersMax, limits.layerFeaturesMax) = (2, 3)
    let engine = try TocsinEngine(map: engine.map, profiles: TestProfiles.all, limits: limits)
    func code(_ name: String, _ count: Int) -> String {
      do {
        let features = (0..<count).map { point("\($0)", at: "A") }
        _ = try engine.putLayer(Layer(name, features: features), by: .local, within: .none)
        return "put"
      } catch {
        return "\(error.code.rawValue) \(error.value)"
      }
    }
    #expect(code("a", 2) == "put" && code("b", 2) == "LIMIT_EXCEEDED 4" && code("b", 1) == "put")
    #expect(code("c", 0) == "LIMIT_EXCEEDED 3" && code("a", 1) == "put")
  }

  /// Work on many features ends in the middle.
  @Test func aPutEndsAtItsDeadline() throws {
    let layer = Layer("x", features: (0..<10_000).map { point("\($0)", at: "A") })
    let limit = WorkLimit(deadline: .now)
    #expect(refusal { _ = try engine.putLayer(layer, by: .local, within: limit) }?.code == .deadlineExceeded)
  }

  @Test func layersOutliveARestart() throws {
    let area = LayerFeature(
      id: "구역", name: "one",
      .areas([
        Area(
          ["A", "B", "E", "D"].map { town.map.coordinate($0) },
          holes: [["A", "B", "D"].map { town.map.coordinate($0) }])
      ]),
      weight: 3.5, tags: [LayerTag("url", "x")])
    let camera = LayerFeature(
      id: "c", .point(town.map.coordinate("B")),
      view: LayerView(headingDegrees: 90, viewDegrees: 60, rangeMeters: 80))
    _ = try put("x", [area, camera, point("far", at: "1")])
    let (layer, info) = (try engine.exportLayer("x").layer, engine.listLayers().layers)
    try test.restart()
    #expect(try engine.exportLayer("x").layer == layer)
    #expect(engine.listLayers().layers == info)
    #expect(engine.status().layerCount == 1 && engine.status().layerFeatureCount == 3)
  }

  /// The trail names a layer and how much is in it, not all of it again and again.
  @Test func theTrailHasASummary() throws {
    let ledger = SlowLedger()
    let engine = try TocsinEngine(map: engine.map, profiles: TestProfiles.all, ledger: ledger)
    _ = try engine.putLayer(Layer("x", features: [point("a", at: "A")]), by: .local, within: .none)
    let change = try #require(ledger.batches.last?.changes.first)
    guard case .put(let key, let value, .note(let note)) = change else {
      Issue.record("\(change)")
      return
    }
    #expect(key == LedgerKey(kind: .layer, id: "x"))
    #expect(try LayerRecord.layer(value).features == [point("a", at: "A")])
    #expect(String(decoding: note, as: UTF8.self).contains(#""features":1"#))
  }

  /// A new map has other roads: points are put on those, and what no road is near any more is told.
  @Test func pointsFollowAReload() throws {
    let setup = try ReloadSetup(town)
    let features = [point("a", at: "A"), point("c", at: "C"), point("far", at: "1")]
    _ = try setup.handle.putLayer(Layer("x", features: features), by: .local, within: .none)
    let smaller = try Town(
      """
      A---B   2
      |   |
      D---E   1
      """, metersPerCell: 100)
    try setup.replace(by: smaller)
    let report = try setup.reload()
    #expect(report.lostFeatures == IDList(["x/c"]))
    #expect(setup.handle.listLayers().layers.first?.offRoad == IDList(["c", "far"]))
    #expect(try setup.handle.exportLayer("x").layer.features == features)
    try setup.replace(by: town)
    #expect(try setup.reload().lostFeatures.count == 0)
    #expect(setup.handle.listLayers().layers.first?.offRoad == IDList(["far"]))
  }
}
