import Profiles
import RoadGraph
import Traffic

/// The roads from which a place is reached without a last resort, where they are few: a private yard, a park, a road
/// that one may enter against a one-way only.
///
/// Whoever stands elsewhere needs a last resort to get there. A ranking need not look at the ways of all units then to
/// learn it.
struct LastResortPocket {
  /// More roads than these are no pocket.
  private static let arcsMax = 200

  private let segments: Set<SegmentID>
  private let network: RoadNetwork

  /// `nil` if the roads are many, or the profile likes some roads less than others: then what weighs more than it takes
  /// is no last resort. O(``arcsMax``).
  init?(around destinations: [RoadPlace], in snapshot: ProfileSnapshot) {
    guard snapshot.roads.profile.reluctance.largest <= 1 else { return nil }
    let network = snapshot.roads.network
    var (inside, open): (Set<ArcID>, [ArcID]) = ([], [])
    for place in destinations {
      for arc in network.arcs(along: network.arcCourse[place.arc]) {
        let cost = snapshot.parts.costFromTail(of: arc, to: place.position)
        if inside.insert(arc).inserted, cost.isFree { open.append(arc) }
      }
    }
    while let arc = open.popLast() {
      for before in network.arcs(into: network.arcTail[arc]) where !inside.contains(before) {
        guard
          network.turns(from: before).contains(where: {
            network.turnHead[$0] == arc && snapshot.roads.costs.turnCost($0, from: before).isFree
          })
        else { continue }
        // Who stands on it may have passed what bars it.
        inside.insert(before)
        if Self.isFree(before, in: snapshot) { open.append(before) }
      }
      if inside.count > Self.arcsMax { return nil }
    }
    self.network = network
    segments = Set(inside.map { network.arcCourse[$0].segment })
  }

  private static func isFree(_ arc: ArcID, in snapshot: ProfileSnapshot) -> Bool {
    if snapshot.roads.plain.lengthCentimeters(arc) != nil, !snapshot.isAffected(arc) {
      return snapshot.arcWeights[arc] < .infinity
    }
    let direction = SegmentDirection(snapshot.roads.network.arcCourse[arc])
    return snapshot.arcWeights[arc] < .infinity
      && snapshot.roads.network.pieceIDs(along: arc).allSatisfy { snapshot.parts.pieceCost($0, direction).isFree }
  }

  /// True if a place lies on one of the roads, in either direction.
  func contains(_ place: RoadPlace) -> Bool { segments.contains(place.position.segment) }
}

extension TravelCost {
  /// True if one can pass, without any last resort.
  fileprivate var isFree: Bool { isPassable && reluctanceMilliseconds == 0 }
}
