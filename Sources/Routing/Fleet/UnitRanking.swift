import HeapModule
import RoadGraph

/// The best k of many units, of which only those that may be among them are searched for.
///
/// Units are resolved in the order of a lower bound of their weight (turnout and the straight line at the highest
/// speed); the first one whose bound exceeds the k-th best weight ends it.
public struct UnitRanking {
  /// A unit that can come.
  public struct Ranked {
    public let unit: StationedUnit
    public let weight: Weight
  }

  /// By ascending weight, equal ones by id; at most k.
  public private(set) var best: [Ranked] = []
  /// How many units can't be among the best k.
  public private(set) var outrankedCount = 0
  private let count: Int

  /// - Parameter count: k.
  public init(count: Int) { self.count = count }

  /// Ranks more units among those that were considered before.
  ///
  /// - Parameters:
  ///   - candidates: which of the units, by their indices.
  ///   - weightAtLeast: a lower bound of the weight of the unit at an index.
  ///   - weight: the exact weight of a unit; `nil` if it can't come. What it throws ends the ranking.
  /// - Complexity: O(n), and O(log n) and `weight` for each unit that may be among the best.
  public mutating func consider<Failure: Error>(
    _ units: [StationedUnit], among candidates: [UInt32], weightAtLeast: (Int) -> Weight,
    weight: (StationedUnit) throws(Failure) -> Weight?
  ) throws(Failure) {
    // Bound and index in one number: those that are equally near in their order.
    var nearest = Heap(candidates.map { UInt64(weightAtLeast(Int($0))) << 32 | UInt64($0) })
    while let next = nearest.popMin() {
      if best.count == count, let worst = best.last, Weight(next >> 32) > worst.weight {
        outrankedCount += nearest.count + 1
        return
      }
      let unit = units[Int(UInt32(truncatingIfNeeded: next))]
      if let weight = try weight(unit) { insert(Ranked(unit: unit, weight: weight)) }
    }
  }

  private mutating func insert(_ ranked: Ranked) {
    let position = best.lastIndex { Self.comes($0, before: ranked) }.map { $0 + 1 } ?? 0
    best.insert(ranked, at: position)
    guard best.count > count else { return }
    best.removeLast()
    outrankedCount += 1
  }

  private static func comes(_ left: Ranked, before right: Ranked) -> Bool {
    left.weight != right.weight ? left.weight < right.weight : left.unit.unit.id < right.unit.unit.id
  }
}
