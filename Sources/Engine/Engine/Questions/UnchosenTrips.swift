import API
import Fleet
import Traffic

/// The units that come next after the fastest ones, and why they are not among them.
struct UnchosenTrips {
  /// How they are looked at: without the parts of a route that nobody asks of them.
  let request: FastestUnitsRequest
  /// Of the last unit that is among the fastest; `nil` if there are fewer than were asked for: anybody would be.
  let last: ResponseRank?
  private let trips: [UnitTrip]
  private let approaches: [String: UnitApproach]

  /// - Parameter ranking: the fastest ones, and as many more as are explained.
  init(
    _ best: [UnitTrip], of ranking: TocsinEngine.RankedTrips, _ approaches: [String: UnitApproach],
    _ request: FastestUnitsRequest
  ) {
    var plain = request
    plain.detail = []
    (self.request, self.approaches) = (plain, approaches)
    trips = Array(ranking.trips.dropFirst(best.count))
    let isFull = best.count == request.count
    last = isFull ? best.last.flatMap { approaches[$0.unit.unit.profile]?.rank($0) } : nil
  }

  /// First those that are busy but would be before the last one, then those that are behind it.
  func considered(_ busy: [UnitTrip], _ ranked: (UnitTrip, UnitApproach) -> RankedUnit) -> [ConsideredUnit] {
    let closer = busy.compactMap { found in
      approaches[found.unit.unit.profile].map { approach in
        ConsideredUnit(
          ranked(found, approach), reason: .status, heldBy: found.unit.unit.task?.incidentID ?? "")
      }
    }
    let outranked = trips.prefix(request.explainCount - closer.count).compactMap { found in
      approaches[found.unit.unit.profile].map { approach in
        var found = found
        found.route = RouteAssembly.line(of: found.trip, approach.snapshot, detail: request.detail)
        return ConsideredUnit(
          ranked(found, approach), reason: .outranked, shortBySeconds: shortBySeconds(approach.rank(found)))
      }
    }
    return closer + outranked
  }

  /// No time makes up for a last resort.
  private func shortBySeconds(_ rank: ResponseRank) -> Double? {
    guard let last, rank.needsLastResort == last.needsLastResort else { return nil }
    return Double(rank.etaMilliseconds - last.etaMilliseconds) / 1000
  }
}
