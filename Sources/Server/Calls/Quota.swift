import Messages
import Synchronization

/// A number of something for all connections together.
public final class Quota: Sendable {
  /// What clients are told for whom nothing is left.
  public let refusal: CallStatus
  private let max: Int
  private let count = Atomic(0)

  /// - Parameter limit: its name, as `tocsin limits` tells it.
  init(_ max: Int, limit: String, _ code: CallCode, _ message: String) {
    (self.max, refusal) = (max, CallStatus(code, message, limit: limit, max))
  }

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
