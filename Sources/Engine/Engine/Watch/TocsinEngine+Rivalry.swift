import Hierarchy
import RoadGraph
import Traffic

extension TocsinEngine {
  /// Which rivals may be beaten by a way over one of some arcs: one search towards the arcs and one away from them serve
  /// all. A way over an arc is never shorter than both parts together, on the traffic of the moment.
  ///
  /// - Complexity: O(ancestors of the arcs), and for each rival a few lookups.
  func mayBeBeaten(_ rivals: [WatchReach.Rivals], over faster: [ArcID], of profile: String) -> [Bool] {
    guard let snapshot = currentState().snapshot[profile: profile] else { return rivals.map { _ in true } }
    let network = snapshot.roads.network
    let terminals = faster.flatMap { network.arcs(along: network.arcCourse[$0]) }.map { Terminal($0) }
    return manyToOne.withWorkspace { towards in
      manyToOne.withWorkspace { away in
        towards.setTargets(terminals, metric: snapshot.metric)
        away.setSources(terminals, metric: snapshot.metric)
        return rivals.map { rival in
          let before = rival.originArcs.map { Self.lead(from: $0, towards, snapshot) }.min() ?? 0
          let behind =
            rival.destinationArcs.flatMap { network.arcs(along: network.arcCourse[$0]) }
            .map { away.weight(to: $0) }.min() ?? 0
          return before.adding(behind) <= rival.weightMax
        }
      }
    }
  }

  /// The least weight from a place on an arc to the fixed arcs, wherever on the arc the place is.
  private static func lead(from arc: ArcID, _ search: LazyRPHAST, _ snapshot: ProfileSnapshot) -> Weight {
    let whole = snapshot.arcWeights[arc]
    // Who starts on an arc that can't be driven through may drive off all the same: nothing is known.
    guard whole < .infinity else { return 0 }
    let weight = search.weight(from: arc)
    return weight < .infinity ? weight - min(weight, whole) : .infinity
  }
}
