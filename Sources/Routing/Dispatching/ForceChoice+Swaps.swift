import API

/// Two units under way that would better change their incidents.
public struct SwapOffer: Sendable {
  /// One of them, at its new incident in place of the other one.
  public struct Side: Sendable {
    public var unit: ResponseUnit
    /// There.
    public var arrival: Arrival
    /// By their positions.
    public var fromWish: Int
    public var toWish: Int
    /// Of the other one, in the new wish.
    public var line: Int?
    /// How much earlier it is there than the other one; negative is later.
    public var gainMilliseconds: Int64
  }

  public var one: Side
  public var other: Side

  /// Of both incidents together.
  public var gainMilliseconds: Int64 { one.gainMilliseconds + other.gainMilliseconds }
}

/// What two units under way gain by changing their incidents. Pairs alone: of cycles of three nobody keeps track.
extension ForceChoice {
  /// Pairs of units, each of which can do what the other one is sent for, that gain both incidents together at least
  /// ``DiversionSearch/swapGainSecondsMin``, and let none of them wait longer than
  /// ``DiversionSearch/swapLossSecondsMax``. The largest gain first, equal ones by id.
  ///
  /// - Parameter underWay: units that are committed, with their arrivals at all incidents.
  /// - Complexity: O(units² · lines).
  public func swaps(of underWay: [Responder]) -> [SwapOffer] {
    let committed = underWay.compactMap { responder -> Traveller? in
      guard let wish = taken[responder.unit.id]?.wish,
        let member = forces[wish].members.first(where: { $0.unit.id == responder.unit.id }),
        member.why.contains(.committed)
      else { return nil }
      return Traveller(responder: responder, wish: wish, line: member.line)
    }.sorted { $0.responder.unit.id < $1.responder.unit.id }
    var offers: [SwapOffer] = []
    for (number, one) in committed.enumerated() {
      for other in committed[(number + 1)...] where other.wish != one.wish {
        guard let there = side(one, inPlaceOf: other), let here = side(other, inPlaceOf: one) else { continue }
        let offer = SwapOffer(one: there, other: here)
        if offer.gainMilliseconds >= Self.swapGainMilliseconds { offers.append(offer) }
      }
    }
    return offers.sorted {
      ($1.gainMilliseconds, $0.one.unit.id, $0.other.unit.id) < ($0.gainMilliseconds, $1.one.unit.id, $1.other.unit.id)
    }
  }

  private static let swapGainMilliseconds = Int64(DiversionSearch.swapGainSecondsMin * 1000)
  private static let swapLossMilliseconds = Int64(DiversionSearch.swapLossSecondsMax * 1000)

  /// A unit under way to a wish.
  private struct Traveller {
    var responder: Responder
    var wish: Int
    var line: Int?
  }

  /// A unit at the other one's incident; `nil` if it can't do there what the other one is sent for, or is too late.
  private func side(_ one: Traveller, inPlaceOf other: Traveller) -> SwapOffer.Side? {
    let unit = one.responder.unit
    guard let arrival = one.responder.arrivals[other.wish], let others = other.responder.arrivals[other.wish],
      !arrival.needsLastResort || others.needsLastResort, canDo(unit, as: other)
    else { return nil }
    let gain = others.etaMilliseconds - arrival.etaMilliseconds
    if gain < -Self.swapLossMilliseconds { return nil }
    return SwapOffer.Side(
      unit: unit, arrival: arrival, fromWish: one.wish, toWish: other.wish, line: other.line, gainMilliseconds: gain)
  }

  private func canDo(_ unit: ResponseUnit, as other: Traveller) -> Bool {
    let wish = question.wishes[other.wish]
    if wish.rule(of: unit.agency)?.tier == .never { return false }
    if let line = other.line { return !wish.lines[line].needs(metBy: unit).isEmpty }
    return other.responder.unit.capabilities.allSatisfy(unit.capabilities.contains)
  }
}
