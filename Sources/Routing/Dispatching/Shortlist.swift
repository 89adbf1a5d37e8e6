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
  ///   - others: how many more units than this wish may choose have to be known: for other wishes, to be explained.
  ///   - look: finds out when a candidate comes.
  public init<Failure: Error>(
    of candidates: [Candidate], for wish: Wish, keep: [KeepRule] = [], besides others: Int,
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
    let enough = wish.choiceCountMax + others + keep.reduce(0) { $0 + $1.count }
    let comparison = UnitComparison(wish)
    for line in Set(wish.lines) { try lookAtEarliest(enough, of: candidates, comparison, line, look) }
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
    _ enough: Int, of candidates: [Candidate], _ comparison: UnitComparison, _ line: PlanLine,
    _ look: (Int) throws(Failure) -> Arrival?
  ) throws(Failure) {
    let queue = candidates.indices.compactMap { index -> (cost: Int64, index: Int)? in
      let candidate = candidates[index]
      guard let bound = candidate.bound, !candidate.isBound else { return nil }
      return comparison.order(candidate.unit, bound, in: line).map { ($0.cost, index) }
    }.sorted { ($0.cost, candidates[$0.index].unit.id) < ($1.cost, candidates[$1.index].unit.id) }
    var (all, near) = (Earliest(enough), Earliest(enough))
    for (cost, index) in queue {
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
