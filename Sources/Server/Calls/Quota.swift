import Synchronization

/// A number of something for all connections together.
public final class Quota: Sendable {
  public let max: Int
  private let count = Atomic(0)

  init(_ max: Int) { self.max = max }

  /// How many are taken.
  public var taken: Int { count.load(ordering: .relaxed) }

  /// Takes `amount`; false, and nothing is taken, if fewer are left.
  public func take(_ amount: Int) -> Bool {
    if count.add(amount, ordering: .relaxed).newValue <= max { return true }
    count.subtract(amount, ordering: .relaxed)
    return false
  }

  /// Gives back what was taken.
  public func giveBack(_ amount: Int) { count.subtract(amount, ordering: .relaxed) }
}
