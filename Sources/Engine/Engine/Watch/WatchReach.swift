import API
import Fleet
import Geometry
import Hierarchy
import Profiles
import RoadGraph

/// Where something must happen to change an answer: what makes 10,000 subscriptions cheap.
///
/// A best way stays the best when other roads get slower. So a slower arc matters only on the ways of the answer. A
/// faster one matters only if a way over it may beat the answer: by straight lines at the highest speed, which no
/// travel time undercuts.
struct WatchReach: Sendable {
  /// The arcs of the answer's ways by profile, sorted.
  var arcs: [String: [ArcID]] = [:]
  /// How good another way must be to change the answer, by profile.
  var bounds: [String: Bounds] = [:]
  /// The units of the answer; empty for a route.
  var unitIDs: Set<String> = []
  /// True if units matter at all.
  var asksForUnits = false
  /// True if anything that gets better matters: there was no answer, or fewer units than were asked for.
  var wantsMore = false
  /// True if what lies along the way is asked for.
  var asksForLayers = false
  /// Of a question about a whole fleet or all roads; `nil` for others.
  var wide: Wide?

  /// How good another way of one profile must be to change the answer.
  struct Bounds: Sendable {
    /// Arcs on which a way may begin or end: whatever happens to them matters.
    var ends: Set<ArcID>
    /// Where the ways begin; empty if they may begin anywhere.
    var origins: [SpherePoint]
    var destinations: [SpherePoint]
    /// The arcs that the origins and the destinations lie on.
    var originArcs: [ArcID]
    var destinationArcs: [ArcID]
    /// A heavier way changes nothing.
    var weightMax: Weight
    var metersPerSecondMax: Double
    /// True if slower roads off the answer's ways matter as well: other ways were asked for, too.
    var isAffectedBySlower: Bool
  }

  /// Whether changes may change the answer. O(changes, log of the answer's arcs for each slower arc).
  func impact(of changes: PublishedChanges, _ network: RoadNetwork) -> WatchImpact {
    if wide?.isAffected(by: changes) ?? false { return .affected }
    if asksForLayers, changes.areLayersNew { return .affected }
    if changes.units.contains(where: isAffected) { return .affected }
    var maybe: [(profile: String, bounds: Bounds)] = []
    for (profile, arcs) in changes.arcs {
      if arcs.isEverything, self.arcs[profile] != nil || bounds[profile] != nil || wantsMore { return .affected }
      if wantsMore, !arcs.faster.isEmpty { return .affected }
      if let own = self.arcs[profile], arcs.slower.contains(where: { own.index(of: $0, sortedBy: \.self) != nil }) {
        return .affected
      }
      guard let bounds = bounds[profile] else { continue }
      if bounds.isAffectedBySlower, arcs.slower.contains(where: { bounds.isAffected(by: $0, network) }) {
        return .affected
      }
      let near = arcs.faster.filter { bounds.isAffected(by: $0, network) }
      if near.contains(where: bounds.ends.contains) { return .affected }
      if !near.isEmpty { maybe.append((profile, bounds)) }
    }
    return maybe.isEmpty ? .unaffected : .maybe(maybe)
  }

  /// True if another state of a unit may change the answer.
  private func isAffected(by unit: UnitChange) -> Bool {
    guard asksForUnits else { return false }
    if unitIDs.contains(unit.id) { return true }
    guard let now = unit.now else { return false }
    if wantsMore { return true }
    return bounds[now.unit.profile]?.isAffected(by: now) ?? true
  }
}

extension WatchReach.Bounds {
  /// True if a way over an arc may be good enough.
  func isAffected(by arc: ArcID, _ network: RoadNetwork) -> Bool {
    if ends.contains(arc) { return true }
    let (tail, head) = (point(network.arcTail[arc], network), point(network.arcHead[arc], network))
    let before = origins.map { $0.chordMeters(to: tail) }.min() ?? 0
    let behind = destinations.map { $0.chordMeters(to: head) }.min() ?? 0
    return seconds(before + behind) * 1000 <= Double(weightMax)
  }

  /// True if a unit may come early enough.
  func isAffected(by unit: StationedUnit) -> Bool {
    let meters = destinations.map { $0.chordMeters(to: unit.point) }.min() ?? 0
    return seconds(max(meters - unit.startsWithinMeters, 0)) * 1000 <= Double(weightMax)
  }

  private func seconds(_ meters: Double) -> Double { meters / metersPerSecondMax * UnitApproach.straightLineShare }

  private func point(_ vertex: VertexID, _ network: RoadNetwork) -> SpherePoint {
    SpherePoint(network.vertexCoordinate[vertex])
  }
}

/// The reach of an answer, from the ways that it found.
extension TocsinEngine {
  /// What may change a route.
  func reach(of found: Routed, _ request: RouteRequest) -> WatchReach {
    let weight = found.legs.reduce(Weight(0)) { $0.adding($1.trip.weight).adding($1.turnRound.weight) }
    let stretch = request.alternatives > 0 ? AlternativePaths.Terms(countMax: 1).stretchMax : 1
    let places = found.stops.map { site in site.candidates.map { SpherePoint($0.coordinate) } }
    var reach = WatchReach()
    reach.asksForLayers = !request.detail.layers.isEmpty
    reach.arcs[request.profile] = Set(found.legs.flatMap(\.trip.arcs)).sorted()
    reach.bounds[request.profile] = WatchReach.Bounds(
      ends: Set(found.stops.flatMap(\.places).map(\.arc)), origins: places[0],
      destinations: places[places.count - 1], originArcs: found.stops[0].places.map(\.arc),
      destinationArcs: found.stops[found.stops.count - 1].places.map(\.arc),
      weightMax: Weight(saturating: Double(weight) * stretch),
      metersPerSecondMax: found.profile.roads.metersPerSecondMax, isAffectedBySlower: request.alternatives > 0)
    return reach
  }

  /// What may change a ranking.
  func reach(of found: RankedUnits, _ request: FastestUnitsRequest) -> WatchReach {
    var reach = WatchReach()
    (reach.asksForUnits, reach.asksForLayers) = (true, !request.detail.layers.isEmpty)
    reach.unitIDs = Set(found.answer.units.map(\.unit.id))
    reach.wantsMore = found.answer.units.count < request.count
    let last = found.best.last.flatMap { found.approaches[$0.unit.unit.profile]?.rank($0) }
    for (profile, approach) in found.approaches {
      let best = found.best.filter { $0.unit.unit.profile == profile }
      let starts = best.flatMap(\.unit.starts)
      reach.arcs[profile] = Set(best.flatMap(\.trip.arcs)).sorted()
      reach.bounds[profile] = WatchReach.Bounds(
        ends: Set(approach.trips.destinations.map(\.arc) + starts.map(\.place.arc)), origins: [],
        destinations: approach.site.candidates.map { SpherePoint($0.coordinate) }, originArcs: [],
        destinationArcs: approach.trips.destinations.map(\.arc),
        weightMax: approach.weightMax(of: last),
        metersPerSecondMax: approach.snapshot.roads.metersPerSecondMax,
        // Of two ways the one with less reluctance may take longer: then a slower road may make a unit earlier.
        isAffectedBySlower: approach.reluctanceFactorMax > 1)
    }
    return reach
  }
}

extension UnitApproach {
  /// The weight above which no way gets a unit ahead of the last one of an answer.
  fileprivate func weightMax(of last: ResponseRank?) -> Weight {
    // With factors a few metres of a long road may weigh as much as all of it.
    guard let last, !last.needsLastResort, reluctanceFactorMax == 1 else { return .infinity }
    return last.etaMilliseconds
  }
}
