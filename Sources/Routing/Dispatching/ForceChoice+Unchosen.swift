import API

/// A unit that was thought of and not chosen.
public struct UnchosenUnit: Sendable {
  /// Who has a unit, or its crew.
  public enum Holder: Hashable, Sendable {
    case unit(String)
    /// By its position.
    case wish(Int)
    /// What it is at, as the dispatch system calls it.
    case incident(String)
  }

  public var unit: ResponseUnit
  public var arrival: Arrival
  public var reason: LeftOutReason
  /// Of ``Wish/lines``: one that it could have filled.
  public var line: Int?
  /// It would have been as good as those that were chosen had it come so much earlier. Only if it was outranked, and by
  /// time alone.
  public var shortByMilliseconds: Int64?
  /// Who has it, or its crew.
  public var holder: Holder?
}

/// Why units were not chosen.
extension ForceChoice {
  /// The best units that were not chosen for a wish: first those that are busy but would have been earlier than
  /// somebody who was, then all that could have filled a place, in their order.
  ///
  /// - Parameter absent: units that might not be sent; those of them count that have an arrival.
  public func unchosen(for wish: Int, count: Int, absent: [AbsentUnit] = []) -> [UnchosenUnit] {
    guard count > 0, let decision = decisions.first(where: { $0.group.contains(wish) }) else { return [] }
    let busy = absent.filter { $0.reason == .status }.compactMap { busyButEarlier($0, for: wish) }
    let comparison = UnitComparison(question.wishes[wish])
    let others = question.responders.compactMap { responder -> (responder: Responder, order: UnitOrder)? in
      guard taken[responder.unit.id]?.wish != wish, let arrival = responder.arrivals[wish],
        question.wishes[wish].wants(responder.unit)
      else { return nil }
      return (responder, comparison.order(responder.unit, arrival))
    }.sorted { ($0.order, $0.responder.unit.id) < ($1.order, $1.responder.unit.id) }
    let entry = decision.choice.entry()
    let explained = others.prefix(max(count - busy.count, 0)).compactMap {
      explanation(of: $0.responder, for: wish, decision, entry)
    }
    return busy.sorted { $0.arrival.etaMilliseconds < $1.arrival.etaMilliseconds }.prefix(count) + explained
  }

  /// Why a unit does not go to a wish that has been decided.
  public func reason(of unit: ResponseUnit, for wish: Int) -> LeftOutReason {
    let wanted = question.wishes[wish]
    if taken[unit.id].map({ $0.wish != wish }) ?? false { return .taken }
    if !wanted.fits(unit) { return wanted.wants(unit) ? .underCrewed : .notNeeded }
    if !unit.crewID.isEmpty, unitOfCrew[unit.crewID] != nil { return .crew }
    if wanted.rule(of: unit.agency)?.tier == .never { return .agency }
    guard let decision = decisions.first(where: { $0.group.contains(wish) }) else { return .notNeeded }
    if decision.columns.isKept(unit) { return .kept }
    return isTooFarForAll(unit, wish) ? .tooFar : .outranked
  }

  private func explanation(
    of responder: Responder, for wish: Int, _ decision: Decision, _ entry: SeatChoice.Entry
  ) -> UnchosenUnit? {
    guard let arrival = responder.arrivals[wish] else { return nil }
    let unit = responder.unit
    let lines = question.wishes[wish].lines
    var unchosen = UnchosenUnit(
      unit: unit, arrival: arrival, reason: reason(of: unit, for: wish),
      line: lines.firstIndex { line in line.needs.contains { $0.isMet(by: unit) } })
    switch unchosen.reason {
    case .taken: unchosen.holder = taken[unit.id].map { .wish($0.wish) }
    case .crew: unchosen.holder = unitOfCrew[unit.crewID].map { .unit($0) }
    case .outranked: addShortfall(of: responder, to: &unchosen, for: wish, decision, entry)
    default: break
    }
    return unchosen
  }

  private func addShortfall(
    of responder: Responder, to unchosen: inout UnchosenUnit, for wish: Int, _ decision: Decision,
    _ entry: SeatChoice.Entry
  ) {
    let lines = question.wishes[wish].lines
    func fit(_ row: Int) -> CrewColumns.Fit? {
      let place = decision.rows.places[row]
      guard place.wish == wish else { return nil }
      return decision.columns.fit(responder, isBound: false, in: place, of: lines[place.line])
    }
    let found = decision.choice.shortfall(ofCosts: { fit($0)?.order.cost ?? SeatCosts.forbidden }, entry)
    guard let found, let fit = fit(found.row) else { return }
    let place = decision.rows.places[found.row]
    unchosen.line = place.line
    unchosen.shortByMilliseconds = decision.columns.milliseconds(
      fit, in: place, of: lines[place.line], toFallBy: found.amount)
  }

  /// True if a unit could fill only places that are too far for it.
  private func isTooFarForAll(_ unit: ResponseUnit, _ wish: Int) -> Bool {
    guard let arrival = question.responders.first(where: { $0.unit.id == unit.id })?.arrivals[wish] else {
      return false
    }
    return question.wishes[wish].lines.allSatisfy { line in
      if line.needs(metBy: unit).isEmpty { return true }
      guard line.minimum == 0, let limit = line.travelMillisecondsMax else { return false }
      return arrival.travelMilliseconds > limit
    }
  }

  /// "Closer, but on another call": such a unit would have been there before the last one of a line, or fills a place
  /// that stays open.
  private func busyButEarlier(_ absent: AbsentUnit, for wish: Int) -> UnchosenUnit? {
    guard let arrival = absent.arrival else { return nil }
    let force = forces[wish]
    let line = question.wishes[wish].lines.indices.first { index in
      if question.wishes[wish].lines[index].needs(metBy: absent.unit).isEmpty { return false }
      if force.open.contains(where: { $0.line == index }) { return true }
      return force.members(of: index).contains { $0.arrival.etaMilliseconds > arrival.etaMilliseconds }
    }
    guard let line else { return nil }
    let incident = absent.unit.task.flatMap { $0.incidentID.isEmpty ? nil : $0.incidentID }
    return UnchosenUnit(
      unit: absent.unit, arrival: arrival, reason: absent.reason, line: line,
      holder: incident.map(UnchosenUnit.Holder.incident))
  }
}

extension Wish {
  /// Whether a unit could fill a place of any line, if it had enough people.
  public func wants(_ unit: ResponseUnit) -> Bool {
    lines.contains { line in line.needs.contains { $0.isMet(by: unit) } }
  }
}

/// Why places stay open.
extension ForceChoice {
  /// Of the units that could fill an open place but for one reason: how many for each.
  public func reasons(for open: Force.Open, of wish: Int, absent: [AbsentUnit]) -> [LeftOutReason: Int] {
    let line = question.wishes[wish].lines[open.line]
    func couldFill(_ unit: ResponseUnit) -> Bool { line.needs.contains { $0.isMet(by: unit) } }
    var counts: [LeftOutReason: Int] = [:]
    for unit in absent where couldFill(unit.unit) { counts[unit.reason, default: 0] += 1 }
    for responder in question.responders where couldFill(responder.unit) {
      let unit = responder.unit
      if taken[unit.id]?.wish == wish { continue }
      let found = line.isMetButForCrew(by: unit) ? .underCrewed : reason(of: unit, for: wish)
      // It is left out of this line because it is too far for the places beyond the minimum.
      counts[found == .outranked ? .tooFar : found, default: 0] += 1
    }
    return counts
  }
}
