/// How much demand idle units are expected to cover, as some of them are busy when a call comes.
///
/// A point that k units reach in time is covered with the probability 1 - q^k, where q is the share of the time that a
/// unit is busy (Daskin, *A maximum expected covering location model*, Transportation Science 17, 1983).
public struct ExpectedCover: Sendable {
  /// Of each point, 0 or more.
  public let weights: [Double]
  /// Of all demand.
  public let total: Double
  /// Above 0 and below 1.
  public let busyShare: Double
  /// How many units reach each point in time.
  public private(set) var counts: [Int]
  /// q to the power of 0, 1, 2 ...
  private var powers: [Double]

  public init(weights: [Double], busyShare: Double) {
    (self.weights, self.busyShare) = (weights, busyShare)
    total = weights.reduce(0, +)
    (counts, powers) = (Array(repeating: 0, count: weights.count), [1, busyShare])
  }

  /// A unit more. O(points that it covers).
  public mutating func add(_ set: CoverSet) {
    var most = 0
    set.visit { point in
      counts[point] += 1
      most = max(most, counts[point])
    }
    while powers.count <= most + 1 { powers.append(powers[powers.count - 1] * busyShare) }
  }

  /// A unit less, which was added before.
  public mutating func remove(_ set: CoverSet) { set.visit { counts[$0] -= 1 } }

  /// The expected cover.
  public var value: Double { weights.indices.reduce(0) { $0 + weights[$1] * (1 - powers[counts[$1]]) } }

  /// The demand that at least `depth` units reach in time.
  public func weight(coveredBy depth: Int) -> Double {
    weights.indices.reduce(0) { counts[$1] >= depth ? $0 + weights[$1] : $0 }
  }

  /// Of the demand in a set, the share that anybody reaches in time; 1 if there is none.
  public func share(coveredOf set: CoverSet) -> Double {
    var (all, covered) = (0.0, 0.0)
    set.visit { point in
      all += weights[point]
      if counts[point] > 0 { covered += weights[point] }
    }
    return all > 0 ? covered / all : 1
  }

  /// What the expected cover gains by a unit more: no unit that comes from elsewhere gains more.
  public func gain(adding set: CoverSet) -> Double {
    var sum = 0.0
    set.visit { sum += weights[$0] * powers[counts[$0]] }
    return sum * (1 - busyShare)
  }

  /// What it gains if a unit goes from one place to another one; negative if it loses.
  public func gain(moving from: CoverSet, to: CoverSet) -> Double {
    var sum = 0.0
    to.visit(notIn: from) { sum += weights[$0] * powers[counts[$0]] }
    from.visit(notIn: to) { sum -= weights[$0] * powers[counts[$0] - 1] }
    return sum * (1 - busyShare)
  }

  /// The demand that `depth` units reach in time with a unit more, and don't without.
  public func gain(adding set: CoverSet, ofDepth depth: Int) -> Double {
    var sum = 0.0
    set.visit { if counts[$0] == depth - 1 { sum += weights[$0] } }
    return sum
  }

  /// The demand that `depth` units reach in time after such a move and didn't before, less what they don't any more.
  public func gain(moving from: CoverSet, to: CoverSet, ofDepth depth: Int) -> Double {
    var sum = 0.0
    to.visit(notIn: from) { if counts[$0] == depth - 1 { sum += weights[$0] } }
    from.visit(notIn: to) { if counts[$0] == depth { sum -= weights[$0] } }
    return sum
  }
}
