import API

/// A unit on a less urgent call that would do better here.
public struct DiversionOffer: Sendable {
  public var unit: ResponseUnit
  public var arrival: Arrival
  /// Of ``Wish/lines``.
  public var line: Int
  /// In place of whom; `nil` for one that fills an open place.
  public var insteadOf: Force.Member?

  /// How much earlier it is; `nil` for an open place.
  public var gainMilliseconds: Int64? {
    insteadOf.map { $0.arrival.etaMilliseconds - arrival.etaMilliseconds }
  }
}

/// Who could be called off for a wish that has been decided, each by itself: suggestions, of which a dispatcher takes
/// one or none. O(units · lines).
extension ForceChoice {
  /// The units that fill an open place, by their times, then those that would be earlier than the last one of a line by
  /// the least gain, the largest gain first.
  ///
  /// - Parameter callable: units at other calls, and when each would be there.
  public func diversions(
    for wish: Int, of callable: [(unit: ResponseUnit, arrival: Arrival)], by rule: DiversionRule
  ) -> [DiversionOffer] {
    callable.compactMap { rule.mayCallOff($0.unit) ? offer($0.unit, $0.arrival, to: wish, rule) : nil }
      .sorted { Self.key($0) < Self.key($1) }
  }

  /// From here on a unit gains nothing any more: the latest time of those that it could stand in for; `nil` if there
  /// are none, and no bound if a place is open.
  public func latestReplaceable(for wish: Int) -> Int64? {
    if !forces[wish].open.isEmpty { return .max }
    return forces[wish].members.filter(isReplaceable).map(\.arrival.etaMilliseconds).max()
  }

  private static func key(_ offer: DiversionOffer) -> (Int64, Int64, String) {
    (-(offer.gainMilliseconds ?? .max), offer.arrival.etaMilliseconds, offer.unit.id)
  }

  private func offer(
    _ unit: ResponseUnit, _ arrival: Arrival, to wish: Int, _ rule: DiversionRule
  ) -> DiversionOffer? {
    guard mayLeave(unit, for: wish), let decision = decisions.first(where: { $0.group.contains(wish) }) else {
      return nil
    }
    var responder = Responder(unit, arrivals: question.wishes.map { _ in nil })
    responder.arrivals[wish] = arrival
    var best: DiversionOffer?
    for (index, line) in question.wishes[wish].lines.enumerated() where !line.isOnlyIfFirst {
      func fits(place number: Int) -> CrewColumns.Fit? {
        let place = PlaceRows.Place(wish: wish, line: index, number: number, isExtra: number > line.minimum)
        return decision.columns.fit(responder, isBound: false, in: place, of: line)
      }
      if let open = forces[wish].open.first(where: { $0.line == index }),
        fits(place: line.count - open.count + 1) != nil
      {
        return DiversionOffer(unit: unit, arrival: arrival, line: index)
      }
      guard let last = lastReplaceable(of: index, wish), let fit = fits(place: last.place),
        beats(fit, last, of: line, wish, rule)
      else { continue }
      let offer = DiversionOffer(unit: unit, arrival: arrival, line: index, insteadOf: last)
      if (offer.gainMilliseconds ?? 0) > (best?.gainMilliseconds ?? 0) { best = offer }
    }
    return best
  }

  /// Whether nobody else has a unit or its crew: it may be at another one of the wishes already, but was not sent now.
  private func mayLeave(_ unit: ResponseUnit, for wish: Int) -> Bool {
    if let taking = taken[unit.id] {
      return taking.wish != wish && question.wishes[taking.wish].committedIDs.contains(unit.id)
    }
    return unit.crewID.isEmpty || unitOfCrew[unit.crewID] == nil
  }

  /// Who is there already, or has to go, stays; so does who was added for the people on board.
  private func isReplaceable(_ member: Force.Member) -> Bool {
    member.place > 0 && member.line != nil && !member.why.contains(.committed) && !member.why.contains(.wanted)
      && !member.why.contains(.ifFirst)
  }

  private func lastReplaceable(of line: Int, _ wish: Int) -> Force.Member? {
    forces[wish].members(of: line).filter(isReplaceable)
      .max { ($0.arrival.etaMilliseconds, $0.unit.id) < ($1.arrival.etaMilliseconds, $1.unit.id) }
  }

  /// Whether a unit is earlier than a member by the least gain, also with what both of them count as later, without a
  /// last resort that the other one needs not, without asking an agency that should be the last one, and without taking
  /// people away that the plan wants.
  private func beats(
    _ fit: CrewColumns.Fit, _ member: Force.Member, of line: PlanLine, _ wish: Int, _ rule: DiversionRule
  ) -> Bool {
    let comparison = UnitComparison(question.wishes[wish])
    let unit = fit.responder.unit
    if fit.arrival.needsLastResort, !member.arrival.needsLastResort { return false }
    if comparison.isLast(unit), !comparison.isLast(member.unit) { return false }
    if let total = question.wishes[wish].crewTotalMin {
      let force = forces[wish].crewTotal
      if force - (member.unit.crewCount ?? 0) + (unit.crewCount ?? 0) < min(total, force) { return false }
    }
    let gain = member.arrival.etaMilliseconds - fit.arrival.etaMilliseconds
    let counted =
      comparison.countedTime(
        member.unit, member.arrival, line.needs[member.needIndex].penaltyMilliseconds)
      - comparison.countedTime(unit, fit.arrival, line.needs[fit.needIndex].penaltyMilliseconds)
    return gain > 0 && min(gain, counted) >= rule.gainMillisecondsMin
  }
}

/// Who goes to the call that a unit is called off from.
extension ForceChoice {
  /// Whether a unit could go there: with those taken who go to the new incident then, but for whom the other one stands
  /// in.
  public func isFree(_ unit: ResponseUnit, after offer: DiversionOffer) -> Bool {
    if unit.id == offer.unit.id || (!unit.crewID.isEmpty && unit.crewID == offer.unit.crewID) { return false }
    if let member = offer.insteadOf {
      if unit.id == member.unit.id { return true }
      if !unit.crewID.isEmpty, unit.crewID == member.unit.crewID { return taken[unit.id] == nil }
    }
    return isFree(unit)
  }

  /// What the call wants in its place: somebody who can do all that it can.
  public func standIn(for offer: DiversionOffer, of wish: Int) -> Wish {
    var standIn = Wish([PlanLevel([PlanLine("", count: 1, needs: [UnitNeed(offer.unit.capabilities)])])])
    standIn.agencies = question.wishes[wish].agencies
    return standIn
  }
}
