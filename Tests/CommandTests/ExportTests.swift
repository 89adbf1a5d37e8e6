import Foundation
import Hierarchy
import MapFile
import Profiles
import RoadGraph
import TestSupport
import Testing
import Traffic

@testable import tocsin

/// The vectors that other programs read.
@Suite struct ExportTests {
  private let folder = TemporaryFolder()
  private let engine: TestEngine
  private let roads: ProfileRoads

  init() throws {
    // The road from B to C is closed to cars, that from E to B is a one-way.
    var town = try Town(
      """
      A---B---C
      |   |
      D---E---F
      """)
    town.road("BC", tags: ["motor_vehicle": "no"])
    town.oneway("EB", kmh: 72)
    engine = try TestEngine(.text(opl: town.map.opl()))
    roads = ProfileRoads(profile: TestProfiles.plain, network: engine.engine.map.network)
  }

  private func column<Value: BitwiseCopyable>(_ name: String, _: Value.Type = Value.self) throws -> [Value] {
    let bytes = try folder.contents(name)
    #expect(bytes.count % MemoryLayout<Value>.size == 0, "\(name)")
    return bytes.withUnsafeBytes { Array($0.bindMemory(to: Value.self)) }
  }

  private func written(_ graph: RoutingKitGraph) throws -> Vectors {
    try graph.write(to: folder.path(""))
    return Vectors(firstOut: try column("first_out"), head: try column("head"), weight: try column("weight"))
  }

  @Test func turnsReadBackGiveTheSameWeights() throws {
    let map = engine.engine.map
    let vectors = try written(RoutingKitGraph(turnsOf: roads, order: map.hierarchy.order))
    let weights = CostModel.turnWeights(
      arcWeights: roads.freeFlowWeights, turnCosts: roads.turnCosts, network: map.network)
    let metric = MetricBuilder(map.hierarchy).customize(weights)
    let query = PathQuery(map.hierarchy)
    var unreachable = 0
    for source in map.network.arcHead.indices {
      let lowest = vectors.lowestWeights(from: source.position)
      for target in map.network.arcHead.indices {
        let answer = query.weight(from: [Terminal(source)], to: [Terminal(target)], metric: metric)?.weight
        #expect(lowest[target.position] == answer ?? 2_147_483_647, "from \(source) to \(target)")
        if answer == nil { unreachable += 1 }
      }
    }
    #expect(unreachable > 0 && unreachable < map.network.arcCount * map.network.arcCount)
  }

  @Test func turnsHaveTheOrderAndTheMiddlesOfTheArcs() throws {
    let map = engine.engine.map
    _ = try written(RoutingKitGraph(turnsOf: roads, order: map.hierarchy.order))
    let order: [UInt32] = try column("order")
    #expect(order.count == map.network.arcCount)
    for (position, arc) in order.enumerated() { #expect(map.hierarchy.rank[ArcID(arc)].position == position) }
    let (latitude, longitude) = (try column("latitude", Float.self), try column("longitude", Float.self))
    for arc in map.network.arcHead.indices {
      let ends = [map.network.arcTail[arc], map.network.arcHead[arc]].map { map.network.vertexCoordinate[$0] }
      #expect(abs(Double(latitude[arc.position]) - (ends[0].latitude + ends[1].latitude) / 2) < 1e-5)
      #expect(abs(Double(longitude[arc.position]) - (ends[0].longitude + ends[1].longitude) / 2) < 1e-5)
    }
  }

  @Test func roadsReadBackGiveTimesWithoutTurns() throws {
    let network = engine.engine.map.network
    let vectors = try written(RoutingKitGraph(roadsOf: roads))
    #expect(try folder.names() == ["first_out", "head", "latitude", "longitude", "weight"])
    func vertex(_ junction: Character) throws -> Int {
      let osmNode = TownMap.osmNode(junction)
      return try #require(network.vertexCoordinate.indices.first { network.vertexOSMNode[$0] == osmNode }).position
    }
    // 200 m at 20 m/s from E to B; from B to E 1,000 m by A and D at 10 m/s; nobody comes to C.
    let (fromB, fromE) = (try vectors.lowestWeights(from: vertex("B")), try vectors.lowestWeights(from: vertex("E")))
    #expect(try abs(Int(fromE[vertex("B")]) - 10_000) < 50)
    #expect(try abs(Int(fromB[vertex("E")]) - 100_000) < 500)
    #expect(try fromB[vertex("C")] == 2_147_483_647)
  }

  @Test func aFolderThatCannotBeWrittenIsNamed() throws {
    let graph = RoutingKitGraph(roadsOf: roads)
    let missing = folder.path("missing")
    let failure = #expect(throws: CommandFailure.self) { try graph.write(to: missing) }
    #expect(failure?.code == "WRITE_FAILED")
    #expect(failure?.value.hasPrefix(missing) == true)
  }

  @Test(.enabled(if: Program.path != nil, "\(Program.hint)")) func theProgramWritesBothGraphs() throws {
    let target = folder.path("out")
    let map = engine.engine.map.path
    let done = try Program.run("export", "--routingkit", target, "--map", map, "--profile", "car")
    #expect(done.status == 0, "\(done.complaint)")
    #expect(done.output.contains("turns: \(engine.engine.map.network.arcCount) vertices"))
    let columns = ["first_out", "head", "latitude", "longitude", "weight"]
    let names = { try FileManager.default.contentsOfDirectory(atPath: target + "/" + $0).sorted() }
    #expect(try names("turns") == (columns + ["order"]).sorted())
    #expect(try names("roads") == columns)
    let unknown = try Program.run("export", "--routingkit", target, "--map", map, "--profile", "tank")
    #expect(unknown.status == 1 && unknown.complaint.contains("tank"), "\(unknown.complaint)")
  }
}

/// A graph as another program reads it.
private struct Vectors {
  var firstOut: [UInt32]
  var head: [UInt32]
  var weight: [UInt32]

  /// To every vertex, by relaxing all arcs until nothing changes (Bellman, Ford); infinity is 2147483647.
  func lowestWeights(from source: Int) -> [UInt32] {
    var lowest = [UInt32](repeating: 2_147_483_647, count: firstOut.count - 1)
    lowest[source] = 0
    var isChanged = true
    while isChanged {
      isChanged = false
      for tail in lowest.indices {
        for arc in Int(firstOut[tail])..<Int(firstOut[tail + 1]) {
          let sum = min(lowest[tail] + weight[arc], 2_147_483_647)
          if sum < lowest[Int(head[arc])] {
            lowest[Int(head[arc])] = sum
            isChanged = true
          }
        }
      }
    }
    return lowest
  }
}
