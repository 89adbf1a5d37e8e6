import API
import HeapModule

/// The best k of many units, of which only those that may be among them are looked at closely.
///
/// A best-first search: each unit has a lower bound of its rank, the unit with the lowest bound is looked at more
/// closely, and one whose exact rank is below all other bounds is the next best. So the order is that of the exact
/// ranks, however rough the bounds are.
public struct UnitRanking<Answer> {
  /// One of the units, by where its caller finds it.
  public struct Candidate: Hashable, Sendable {
    /// The number of its group.
    public let group: UInt16
    /// Its number in the group.
    public let index: UInt32

    public init(group: Int, index: UInt32) { (self.group, self.index) = (UInt16(group), index) }
  }

  /// What a closer look shows.
  public enum Finding {
    /// A better lower bound, and that it is one: the unit has to be looked at once more.
    case rankAtLeast(ResponseRank)
    /// - Parameter id: of units with the same rank the one with the least id goes first.
    case rank(ResponseRank, id: String, Answer)
    /// It can't come, or not in time.
    case leftOut(LeftOutReason)
  }

  /// A unit that can come.
  public struct Ranked {
    public let candidate: Candidate
    public let rank: ResponseRank
    public let answer: Answer
    fileprivate let id: String
  }

  /// By ascending rank, equal ones by id; at most k.
  public private(set) var best: [Ranked] = []
  /// Why units that were looked at can't come.
  public private(set) var leftOut: [LeftOutReason] = []
  /// How many units can't be among the best k.
  public private(set) var outrankedCount = 0
  private var open: Heap<Entry>
  private var ranked: [Ranked] = []

  private struct Entry: Comparable {
    var rank: ResponseRank
    var stage: Stage
    var candidate: Candidate
    /// In ``UnitRanking/ranked``, once the rank is exact.
    var number = 0

    /// Whose rank is least; of equal ones first those that have to be looked at: then equal exact ones follow each other.
    static func < (left: Entry, right: Entry) -> Bool {
      left.rank != right.rank ? left.rank < right.rank : left.stage.rawValue < right.stage.rawValue
    }

    static func == (left: Entry, right: Entry) -> Bool { left.rank == right.rank && left.stage == right.stage }
  }

  /// How closely a unit was looked at.
  public enum Stage: Int, Sendable {
    case notYet, once, exact
  }

  /// Ranks units.
  ///
  /// - Parameters:
  ///   - count: k.
  ///   - candidates: each with a lower bound of its rank.
  ///   - look: looks at a unit, for the first or the second time; the second look gives the exact rank. What it throws
  ///     ends the ranking.
  /// - Complexity: O(n), and O(log n) and up to two looks for each unit that may be among the best.
  public init<Failure: Error>(
    best count: Int, of candidates: [(candidate: Candidate, rankAtLeast: ResponseRank)],
    look: (Candidate, Stage) throws(Failure) -> Finding
  ) throws(Failure) {
    open = Heap(candidates.map { Entry(rank: $0.rankAtLeast, stage: .notYet, candidate: $0.candidate) })
    while best.count < count, let next = open.popMin() {
      guard next.stage == .exact else {
        try refine(next, look)
        continue
      }
      var equals = [ranked[next.number]]
      while let other = open.min, other == next {
        open.removeMin()
        equals.append(ranked[other.number])
      }
      best += equals.sorted { $0.id < $1.id }
    }
    outrankedCount = open.count + max(0, best.count - count)
    best.removeLast(max(0, best.count - count))
    (open, ranked) = (Heap(), [])
  }

  private mutating func refine<Failure: Error>(
    _ entry: Entry, _ look: (Candidate, Stage) throws(Failure) -> Finding
  ) throws(Failure) {
    switch try look(entry.candidate, entry.stage) {
    case .rankAtLeast(let rank):
      precondition(entry.stage == .notYet, "the second look at a unit shows its rank")
      let both = ResponseRank(
        needsLastResort: entry.rank.needsLastResort || rank.needsLastResort,
        etaMilliseconds: max(entry.rank.etaMilliseconds, rank.etaMilliseconds))
      open.insert(Entry(rank: both, stage: .once, candidate: entry.candidate))
    case .rank(let rank, let id, let answer):
      assert(rank >= entry.rank, "a lower bound above the rank")
      open.insert(Entry(rank: rank, stage: .exact, candidate: entry.candidate, number: ranked.count))
      ranked.append(Ranked(candidate: entry.candidate, rank: rank, answer: answer, id: id))
    case .leftOut(let reason): leftOut.append(reason)
    }
  }
}
