import API
import Fleet
import Foundation
import Hierarchy
import Profiles
import RoadGraph
import Traffic

/// The fastest units: one search from the incident for each profile, and a ranking over all.
extension TocsinEngine {
  public func fastestUnits(_ request: FastestUnitsRequest, within limit: WorkLimit) throws(EngineError)
    -> FastestUnitsAnswer
  {
    try Validation.fastestUnits(request, limits)
    return try withTraffic(of: request.whatIf, at: request.departAt, within: limit) { state throws(EngineError) in
      try ranked(request, in: state, within: limit).answer
    }
  }

  /// The best units, each with its way.
  struct RankedUnits {
    var answer: FastestUnitsAnswer
    var best: [UnitTrip]
    var approaches: [String: UnitApproach]
  }

  func ranked(_ request: FastestUnitsRequest, in state: EngineState, within limit: WorkLimit)
    throws(EngineError) -> RankedUnits
  {
    let moment = now()
    let layers = try state.layers.asked(request.detail.layers)
    var scene = Scene(request)
    let incident = try nearestRoad(to: &scene, in: state.snapshot)
    var selection = UnitSelection(request, now: moment)
    for (profile, columns) in state.fleet.byProfile {
      try limit.check()
      selection.add(columns, of: profile)
    }
    return try manyToOne.withWorkspaces(selection.profiles.count) { searches throws(EngineError) in
      let approaches = try approaches(to: &scene, for: &selection, with: searches, in: state.snapshot, within: limit)
      let ranking = try rank(
        selection.chosenByProfile, by: approaches, request, count: request.count + request.explainCount, within: limit)
      let best = Array(ranking.trips.prefix(request.count))
      for reason in ranking.leftOut { selection.leaveOut(1, reason) }
      selection.leaveOut(ranking.outrankedCount + ranking.trips.count - best.count, .outranked)
      let units = best.compactMap { found in
        approaches[found.unit.unit.profile].map { approach in
          var ranked = rankedUnit(found, approach, at: moment)
          AssetFinder.list(layers, along: found.trip, approach.snapshot, in: &ranked.route)
          return ranked
        }
      }
      var answer = FastestUnitsAnswer(
        version: state.snapshot.version, incident: incident, units: units, leftOut: selection.leftOut,
        closureIDsInTheWay: units.isEmpty && selection.leftOut[.unreachable] != nil
          ? try closuresInTheWay(approaches, selection, within: limit) : [])
      answer.basis = state.basis
      if request.explainCount > 0 {
        let unchosen = UnchosenTrips(best, of: ranking, approaches, request)
        let busy = try rank(
          selection.busyByProfile, by: approaches, unchosen.request, count: request.explainCount,
          before: unchosen.last, within: limit)
        answer.considered = unchosen.considered(busy.trips) { rankedUnit($0, $1, at: moment) }
      }
      if units.count < request.count {
        (answer.unknownAgencies, answer.unknownCapabilities) = try unknownNames(in: request, of: state.fleet, limit)
      }
      return RankedUnits(answer: answer, best: best, approaches: approaches)
    }
  }

  /// The agencies and capabilities of a question that no unit has, whatever it does: mostly names that are misspelt.
  private func unknownNames(
    in request: FastestUnitsRequest, of fleet: FleetRegister, _ limit: WorkLimit
  ) throws(EngineError) -> (agencies: [String], capabilities: [String]) {
    var (agencies, capabilities) = (Set(request.agencies), Set(request.capabilities))
    for (_, columns) in fleet.byProfile {
      try limit.check()
      for unit in columns.units {
        if agencies.isEmpty, capabilities.isEmpty { return ([], []) }
        agencies.remove(unit.unit.agency)
        if !capabilities.isEmpty { capabilities.subtract(unit.unit.capabilities) }
      }
    }
    return (agencies.sorted(), capabilities.sorted())
  }

  /// The place of an incident on the roads of each profile, found when it is first asked for.
  struct Scene {
    let place: Place
    let reach: SnapReach
    private var siteByProfile: [String: Site?] = [:]

    init(_ request: FastestUnitsRequest) { (place, reach) = (request.incident, request.reach) }

    mutating func site(of profile: ProfileSnapshot, with sites: SiteFinder) -> Site? {
      let name = profile.roads.profile.name
      if let known = siteByProfile[name] { return known }
      let site = sites.site(place, role: .destination, on: profile.roads, within: reach)
      siteByProfile[name] = .some(site)
      return site
    }
  }

  /// The road of an incident: that of the first profile, by name, that has one near.
  func nearestRoad(to scene: inout Scene, in snapshot: TrafficSnapshot) throws(EngineError) -> SnappedPlace {
    var roads: [ProfileRoads] = []
    for name in profileNames {
      let profile = try profileSnapshot(name, of: snapshot)
      roads.append(profile.roads)
      if let site = scene.site(of: profile, with: sites) { return sites.snappedPlace(site.candidates[0]) }
    }
    throw sites.offMap(scene.place, within: scene.reach, on: roads)
  }

  /// The approach of each profile that has units to look at and a road near the incident.
  private func approaches(
    to scene: inout Scene, for selection: inout UnitSelection, with searches: [LazyRPHAST],
    in snapshot: TrafficSnapshot, within limit: WorkLimit
  ) throws(EngineError) -> [String: UnitApproach] {
    var approaches: [String: UnitApproach] = [:]
    for (profile, search) in zip(selection.profiles, searches) {
      try limit.check()
      let profileSnapshot = try profileSnapshot(profile, of: snapshot)
      if let site = scene.site(of: profileSnapshot, with: sites) {
        approaches[profile] = UnitApproach(profileSnapshot, to: site, with: search, within: limit)
      } else {
        selection.leaveOut(selection.chosenByProfile[profile]?.indices.count ?? 0, .unreachable)
      }
    }
    return approaches
  }

  /// The best of some units, and what became of the others.
  struct RankedTrips {
    /// In their order.
    var trips: [UnitTrip]
    var leftOut: [LeftOutReason]
    /// How many can't be among the best.
    var outrankedCount: Int
  }

  /// Ranks units of all profiles together.
  ///
  /// - Parameter last: only those are meant that are before it.
  private func rank(
    _ chosenByProfile: [String: UnitSelection.Chosen], by approaches: [String: UnitApproach],
    _ request: FastestUnitsRequest, count: Int, before last: ResponseRank? = nil, within limit: WorkLimit
  ) throws(EngineError) -> RankedTrips {
    let groups = approaches.compactMap { profile, approach in
      chosenByProfile[profile].map { (approach: approach, chosen: $0) }
    }
    var bounds: [UnitRanking.Bound] = []
    bounds.reserveCapacity(groups.reduce(0) { $0 + $1.chosen.indices.count })
    for (number, group) in groups.enumerated() { bounds += group.approach.bounds(of: group.chosen, group: number) }
    if let last { bounds.removeAll { ResponseRank(etaMilliseconds: $0.etaMilliseconds) >= last } }
    var trips: [UnitRanking.Candidate: UnitTrip] = [:]
    let ranking = try UnitRanking(best: count, of: bounds) { candidate, look throws(EngineError) in
      try limit.check()
      let (group, index) = (Int(candidate.group), Int(candidate.index))
      let approach = groups[group].approach
      switch look {
      case .first:
        // No copy of the unit: of most only the weight of the way is wanted.
        let columns = groups[group].chosen.columns
        return approach.weigh(columns.units[index].starts, columns.facts[index], request)
      case .second:
        let unit = groups[group].chosen.columns.units[index]
        guard let found = approach.find(unit, request) else { return .leftOut(.unreachable) }
        if approach.isTooFar(found.route.travelSeconds, request) { return .leftOut(.tooFar) }
        trips[candidate] = found
        return .rank(approach.rank(found), id: unit.unit.id)
      }
    }
    let best = ranking.best.filter { ranked in last.map { ranked.rank < $0 } ?? true }
    return RankedTrips(
      trips: best.compactMap { trips[$0.candidate] }, leftOut: ranking.leftOut, outrankedCount: ranking.outrankedCount)
  }

  /// The closures that keep the nearest unit from the scene.
  private func closuresInTheWay(
    _ approaches: [String: UnitApproach], _ selection: UnitSelection, within limit: WorkLimit
  ) throws(EngineError) -> [String] {
    let near = selection.chosenByProfile.compactMap { profile, chosen in
      approaches[profile].flatMap { approach in
        chosen.indices.map { (approach: approach, unit: Int($0), facts: chosen.columns.facts[Int($0)]) }
          .min { approach.etaAtLeast($0.facts) < approach.etaAtLeast($1.facts) }
          .map { (approach, chosen.columns.units[$0.unit], approach.etaAtLeast($0.facts)) }
      }
    }
    guard let (approach, unit, _) = near.min(by: { $0.2 < $1.2 }) else { return [] }
    return try BlockingClosures(approach.snapshot).ids(
      from: unit.starts.map(\.place), to: approach.trips.destinations, check: limit.check)
  }

  /// A unit as an answer has it.
  func rankedUnit(_ found: UnitTrip, _ approach: UnitApproach, at moment: Date) -> RankedUnit {
    let unit = found.unit.unit
    let turnoutSeconds = approach.snapshot.roads.profile.turnoutSeconds(of: found.unit)
    return RankedUnit(
      unit: unit, etaSeconds: ((turnoutSeconds + found.route.travelSeconds) * 1000).rounded() / 1000,
      turnoutSeconds: turnoutSeconds, positionAgeSeconds: max(0, moment.timeIntervalSince(unit.reportedAt)),
      route: found.route,
      stop: found.trip.arcs.last.map { sites.snappedPlace(at: found.trip.end, on: $0, of: approach.site) })
  }
}
