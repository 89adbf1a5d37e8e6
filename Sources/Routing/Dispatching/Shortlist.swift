import API

/// The units that can matter to a wish, of all that could come: of each line as many of the earliest as could be chosen
/// or explained. Whoever comes behind those has somebody before him for every place who is free.
///
/// Finding out when a unit comes costs much more than knowing when it can't be there yet. So units are looked at in the
/// order of those bounds, until no other can be among the earliest.
public struct Shortlist {
  /// What is known of a unit before it is looked at.
  public struct Candidate: Sendable {
    public var unit: ResponseUnit
    /// It is not there earlier; `nil` if it can't come.
    public var bound: Arrival?
    /// It has to be looked at: it is there already, or the dispatcher insists on it.
    public var isBound: Bool

    public init(_ unit: ResponseUnit, bound: Arrival?, isBound: Bool = false) {
      (self.unit, self.bound, self.isBound) = (unit, bound, isBound)
    }
  }

  /// When each of the candidates that matter comes; `nil` for the others and for those that can't come after all.
  public private(set) var arrivals: [Arrival?]
  /// Whether a candidate was looked at.
  public private(set) var isLookedAt: [Bool]

  /// - Parameters:
  ///   - others: how many more units than wishes may choose have to be known, to be explained.
  ///   - rivals: how many units other wishes may choose of the same ones.
  ///   - look: finds out when a candidate comes.
  public init<Failure: Error>(
    of candidates: [Candidate], for wish: Wish, keep: [KeepRule] = [], besides others: Int, rivals: Int = 0,
    look: (Int) throws(Failure) -> Arrival?
  ) throws(Failure) {
    arrivals = candidates.map { _ in nil }
    isLookedAt = candidates.map { _ in false }
    for (index, candidate) in candidates.enumerated() where candidate.isBound { try lookAt(index, look) }
    for rule in keep {
      for (index, candidate) in candidates.enumerated() where candidate.bound != nil && rule.counts(candidate.unit) {
        try lookAt(index, look)
      }
    }
    let besides = others + rivals + keep.reduce(0) { $0 + $1.count }
    let queues = LineQueues(wish, candidates)
    for queue in queues.queues {
      let count = rivals > 0 ? wish.choiceCountMax : queues.takenMax(from: queue)
      try lookAtEarliest(count + besides, of: candidates, queues.comparison, queue, look)
    }
    try lookAtCrews(of: candidates, look)
  }

  /// Looks at all vehicles of a crew of which one matters: the earliest of them says when the crew comes.
  private mutating func lookAtCrews<Failure: Error>(
    of candidates: [Candidate], _ look: (Int) throws(Failure) -> Arrival?
  ) throws(Failure) {
    let crews = Set(candidates.indices.filter { isLookedAt[$0] }.map { candidates[$0].unit.crewID }).subtracting([""])
    if crews.isEmpty { return }
    for (index, candidate) in candidates.enumerated() where candidate.bound != nil {
      if crews.contains(candidate.unit.crewID) { try lookAt(index, look) }
    }
  }

  private mutating func lookAt<Failure: Error>(
    _ index: Int, _ look: (Int) throws(Failure) -> Arrival?
  ) throws(Failure) {
    if isLookedAt[index] { return }
    isLookedAt[index] = true
    arrivals[index] = try look(index)
  }

  /// Looks at units by their bounds until there are enough crews of which none can be beaten, and enough of them near
  /// enough for the places beyond the minimum.
  private mutating func lookAtEarliest<Failure: Error>(
    _ enough: Int, of candidates: [Candidate], _ comparison: UnitComparison, _ queue: LineQueues.Queue,
    _ look: (Int) throws(Failure) -> Arrival?
  ) throws(Failure) {
    let line = queue.line
    var (all, near) = (Earliest(enough), Earliest(enough))
    for (cost, index) in queue.waiting {
      let isFarAway = line.travelMillisecondsMax.map { (candidates[index].bound?.travelMilliseconds ?? 0) > $0 } ?? true
      if all.isSettled(below: cost), isFarAway || near.isSettled(below: cost) { continue }
      try lookAt(index, look)
      let unit = candidates[index].unit
      guard let arrival = arrivals[index], let order = comparison.order(unit, arrival, in: line) else { continue }
      all.note(unit, order.cost)
      if let limit = line.travelMillisecondsMax, arrival.travelMilliseconds <= limit { near.note(unit, order.cost) }
    }
  }
}

/// The units that could be in each line of a wish, the earliest first, by what is known before they are looked at.
private struct LineQueues {
  struct Queue {
    let line: PlanLine
    var waiting: [(cost: Int64, index: Int)] = []
    /// By candidate, whether it is in the queue.
    var contains: [Bool]
    /// By candidate, whether it is, and at no penalty.
    var takesFreely: [Bool]
    /// Some have crews that may go out with other vehicles.
    var hasCrews = false
  }

  let comparison: UnitComparison
  /// One for all lines that are alike.
  private(set) var queues: [Queue] = []
  private let wish: Wish

  init(_ wish: Wish, _ candidates: [Shortlist.Candidate]) {
    self.wish = wish
    comparison = UnitComparison(wish)
    let none = candidates.map { _ in false }
    queues = Set(wish.lines).map { Queue(line: $0, contains: none, takesFreely: none) }
    for index in candidates.indices where !candidates[index].isBound {
      guard let bound = candidates[index].bound else { continue }
      add(candidates[index].unit, bound, at: index)
    }
    for number in queues.indices {
      queues[number].waiting.sort {
        $0.cost == $1.cost ? candidates[$0.index].unit.id < candidates[$1.index].unit.id : $0.cost < $1.cost
      }
    }
  }

  private mutating func add(_ unit: ResponseUnit, _ bound: Arrival, at index: Int) {
    if comparison.isNever(unit) { return }
    for number in queues.indices {
      let needs = queues[number].line.needs
      guard let penalty = queues[number].line.needs(metBy: unit).map({ needs[$0].penaltyMilliseconds }).min() else {
        continue
      }
      let order = comparison.order(unit, bound, penaltyMilliseconds: penalty)
      queues[number].waiting.append((order.cost, index))
      (queues[number].contains[index], queues[number].takesFreely[index]) = (true, penalty == 0)
      if !unit.crewID.isEmpty { queues[number].hasCrews = true }
    }
  }

  /// How many of a queue the wish may choose at most: those are in its own line, in lines that may take one of the same
  /// units, or chosen for their crews.
  ///
  /// All that may be chosen, where other lines may take crews away, or where it matters who else is known: units that
  /// are too far for a line are told apart from those that are outranked, and those that are substitutes everywhere are
  /// explained in another order than they wait in.
  func takenMax(from queue: Queue) -> Int {
    let isTold = queues.contains { $0.line.travelMillisecondsMax != nil }
    let isInOrder = queue.waiting.allSatisfy { unit in queues.contains { $0.takesFreely[unit.index] } }
    guard !queue.hasCrews, !isTold, isInOrder else { return wish.choiceCountMax }
    let rivals = queues.filter { other in queue.waiting.contains { other.contains[$0.index] } }
    return wish.lines.reduce(wish.crewTotalMin ?? 0) { sum, line in
      sum + (rivals.contains { $0.line == line } || line == queue.line ? line.count : 0)
    }
  }
}

/// The least costs of some crews.
private struct Earliest {
  private let enough: Int
  /// Ascending.
  private var costs: [Int64] = []
  private var crews: Set<String> = []

  init(_ enough: Int) { self.enough = enough }

  /// True if no unit that costs more can be among them.
  func isSettled(below cost: Int64) -> Bool { costs.count >= enough && costs.last.map { $0 < cost } ?? true }

  mutating func note(_ unit: ResponseUnit, _ cost: Int64) {
    if !unit.crewID.isEmpty, !crews.insert(unit.crewID).inserted { return }
    let place = costs.firstIndex { $0 > cost } ?? costs.count
    costs.insert(cost, at: place)
    if costs.count > enough { costs.removeLast() }
  }
}
