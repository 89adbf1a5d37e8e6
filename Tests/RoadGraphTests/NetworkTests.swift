import Geometry
import MapFile
import MapImport
import RoadGraph
import TestSupport
import Testing

/// Networks of made-up towns.
enum Networks {
  static func random(seed: Int, junctionCount: Int = 40) throws -> RoadNetwork {
    let town = RandomTown(seed: UInt64(seed), junctionCount: junctionCount)
    return try MapImporter(source: .text(opl: town.text.opl)).run().network
  }
}

@Suite struct NetworkTests {
  @Test(arguments: 0..<30)
  func randomTownsKeepTheInvariants(_ seed: Int) throws {
    let network = try Networks.random(seed: seed)
    network.checkInvariants()
    #expect(network.vertexCount >= 2 && network.arcCount >= 2 && network.turnCount >= 1, "seed \(seed)")
  }

  @Test(arguments: 0..<10)
  func reverseOfReverseIsTheArcItself(_ seed: Int) throws {
    let network = try Networks.random(seed: seed)
    for arc in network.arcHead.indices {
      guard let reverse = network.reverse(of: arc) else { continue }
      #expect(network.reverse(of: reverse) == network.original(of: arc))
      #expect(network.arcTail[reverse] == network.arcHead[arc])
      #expect(network.arcHead[reverse] == network.arcTail[arc])
    }
  }

  /// Every arc is found along its course, the original first; all of them have the same length and ends.
  @Test(arguments: 0..<10)
  func shadowsStandBehindTheirOriginals(_ seed: Int) throws {
    let network = try Networks.random(seed: seed)
    var found = 0
    for segment in network.segmentArcs.indices {
      for isBackward in [false, true] {
        let arcs = network.arcs(along: ArcCourse(segment: segment, isBackward: isBackward))
        let original = isBackward ? network.segmentArcs[segment].backward : network.segmentArcs[segment].forward
        #expect(arcs.first == original, "seed \(seed)")
        #expect(arcs.map(network.isShadow) == arcs.map { $0 != original }, "seed \(seed)")
        for arc in arcs { #expect(network.original(of: arc) == original, "seed \(seed)") }
        found += arcs.count
      }
    }
    #expect(found == network.arcCount, "seed \(seed)")
    #expect(
      found > network.segmentArcs.buffer.reduce(0) { $0 + ($1.forward == nil ? 0 : 1) + ($1.backward == nil ? 0 : 1) })
  }

  @Test(arguments: 0..<10)
  func findsSegmentsOfPiecesAndWaysOfIDs(_ seed: Int) throws {
    let network = try Networks.random(seed: seed)
    for segment in network.segmentArcs.indices {
      for piece in network.pieceIDs(of: segment) { #expect(network.segment(of: piece) == segment) }
    }
    for way in network.ways.indices {
      #expect(network.way(osmID: network.ways[way].osmID) == way)
      #expect(!network.stretches(of: way).isEmpty)
      for piece in network.stretches(of: way) { #expect(network.pieces[piece].kind == .stretch(way)) }
    }
    for missing in [Int64.min, -1, 0, 1_000_000, .max] { #expect(network.way(osmID: missing) == nil) }
  }

  /// Pieces are as long as their shapes, and a segment as its pieces.
  @Test(arguments: 0..<10)
  func lengthsAreThoseOfTheShapes(_ seed: Int) throws {
    let network = try Networks.random(seed: seed)
    for segment in network.segmentArcs.indices {
      let shape = network.shape(of: segment)
      let meters = zip(shape, shape.dropFirst()).reduce(0) { $0 + $1.0.distanceMeters(to: $1.1) }
      let pieceCount = Double(network.pieceIDs(of: segment).count)
      #expect(abs(network.lengthMeters(of: segment) - meters) <= 0.02 * pieceCount, "seed \(seed), segment \(segment)")
    }
  }

  /// The parts, found by walking forwards and backwards from every arc; and what they can be reached from.
  @Test(arguments: 0..<10)
  func findsTheParts(_ seed: Int) throws {
    let network = try Networks.random(seed: seed, junctionCount: 25)
    let isOpen = { (arc: ArcID, turn: TurnID) in (arc.position &* 31 &+ turn.position &* 17) % 7 != 0 }
    let isDriven = { (arc: ArcID) in arc.position % 5 != 0 }
    let parts = network.connectedParts(isDriven: isDriven, isOpen: isOpen)
    let reached = network.arcHead.indices.map { Self.reached(from: $0, in: network, isOpen: isOpen) }
    let components = network.arcHead.indices.map { arc in
      network.arcHead.indices.filter { reached[arc.position][$0.position] && reached[$0.position][arc.position] }
    }
    for arc in network.arcHead.indices {
      let part = parts.numbers[arc.position]
      let members = network.arcHead.indices.filter { parts.numbers[$0.position] == part }
      #expect(members == components[arc.position], "seed \(seed), arc \(arc)")
      #expect(parts.arcCounts[Int(part)] == members.count(where: isDriven), "seed \(seed), arc \(arc)")
    }
    let counts = components.map { $0.count(where: isDriven) }
    let largest = counts.max() ?? 0
    let inNetwork = network.arcHead.indices.filter { counts[$0.position] * 2 >= largest }
    let entered = parts.entered(in: network, isOpen: isOpen)
    let left = parts.left(in: network, isOpen: isOpen) { _ in false }
    for arc in network.arcHead.indices {
      #expect(entered[arc.position] == inNetwork.contains { reached[$0.position][arc.position] }, "seed \(seed)")
      #expect(left[arc.position] == inNetwork.contains { reached[arc.position][$0.position] }, "seed \(seed)")
    }
  }

  private static func reached(from start: ArcID, in network: RoadNetwork, isOpen: (ArcID, TurnID) -> Bool) -> [Bool] {
    var reached = [Bool](repeating: false, count: network.arcCount)
    var open = [start]
    reached[start.position] = true
    while let arc = open.popLast() {
      for turn in network.turns(from: arc) where isOpen(arc, turn) && !reached[network.turnHead[turn].position] {
        reached[network.turnHead[turn].position] = true
        open.append(network.turnHead[turn])
      }
    }
    return reached
  }

  @Test(arguments: 0..<10)
  func partsOfAPieceJoinUp(_ seed: Int) throws {
    let network = try Networks.random(seed: seed)
    var random = SeededGenerator(seed: UInt64(seed))
    for segment in network.segmentArcs.indices {
      for piece in network.pieceIDs(of: segment) where network.pieces[piece].lengthCentimeters > 0 {
        let cut = UInt32.random(in: 0...RoadPosition.fractionMax, using: &random)
        let first = network.shape(of: piece, in: segment, between: 0...cut)
        let second = network.shape(of: piece, in: segment, between: cut...RoadPosition.fractionMax)
        let range = network.pointRange(of: piece, in: segment)
        let whole = network.shape(of: segment)[range]
        #expect(first.last == second.first)
        #expect(first.first == whole.first && second.last == whole.last)
        #expect(abs(Self.meters(first) + Self.meters(second) - Self.meters(Array(whole))) < 0.1, "seed \(seed)")
      }
    }
  }

  private static func meters(_ points: [Coordinate]) -> Double {
    zip(points, points.dropFirst()).reduce(0) { $0 + $1.0.distanceMeters(to: $1.1) }
  }
}
