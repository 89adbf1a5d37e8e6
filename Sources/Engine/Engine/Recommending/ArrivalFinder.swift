import API
import Dispatching
import Fleet
import Hierarchy
import RoadGraph
import Traffic

/// When units come to an incident, and by which way. Usable while the searches of its approaches are.
final class ArrivalFinder {
  private let approaches: [String: UnitApproach]
  private let request: FastestUnitsRequest
  private var known: [String: UnitTrip?] = [:]

  init(_ approaches: [String: UnitApproach], _ request: FastestUnitsRequest) {
    (self.approaches, self.request) = (approaches, request)
  }

  func approach(of unit: ResponseUnit) -> UnitApproach? { approaches[unit.profile] }

  /// A time before which a unit isn't there; `nil` if it can't come, with the reason.
  func bound(of entry: Muster.Entry) -> Result<Arrival, Unreached> {
    guard let approach = approaches[entry.unit.profile], !entry.stationed.starts.isEmpty else {
      return .failure(Unreached(reason: .unreachable))
    }
    guard let facts = entry.facts else { return exact(entry, approach) }
    switch approach.weigh(entry.stationed.starts, facts, request) {
    case .leftOut(let reason): return .failure(Unreached(reason: reason))
    case .rankAtLeast(let rank), .rank(let rank, _): return .success(arrival(rank, of: entry, approach))
    }
  }

  /// Why a unit can't come.
  struct Unreached: Error { var reason: LeftOutReason }

  /// When a unit is there.
  func arrival(of entry: Muster.Entry) -> Result<Arrival, Unreached> {
    guard let approach = approaches[entry.unit.profile], !entry.stationed.starts.isEmpty else {
      return .failure(Unreached(reason: .unreachable))
    }
    return exact(entry, approach)
  }

  private func exact(_ entry: Muster.Entry, _ approach: UnitApproach) -> Result<Arrival, Unreached> {
    guard let trip = trip(of: entry, approach) else { return .failure(Unreached(reason: .unreachable)) }
    if !entry.isBound, approach.isTooFar(trip.route.travelSeconds, request) {
      return .failure(Unreached(reason: .tooFar))
    }
    return .success(arrival(approach.rank(trip), of: entry, approach))
  }

  private func arrival(_ rank: ResponseRank, of entry: Muster.Entry, _ approach: UnitApproach) -> Arrival {
    let turnout = approach.turnoutMilliseconds(entry.stationed.turnout)
    return Arrival(
      needsLastResort: rank.needsLastResort, etaMilliseconds: Int64(rank.etaMilliseconds),
      travelMilliseconds: Int64(rank.etaMilliseconds) - Int64(min(turnout, rank.etaMilliseconds)))
  }

  private func trip(of entry: Muster.Entry, _ approach: UnitApproach) -> UnitTrip? {
    if let known = known[entry.unit.id] { return known }
    let found = approach.find(entry.stationed, request)
    known[entry.unit.id] = .some(found)
    return found
  }

  /// The way of a unit, with what was asked of it; `nil` if it has none.
  func trip(of entry: Muster.Entry, detail: RouteDetail, along layers: [KeptLayer] = []) -> UnitTrip? {
    guard let approach = approaches[entry.unit.profile], var trip = trip(of: entry, approach) else { return nil }
    if !detail.parts.isEmpty { trip.route = RouteAssembly.line(of: trip.trip, approach.snapshot, detail: detail) }
    AssetFinder.list(layers, along: trip.trip, approach.snapshot, in: &trip.route)
    return trip
  }
}
