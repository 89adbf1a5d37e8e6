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
  public func take(_ amount: Int) -> Bool { take(amount, leaving: 0) }

  /// The same, if the reserve is left for others then.
  func take(_ amount: Int, leaving reserve: Int) -> Bool {
    if count.add(amount, ordering: .relaxed).newValue <= max - reserve { return true }
    count.subtract(amount, ordering: .relaxed)
    return false
  }

  /// Takes what somebody else is about to give back.
  func takeInAdvance(_ amount: Int) { count.add(amount, ordering: .relaxed) }

  /// Gives back what was taken.
  public func giveBack(_ amount: Int) { count.subtract(amount, ordering: .relaxed) }
}

/// The same for each caller apart.
final class CallerQuota: Sendable {
  /// What a caller is told for whom nothing is left.
  let refusal: CallStatus
  private let max: Int
  private let counts = Mutex<[String: Int]>([:])

  /// - Parameter limit: its name, as `tocsin limits` tells it.
  init(_ max: Int, limit: String, _ code: CallCode, _ message: String) {
    (self.max, refusal) = (max, CallStatus(code, message, limit: limit, max))
  }

  /// Takes one for a caller; false if none is left.
  func take(_ caller: String) -> Bool {
    counts.withLock { counts in
      let count = counts[caller, default: 0]
      if count >= max { return false }
      counts[caller] = count + 1
      return true
    }
  }

  /// Gives back one.
  func giveBack(_ caller: String) {
    counts.withLock { counts in
      guard let count = counts[caller] else { return }
      counts[caller] = count > 1 ? count - 1 : nil
    }
  }
}
