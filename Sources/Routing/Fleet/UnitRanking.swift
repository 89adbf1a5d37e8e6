import API
import HeapModule
import RoadGraph

/// The best k of many units, of which only those that may be among them are looked at closely.
///
/// A best-first search: each unit has a lower bound of its rank, the unit with the lowest bound is looked at more
/// closely, and one whose exact rank is below all other bounds is the next best. So the order is that of the exact
/// ranks, however rough the bounds are.
public struct UnitRanking {
  /// One of the units, by where its caller finds it.
  public struct Candidate: Hashable, Sendable {
    /// The number of its group.
    public let group: UInt16
    /// Its number in the group.
    public let index: UInt32

    public init(group: Int, index: UInt32) { (self.group, self.index) = (UInt16(group), index) }
  }

  /// A unit that nobody has looked at.
  public struct Bound: Sendable {
    public let candidate: Candidate
    public let etaMilliseconds: Weight

    /// - Parameter etaMilliseconds: it is not there earlier.
    public init(_ candidate: Candidate, etaMilliseconds: Weight) {
      (self.candidate, self.etaMilliseconds) = (candidate, etaMilliseconds)
    }
  }

  /// How closely a unit is looked at: at a better bound of its rank, then at the rank itself.
  public enum Look: Sendable {
    case first, second
  }

  /// What a look shows.
  public enum Finding: Sendable {
    /// A better lower bound, and that it is one: the unit has to be looked at once more.
    case rankAtLeast(ResponseRank)
    /// - Parameter id: of units with the same rank the one with the least id goes first.
    case rank(ResponseRank, id: String)
    /// It can't come, or not in time.
    case leftOut(LeftOutReason)
  }

  /// A unit that can come.
  public struct Ranked: Sendable {
    public let candidate: Candidate
    public let rank: ResponseRank
    let id: String
  }

  /// By ascending rank, equal ones by id; at most k.
  public private(set) var best: [Ranked] = []
  /// Why units that were looked at can't come.
  public private(set) var leftOut: [LeftOutReason] = []
  /// How many units can't be among the best k.
  public private(set) var outrankedCount = 0
  private var unseen: Unseen
  private var open = Heap<Entry>()
  private var ranked: [Ranked] = []

  /// Ranks units.
  ///
  /// - Parameters:
  ///   - count: k.
  ///   - bounds: of all units.
  ///   - look: looks at a unit, for the first or the second time; the second look gives the exact rank. What it throws
  ///     ends the ranking.
  /// - Complexity: O(n), and O(log n) and up to two looks for each unit that may be among the best.
  public init<Failure: Error>(
    best count: Int, of bounds: [Bound], look: (Candidate, Look) throws(Failure) -> Finding
  ) throws(Failure) {
    unseen = Unseen(bounds)
    while best.count < count {
      if let candidate = unseen.pop(notAbove: open.min?.rank) {
        note(try look(candidate, .first), of: Entry(rank: ResponseRank(etaMilliseconds: 0), candidate: candidate))
      } else if let next = open.popMin() {
        if next.isExact { take(next) } else { note(try look(next.candidate, .second), of: next) }
      } else {
        break
      }
    }
    outrankedCount = unseen.count + open.count + max(0, best.count - count)
    best.removeLast(max(0, best.count - count))
    (unseen, open, ranked) = (Unseen([]), Heap(), [])
  }

  private mutating func note(_ finding: Finding, of entry: Entry) {
    switch finding {
    case .rankAtLeast(let rank): open.insert(Entry(rank: rank, candidate: entry.candidate))
    case .rank(let rank, let id):
      open.insert(Entry(rank: rank, candidate: entry.candidate, number: ranked.count))
      ranked.append(Ranked(candidate: entry.candidate, rank: rank, id: id))
    case .leftOut(let reason): leftOut.append(reason)
    }
  }

  /// Takes a unit than which no other is better, and all that are as good, by their ids.
  private mutating func take(_ next: Entry) {
    var equals = [ranked[next.number]]
    while let other = open.min, other.rank == next.rank {
      open.removeMin()
      equals.append(ranked[other.number])
    }
    best += equals.sorted { $0.id < $1.id }
  }
}

/// Units that nobody has looked at, by their bounds: an integer for each, as a fleet has thousands of them.
private struct Unseen {
  private let bounds: [UnitRanking.Bound]
  /// The bound in the upper half, its position in the lower one.
  private var keys: Heap<UInt64>

  /// O(n).
  init(_ bounds: [UnitRanking.Bound]) {
    self.bounds = bounds
    keys = Heap(bounds.indices.map { UInt64(bounds[$0].etaMilliseconds) << 32 | UInt64($0) })
  }

  var count: Int { keys.count }

  /// The unit with the least bound, unless that is above `rank`. O(log n).
  mutating func pop(notAbove rank: ResponseRank?) -> UnitRanking.Candidate? {
    guard let key = keys.min else { return nil }
    let bound = bounds[Int(key & UInt64(UInt32.max))]
    if let rank, ResponseRank(etaMilliseconds: bound.etaMilliseconds) > rank { return nil }
    keys.removeMin()
    return bound.candidate
  }
}

/// A unit that was looked at.
private struct Entry: Comparable {
  var rank: ResponseRank
  var candidate: UnitRanking.Candidate
  /// Where the exact ranks have it; -1 as long as the rank is a bound.
  var number = -1

  var isExact: Bool { number >= 0 }

  /// Whose rank is least; of equal ones first those that have to be looked at: then equal exact ones follow each other.
  static func < (left: Entry, right: Entry) -> Bool {
    left.rank != right.rank ? left.rank < right.rank : !left.isExact && right.isExact
  }

  static func == (left: Entry, right: Entry) -> Bool { left.rank == right.rank && left.isExact == right.isExact }
}
