import API
import Dispatching
import Foundation

/// Units on less urgent calls that would do better at an incident, with who goes to their calls then.
///
/// Where a unit is going its task says; one that is on scene has its call where it stands. Of others nobody knows where
/// their calls are, so nobody knows what those lose.
struct DiversionFinder {
  let engine: TocsinEngine
  let state: EngineState
  let filter: UnitFilter
  let keep: [KeepRule]
  let moment: Date
  let limit: WorkLimit

  /// Those that are offered, at most ``Limits/diversionsMax``.
  ///
  /// - Parameter finder: of the incident.
  func diversions(
    for decision: Decision, of question: TocsinEngine.Question, _ finder: ArrivalFinder, _ rule: DiversionRule,
    incidentID: String
  ) throws(EngineError) -> [Diversion] {
    guard rule.priority > 0, let latest = decision.choice.latestReplaceable(for: decision.wish) else { return [] }
    var entries: [String: Muster.Entry] = [:]
    var callable: [(unit: ResponseUnit, arrival: Arrival)] = []
    for entry in question.muster.busy + question.muster.mayGo where rule.mayCallOff(entry.unit) {
      if !incidentID.isEmpty, entry.unit.task?.incidentID == incidentID { continue }
      try limit.check()
      guard case .success(let bound) = finder.bound(of: entry), bound.etaMilliseconds < latest,
        case .success(let arrival) = finder.arrival(of: entry)
      else { continue }
      entries[entry.unit.id] = entry
      callable.append((entry.unit, arrival))
    }
    var found: [Diversion] = []
    for offer in decision.choice.diversions(for: decision.wish, of: callable, by: rule) {
      if found.count == Limits.diversionsMax { break }
      guard let entry = entries[offer.unit.id], let unit = engine.rankedUnit(entry, finder, at: moment) else {
        continue
      }
      let loss = try loss(of: entry, offer, decision)
      guard rule.accepts(offer.unit, lossMilliseconds: loss?.milliseconds) else { continue }
      var diversion = Diversion(
        unit, from: offer.unit.task?.incidentID ?? "", insteadOf: offer.insteadOf?.unit.id ?? "",
        line: question.wish.lines[offer.line].name)
      diversion.gainSeconds = offer.gainMilliseconds.map { Double($0) / 1000 }
      (diversion.replacement, diversion.lossSeconds) = (loss?.replacement, loss.map { Double($0.milliseconds) / 1000 })
      found.append(diversion)
    }
    return found
  }

  /// What a call loses with its unit.
  private struct Loss {
    var replacement: RankedUnit
    var milliseconds: Int64
  }

  /// Who goes there then, and how much later; `nil` if nobody can, or if nobody knows where or when.
  private func loss(
    of entry: Muster.Entry, _ offer: DiversionOffer, _ decision: Decision
  ) throws(EngineError) -> Loss? {
    guard let place = callPlace(of: entry.unit) else { return nil }
    let standIn = decision.choice.standIn(for: offer, of: decision.wish)
    let muster = try Muster(
      state.fleet, filter, in: state.snapshot, engine.sites, at: moment, within: limit
    ) { unit in
      decision.choice.isFree(unit, after: offer) && (standIn.wants(unit) || keep.contains { $0.counts(unit) })
    }
    do throws(EngineError) {
      return try engine.withArrivals(
        at: IncidentScene(place, SnapReach(), filter), for: muster, and: [entry], in: state, within: limit
      ) { finder, _ throws(EngineError) in
        guard let own = ownMilliseconds(entry, finder) else { return nil }
        let comers = try Comers(muster, for: standIn, keep: keep, besides: 0, finder, within: limit)
        let responders = zip(muster.mayGo, comers.arrivals).compactMap { other, arrival in
          arrival.map { Responder(other.unit, at: $0) }
        }
        let choice = ForceChoice(standIn, responders: responders, keep: keep)
        guard let member = choice.forces[0].members.first,
          let other = muster.mayGo.first(where: { $0.unit.id == member.unit.id }),
          let replacement = engine.rankedUnit(other, finder, at: moment)
        else { return nil }
        return Loss(replacement: replacement, milliseconds: member.arrival.etaMilliseconds - own)
      }
    } catch {
      if error.code == .offMap { return nil }
      throw error
    }
  }

  private func callPlace(of unit: ResponseUnit) -> Place? {
    unit.task?.destination
      ?? (unit.status == .onScene ? Place(unit.coordinate, headingDegrees: unit.headingDegrees) : nil)
  }

  /// When the unit itself would be at its call: one on scene is there. However far it is.
  private func ownMilliseconds(_ entry: Muster.Entry, _ finder: ArrivalFinder) -> Int64? {
    if entry.unit.status == .onScene { return 0 }
    var entry = entry
    entry.isBound = true
    return try? finder.arrival(of: entry).get().etaMilliseconds
  }
}
