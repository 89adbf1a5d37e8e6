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
    return try withTraffic(of: request.whatIf, within: limit) { state throws(EngineError) in
      try ranked(request, in: state, within: limit).answer
    }
  }

  /// The best units, each with its way.
  struct RankedUnits {
    var answer: FastestUnitsAnswer
    var ranking: UnitRanking
    var approaches: [String: UnitApproach]
    /// By profile.
    var trips: [String: [Trip]]
  }

  func ranked(_ request: FastestUnitsRequest, in state: EngineState, within limit: WorkLimit)
    throws(EngineError) -> RankedUnits
  {
    let moment = now()
    var scene = Scene(request)
    let incident = try nearestRoad(to: &scene, in: state.snapshot)
    var selection = UnitSelection(request, now: moment)
    for (profile, columns) in state.fleet.byProfile {
      try limit.check()
      selection.add(columns, of: profile)
    }
    return try manyToOne.withWorkspaces(selection.chosenByProfile.count) { searches throws(EngineError) in
      let approaches = try approaches(to: &scene, for: &selection, with: searches, in: state.snapshot)
      let ranking = try rank(by: approaches, request, &selection, within: limit)
      var units: [RankedUnit] = []
      var trips: [String: [Trip]] = [:]
      for ranked in ranking.best {
        try limit.check()
        let profile = ranked.unit.unit.profile
        guard let approach = approaches[profile], let trip = approach.trip(of: ranked.unit) else { continue }
        units.append(
          rankedUnit(
            ranked.unit, approach, trip, RouteAssembly.line(of: trip, approach.snapshot, detail: request.detail),
            at: moment))
        trips[profile, default: []].append(trip)
      }
      selection.leaveOut(ranking.best.count - units.count, .unreachable)
      let answer = FastestUnitsAnswer(
        version: state.snapshot.version, incident: incident, units: units, leftOut: selection.leftOut)
      return RankedUnits(answer: answer, ranking: ranking, approaches: approaches, trips: trips)
    }
  }

  /// The place of an incident on the roads of each profile, found when it is first asked for.
  private struct Scene {
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
  private func nearestRoad(to scene: inout Scene, in snapshot: TrafficSnapshot) throws(EngineError) -> SnappedPlace {
    var roads: [ProfileRoads] = []
    for name in profileNames {
      let profile = try profileSnapshot(name, of: snapshot)
      roads.append(profile.roads)
      if let site = scene.site(of: profile, with: sites) { return sites.snappedPlace(site.candidates[0]) }
    }
    throw sites.offMap(scene.place, within: scene.reach, on: roads)
  }

  /// The approach of each profile that has units to rank and a road near the incident.
  private func approaches(
    to scene: inout Scene, for selection: inout UnitSelection, with searches: [LazyRPHAST],
    in snapshot: TrafficSnapshot
  ) throws(EngineError) -> [String: UnitApproach] {
    var approaches: [String: UnitApproach] = [:]
    for ((profile, chosen), search) in zip(selection.chosenByProfile, searches) {
      let profileSnapshot = try profileSnapshot(profile, of: snapshot)
      if let site = scene.site(of: profileSnapshot, with: sites) {
        approaches[profile] = UnitApproach(profileSnapshot, to: site, with: search)
      } else {
        selection.leaveOut(chosen.indices.count, .unreachable)
      }
    }
    return approaches
  }

  /// Ranks the selected units of all profiles together, profile by profile.
  private func rank(
    by approaches: [String: UnitApproach], _ request: FastestUnitsRequest, _ selection: inout UnitSelection,
    within limit: WorkLimit
  ) throws(EngineError) -> UnitRanking {
    var ranking = UnitRanking(count: request.count)
    for (profile, approach) in approaches.sorted(by: { $0.key < $1.key }) {
      guard let chosen = selection.chosenByProfile[profile] else { continue }
      let facts = chosen.columns.facts
      func weight(_ unit: StationedUnit) throws(EngineError) -> Weight? {
        try limit.check()
        let travel = approach.travelWeight(unit)
        if let reason = reasonToLeaveOut(unit, travel, approach, request) {
          selection.leaveOut(1, reason)
          return nil
        }
        return approach.turnoutWeight(unit.unit.turnoutSeconds).adding(travel)
      }
      try ranking.consider(
        chosen.columns.units, among: chosen.indices, weightAtLeast: { approach.weightAtLeast(facts[$0]) },
        weight: weight)
    }
    selection.leaveOut(ranking.outrankedCount, .outranked)
    return ranking
  }

  private func reasonToLeaveOut(
    _ unit: StationedUnit, _ travel: Weight, _ approach: UnitApproach, _ request: FastestUnitsRequest
  ) -> LeftOutReason? {
    guard travel < .infinity else { return .unreachable }
    guard let limit = request.travelSecondsMax, Double(travel) > limit * 1000 else { return nil }
    // A way with a last resort on it weighs far more than the time that it takes.
    guard Double(travel) >= Reluctance.secondsPerUse * 1000 else { return .tooFar }
    return approach.trip(of: unit).map {
      RouteAssembly.line(of: $0, approach.snapshot, detail: []).travelSeconds > limit
    } == true
      ? .tooFar : nil
  }

  private func rankedUnit(
    _ stationed: StationedUnit, _ approach: UnitApproach, _ trip: Trip, _ route: Route, at moment: Date
  ) -> RankedUnit {
    let turnoutSeconds = approach.turnoutSeconds(stationed.unit.turnoutSeconds)
    return RankedUnit(
      unit: stationed.unit, etaSeconds: ((turnoutSeconds + route.travelSeconds) * 1000).rounded() / 1000,
      turnoutSeconds: turnoutSeconds,
      positionAgeSeconds: max(0, moment.timeIntervalSince(stationed.unit.reportedAt)), route: route,
      stop: sites.snappedPlace(at: trip.end, on: trip.arcs[trip.arcs.count - 1], of: approach.site))
  }
}
