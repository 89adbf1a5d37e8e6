import Profiles
import RoadGraph

/// Finds the closures that keep a vehicle from a place: those on a way with few of them, where no open way is left.
///
/// A breadth-first search from both ends at once, over open arcs first and closed ones last, on the weights without
/// traffic: the end that is cut off is mostly a small part of the map, and soon left.
public struct BlockingClosures {
  private let snapshot: ProfileSnapshot
  private let network: RoadNetwork

  public init(_ snapshot: ProfileSnapshot) { (self.snapshot, network) = (snapshot, snapshot.roads.network) }

  /// One end of the search.
  private struct Side {
    let isForward: Bool
    /// The arcs to look at, and those to look at when there is no other: behind a closed one.
    var open: [ArcID] = []
    var behindClosed: [ArcID] = []
    /// By `ArcID`: the arc from which it was found, itself for a first one, -1 for one that was not found.
    var cameFrom: [Int32]

    init(isForward: Bool, from places: [RoadPlace], _ network: RoadNetwork) {
      self.isForward = isForward
      cameFrom = Array(repeating: -1, count: network.arcCount)
      for arc in places.map(\.arc) where cameFrom[arc.position] < 0 {
        cameFrom[arc.position] = Int32(arc.position)
        open.append(arc)
      }
    }

    mutating func next() -> ArcID? {
      if open.isEmpty { swap(&open, &behindClosed) }
      return open.popLast()
    }

    /// The arcs from a found one back to the first one.
    func trail(of arc: ArcID) -> [ArcID] {
      Array(
        sequence(first: arc) { arc in
          let before = self.cameFrom[arc.position]
          return before == Int32(arc.position) ? nil : ArcID(UInt32(before))
        })
    }
  }

  /// This many arcs are looked at in a few milliseconds.
  private static let checkInterval = 4_096

  /// The ids of the closures, each once; none if there would be no way without them either.
  ///
  /// - Parameter check: called every few milliseconds: what it throws ends the work.
  /// - Complexity: O(arcs + turns) at the most.
  public func ids<Failure: Error>(
    from origins: [RoadPlace], to destinations: [RoadPlace], check: () throws(Failure) -> Void
  ) throws(Failure) -> [String] {
    var sides = [
      Side(isForward: true, from: origins, network), Side(isForward: false, from: destinations, network),
    ]
    var count = 0
    while true {
      for side in sides.indices {
        count += 1
        if count % Self.checkInterval == 0 { try check() }
        guard let arc = sides[side].next() else { return [] }
        if sides[1 - side].cameFrom[arc.position] >= 0 {
          return ids(on: sides[0].trail(of: arc) + sides[1].trail(of: arc))
        }
        spread(from: arc, &sides[side])
      }
    }
  }

  private func spread(from arc: ArcID, _ side: inout Side) {
    let neighbours = side.isForward ? successors(of: arc) : predecessors(of: arc)
    for next in neighbours where side.cameFrom[next.position] < 0 {
      side.cameFrom[next.position] = Int32(arc.position)
      if isClosed(side.isForward ? arc : next) { side.behindClosed.append(next) } else { side.open.append(next) }
    }
  }

  private func successors(of arc: ArcID) -> [ArcID] {
    guard snapshot.roads.freeFlowWeights[arc.position] < .infinity else { return [] }
    return network.turns(from: arc).filter { snapshot.roads.turnCosts[$0.position] < .infinity }
      .map { network.turnHead[$0] }
  }

  private func predecessors(of arc: ArcID) -> [ArcID] {
    network.arcs(into: network.arcTail[arc]).filter { before in
      snapshot.roads.freeFlowWeights[before.position] < .infinity
        && network.turns(from: before).contains {
          network.turnHead[$0] == arc && snapshot.roads.turnCosts[$0.position] < .infinity
        }
    }
  }

  private func isClosed(_ arc: ArcID) -> Bool { snapshot.arcWeights[arc] == .infinity }

  private func ids(on arcs: [ArcID]) -> [String] {
    let ids = arcs.flatMap { arc in
      let direction = SegmentDirection(network.arcCourse[arc])
      return network.pieceIDs(along: arc).flatMap { snapshot.conditions.closureIDs($0, direction, in: .wholePiece) }
    }
    var known: Set<String> = []
    return ids.filter { known.insert($0).inserted }
  }
}
