import Hierarchy
import RoadGraph
import Traffic

extension TripSearch {
  /// Other good trips than the fastest one, by ascending weight.
  ///
  /// None where the fastest trip stays on one arc: then all that differs is a detour.
  ///
  /// - Parameters:
  ///   - fastest: the trip of ``fastestTrip(from:with:)``.
  ///   - count: how many are wanted.
  func alternatives(to fastest: Trip, from origins: [RoadPlace], count: Int, with search: AlternativePaths) -> [Trip] {
    let sources = TripSources(origins, of: self)
    guard fastest.arcs.count > 1, !sources.terminals.isEmpty, !reachable.isEmpty else { return [] }
    let terms = AlternativePaths.Terms(countMax: count + 1)
    let found = search.paths(from: sources.terminals, to: targets, metric: snapshot.metric, terms: terms)
    return found.dropFirst().map { path in
      sources.trip(path.arcs, weight: path.weight, from: path.source, to: reachable[path.target].place)
    }
  }
}
