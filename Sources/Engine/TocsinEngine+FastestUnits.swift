import Fleet
import Foundation
import Hierarchy
import Profiles
import RoadGraph
import Traffic

extension TocsinEngine {
  public func fastestUnits(_ request: FastestUnitsRequest) throws(EngineError) -> FastestUnitsAnswer {
    try Validation.place(request.incident)
    try Validation.count(request.count, max: Limits.rankedUnitsMax)
    try Validation.positive(request.travelSecondsMax, "the largest travel time")
    try Validation.positive(request.positionAgeSecondsMax, "the largest age of a position")
    try Validation.reach(request.reach)
    let state = currentState()
    let moment = now()
    let incident = try nearestRoad(to: request.incident, within: request.reach, in: state.snapshot)
    var selection = UnitSelection(request, now: moment)
    for (profile, units) in state.fleet.byProfile { selection.add(units, of: profile) }
    let approaches = try approaches(to: request, for: &selection, in: state.snapshot)
    let ranking = rank(by: approaches, request, &selection)
    let units = paths.withWorkspace { query in
      ranking.best.compactMap { ranked in
        approaches[ranked.unit.unit.profile].flatMap { rankedUnit(ranked.unit, $0, request, query, at: moment) }
      }
    }
    selection.leaveOut(ranking.best.count - units.count, .unreachable)
    return FastestUnitsAnswer(
      version: state.snapshot.version, incident: incident, units: units, leftOut: selection.leftOut)
  }

  /// The road of an incident: that of the first profile, by name, that has one near.
  private func nearestRoad(to place: Place, within reach: SnapReach, in snapshot: TrafficSnapshot)
    throws(EngineError) -> SnappedPlace
  {
    var roads: [ProfileRoads] = []
    for name in profileNames {
      roads.append(try profileSnapshot(name, of: snapshot).roads)
      if let site = sites.site(place, role: .destination, on: roads[roads.count - 1], within: reach) {
        return sites.snappedPlace(site.candidates[0])
      }
    }
    throw sites.offMap(place, within: reach, on: roads)
  }

  /// The approach of each profile that has units to rank and a road near the incident.
  private func approaches(
    to request: FastestUnitsRequest, for selection: inout UnitSelection, in snapshot: TrafficSnapshot
  ) throws(EngineError) -> [String: UnitApproach] {
    var approaches: [String: UnitApproach] = [:]
    for (profile, units) in selection.unitsByProfile {
      let profileSnapshot = try profileSnapshot(profile, of: snapshot)
      let roads = profileSnapshot.roads
      if let site = sites.site(request.incident, role: .destination, on: roads, within: request.reach) {
        approaches[profile] = UnitApproach(profileSnapshot, to: site)
      } else {
        selection.leaveOut(units.count, .unreachable)
      }
    }
    return approaches
  }

  /// Ranks the selected units of all profiles together, profile by profile.
  private func rank(
    by approaches: [String: UnitApproach], _ request: FastestUnitsRequest, _ selection: inout UnitSelection
  ) -> UnitRanking {
    var ranking = UnitRanking(count: request.count)
    for (profile, approach) in approaches.sorted(by: { $0.key < $1.key }) {
      manyToOne.withWorkspace { search in
        search.setTargets(approach.trips.targets, metric: approach.snapshot.metric)
        ranking.consider(selection.unitsByProfile[profile] ?? [], weightAtLeast: approach.weightAtLeast) { unit in
          let travel = approach.travelWeight(unit, search)
          if let reason = reasonToLeaveOut(unit, travel, approach, request) {
            selection.leaveOut(1, reason)
            return nil
          }
          return approach.turnoutWeight(unit).adding(travel)
        }
      }
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
    let route = paths.withWorkspace { approach.route(of: unit, detail: [], with: $0) }
    return route.map { $0.travelSeconds > limit } == true ? .tooFar : nil
  }

  private func rankedUnit(
    _ stationed: StationedUnit, _ approach: UnitApproach, _ request: FastestUnitsRequest, _ query: PathQuery,
    at moment: Date
  ) -> RankedUnit? {
    guard let route = approach.route(of: stationed, detail: request.detail, with: query) else { return nil }
    let turnoutSeconds = approach.turnoutSeconds(stationed)
    return RankedUnit(
      unit: stationed.unit, etaSeconds: ((turnoutSeconds + route.travelSeconds) * 1000).rounded() / 1000,
      turnoutSeconds: turnoutSeconds,
      positionAgeSeconds: max(0, moment.timeIntervalSince(stationed.unit.reportedAt)), route: route)
  }
}
