import API
import Foundation
import RoadGraph

/// What became of the roads and turns that an update of speeds names.
public struct SpeedMatches: Sendable {
  public internal(set) var matchedCount = 0
  public internal(set) var unmatchedCount = 0
  /// Some of those that the map or the link table lacks.
  public internal(set) var unmatchedExamples: [TrafficError] = []

  static let examplesMax = 10

  /// Counts what matches unless `find` throws what is missing.
  mutating func count(_ find: () throws(TrafficError) -> Void) {
    do throws(TrafficError) {
      try find()
      matchedCount += 1
    } catch {
      unmatchedCount += 1
      if unmatchedExamples.count < Self.examplesMax { unmatchedExamples.append(error) }
    }
  }
}

extension RoadResolver {
  /// The speeds and turn penalties of an update, on the pieces and turns of this map.
  ///
  /// A piece of which several parts are named has the speed at which all of them are driven in their time; one of which
  /// less than half is named is as unknown as before. A part that is closed closes its piece.
  ///
  /// - Parameters:
  ///   - expiresAt: when its time to live is over.
  ///   - check: called every few milliseconds: what it throws ends the work.
  /// - Complexity: O(log ways + stretches) for each road.
  public func resolve<Failure: Error>(
    _ update: SpeedUpdate, expiresAt: Date, check: () throws(Failure) -> Void
  ) throws(Failure) -> (put: SpeedPut, matches: SpeedMatches) {
    var matches = SpeedMatches()
    let sum = SpeedSum(pieceCount: network.pieces.count)
    for (number, speed) in update.speeds.enumerated() {
      if number % Self.checkInterval == 0 { try check() }
      matches.count { () throws(TrafficError) in try add(speed, to: sum) }
    }
    var penalties: [(turn: TurnID, milliseconds: Weight)] = []
    for (number, penalty) in update.turnPenalties.enumerated() {
      if number % Self.checkInterval == 0 { try check() }
      matches.count { () throws(TrafficError) in
        penalties += try turns(of: penalty).map { ($0, Weight(saturating: penalty.seconds * 1000)) }
      }
    }
    let put = SpeedPut(
      source: update.source, expiresAt: expiresAt, isComplete: update.isComplete, speeds: sum.speeds(on: network),
      turnPenalties: penalties)
    return (put, matches)
  }

  /// This many roads are found in a few milliseconds.
  private static var checkInterval: Int { 1_024 }

  /// The same, to its end.
  public func resolve(_ update: SpeedUpdate, expiresAt: Date) -> (put: SpeedPut, matches: SpeedMatches) {
    resolve(update, expiresAt: expiresAt) {}
  }

  private func add(_ speed: RoadSpeed, to sum: SpeedSum) throws(TrafficError) {
    func add(_ piece: DirectedPiece, _ centimeters: Double) {
      sum.add(piece, centimeters: centimeters, kmh: speed.kmh)
    }
    func length(_ piece: PieceID) -> Double { Double(network.pieces[piece].lengthCentimeters) }
    switch speed.road {
    case .way(let osmID, let direction):
      guard let way = network.way(osmID: osmID) else { throw .unknownWay(osmID: osmID) }
      for piece in network.stretches(of: way) {
        let along = DirectedPiece(piece, isBackward: network.pieces[piece].isReversed)
        if direction != .backward { add(along, length(piece)) }
        if direction != .forward { add(along.reversed, length(piece)) }
      }
    case .nodes(let pair):
      let stretches = nodes.stretches(from: pair.from, to: pair.to)
      if stretches.isEmpty { throw .unknownNodes(pair) }
      for stretch in stretches { add(DirectedPiece(stretch), stretch.lengthMeters * 100) }
    case .link(let id):
      for piece in try pieces(ofLink: id) { add(piece, length(piece.piece)) }
    }
  }

  /// The turns from the road before an OSM node onto the road behind it, by their OSM nodes next to it.
  private func turns(of penalty: TurnPenalty) throws(TrafficError) -> [TurnID] {
    let before = OSMNodePair(from: penalty.fromOSMNode, to: penalty.viaOSMNode)
    let behind = OSMNodePair(from: penalty.viaOSMNode, to: penalty.toOSMNode)
    let arriving = arcs(between: before)
    if arriving.isEmpty { throw .unknownNodes(before) }
    let leaving = Set(arcs(between: behind))
    if leaving.isEmpty { throw .unknownNodes(behind) }
    let turns = arriving.flatMap { network.turns(from: $0) }.filter { leaving.contains(network.turnHead[$0]) }
    if turns.isEmpty { throw .unknownNodes(behind) }
    return turns
  }

  private func arcs(between pair: OSMNodePair) -> [ArcID] {
    network.arcs(along: nodes.stretches(from: pair.from, to: pair.to).map(DirectedPiece.init))
  }
}

/// Sums up the speeds of parts of pieces: how much of a piece they cover, and how long it takes at them.
private final class SpeedSum {
  private let covered: UnsafeMutablePointer<Float>
  private let milliseconds: UnsafeMutablePointer<Float>
  /// Each once.
  private var pieces: [DirectedPiece] = []

  init(pieceCount: Int) {
    // Zeroed by the system where it is touched: a small update costs little on a large map.
    covered = Self.zeroed(2 * pieceCount)
    milliseconds = Self.zeroed(2 * pieceCount)
  }

  deinit {
    free(covered)
    free(milliseconds)
  }

  private static func zeroed(_ count: Int) -> UnsafeMutablePointer<Float> {
    guard let memory = calloc(max(count, 1), MemoryLayout<Float>.stride) else { preconditionFailure("out of memory") }
    return memory.bindMemory(to: Float.self, capacity: max(count, 1))
  }

  func add(_ piece: DirectedPiece, centimeters: Double, kmh: Double) {
    let position = piece.position
    if covered[position] == 0 { pieces.append(piece) }
    // A part without length can be closed, too.
    covered[position] += Float(max(centimeters, 0.01))
    milliseconds[position] += kmh > 0 ? Float(centimeters * 36 / kmh) : .infinity
  }

  func speeds(on network: RoadNetwork) -> [(piece: DirectedPiece, speed: TenthsOfKmh)] {
    pieces.compactMap { piece in
      let length = Float(network.pieces[piece.piece].lengthCentimeters)
      let (covered, milliseconds) = (covered[piece.position], milliseconds[piece.position])
      if milliseconds == .infinity { return (piece, .closed) }
      guard covered >= length / 2, milliseconds > 0 else { return nil }
      return (piece, TenthsOfKmh(kmh: Double(covered) * 36 / Double(milliseconds)))
    }
  }
}
