import API
import Fleet
import MapFile
import RoadGraph
import TestSupport
import Testing
import Traffic

@testable import Engine

/// Random questions on real cities, compared with Dijkstra's algorithm.
@Suite struct RealMapTests {
  private static func canRun(_ name: String) -> Bool { RealMaps.path(name) != nil }

  @Test(.enabled(if: canRun("monaco"), "\(RealMaps.hint)"))
  func monaco() throws { try Self.compare("monaco", seed: 1) }

  @Test(.enabled(if: canRun("seoul-centre"), "\(RealMaps.hint)"))
  func seoulCentre() throws { try Self.compare("seoul-centre", seed: 2) }

  private static func compare(_ name: String, seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let path = try #require(RealMaps.path(name))
    let test = try TestEngine(.file(path))
    let engine = test.engine
    engine.map.network.checkInvariants()
    engine.map.hierarchy.checkInvariants()
    try compareRoutes(test, name, &random)
    let ways = engine.map.network.ways
    for id in 0..<6 {
      let osmID = ways[position: .random(in: 0..<ways.count, using: &random)].osmID
      _ = try engine.putClosures([RoadClosure(id: "\(id)", selector: .way(osmID: osmID, direction: .both))])
    }
    try compareRoutes(test, name, &random)
  }

  private static func compareRoutes(_ test: TestEngine, _ name: String, _ random: inout SeededGenerator) throws {
    let vertices = test.engine.map.network.vertexCoordinate
    for profile in test.profiles.profiles where ["ambulance", "car"].contains(profile.name) {
      let oracle = EngineOracle(test.engine, profile: profile)
      for _ in 0..<8 {
        let places = (0..<2).map { _ in Place(vertices[position: .random(in: 0..<vertices.count, using: &random)]) }
        try PropertyTests.compareRoute(test.engine, oracle, places, "\(name), \(profile.name): \(places)")
      }
    }
  }
}
