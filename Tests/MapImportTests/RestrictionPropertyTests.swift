import MapFile
import RoadGraph
import TestSupport
import Testing

@testable import MapImport

/// Random towns with many turn restrictions: Dijkstra's algorithm over arcs and their shadows against one who
/// remembers every road driven.
@Suite struct RestrictionPropertyTests {
  /// Where a driver with a memory is.
  private struct Situation: Hashable {
    var arc: ArcID
    var driven: [DriverWithMemory.Drive]
  }

  @Test(arguments: 0..<40)
  func shadowsForbidWhatOneRemembers(_ seed: Int) throws {
    let town = RandomTown(seed: UInt64(seed), junctionCount: [9, 16, 25][seed % 3])
    let map = try MapImporter(source: .text(opl: town.text.opl)).run()
    let network = map.network
    network.checkInvariants()
    guard isPlain(network, town) else { return }
    let driver = DriverWithMemory(town, network: network)
    var random = SeededGenerator(seed: UInt64(seed))
    let weights = network.segmentArcs.indices.map { _ in
      [Weight.random(in: 1...100, using: &random), Weight.random(in: 1...100, using: &random)]
    }
    for isResponder in [false, true] {
      let turnWeights = turnWeights(network, weights, isResponder: isResponder)
      let oracle = DijkstraOracle(network.turnExpanded, turnWeights: turnWeights)
      for _ in 0..<4 {
        let arc = network.original(of: ArcID(Int.random(in: 0..<network.arcCount, using: &random)))
        let found = oracle.weights(from: [DijkstraOracle.Label(arc)])
        let expected = search(from: arc, driver, network, weights, isResponder: isResponder)
        for original in network.arcHead.indices where !network.isShadow(original) {
          let weight = network.arcs(along: network.arcCourse[original]).map { found[$0.position] }.min()
          #expect(
            weight == expected[original] ?? .infinity, "seed \(seed), responder \(isResponder): \(arc) to \(original)")
        }
      }
    }
  }

  /// The towns above must hold what they are there for.
  @Test func townsHaveRestrictionsOfAllKinds() throws {
    var (plainTowns, shadows, counts, dropped) = (0, 0, [String: Int](), 0)
    for seed in 0..<40 {
      let town = RandomTown(seed: UInt64(seed), junctionCount: [9, 16, 25][seed % 3])
      let map = try MapImporter(source: .text(opl: town.text.opl)).run()
      let report = map.report
      if isPlain(map.network, town) { plainTowns += 1 }
      shadows += report.shadowArcs
      counts.merge(report.restrictions, uniquingKeysWith: +)
      dropped += report.count(of: .restrictionAmbiguous) + report.count(of: .restrictionDisconnected)
    }
    #expect(plainTowns > 30)
    #expect(shadows > 250)
    #expect(counts.keys.count == 8)
    #expect(counts.values.reduce(0, +) > 400)
    #expect(dropped == 0)
  }

  /// False where a ring was cut in the middle of a way, at a vertex that is no junction of the town.
  private func isPlain(_ network: RoadNetwork, _ town: RandomTown) -> Bool {
    network.vertexOSMNode.buffer.allSatisfy { $0 <= town.junctions.count }
  }

  private func turnWeights(_ network: RoadNetwork, _ weights: [[Weight]], isResponder: Bool) -> [Weight] {
    network.arcHead.indices.flatMap { arc in
      let course = network.arcCourse[arc]
      return network.turns(from: arc).map { turn in
        let flags = network.turnAttributes[turn].flags
        let isFree = !flags.contains(.banned) || isResponder && flags.contains(.exceptEmergency)
        return isFree ? weights[course.segment.position][course.isBackward ? 1 : 0] : .infinity
      }
    }
  }

  /// Dijkstra's algorithm over arcs and histories, as plain as can be; the weights of the original arcs.
  private func search(
    from start: ArcID, _ driver: DriverWithMemory, _ network: RoadNetwork, _ weights: [[Weight]], isResponder: Bool
  ) -> [ArcID: Weight] {
    var tentative = [Situation(arc: start, driven: drives(start, network).suffix(driver.memory)): Weight(0)]
    var settled: Set<Situation> = []
    var best: [ArcID: Weight] = [:]
    var buckets: [Weight: [Situation]] = [0: Array(tentative.keys)]
    var weight: Weight = 0
    while !buckets.isEmpty {
      for situation in buckets.removeValue(forKey: weight) ?? [] where settled.insert(situation).inserted {
        if best[situation.arc] == nil { best[situation.arc] = weight }
        let course = network.arcCourse[situation.arc]
        let next = weight + weights[course.segment.position][course.isBackward ? 1 : 0]
        for arc in onward(from: situation, driver, network, isResponder: isResponder) {
          guard next < tentative[arc] ?? .infinity else { continue }
          tentative[arc] = next
          buckets[next, default: []].append(arc)
        }
      }
      weight += 1
    }
    return best
  }

  private func onward(from here: Situation, _ driver: DriverWithMemory, _ network: RoadNetwork, isResponder: Bool)
    -> [Situation]
  {
    network.firstOut[network.arcHead[here.arc]].map { ArcID($0) }.filter { !network.isShadow($0) }.compactMap { next in
      let drives = drives(next, network)
      if driver.isForbidden(drives[0], behind: here.driven, isResponder: isResponder) { return nil }
      return Situation(arc: next, driven: (here.driven + drives).suffix(driver.memory))
    }
  }

  /// The ways along an arc, in its direction.
  private func drives(_ arc: ArcID, _ network: RoadNetwork) -> [DriverWithMemory.Drive] {
    let course = network.arcCourse[arc]
    let pieces = network.pieceIDs(of: course.segment)
    let ordered = course.isBackward ? pieces.reversed() : Array(pieces)
    return ordered.reduce(into: []) { drives, piece in
      guard case .stretch(let way) = network.pieces[piece].kind else { return }
      let isReversed = network.pieces[piece].isReversed != course.isBackward
      let drive = DriverWithMemory.Drive(way: network.ways[way].osmID, isReversed: isReversed)
      if drives.last != drive { drives.append(drive) }
    }
  }
}
