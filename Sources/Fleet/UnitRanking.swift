import RoadGraph

/// The best k of many units, of which only those that may be among them are searched for.
///
/// Units are resolved in the order of a lower bound of their weight (turnout and the straight line at the highest
/// speed); the first one whose bound exceeds the k-th best weight ends it.
public struct UnitRanking: Sendable {
  /// A unit that may be ranked.
  public struct Contender: Sendable {
    /// The caller's number of the unit.
    public let index: Int
    /// No way of the unit weighs less.
    public let weightAtLeast: Weight

    public init(index: Int, weightAtLeast: Weight) {
      self.index = index
      self.weightAtLeast = weightAtLeast
    }
  }

  /// A unit that can come.
  public struct Ranked: Hashable, Sendable {
    public let index: Int
    public let weight: Weight
  }

  /// What became of the contenders.
  public struct Result: Sendable {
    /// By ascending weight, at most k.
    public var best: [Ranked] = []
    /// Contenders that were searched for and have no way.
    public var unreachable: [Int] = []
    /// Contenders that can't be among the best k.
    public var outranked: [Int] = []
  }

  private let count: Int

  /// - Parameter count: k.
  public init(count: Int) { self.count = count }

  /// Ranks units.
  ///
  /// - Parameters:
  ///   - contenders: each with a lower bound of its weight.
  ///   - weight: the exact weight of a unit, infinity if it can't come.
  ///   - precedes: breaks ties of equal weight.
  /// - Complexity: O(n log n), and `weight` for the units that may be among the best.
  public func rank(
    _ contenders: [Contender], weight: (Int) -> Weight, precedes: (_ left: Int, _ right: Int) -> Bool
  ) -> Result {
    let ordered = contenders.sorted { ($0.weightAtLeast, $0.index) < ($1.weightAtLeast, $1.index) }
    var result = Result()
    for (position, contender) in ordered.enumerated() {
      if result.best.count == count, let worst = result.best.last, contender.weightAtLeast > worst.weight {
        result.outranked += ordered[position...].map(\.index)
        break
      }
      let ranked = Ranked(index: contender.index, weight: weight(contender.index))
      guard ranked.weight < Weight.infinity else {
        result.unreachable.append(contender.index)
        continue
      }
      insert(ranked, into: &result, precedes: precedes)
    }
    return result
  }

  private func insert(_ ranked: Ranked, into result: inout Result, precedes: (Int, Int) -> Bool) {
    func comes(_ left: Ranked, before right: Ranked) -> Bool {
      left.weight != right.weight ? left.weight < right.weight : precedes(left.index, right.index)
    }
    let position = result.best.lastIndex { comes($0, before: ranked) }.map { $0 + 1 } ?? 0
    result.best.insert(ranked, at: position)
    if result.best.count > count { result.outranked.append(result.best.removeLast().index) }
  }
}
