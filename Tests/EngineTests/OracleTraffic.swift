import API
import Foundation
import Profiles
import RoadGraph
import Traffic

@testable import Engine

/// What traffic does to each piece of road for one profile, worked out anew from the list of closures and speeds, piece
/// by piece and closure by closure.
struct OracleTraffic {
  private struct Effects {
    var isClosed = false
    var slowestKmh: Double?
    var largestFactor = 1.0
    var longestDelay: Weight = 0
    var measuredKmh: Double?
  }

  private var effects: [DirectedPiece: Effects] = [:]
  private let costs: CostModel

  /// - Parameters:
  ///   - closures: those in force count.
  ///   - speeds: of OSM ways, each named once.
  init(_ closures: [ListedClosure], speeds: [RoadSpeed], for costs: CostModel) {
    self.costs = costs
    let resolver = RoadResolver(costs.network)
    for listed in closures where listed.isActive && Self.applies(listed.closure.scope, to: costs.profile) {
      guard let pieces = try? resolver.resolve(listed.closure).pieces else { continue }
      for piece in pieces { add(listed.closure.effect, of: pieces, to: piece) }
    }
    for speed in speeds {
      guard case .way(let osmID, let direction) = speed.road, let way = costs.network.way(osmID: osmID) else {
        continue
      }
      for piece in costs.network.stretches(of: way) {
        let along = DirectedPiece(piece, isBackward: costs.network.pieces[piece].isReversed)
        let against = DirectedPiece(piece, isBackward: !along.isBackward)
        for directed in direction == .both ? [along, against] : direction == .forward ? [along] : [against] {
          if speed.kmh == 0 {
            effects[directed, default: Effects()].isClosed = true
          } else {
            effects[directed, default: Effects()].measuredKmh = (speed.kmh * 10).rounded() / 10
          }
        }
      }
    }
  }

  private static func applies(_ scope: ClosureScope, to profile: VehicleProfile) -> Bool {
    switch scope {
    case .everybody: return true
    case .civil: return profile.siren == .none
    case .profiles(let names): return names.contains(profile.name)
    case .largerThan(let limits):
      return (limits.heightMeters > 0 && profile.size.heightMeters > limits.heightMeters)
        || (limits.weightTonnes > 0 && profile.size.weightTonnes > limits.weightTonnes)
    }
  }

  private mutating func add(_ effect: RoadEffect, of pieces: [DirectedPiece], to piece: DirectedPiece) {
    var known = effects[piece] ?? Effects()
    switch effect {
    case .closed: known.isClosed = true
    case .factor(let factor): known.largestFactor = max(known.largestFactor, factor)
    case .speed(let kmh): known.slowestKmh = min(known.slowestKmh ?? kmh, kmh)
    case .delay(let seconds):
      known.longestDelay = max(known.longestDelay, share(of: seconds, among: pieces, for: piece))
    }
    effects[piece] = known
  }

  /// The share of a delay on an OSM way, rounded from the way's start in the direction of travel.
  private func share(of seconds: Double, among pieces: [DirectedPiece], for piece: DirectedPiece) -> Weight {
    let network = costs.network
    let isAlong = { (piece: DirectedPiece) in piece.isBackward == network.pieces[piece.piece].isReversed }
    let course = pieces.filter { isAlong($0) == isAlong(piece) }
      .sorted { network.pieces[$0.piece].firstNode < network.pieces[$1.piece].firstNode }
    let ordered = isAlong(piece) ? course : course.reversed()
    let length = { (pieces: ArraySlice<DirectedPiece>) in
      pieces.reduce(0) { $0 + Double(network.pieces[$1.piece].lengthCentimeters) }
    }
    guard let index = ordered.firstIndex(of: piece) else { return 0 }
    let whole = max(length(ordered[...]), 1)
    let before = (seconds * 1000 * length(ordered[..<index]) / whole).rounded()
    return Weight((seconds * 1000 * length(ordered[...index]) / whole).rounded() - before)
  }

  func isClosed(_ piece: DirectedPiece) -> Bool { effects[piece]?.isClosed ?? false }

  /// What a whole piece costs, closed or not.
  func cost(_ piece: DirectedPiece) -> TravelCost {
    let direction: SegmentDirection = piece.isBackward ? .backward : .forward
    let free = costs.pieceCost(piece.piece, direction)
    guard free.isPassable, let effects = effects[piece] else { return free }
    let centimeters = Double(costs.network.pieces[piece.piece].lengthCentimeters)
    var milliseconds = Double(free.timeMilliseconds)
    if let kmh = effects.measuredKmh {
      let jammed = max(milliseconds, centimeters * 36 / kmh)
      milliseconds += (jammed - milliseconds) * costs.civilTrafficShare(piece.piece, direction)
    }
    if let kmh = effects.slowestKmh { milliseconds = max(milliseconds, centimeters * 36 / kmh) }
    let time = (milliseconds * effects.largestFactor).rounded(.up) + Double(effects.longestDelay)
    return TravelCost(timeMilliseconds: Weight(time), reluctanceMilliseconds: free.reluctanceMilliseconds)
  }
}
