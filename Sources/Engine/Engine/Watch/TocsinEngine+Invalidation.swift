import Hierarchy
import RoadGraph
import Traffic

/// The exact part of ``WatchImpact``: whether a faster road can affect answers.
extension TocsinEngine {
  /// Which answers may be affected by arcs that became faster: one search towards the arcs and one away from them give
  /// a lower bound for all. A way over an arc is never shorter than both parts together, on the traffic of the moment.
  ///
  /// - Parameter bounds: those of the answers, for one profile.
  /// - Complexity: O(ancestors of the arcs), and a few lookups for each answer.
  func affected(_ bounds: [WatchReach.Bounds], by faster: [ArcID], of profile: String) -> [Bool] {
    guard let snapshot = currentState().snapshot[profile: profile] else { return bounds.map { _ in true } }
    let network = snapshot.roads.network
    let terminals = faster.flatMap { network.arcs(along: network.arcCourse[$0]) }.map { Terminal($0) }
    return manyToOne.withWorkspace { towards in
      manyToOne.withWorkspace { away in
        towards.setTargets(terminals, metric: snapshot.metric)
        away.setSources(terminals, metric: snapshot.metric)
        return bounds.map { bound in
          let before = bound.originArcs.map { Self.lowerBound(from: $0, towards, snapshot) }.min() ?? 0
          let behind =
            bound.destinationArcs.flatMap { network.arcs(along: network.arcCourse[$0]) }
            .map { away.weight(to: $0) }.min() ?? 0
          return before.adding(behind) <= bound.weightMax
        }
      }
    }
  }

  /// The least weight from a place on an arc to the fixed arcs, wherever on the arc the place is.
  private static func lowerBound(from arc: ArcID, _ search: LazyRPHAST, _ snapshot: ProfileSnapshot) -> Weight {
    let whole = snapshot.arcWeights[arc]
    // A vehicle that starts on an arc that can't be driven through may drive off all the same: nothing is known.
    guard whole < .infinity else { return 0 }
    let weight = search.weight(from: arc)
    return weight < .infinity ? weight - min(weight, whole) : .infinity
  }
}
