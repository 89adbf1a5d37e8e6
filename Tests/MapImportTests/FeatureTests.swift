import MapFile
import RoadGraph
import Testing

@testable import MapImport

@Suite struct FeatureTests {
  /// What is felt at a node with these tags inside a road.
  private func piece(_ tags: [String: String]) throws -> [String] {
    var drawn = DrawnMap()
    drawn.node(1, 0, 0)
    drawn.node(2, 100, 0, tags)
    drawn.node(3, 200, 0)
    drawn.way(1, [1, 2, 3])
    return Array(try drawn.imported().pieces(1, 3).filter { $0.hasPrefix("n") })
  }

  @Test(
    arguments: [
      (["barrier": "gate"], FeatureKind.gate), (["barrier": "lift_gate"], .liftGate),
      (["barrier": "swing_gate"], .swingGate),
      (["barrier": "bollard"], .bollard), (["barrier": "bollard", "bollard": "removable"], .removableBollard),
      (["barrier": "bollard", "bollard": "rising"], .risingBollard), (["barrier": "block"], .block),
      (["barrier": "cycle_barrier"], .otherBarrier), (["highway": "traffic_signals"], .trafficSignals),
      (["highway": "stop"], .stop), (["highway": "give_way"], .giveWay), (["highway": "crossing"], .crossing),
      (["traffic_calming": "hump"], .trafficCalming),
      (["highway": "crossing", "traffic_calming": "table"], .trafficCalming),
      (["highway": "traffic_signals", "barrier": "gate"], .gate),
      (["highway": "crossing", "barrier": "kerb"], .crossing), (["barrier": "kerb", "kerb": "raised"], .otherBarrier),
      (["barrier": "toll_booth"], .tollBooth), (["barrier": "border_control"], .borderControl),
      (["barrier": "height_restrictor"], .heightRestrictor), (["barrier": "chain"], .otherBarrier),
      (["barrier": "bollard", "bollard": "foldable"], .removableBollard), (["barrier": "debris"], .block),
      (["highway": "crossing;stop;give_way"], .stop), (["highway": "traffic_signals;crossing"], .trafficSignals),
      (["highway": "crossing", "crossing": "traffic_signals"], .crossing), (["motor_vehicle": "no"], .otherBarrier),
      (["maxheight": "1.9"], .heightRestrictor), (["maxwidth:physical": "2"], .heightRestrictor),
      (["highway": "crossing", "maxheight": "1.9"], .crossing), (["barrier": "fence"], .otherBarrier),
      (["barrier": "kerb", "kerb": "regular"], .otherBarrier), (["ford": "yes"], .ford), (["highway": "ford"], .ford),
      (["ford": "yes", "barrier": "gate"], .gate), (["access": "psv"], .accessSign),
      (["motor_vehicle": "emergency"], .accessSign), (["access": "no", "taxi": "yes"], .accessSign),
      (["access": "no", "emergency": "yes"], .accessSign), (["barrier": "cattle_grid", "access": "no"], .accessSign),
      (["barrier": "kerb", "kerb": "lowered", "motor_vehicle": "no"], .accessSign),
      (["barrier": "entrance", "access": "emergency"], .accessSign), (["access": "agricultural"], .otherBarrier),
    ] as [([String: String], FeatureKind)])
  func becomesAPoint(tags: [String: String], kind: FeatureKind) throws {
    #expect(try piece(tags) == ["n2 \(kind)"])
  }

  @Test(arguments: [
    "kerb", "entrance", "cattle_grid", "no", "sally_port", "arch",
  ])
  func harmlessBarriersAreIgnored(value: String) throws {
    #expect(try piece(["barrier": value]).isEmpty)
  }

  /// What lets cars pass is nothing to feel.
  @Test(arguments: [
    ["access": "yes"], ["access": "private"], ["access": "no", "motorcar": "yes"], ["motor_vehicle": "destination"],
    ["access": "official"], ["emergency": "yes"], ["emergency": "fire_hydrant"], ["foot": "no"], ["ford": "no"],
    ["barrier": "cattle_grid", "access": "permissive"], ["barrier": "kerb", "kerb": "flush"],
  ])
  func wordsThatLetPassAreIgnored(tags: [String: String]) throws {
    #expect(try piece(tags).isEmpty)
  }

  @Test func whoMayPassIsKnownOfAllThatCanBeClosed() throws {
    var drawn = DrawnMap()
    drawn.node(1, 0, 0)
    drawn.node(2, 100, 0, ["barrier": "toll_booth", "access": "no"])
    drawn.node(3, 200, 0, ["barrier": "border_control", "emergency": "yes"])
    drawn.node(4, 300, 0, ["barrier": "bollard", "access": "gibberish"])
    drawn.node(5, 400, 0, ["access": "no", "bus": "yes"])
    drawn.node(6, 500, 0)
    drawn.way(1, [1, 2, 3, 4, 5, 6])
    let map = try drawn.imported()
    #expect(map.network.features.buffer.map(\.access) == [.restricted, [], [], .bus])
    #expect(map.report.dropped.map(\.reason) == [.unknownAccess])
    #expect(map.report.dropped.first?.examples == [ImportReport.Example(osmID: 4, value: "gibberish")])
  }

  @Test func pointsDivideStretches() throws {
    var drawn = DrawnMap()
    drawn.node(1, 0, 0, ["highway": "stop"])
    drawn.node(2, 100, 0, ["barrier": "gate", "access": "private", "emergency": "yes", "locked": "yes"])
    drawn.node(3, 200, 0)
    drawn.node(4, 300, 0, ["highway": "crossing"])
    drawn.node(5, 400, 0, ["highway": "traffic_signals"])
    drawn.way(1, [1, 2, 3])
    drawn.way(2, [5, 4, 3])
    let map = try drawn.imported()
    let pieces = ["w1 0-1 100m", "n2 gate", "w1 1-2 100m", "w2 2-1 100m", "n4 crossing", "w2 1-0 100m"]
    #expect(map.pieces(1, 5) == pieces)
    #expect(map.feature(1) == .stop)
    #expect(map.feature(5) == .trafficSignals)
    let gate = try #require(map.network.features.buffer.first { $0.kind == .gate })
    #expect(gate.osmID == 2)
    #expect(gate.isLocked)
    #expect(gate.access == [.ownersOnly, .emergency])
    #expect(map.report.features == ["gate": 1, "crossing": 1, "stop": 1, "traffic_signals": 1])
    let points = map.network.pieces.buffer.map(\.firstPoint)
    #expect(points == [0, 1, 1, 2, 3, 3])
  }

  @Test func aJoinedVertexKeepsItsGate() throws {
    var drawn = DrawnMap()
    drawn.node(1, 0, 0)
    drawn.node(2, 100, 0, ["barrier": "bollard"])
    drawn.node(3, 200, 0)
    drawn.way(1, [1, 2])
    drawn.way(2, [2, 3])
    let map = try drawn.imported()
    #expect(map.pieces(1, 3) == ["w1 0-1 100m", "n2 bollard", "w2 0-1 100m"])
    #expect(map.pieces(3, 1) == ["w2 1-0 100m", "n2 bollard", "w1 1-0 100m"])
  }

  @Test func repeatedNodesAreFeltOnce() throws {
    var drawn = DrawnMap()
    drawn.node(1, 0, 0)
    drawn.node(2, 100, 0, ["barrier": "gate"])
    drawn.node(3, 200, 0)
    drawn.way(1, [1, 2, 2, 3])
    #expect(try drawn.imported().pieces(1, 3) == ["w1 0-1 100m", "n2 gate", "w1 1-3 100m"])
  }

  @Test func aLoopCutAtItsGateHasItAtTheVertex() throws {
    var drawn = DrawnMap()
    drawn.node(1, 0, 0)
    drawn.node(2, 100, 0)
    drawn.node(3, 150, 50)
    drawn.node(4, 200, 0, ["barrier": "gate"])
    drawn.node(5, 150, -50)
    drawn.way(1, [1, 2])
    drawn.way(2, [2, 3, 4, 5, 2])
    let map = try drawn.imported()
    #expect(map.feature(4) == .gate)
    #expect(map.network.pieces.count == 3)
  }
}
