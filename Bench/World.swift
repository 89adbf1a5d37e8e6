import DemoCity
import Engine
import Foundation
import Geometry
import Hierarchy
import Ledger
import MapFile
import MapImport
import Profiles
import RoadGraph
import TestSupport
import Traffic

/// The map that is measured, with all that several scenarios need.
struct World {
  let seed: UInt64
  let mapName: String
  /// The OSM data; `nil` where the map file was made before.
  let source: OSMSource?
  /// Opened from a file, as a served one is.
  let map: CityMap
  let roads: ProfileRoads
  /// By `TurnID`, without traffic.
  let turnWeights: [Weight]
  /// The arcs that are measured from and to: the main road network of the profile.
  let arcs: [ArcID]

  /// Imports a map, or makes a city up.
  init(map: String?, seed: UInt64, profile: String) throws {
    let source = try map.map { OSMSource.file($0) } ?? .text(opl: Self.demoCity())
    try self.init(
      Self.imported(source), name: map.map(Self.fileName) ?? "demo city", source: source, seed: seed, profile: profile)
  }

  /// Opens a map file that `tocsin import` made.
  init(city: String, seed: UInt64, profile: String) throws {
    try self.init(CityMap(path: city), name: Self.fileName(city), source: nil, seed: seed, profile: profile)
  }

  private init(_ map: CityMap, name mapName: String, source: OSMSource?, seed: UInt64, profile name: String) throws {
    (self.map, self.mapName, self.source, self.seed) = (map, mapName, source, seed)
    let network = map.network
    let roads = ProfileRoads(profile: try ProfileSet.builtIn.profile(named: name), network: network)
    self.roads = roads
    turnWeights = CostModel.turnWeights(
      arcWeights: roads.freeFlowWeights, turnCosts: roads.turnCosts, network: network)
    arcs = network.arcHead.indices.filter {
      roads.isEntered[$0.position] && roads.isLeft[$0.position] && roads.freeFlowWeights[$0.position] < .infinity
    }
    if arcs.isEmpty { throw BenchFailure("the map has no roads for the profile \(name)") }
  }

  /// What is mapped stays readable when the file's name is gone.
  private static func imported(_ source: OSMSource) throws -> CityMap {
    let folder = TemporaryFolder()
    let imported = try MapImporter(source: source).run()
    try CityMap.write(
      network: imported.network, hierarchy: ContractionHierarchy.build(imported.network.turnExpanded),
      importReport: imported.report.json, to: folder.path("bench.tocsin"))
    return try withExtendedLifetime(folder) { try CityMap(path: folder.path("bench.tocsin")) }
  }

  private static func fileName(_ path: String) -> String { URL(fileURLWithPath: path).lastPathComponent }

  private static let demoCityJunctions = 20_000

  private static func demoCity() throws -> String {
    var bytes: [UInt8] = []
    try CityPlan(seed: 1, junctions: demoCityJunctions).write { bytes.append(contentsOf: $0) }
    return String(decoding: bytes, as: UTF8.self)
  }

  var network: RoadNetwork { map.network }
  var hierarchy: ContractionHierarchy { map.hierarchy }
  var oracle: DijkstraOracle { DijkstraOracle(network.turnExpanded, turnWeights: turnWeights) }

  /// A generator of its own for each scenario, so that one does not change another's inputs.
  func random(_ scenario: String) -> SeededGenerator {
    var seed = Checksum()
    seed.add(self.seed)
    seed.add(scenario)
    return SeededGenerator(seed: UInt64(seed.description, radix: 16) ?? self.seed)
  }

  func randomArc(_ random: inout SeededGenerator) -> ArcID { arcs[Int.random(in: 0..<arcs.count, using: &random)] }

  func randomPairs(_ count: Int, _ random: inout SeededGenerator) -> [ArcPair] {
    (0..<count).map { _ in ArcPair(from: randomArc(&random), to: randomArc(&random)) }
  }

  /// A place on a road, moved by up to `metersMax` in both directions.
  func randomPlace(_ random: inout SeededGenerator, metersMax: Double = 0) -> Coordinate {
    let shape = network.shape(of: network.arcCourse[randomArc(&random)].segment)
    let line = Int.random(in: 0..<shape.count - 1, using: &random)
    let place = shape[line].interpolated(to: shape[line + 1], fraction: Double.random(in: 0...1, using: &random))
    guard metersMax > 0 else { return place }
    let offsetE7 = metersMax / Earth.metersPerDegree * 1e7
    func moved(_ value: Int32) -> Int32 { value + Int32(Double.random(in: -offsetE7...offsetE7, using: &random)) }
    return Coordinate(latitudeE7: moved(place.latitudeE7), longitudeE7: moved(place.longitudeE7))
  }

  /// An engine over this map with other profiles.
  func engine(
    profiles names: [String], links: [LinkStretch], ledger: any OperationalLedger = MemoryLedger()
  ) throws -> TocsinEngine {
    try TocsinEngine(map: map, profiles: try ProfileSet.builtIn.only(names), links: links, ledger: ledger)
  }

  /// An engine over this map.
  func engine(ledger: any OperationalLedger = MemoryLedger()) throws -> TocsinEngine {
    try TocsinEngine(map: map, profiles: ProfileSet([roads.profile]), ledger: ledger)
  }
}

/// Where a query starts and ends.
struct ArcPair: Hashable {
  var from: ArcID
  var to: ArcID
}
