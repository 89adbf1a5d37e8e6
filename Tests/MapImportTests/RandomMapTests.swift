import Geometry
import RoadGraph
import TestSupport
import Testing

@testable import MapImport

/// Ways that cross themselves and each other, repeat nodes, lack nodes, run one way or both; gates and restrictions.
struct RandomMap {
  static let nodeCount: Int64 = 14
  /// Half of the map is so sparse that chains form, half is dense.
  var drawn = DrawnMap()
  var ways: [(nodes: [Int64], isOneway: Bool)] = []

  init(seed: UInt64) {
    var numbers = SeededGenerator(seed: seed)
    for id in 1...Self.nodeCount where !numbers.oneIn(10) {
      let tags = numbers.oneIn(4) ? ["barrier": "gate"] : [:]
      drawn.node(id, Double(Int.random(in: 0..<100, using: &numbers)) * 10, Double(id % 3) * 40, tags)
    }
    for id in 1...Int64.random(in: 1...8, using: &numbers) { addWay(id, &numbers) }
    for id in 1...Int64.random(in: 1...3, using: &numbers) {
      let ids = (0..<3).map { _ in Int64.random(in: 1...4, using: &numbers) }
      let kind = ["no_left_turn", "no_u_turn", "only_straight_on", "no_entry"].randomElement(using: &numbers) ?? ""
      drawn.restriction(id, "w\(ids[0])@from,n\(ids[1])@via,w\(ids[2])@to", kind)
    }
  }

  /// Where the OSM nodes lie that the source really has, as it rounds them.
  func readPlaces() throws -> [Int64: Coordinate] {
    let collector = NodeCollector(nodeIDs: Array(1...Self.nodeCount), log: DropLog(), conditions: .ofNobody)
    try OSMReader(.text(opl: drawn.opl)).read(.nodes) { collector.add($0) }
    let nodes = collector.finish()
    let known = nodes.ids.indices.filter { nodes.isKnown(UInt32($0)) }
    return Dictionary(uniqueKeysWithValues: known.map { (nodes.ids[$0], nodes.coordinates[$0]) })
  }

  private mutating func addWay(_ id: Int64, _ numbers: inout SeededGenerator) {
    var nodes: [Int64] = []
    for _ in 0..<Int.random(in: 1...8, using: &numbers) {
      let isStep = numbers.oneIn(2)
      let step = ((nodes.last ?? 1) % Self.nodeCount) + 1
      nodes.append(isStep ? step : Int64.random(in: 1...Self.nodeCount, using: &numbers))
    }
    if numbers.oneIn(4) { nodes.append(nodes[0]) }
    if numbers.oneIn(4) { nodes.append(nodes[nodes.count - 1]) }
    let isOneway = numbers.oneIn(3)
    ways.append((nodes, isOneway))
    drawn.way(id, nodes, ["highway": isOneway ? "motorway" : "primary"])
  }
}

@Suite struct RandomMapTests {
  /// Shortest ways between all OSM nodes, link by link, as the source has them: the plainest possible reading.
  private func plainDistances(_ map: RandomMap, _ places: [Int64: Coordinate]) -> [[Double]] {
    let count = Int(RandomMap.nodeCount) + 1
    var meters = [[Double]](repeating: [Double](repeating: .infinity, count: count), count: count)
    for way in map.ways {
      for (one, other) in zip(way.nodes, way.nodes.dropFirst()) {
        guard let start = places[one], let end = places[other] else { continue }
        let length = start.distanceMeters(to: end)
        meters[Int(one)][Int(other)] = min(meters[Int(one)][Int(other)], length)
        if !way.isOneway { meters[Int(other)][Int(one)] = min(meters[Int(other)][Int(one)], length) }
      }
    }
    return closed(meters)
  }

  /// The same between the vertices of the network.
  private func networkDistances(_ network: RoadNetwork) -> [[Double]] {
    let count = Int(RandomMap.nodeCount) + 1
    var meters = [[Double]](repeating: [Double](repeating: .infinity, count: count), count: count)
    for arc in network.arcHead.indices {
      let tail = Int(network.vertexOSMNode[network.arcTail[arc]])
      let head = Int(network.vertexOSMNode[network.arcHead[arc]])
      meters[tail][head] = min(meters[tail][head], network.lengthMeters(of: network.arcCourse[arc].segment))
    }
    return closed(meters)
  }

  /// Floyd, Warshall 1962.
  private func closed(_ links: [[Double]]) -> [[Double]] {
    var meters = links
    for node in meters.indices { meters[node][node] = 0 }
    for via in meters.indices {
      for tail in meters.indices {
        for head in meters.indices {
          meters[tail][head] = min(meters[tail][head], meters[tail][via] + meters[via][head])
        }
      }
    }
    return meters
  }

  @Test func joinedRoadsAreAsLongAsTheirLinks() throws {
    var vertexPairs = 0
    var joinedMaps = 0
    for seed in UInt64(1)...400 {
      let drawn = RandomMap(seed: seed)
      let places = try drawn.readPlaces()
      let map: TestMap
      do { map = try drawn.drawn.imported() } catch let error as ImportError {
        #expect(error.code == .noRoads, "seed \(seed): \(error)\n\(drawn.drawn.opl)")
        continue
      }
      let (plain, joined) = (plainDistances(drawn, places), networkDistances(map.network))
      for tail in map.vertices {
        for head in map.vertices {
          let (expected, found) = (plain[Int(tail)][Int(head)], joined[Int(tail)][Int(head)])
          let isEqual = expected == found || abs(expected - found) < 0.3
          #expect(isEqual, "seed \(seed): \(tail) to \(head) is \(expected) m, not \(found) m\n\(drawn.drawn.opl)")
          vertexPairs += 1
        }
      }
      if map.network.pieces.count > map.network.segmentCount { joinedMaps += 1 }
    }
    #expect(vertexPairs > 5000)
    #expect(joinedMaps > 100)
  }

  @Test func mutilatedTextIsReadOrRefused() throws {
    var outcomes: [Bool: Int] = [:]
    for seed in UInt64(1)...300 {
      var numbers = SeededGenerator(seed: seed)
      var bytes = Array(RandomMap(seed: seed % 20).drawn.opl.utf8)
      for _ in 0..<Int.random(in: 1...4, using: &numbers) {
        let position = Int.random(in: bytes.indices, using: &numbers)
        switch Int.random(in: 0..<3, using: &numbers) {
        case 0: bytes[position] = UInt8.random(in: 1...255, using: &numbers)
        case 1: bytes.remove(at: position)
        default: bytes.insert(bytes[Int.random(in: bytes.indices, using: &numbers)], at: position)
        }
      }
      do throws(ImportError) {
        let map = try MapImporter(source: .text(opl: String(decoding: bytes, as: UTF8.self))).run()
        map.network.checkInvariants()
        outcomes[true, default: 0] += 1
      } catch {
        outcomes[false, default: 0] += 1
      }
    }
    #expect(outcomes[true, default: 0] > 20)
    #expect(outcomes[false, default: 0] > 20)
  }
}
