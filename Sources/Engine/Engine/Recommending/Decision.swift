import API
import Dispatching
import Foundation
import RoadGraph
import Traffic

/// Who goes to an incident, and what was known when it was decided.
struct Decision {
  let choice: ForceChoice
  /// Of the incident, among those that were decided together.
  let wish: Int
  /// Units that could come, and that enough others are before.
  let outrankedCount: Int
  /// Those of the muster that were looked at, by their ids.
  private(set) var entries: [String: Muster.Entry] = [:]
  /// Of these, those that might have been sent.
  private let comers: Set<String>
  /// Those that may not go, cannot come, or are busy; the busy ones that are closer have an arrival.
  private(set) var absent: [AbsentUnit]

  var force: Force { choice.forces[wish] }

  /// Whether a unit might have been sent.
  func isComer(_ id: String) -> Bool { comers.contains(id) }

  init(
    _ choice: ForceChoice, for wish: Int, of question: TocsinEngine.Question, _ comers: Comers, _ finder: ArrivalFinder
  ) {
    (self.choice, self.wish, outrankedCount) = (choice, wish, comers.outrankedCount)
    let known = zip(question.muster.mayGo, comers.arrivals).filter { $0.1 != nil }.map(\.0)
    self.comers = Set(known.map(\.unit.id))
    entries = Dictionary(known.map { ($0.unit.id, $0) }) { first, _ in first }
    absent = question.muster.absent.filter { $0.reason != .status } + comers.absent
    addBusy(question, finder)
  }

  /// The busy units, those first that might be closer than somebody who was chosen; those are looked at.
  private mutating func addBusy(_ question: TocsinEngine.Question, _ finder: ArrivalFinder) {
    let latest = force.open.isEmpty ? force.completeMilliseconds ?? 0 : Int64.max
    let bounds = question.muster.busy.compactMap { entry -> (entry: Muster.Entry, eta: Int64)? in
      guard case .success(let arrival) = finder.bound(of: entry), arrival.etaMilliseconds < latest else { return nil }
      return (entry, arrival.etaMilliseconds)
    }
    let near = bounds.sorted { ($0.eta, $0.entry.unit.id) < ($1.eta, $1.entry.unit.id) }
      .prefix(question.terms.explainCount).map(\.entry)
    var arrivals: [String: Arrival] = [:]
    for entry in near {
      guard case .success(let arrival) = finder.arrival(of: entry) else { continue }
      (arrivals[entry.unit.id], entries[entry.unit.id]) = (arrival, entry)
    }
    absent += question.muster.absent.filter { $0.reason == .status }.map {
      AbsentUnit($0.unit, $0.reason, arrival: arrivals[$0.unit.id])
    }
  }

  /// Those who are sent now.
  var goers: [Muster.Entry] {
    force.members.filter { !$0.why.contains(.committed) }.compactMap { entries[$0.unit.id] }
  }

  /// The directions in which units come to a divided road; one or none where it isn't, or all come alike.
  func sides(_ finder: ArrivalFinder) -> [Double] {
    var sides: [Double] = []
    for entry in goers {
      guard let approach = finder.approach(of: entry.unit), let trip = finder.trip(of: entry, detail: [])?.trip,
        let arc = trip.arcs.last
      else { continue }
      let sites = SiteFinder(network: approach.snapshot.roads.network)
      guard sites.isOneway(trip.end) else { continue }
      let heading = sites.snappedPlace(at: trip.end, on: arc, of: approach.site).headingDegrees
      if sides.allSatisfy({ abs(($0 - heading + 540).truncatingRemainder(dividingBy: 360) - 180) > 90 }) {
        sides.append(heading)
      }
    }
    return sides
  }
}
