import API

/// Chooses who goes to one incident or to several, for wishes that compete for the same units.
///
/// Units of one crew go out one at a time; nobody goes twice. ``SeatChoice`` says who takes which place.
public struct ForceChoice: Sendable {
  /// Who wants units, and who could come.
  public struct Question: Sendable {
    public var wishes: [Wish]
    public var responders: [Responder]
    /// Units that should stay where they are.
    public var keep: [KeepRule] = []

    public init(_ wishes: [Wish], responders: [Responder]) { (self.wishes, self.responders) = (wishes, responders) }
  }

  let question: Question
  /// For each wish; empty for one that has not been asked for.
  public private(set) var forces: [Force]
  /// How each group of wishes was decided, in their order.
  private(set) var decisions: [Decision] = []
  /// Which unit went where: the wish, the line.
  private(set) var taken: [String: Taking] = [:]
  /// Which unit has taken a crew.
  private(set) var unitOfCrew: [String: String] = [:]

  struct Taking {
    var wish: Int
    var line: Int?
  }

  /// What was known when a group of wishes was decided.
  struct Decision: Sendable {
    var group: [Int]
    var rows: PlaceRows
    var columns: CrewColumns
    var choice: SeatChoice
  }

  public init(_ question: Question) {
    self.question = question
    forces = question.wishes.map { _ in Force() }
  }

  /// One incident.
  public init(_ wish: Wish, responders: [Responder], keep: [KeepRule] = []) {
    var question = Question([wish], responders: responders)
    question.keep = keep
    self.init(question)
    choose(for: [0], .smallestLatest)
  }

  /// Decides some wishes together, with what those before have left. Each may be decided once.
  public mutating func choose(for group: [Int], _ aim: SeatChoice.Aim) {
    let bound = boundUnits(of: group)
    let free = question.responders.filter { isFree($0.unit) || bound[$0.unit.id] != nil }
    let wishes = question.wishes
    let rows = PlaceRows(group.map { ($0, wishes[$0].lines) })
    let columns = CrewColumns(wishes, group: group, responders: free, bound: bound, keep: question.keep)
    var seats = SeatChoice.Question(costs: columns.costs(of: rows), importance: rows.importance)
    seats.aim = aim
    seats.forced = [\Wish.committedIDs, \Wish.wantedIDs].map { ids in
      let meant = Set(group.flatMap { wishes[$0][keyPath: ids] })
      return Set(
        columns.columns.indices.filter { column in
          columns.columns[column].boundTo != nil && meant.contains(columns.columns[column].vehicles[0].unit.id)
        })
    }
    seats.forced[1].subtract(seats.forced[0])
    let decision = Decision(group: group, rows: rows, columns: columns, choice: SeatChoice(seats))
    decisions.append(decision)
    take(decision)
    for wish in group {
      addBound(to: wish, decision)
      addIfFirst(to: wish, decision)
      addCrew(to: wish, decision)
      forces[wish].sort()
    }
  }

  /// The wish to which each unit belongs that is committed or wanted.
  private func boundUnits(of group: [Int]) -> [String: Int] {
    var bound: [String: Int] = [:]
    for ids in [\Wish.committedIDs, \Wish.wantedIDs] {
      for wish in group {
        for id in question.wishes[wish][keyPath: ids] where bound[id] == nil && taken[id] == nil { bound[id] = wish }
      }
    }
    return bound
  }

  func isFree(_ unit: ResponseUnit) -> Bool {
    taken[unit.id] == nil && (unit.crewID.isEmpty || unitOfCrew[unit.crewID] == nil) && !isBoundAnywhere(unit.id)
  }

  /// A unit at another incident is nobody else's.
  private func isBoundAnywhere(_ id: String) -> Bool {
    question.wishes.contains { $0.committedIDs.contains(id) || $0.wantedIDs.contains(id) }
  }

  private mutating func take(_ decision: Decision) {
    for (row, column) in decision.choice.columnOfRow.enumerated() {
      let place = decision.rows.places[row]
      let line = question.wishes[place.wish].lines[place.line]
      guard let column, let fit = decision.columns.fit(column, in: place, of: line) else {
        leaveOpen(place)
        continue
      }
      add(fit, to: place.wish, line: place.line, place: place.number, decision)
    }
  }

  private mutating func leaveOpen(_ place: PlaceRows.Place) {
    if let known = forces[place.wish].open.firstIndex(where: { $0.line == place.line }) {
      forces[place.wish].open[known].count += 1
    } else {
      forces[place.wish].open.append(Force.Open(line: place.line, count: 1))
    }
  }

  private mutating func add(
    _ fit: CrewColumns.Fit, to wish: Int, line: Int?, place: Int, _ decision: Decision, as special: Force.Why? = nil
  ) {
    let unit = fit.responder.unit
    taken[unit.id] = Taking(wish: wish, line: line)
    if !unit.crewID.isEmpty { unitOfCrew[unit.crewID] = unit.id }
    let rule = question.wishes[wish].rule(of: unit.agency)
    forces[wish].members.append(
      Force.Member(
        unit: unit, arrival: fit.arrival, line: line, place: place, needIndex: fit.needIndex,
        why: why(fit, special, question.wishes[wish], decision), isOnRequest: rule?.isOnRequest ?? false))
  }

  private func why(_ fit: CrewColumns.Fit, _ special: Force.Why?, _ wish: Wish, _ decision: Decision) -> [Force.Why] {
    let unit = fit.responder.unit
    let isBound = wish.committedIDs.contains(unit.id) || wish.wantedIDs.contains(unit.id)
    let rule = wish.rule(of: unit.agency)
    let facts: [(Bool, Force.Why)] = [
      (special == nil && !isBound, .closest), (wish.committedIDs.contains(unit.id), .committed),
      (wish.wantedIDs.contains(unit.id) && !wish.committedIDs.contains(unit.id), .wanted),
      (rule.map { $0.tier == .last || $0.isOnRequest } ?? false, .mutualAid), (fit.needIndex > 0, .substitute),
      (special == .ifFirst, .ifFirst), (special == .crew, .crew),
      (!isBound && decision.columns.isKept(unit), .keptOverruled),
    ]
    return facts.filter(\.0).map(\.1)
  }

  /// Those who are there, or have to go, and fill no place: they stay listed.
  private mutating func addBound(to wish: Int, _ decision: Decision) {
    for column in decision.columns.columns where column.boundTo == wish {
      let responder = column.vehicles[0]
      guard taken[responder.unit.id] == nil, let arrival = responder.arrivals[wish] else { continue }
      let lines = question.wishes[wish].lines
      let line = lines.firstIndex { !$0.needs(metBy: responder.unit).isEmpty }
      let fit = CrewColumns.Fit(
        responder: responder, arrival: arrival,
        needIndex: line.flatMap { lines[$0].needs(metBy: responder.unit).first } ?? 0,
        order: UnitOrder(bucket: 0, etaMilliseconds: arrival.etaMilliseconds))
      add(fit, to: wish, line: line, place: 0, decision)
    }
  }

  /// "If closer": units of such a line, as long as each is earlier than all of the other lines.
  private mutating func addIfFirst(to wish: Int, _ decision: Decision) {
    for (index, line) in question.wishes[wish].lines.enumerated() where line.isOnlyIfFirst {
      let others = forces[wish].members.filter { $0.line != index }
      for number in 1...max(line.count, 1) {
        let place = PlaceRows.Place(wish: wish, line: index, number: number, isExtra: true)
        guard let next = earliestFree(for: place, of: line, decision),
          others.allSatisfy({ isEarlier(next, than: $0, wish) })
        else { break }
        add(next, to: wish, line: index, place: number, decision, as: .ifFirst)
      }
    }
  }

  private func isEarlier(_ fit: CrewColumns.Fit, than member: Force.Member, _ wish: Int) -> Bool {
    fit.order < UnitComparison(question.wishes[wish]).order(member.unit, member.arrival)
  }

  /// Units until enough people come together. Those whose crew is not known would not help.
  private mutating func addCrew(to wish: Int, _ decision: Decision) {
    for (total, line) in question.wishes[wish].crewAims {
      guard let index = question.wishes[wish].lines.firstIndex(of: line) else { continue }
      let place = PlaceRows.Place(wish: wish, line: index, number: 0, isExtra: false)
      while forces[wish].crewTotal < total,
        let next = earliestFree(for: place, of: line, decision, where: { ($0.crewCount ?? 0) > 0 })
      {
        add(next, to: wish, line: index, place: 0, decision, as: .crew)
      }
    }
  }

  private func earliestFree(
    for place: PlaceRows.Place, of line: PlanLine, _ decision: Decision,
    where isMeant: (ResponseUnit) -> Bool = { _ in true }
  ) -> CrewColumns.Fit? {
    let free = question.responders.filter { isFree($0.unit) && isMeant($0.unit) }
    return free.compactMap { decision.columns.fit($0, isBound: false, in: place, of: line) }
      .min { ($0.order, $0.responder.unit.id) < ($1.order, $1.responder.unit.id) }
  }
}
