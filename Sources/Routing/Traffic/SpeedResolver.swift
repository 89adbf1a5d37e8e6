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
  /// What is named has its speed where it lies; what of a piece is not named is as unknown as before. Of two words on
  /// one stretch the slower counts.
  ///
  /// - Parameters:
  ///   - expiresAt: when its time to live is over.
  ///   - check: called every few milliseconds: what it throws ends the work.
  /// - Complexity: O(log ways + stretches) for each road, and O(n log n) for all.
  public func resolve<Failure: Error>(
    _ update: SpeedUpdate, expiresAt: Date, check: () throws(Failure) -> Void
  ) throws(Failure) -> (put: SpeedPut, matches: SpeedMatches) {
    var matches = SpeedMatches()
    var named: [(stretch: DirectedStretch, speed: TenthsOfKmh)] = []
    for (number, speed) in update.speeds.enumerated() {
      if number % Self.checkInterval == 0 { try check() }
      matches.count { () throws(TrafficError) in
        let kmh = TenthsOfKmh(kmh: speed.kmh)
        named += try stretches(of: speed.road).map { ($0, kmh) }
      }
    }
    var penalties: [(turn: TurnID, milliseconds: Weight)] = []
    for (number, penalty) in update.turnPenalties.enumerated() {
      if number % Self.checkInterval == 0 { try check() }
      matches.count { () throws(TrafficError) in
        penalties += try turns(of: penalty).map { ($0, Weight(saturating: penalty.seconds * 1000)) }
      }
    }
    let put = SpeedPut(
      source: update.source, expiresAt: expiresAt, isComplete: update.isComplete, speeds: Self.slowest(named),
      turnPenalties: penalties)
    return (put, matches)
  }

  /// This many roads are found in a few milliseconds.
  private static var checkInterval: Int { 1_024 }

  /// The same, to its end.
  public func resolve(_ update: SpeedUpdate, expiresAt: Date) -> (put: SpeedPut, matches: SpeedMatches) {
    resolve(update, expiresAt: expiresAt) {}
  }

  func stretches(of road: RoadSpeed.Road) throws(TrafficError) -> [DirectedStretch] {
    switch road {
    case .way(let osmID, let direction):
      guard let way = network.way(osmID: osmID) else { throw .unknownWay(osmID: osmID) }
      return network.stretches(of: way).flatMap { piece in
        let along = DirectedPiece(piece, isBackward: network.pieces[piece].isReversed)
        return switch direction {
        case .both: [DirectedStretch(along), DirectedStretch(along.reversed)]
        case .forward: [DirectedStretch(along)]
        case .backward: [DirectedStretch(along.reversed)]
        }
      }
    case .nodes(let pair):
      let stretches = stretches(nodes.stretches(from: pair.from, to: pair.to))
      if stretches.isEmpty { throw .unknownNodes(pair) }
      return stretches
    case .link(let id): return try stretches(ofLink: id)
    }
  }

  /// The speeds of each piece; of two words on one stretch the slower counts. O(n log n).
  private static func slowest(
    _ named: [(stretch: DirectedStretch, speed: TenthsOfKmh)]
  ) -> [(piece: DirectedPiece, speeds: AlongPiece<TenthsOfKmh>)] {
    var pieces: [(piece: DirectedPiece, speeds: AlongPiece<TenthsOfKmh>)] = []
    for (stretch, speed) in named.sorted(by: { $0.stretch.piece < $1.stretch.piece }) {
      if pieces.last?.piece != stretch.piece { pieces.append((stretch.piece, .nothing)) }
      pieces[pieces.count - 1].speeds = pieces[pieces.count - 1].speeds.combined(
        with: [.init(extent: stretch.extent, value: speed)], AlongPiece.slower)
    }
    return pieces
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
    network.arcs(
      along: nodes.stretches(from: pair.from, to: pair.to).map { DirectedPiece($0.piece, isBackward: $0.isBackward) })
  }
}
