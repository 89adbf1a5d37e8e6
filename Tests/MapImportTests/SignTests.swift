import RoadGraph
import Testing

@testable import MapImport

/// Whom signals and signs face.
@Suite struct SignTests {
  /// A road from a junction at 1 to a junction at 5, with OSM node 3 at `eastMeters` on it, drawn as `nodes`.
  private func flags(
    _ tags: [String: String], eastMeters: Double = 180, nodes: [Int64] = [1, 3, 5], isJunction: [Int64] = [1, 5]
  ) throws -> PointFeature.Flags? {
    var drawn = DrawnMap()
    drawn.node(1, 0, 0)
    drawn.node(3, eastMeters, 0, tags)
    drawn.node(5, 200, 0)
    drawn.way(1, nodes)
    for id in isJunction {
      let east = id == 1 ? 0.0 : 200
      for (index, side) in [100.0, -100].enumerated() {
        drawn.node(id * 10 + Int64(index), east, side)
        drawn.way(id * 10 + Int64(index), [id, id * 10 + Int64(index)])
      }
    }
    let map = try drawn.imported()
    return map.network.features.buffer.first { $0.osmID == 3 }?.flags
  }

  @Test(
    arguments: [
      (["highway": "traffic_signals", "traffic_signals:direction": "forward"], .forwardOnly),
      (["highway": "traffic_signals", "traffic_signals:direction": "backward"], .backwardOnly),
      (["highway": "traffic_signals", "traffic_signals:direction": "both"], []),
      (["highway": "traffic_signals", "traffic_signals:direction": "forward", "direction": "backward"], .forwardOnly),
      (["highway": "traffic_signals", "direction": "backward"], .backwardOnly),
      (["highway": "traffic_signals"], []), (["highway": "stop", "direction": "backward"], .backwardOnly),
      (["highway": "give_way", "direction": "both"], []), (["highway": "crossing", "direction": "forward"], []),
      (["highway": "stop", "direction": "120"], .forwardOnly), (["highway": "give_way"], .forwardOnly),
    ] as [([String: String], PointFeature.Flags)])
  func tagsSayWhom(tags: [String: String], expected: PointFeature.Flags) throws {
    #expect(try flags(tags) == expected)
  }

  @Test func aSilentSignFacesTheNearerJunction() throws {
    let stop = ["highway": "stop"]
    #expect(try flags(stop, eastMeters: 150) == .forwardOnly)
    #expect(try flags(stop, eastMeters: 50) == .backwardOnly)
    #expect(try flags(stop, eastMeters: 100) == [])
    #expect(try flags(stop, eastMeters: 150, nodes: [5, 3, 1]) == .backwardOnly)
    #expect(try flags(stop, eastMeters: 50, nodes: [5, 3, 1]) == .forwardOnly)
    #expect(try flags(stop, eastMeters: 150, isJunction: [1]) == .backwardOnly, "5 is a dead end")
    #expect(try flags(stop, eastMeters: 50, isJunction: []) == .backwardOnly)
  }

  @Test func whereWaysRunTowardsEachOtherForwardMeansNothing() throws {
    for (second, expected) in [([3, 5], PointFeature.Flags.forwardOnly), ([5, 3], [])]
      as [([Int64], PointFeature.Flags)]
    {
      var drawn = DrawnMap()
      drawn.node(1, 0, 0)
      drawn.node(3, 100, 0, ["highway": "traffic_signals", "traffic_signals:direction": "forward"])
      drawn.node(5, 200, 0)
      drawn.way(1, [1, 3])
      drawn.way(2, second)
      let map = try drawn.imported()
      #expect(map.pieces(1, 5).contains("n3 trafficSignals"))
      #expect(map.network.features.buffer.map(\.flags) == [expected])
    }
  }

  @Test func aSignAtAVertexKeepsWhatItSays() throws {
    var drawn = DrawnMap()
    drawn.node(1, 0, 0)
    drawn.node(3, 100, 0, ["highway": "stop", "direction": "forward"])
    drawn.node(5, 200, 0)
    drawn.node(6, 100, 100)
    drawn.way(1, [1, 3, 5])
    drawn.way(2, [3, 6])
    let map = try drawn.imported()
    #expect(map.feature(3) == .stop)
    #expect(map.network.features.buffer.map(\.flags) == [.forwardOnly])
  }
}
