import API

/// The crews that may be sent to some wishes: a column for each, in the order in which they go first.
struct CrewColumns {
  struct Column {
    /// The vehicles that the crew could take, in the order in which they go first.
    var vehicles: [Responder]
    /// The wish whose unit it is already, or that insists on it; `nil` for one that may go anywhere.
    var boundTo: Int?
    fileprivate var key: (order: UnitOrder, id: String)
  }

  let columns: [Column]
  private let wishes: [Wish]
  private let comparisons: [UnitComparison]
  private let kept: KeptUnits

  /// - Parameters:
  ///   - group: the wishes that are asked for, by their positions.
  ///   - responders: those that nobody has taken.
  init(_ wishes: [Wish], group: [Int], responders: [Responder], bound: [String: Int], keep: [KeepRule]) {
    let comparisons = wishes.map(UnitComparison.init)
    func order(_ responder: Responder, isKept: Bool) -> UnitOrder? {
      group.compactMap { wish in
        if bound[responder.unit.id] == nil, comparisons[wish].isNever(responder.unit) { return nil }
        return responder.arrivals[wish].map { comparisons[wish].order(responder.unit, $0, isKept: isKept) }
      }.min()
    }
    let kept = KeptUnits(keep, of: responders.filter { bound[$0.unit.id] == nil }) { order($0, isKept: false) }
    let boundCrews = Set(responders.filter { bound[$0.unit.id] != nil }.map(\.unit.crewID)).subtracting([""])
    var columnOfCrew: [String: Int] = [:]
    var columns: [Column] = []
    let ordered = responders.compactMap { responder -> (responder: Responder, key: (order: UnitOrder, id: String))? in
      let (unit, wish) = (responder.unit, bound[responder.unit.id])
      if wish == nil {
        // A vehicle that nothing is wanted of says nothing about its crew.
        if boundCrews.contains(unit.crewID) || !group.contains(where: { wishes[$0].fits(unit) }) { return nil }
      }
      return order(responder, isKept: wish == nil && kept.contains(unit)).map { (responder, ($0, unit.id)) }
    }
    for (responder, key) in ordered.sorted(by: { $0.key < $1.key }) {
      let crew = responder.unit.crewID
      if let wish = bound[responder.unit.id] {
        columns.append(Column(vehicles: [responder], boundTo: wish, key: key))
      } else if let known = columnOfCrew[crew] {
        columns[known].vehicles.append(responder)
      } else {
        if !crew.isEmpty { columnOfCrew[crew] = columns.count }
        columns.append(Column(vehicles: [responder], boundTo: nil, key: key))
      }
    }
    (self.columns, self.wishes, self.comparisons, self.kept) = (columns, wishes, comparisons, kept)
  }

  func isKept(_ unit: ResponseUnit) -> Bool { kept.contains(unit) }

  /// A vehicle in a place.
  struct Fit {
    var responder: Responder
    var arrival: Arrival
    var needIndex: Int
    var order: UnitOrder
  }

  /// The vehicle that a crew would take to a place; `nil` if it has none for it.
  func fit(_ column: Int, in place: PlaceRows.Place, of line: PlanLine) -> Fit? {
    let crew = columns[column]
    if let wish = crew.boundTo, wish != place.wish { return nil }
    let fits = crew.vehicles.compactMap { fit($0, isBound: crew.boundTo != nil, in: place, of: line) }
    return fits.min { ($0.order, $0.responder.unit.id) < ($1.order, $1.responder.unit.id) }
  }

  /// As what a vehicle would count in a place.
  func fit(_ responder: Responder, isBound: Bool, in place: PlaceRows.Place, of line: PlanLine) -> Fit? {
    guard let arrival = responder.arrivals[place.wish] else { return nil }
    if !isBound, comparisons[place.wish].isNever(responder.unit) { return nil }
    if place.isExtra, !isBound, let limit = line.travelMillisecondsMax, arrival.travelMilliseconds > limit {
      return nil
    }
    let isKept = !isBound && kept.contains(responder.unit)
    return line.needs(metBy: responder.unit).map { index in
      let order = comparisons[place.wish].order(
        responder.unit, arrival, penaltyMilliseconds: line.needs[index].penaltyMilliseconds, isKept: isKept)
      return Fit(responder: responder, arrival: arrival, needIndex: index, order: order)
    }.min { ($0.order, $0.needIndex) < ($1.order, $1.needIndex) }
  }

  func costs(of rows: PlaceRows) -> SeatCosts {
    let lines = wishes.map(\.lines)
    return SeatCosts(
      kindOfRow: rows.kindOfRow,
      costsOfKind: rows.kinds.map { place in
        columns.indices.map { fit($0, in: place, of: lines[place.wish][place.line])?.order.cost ?? SeatCosts.forbidden }
      })
  }

  func milliseconds(_ fit: Fit, in place: PlaceRows.Place, of line: PlanLine, toFallBy cost: Int64) -> Int64? {
    comparisons[place.wish].milliseconds(
      fit.responder.unit, fit.arrival, penaltyMilliseconds: line.needs[fit.needIndex].penaltyMilliseconds,
      toFallBy: cost)
  }
}
