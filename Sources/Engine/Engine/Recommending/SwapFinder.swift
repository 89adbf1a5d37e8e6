import API
import Dispatching
import Foundation

/// Two units under way to incidents that are assigned together, each of which would do better at the other one's.
///
/// It is asked at each incident twice: first when all units under way would be there, and when the swaps are known, how
/// they look there.
struct SwapFinder {
  private let underWay: [Muster.Entry]
  /// At each incident, by unit.
  private var arrivals: [[String: Arrival]] = []
  private var offers: [SwapOffer] = []
  /// The sides of swaps by unit and incident.
  private var ranked: [Key: RankedUnit] = [:]

  private struct Key: Hashable {
    var unitID: String
    var wish: Int
  }

  private static let statuses: Set<UnitStatus> = [.dispatched, .enRoute]

  /// - Parameter wishes: those of the incidents.
  init(_ muster: Muster, _ wishes: [Wish]) {
    let committed = Set(wishes.flatMap(\.committedIDs))
    underWay = muster.mayGo.filter { committed.contains($0.unit.id) && Self.statuses.contains($0.unit.status) }
  }

  /// Finds out when they would be at the next incident.
  mutating func look(_ finder: ArrivalFinder, within limit: WorkLimit) throws(EngineError) {
    var here: [String: Arrival] = [:]
    for entry in underWay {
      try limit.check()
      if case .success(let arrival) = finder.arrival(of: entry) { here[entry.unit.id] = arrival }
    }
    arrivals.append(here)
  }

  /// Finds the swaps once all incidents have been looked at, at most ``Limits/diversionsMax``.
  mutating func decide(_ choice: ForceChoice) {
    let responders = underWay.map { entry in Responder(entry.unit, arrivals: arrivals.map { $0[entry.unit.id] }) }
    offers = Array(choice.swaps(of: responders).prefix(Limits.diversionsMax))
  }

  /// Notes how units would come to an incident.
  mutating func note(_ engine: TocsinEngine, _ finder: ArrivalFinder, at wish: Int, _ moment: Date) {
    for side in offers.flatMap({ [$0.one, $0.other] }) where side.toWish == wish {
      guard let entry = underWay.first(where: { $0.unit.id == side.unit.id }) else { continue }
      ranked[Key(unitID: side.unit.id, wish: wish)] = engine.rankedUnit(entry, finder, at: moment)
    }
  }

  /// - Parameter incidents: in the order of the wishes.
  func swaps(_ incidents: [IncidentNeed], _ wishes: [Wish]) -> [UnitSwap] {
    func side(_ offer: SwapOffer.Side) -> UnitSwap.Side? {
      ranked[Key(unitID: offer.unit.id, wish: offer.toWish)].map { unit in
        UnitSwap.Side(
          unit, from: incidents[offer.fromWish].id, to: incidents[offer.toWish].id,
          line: offer.line.map { wishes[offer.toWish].lines[$0].name } ?? "",
          gainSeconds: Double(offer.gainMilliseconds) / 1000)
      }
    }
    return offers.compactMap { offer in
      guard let one = side(offer.one), let other = side(offer.other) else { return nil }
      return UnitSwap(one, other)
    }
  }
}
