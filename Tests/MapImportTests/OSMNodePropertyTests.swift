import Geometry
import MapFile
import RoadGraph
import Testing

@testable import MapImport

/// Neighbours on OSM ways and the ways between OSM nodes, read off the source in the plainest way.
private struct PlainWays {
  struct Pair: Hashable {
    let from: Int64
    let to: Int64
  }

  /// What ``TestMap/text(_:)`` says of every line of the source, by its two OSM nodes.
  private(set) var lines: [Pair: [String]] = [:]

  mutating func add(_ way: Int64, _ nodes: [Int64], isKnown: (Int64) -> Bool) {
    for (position, (one, other)) in zip(nodes, nodes.dropFirst()).enumerated() {
      guard one != other, isKnown(one), isKnown(other) else { continue }
      lines[Pair(from: one, to: other), default: []].append("w\(way) \(position)-\(position + 1)")
      lines[Pair(from: other, to: one), default: []].append("w\(way) \(position + 1)-\(position)")
    }
  }

  /// The shortest length from one OSM node to another along a way or against it; `nil` where there is no such way.
  static func meters(
    _ from: Int64, _ to: Int64, along nodes: [Int64], _ places: [Int64: Coordinate]
  ) -> Double? {
    var best: Double?
    for run in runs(nodes, places) {
      let isRing = run.count > 2 && run.first == run.last
      let twice = isRing ? run + run.dropFirst() : run
      for start in twice.indices where twice[start] == from {
        var walked = 0.0
        for index in twice.indices where index > start {
          walked += places[twice[index - 1]]!.distanceMeters(to: places[twice[index]]!)
          if twice[index] == to { best = min(best ?? .infinity, walked) }
        }
      }
    }
    return best
  }

  /// The parts of a way without unknown OSM nodes in between. Before and behind a gap may be the same place.
  private static func runs(_ nodes: [Int64], _ places: [Int64: Coordinate]) -> [[Int64]] {
    let parts = nodes.split { places[$0] == nil }.map(Array.init)
    return parts.filter { Set($0).count > 1 }.reduce(into: []) { runs, part in
      if runs.last?.last == part[0] { runs[runs.count - 1] += part } else { runs.append(part) }
    }
  }
}

@Suite struct OSMNodePropertyTests {
  private static let maps: [(seed: UInt64, drawn: RandomMap)] = (1...400).map { ($0, RandomMap(seed: $0)) }

  private func imported(_ drawn: RandomMap) throws -> TestMap? {
    do { return try drawn.drawn.imported() } catch let error as ImportError where error.code == .noRoads { return nil }
  }

  @Test func neighboursAreThoseOfTheSource() throws {
    var (pairs, shared) = (0, 0)
    for (seed, drawn) in Self.maps {
      guard let map = try imported(drawn) else { continue }
      let places = try drawn.readPlaces()
      let tooShort = map.report.dropped.first { $0.reason == .wayTooShort }?.examples.map(\.osmID) ?? []
      var plain = PlainWays()
      for (index, way) in drawn.ways.enumerated() where !tooShort.contains(Int64(index + 1)) {
        plain.add(Int64(index + 1), way.nodes) { places[$0] != nil }
      }
      let index = OSMNodeIndex(map.network)
      for (pair, lines) in plain.lines {
        let found = index.stretches(from: pair.from, to: pair.to)
        let texts = map.texts(found).sorted()
        #expect(texts == lines.sorted(), "seed \(seed): \(pair.from) to \(pair.to)\n\(drawn.drawn.opl)")
        let meters = places[pair.from]!.distanceMeters(to: places[pair.to]!)
        #expect(found.allSatisfy { abs($0.lengthMeters - meters) < 1e-6 }, "seed \(seed)")
        pairs += 1
        if lines.count > 1 { shared += 1 }
      }
    }
    #expect(pairs > 5000 && shared > 200, "\(pairs) \(shared)")
  }

  @Test func pathsAreTheShortestOfTheirWay() throws {
    var (found, contraflow) = (0, 0)
    for (seed, drawn) in Self.maps.prefix(120) {
      guard let map = try imported(drawn) else { continue }
      let places = try drawn.readPlaces()
      let index = OSMNodeIndex(map.network)
      let nodes = map.network.pointOSMNodes()
      for way in map.network.ways.indices {
        let source = drawn.ways[Int(map.network.ways[way].osmID) - 1]
        for (from, to) in Self.pairs where from != to {
          let stretches = index.stretches(onWay: way, from: from, to: to)
          let along = PlainWays.meters(from, to, along: source.nodes, places)
          let against = PlainWays.meters(from, to, along: source.nodes.reversed(), places)
          let candidates = source.isOneway && along != nil ? [along] : [along, against]
          let expected = candidates.compactMap { $0 }.min()
          guard expected != nil || !stretches.isEmpty else { continue }
          let isRight =
            abs(stretches.reduce(0) { $0 + $1.lengthMeters } - (expected ?? .infinity)) < 1e-6
            && stretches.allSatisfy { map.network.way(of: $0.piece) == way }
            && Self.hangTogether(stretches, from, to, map.network, nodes)
          #expect(isRight, "seed \(seed), w\(way.position + 1): \(from) to \(to)\n\(drawn.drawn.opl)")
          found += 1
          if source.isOneway && along == nil { contraflow += 1 }
        }
      }
    }
    #expect(found > 5000 && contraflow > 300, "\(found) \(contraflow)")
  }

  @Test func pairsThatAreNotNeighboursGoOverAllWays() throws {
    var found = 0
    for (seed, drawn) in Self.maps.prefix(100) {
      guard let map = try imported(drawn) else { continue }
      let index = OSMNodeIndex(map.network)
      var neighbours: Set<[Int64]> = []
      for way in drawn.ways {
        for (one, other) in zip(way.nodes, way.nodes.dropFirst()) { neighbours.insert([one, other]) }
      }
      for (from, to) in Self.pairs where !neighbours.contains([from, to]) && !neighbours.contains([to, from]) {
        let expected = map.network.ways.indices.flatMap { index.stretches(onWay: $0, from: from, to: to) }
        #expect(index.stretches(from: from, to: to) == expected, "seed \(seed): \(from) to \(to)\n\(drawn.drawn.opl)")
        if !expected.isEmpty { found += 1 }
      }
    }
    #expect(found > 1000, "\(found)")
  }

  private static let pairs = (0...RandomMap.nodeCount).flatMap { from in
    (0...RandomMap.nodeCount).map { (from, $0) }
  }

  /// Each stretch begins at the OSM node where the one before it ends.
  private static func hangTogether(
    _ stretches: [NodeStretch], _ from: Int64, _ to: Int64, _ network: RoadNetwork,
    _ nodes: Table<ShapePointID, Int64>
  ) -> Bool {
    var last = from
    for stretch in stretches {
      let start = network.firstPoint[stretch.segment].lowerBound
      let range = network.pointRange(of: stretch.piece, in: stretch.segment)
      guard range.contains(Int(stretch.firstPoint)), range.contains(Int(stretch.lastPoint)) else { return false }
      let (first, end) = (
        nodes[position: start + Int(stretch.firstPoint)], nodes[position: start + Int(stretch.lastPoint)]
      )
      guard (stretch.isBackward ? end : first) == last else { return false }
      last = stretch.isBackward ? first : end
    }
    return last == to
  }

  @Test(.enabled(if: Maps.exists("monaco"), "no maps in TOCSIN_MAPS"), arguments: ["monaco", "seoul-centre"])
  func everyNeighbourOfARealMapIsFoundBothWays(_ name: String) throws {
    let source = OSMSource.file(Maps.path(name))
    let roadCollector = RoadCollector(log: DropLog(), conditions: .ofNobody)
    try OSMReader(source).read(.roadsAndRestrictions) { roadCollector.add($0) }
    let roads = roadCollector.finish()
    let nodeCollector = NodeCollector(nodeIDs: roads.nodes, log: DropLog(), conditions: .ofNobody)
    try OSMReader(source).read(.nodes) { nodeCollector.add($0) }
    let nodes = nodeCollector.finish()
    var plain = PlainWays()
    for way in roads.ways.indices {
      plain.add(roads.ways[way].osmID, Array(roads.nodes(ofWay: way))) { node in
        nodes.position(of: node).map(nodes.isKnown) ?? false
      }
    }
    let map = TestMap(try MapImporter(source: source).run())
    let index = OSMNodeIndex(map.network)
    #expect(plain.lines.count > 10_000, "\(plain.lines.count)")
    let faults = plain.lines.filter { pair, lines in
      map.texts(index.stretches(from: pair.from, to: pair.to)).sorted() != lines.sorted()
    }
    #expect(faults.isEmpty, "\(faults.prefix(3))")
  }
}
