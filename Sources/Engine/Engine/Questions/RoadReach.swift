import API
import Hierarchy
import RoadGraph
import Traffic

/// Which parts of all roads a vehicle reaches from some sites, or from which it reaches them: one sweep over all arcs,
/// then a walk along each.
///
/// Each direction of a road counts for itself: who would have to turn round before a barrier counts in the other one.
///
/// Usable while its sweep is.
struct RoadReach {
  let snapshot: ProfileSnapshot
  private let direction: SweepDirection
  private let sweep: WeightSweep
  private let network: RoadNetwork
  /// By `ArcID`, as ``Traffic/ProfileSnapshot/steadyWeights`` has them.
  private let steadyWeights: [Weight]
  private let walker: ArcReach
  private let limits: [Weight]
  /// Where travel begins, or ends, within arcs.
  private var nearEnds: [ArcID: [TripSearch.NearEnd]] = [:]
  /// By `ArcID`, whether it has one on it.
  private var isNear: [Bool]

  /// - Parameters:
  ///   - limits: in milliseconds, ascending.
  ///   - sweep: belongs to the reach from here on.
  /// - Throws: `CANCELLED`, `DEADLINE_EXCEEDED`.
  init(
    _ direction: SweepDirection, _ sites: [Site], limits: [Weight], in snapshot: ProfileSnapshot,
    with sweep: WeightSweep, within limit: WorkLimit
  ) throws(EngineError) {
    (self.direction, self.snapshot, self.sweep, self.limits) = (direction, snapshot, sweep, limits)
    walker = ArcReach(direction, within: limits, in: snapshot)
    (network, steadyWeights) = (snapshot.roads.network, snapshot.steadyWeights)
    isNear = Array(repeating: false, count: network.arcCount)
    var terminals: [Terminal] = []
    for site in sites {
      try limit.check()
      let search = TripSearch(to: direction == .from ? [] : site.places, in: snapshot, within: limit)
      let origins = direction == .from ? site.places.map { TripOrigin($0) } : []
      terminals += search.targets
      terminals += origins.flatMap { search.departuresOffArc(from: $0) }
        .map { Terminal($0.arc, offset: Weight(max(0, $0.lead))) }
      for end in search.nearEnds + origins.flatMap(search.nearEnds(of:)) { nearEnds[end.arc, default: []].append(end) }
    }
    for arc in nearEnds.keys { isNear[arc.position] = true }
    guard sweep.run(direction, terminals, metric: snapshot.metric, isOver: { limit.isOver }) else {
      try limit.check()
      preconditionFailure("it ends before its end by the limit alone")
    }
  }

  /// How much of an arc is reached, if that can be told at a glance.
  enum Extent {
    case nothing
    /// All of it, within one limit and without traffic.
    case all(band: Int, nearMilliseconds: Weight, farMilliseconds: Weight)
    /// It has to be looked at piece by piece.
    case parts
  }

  /// O(arcs along the road).
  func extent(of arc: ArcID) -> Extent {
    if hasNearEnd(arc) { return .parts }
    let near = nearMilliseconds(of: arc)
    guard let last = limits.last, near <= last else { return .nothing }
    let weight = steadyWeights[arc.position]
    guard weight < .infinity else { return .parts }
    let far = near.adding(weight)
    guard far <= last, let band = limits.firstIndex(where: { near <= $0 }), far <= limits[band] else { return .parts }
    return .all(band: band, nearMilliseconds: near, farMilliseconds: far)
  }

  /// Calls `visit` with the parts of an arc that are reached. O(pieces + arcs along the road).
  ///
  /// - Parameter arc: an original one, of which the shadows count as well.
  func visitParts(of arc: ArcID, _ visit: (ReachedPart) -> Void) {
    var near: RoadPosition?
    var milliseconds = nearMilliseconds(of: arc)
    for end in ends(on: arc) {
      let arrival = walker.visitParts(of: arc, from: near, to: end.position, after: milliseconds, visit)
      (near, milliseconds) = (end.position, min(end.weight, arrival))
    }
    _ = walker.visitParts(of: arc, from: near, to: nil, after: milliseconds, visit)
  }

  /// Where travel begins or ends within an arc, the one that is passed first at the front.
  private func ends(on arc: ArcID) -> [TripSearch.NearEnd] {
    guard hasNearEnd(arc), let ends = nearEnds[arc] else { return [] }
    let pieces = network.pieceIDs(along: arc)
    let isBackward = network.arcCourse[arc].isBackward
    func along(_ position: RoadPosition) -> (Int, Int) {
      let fraction = Int(position.fraction)
      return (pieces.firstIndex(of: position.piece) ?? 0, isBackward ? -fraction : fraction)
    }
    let sorted = ends.sorted { along($0.position) < along($1.position) }
    return direction == .from ? sorted : sorted.reversed()
  }

  /// The time at the end of an original arc that is reached first: at its tail, or at its head where the way goes on
  /// from there.
  func nearMilliseconds(of arc: ArcID) -> Weight {
    switch direction {
    case .from:
      let (weights, courses) = (sweep.weights, network.arcCourse)
      var (least, next) = (weights[arc], arc.position + 1)
      // Shadows stand right behind their originals.
      while next < courses.count, courses[position: next] == courses[arc] {
        least = min(least, weights[ArcID(UInt32(next))])
        next += 1
      }
      return least
    case .towards:
      return network.turns(from: arc).reduce(.infinity) { least, turn in
        min(least, sweep.weight(at: network.turnHead[turn]).adding(snapshot.turnWeight(turn, from: arc)))
      }
    }
  }

  /// True if an arc has a near end on it.
  func hasNearEnd(_ arc: ArcID) -> Bool { isNear[arc.position] }
}
