import Hierarchy
import Profiles
import RoadGraph
import Synchronization
import Traffic

/// What adds up along a way beside its weight.
enum PathAmountKind: Hashable, Sendable {
  /// Time without reluctance.
  case milliseconds
  case centimeters
}

/// The amounts of all hierarchy arcs, made when they are first asked for at a version of the traffic: they take as long
/// as a customization.
final class PathAmountsCache: Sendable {
  private struct Key: Hashable {
    let version: UInt64
    let profile: String
    let kind: PathAmountKind
  }

  private let made = Mutex<[Key: PathAmounts]>([:])

  /// The amounts of a profile's metric; `nil` if the work was ended.
  ///
  /// - Parameter version: `nil` for weights of a question's own, whose amounts nobody else asks for.
  func amounts(
    _ kind: PathAmountKind, of snapshot: ProfileSnapshot, version: UInt64?, isOver: () -> Bool
  ) -> PathAmounts? {
    let key = version.map { Key(version: $0, profile: snapshot.roads.profile.name, kind: kind) }
    if let key, let known = made.withLock({ $0[key] }) { return known }
    guard let costs = Self.turnCosts(kind, of: snapshot, isOver: isOver),
      let amounts = PathAmounts(snapshot.metric, turnCost: { costs[$0.position] }, isOver: isOver)
    else { return nil }
    if let key {
      made.withLock { made in
        made = made.filter { $0.key.version >= key.version }
        made[key] = amounts
      }
    }
    return amounts
  }

  /// This many arcs are measured in about a millisecond.
  private static let checkInterval = 4_096

  /// What each turn weighs and its amount, both with the arc that it leaves; `nil` if the work was ended.
  private static func turnCosts(
    _ kind: PathAmountKind, of snapshot: ProfileSnapshot, isOver: () -> Bool
  ) -> [PathAmounts.TurnCost]? {
    let network = snapshot.roads.network
    var costs = [PathAmounts.TurnCost](repeating: (.infinity, 0), count: network.turnCount)
    for arc in network.arcHead.indices {
      if arc.position % checkInterval == 0, isOver() { return nil }
      let weight = snapshot.arcWeights[arc]
      guard weight < .infinity else { continue }
      let amount = snapshot.amount(kind, of: arc)
      for turn in network.turns(from: arc) {
        costs[turn.position] = (
          weight.adding(snapshot.turnWeight(turn, from: arc)), amount &+ snapshot.amount(kind, of: turn, from: arc)
        )
      }
    }
    return costs
  }
}

extension ProfileSnapshot {
  /// The amount of a whole arc that is open. O(pieces).
  fileprivate func amount(_ kind: PathAmountKind, of arc: ArcID) -> UInt32 {
    let network = roads.network
    let direction = SegmentDirection(network.arcCourse[arc])
    return network.pieceIDs(along: arc).reduce(0) { sum, piece in
      switch kind {
      case .milliseconds: sum &+ parts.pieceCost(piece, direction).timeMilliseconds
      case .centimeters: sum &+ network.pieces[piece].lengthCentimeters
      }
    }
  }

  /// The amount of a turn without the arc that it leaves.
  func amount(_ kind: PathAmountKind, of turn: TurnID, from arc: ArcID) -> UInt32 {
    switch kind {
    case .milliseconds:
      roads.costs.turnCost(turn, from: arc).timeMilliseconds.adding(conditions.turnDelayMilliseconds(turn, from: arc))
    case .centimeters: 0
    }
  }

  /// The amount of what lies behind a position on an arc.
  func amount(_ kind: PathAmountKind, toHeadOf arc: ArcID, from position: RoadPosition) -> UInt32 {
    switch kind {
    case .milliseconds: parts.costToHead(of: arc, from: position).timeMilliseconds
    case .centimeters: parts.centimetersToHead(of: arc, from: position)
    }
  }

  /// The amount of what lies before a position on an arc.
  func amount(_ kind: PathAmountKind, fromTailOf arc: ArcID, to position: RoadPosition) -> UInt32 {
    switch kind {
    case .milliseconds: parts.costFromTail(of: arc, to: position).timeMilliseconds
    case .centimeters: parts.centimetersFromTail(of: arc, to: position)
    }
  }
}
