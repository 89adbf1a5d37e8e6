import Messages

/// What one connection holds of the bytes of requests that are not done: whose frames or messages are not whole, or
/// that wait for their turn. Belongs to one event loop.
///
/// A few bytes count for nobody, so that small requests are taken whatever large ones others are sending.
public final class UnfinishedBytes {
  /// Of a connection.
  private static let freeBytes = 16 << 10
  private let quota: Quota
  private var held = 0

  public init(_ quota: Quota) { self.quota = quota }

  /// What a client is told for whom nothing is left.
  public var refusal: CallStatus { quota.refusal }

  /// Takes some more; false, and nothing is taken, if fewer are left.
  public func take(_ bytes: Int) -> Bool {
    guard quota.take(counted(held + bytes) - counted(held)) else { return false }
    held += bytes
    return true
  }

  /// Gives back what was taken.
  public func giveBack(_ bytes: Int) {
    quota.giveBack(counted(held) - counted(held - bytes))
    held -= bytes
  }

  /// Gives back all.
  public func giveBackAll() { giveBack(held) }

  private func counted(_ bytes: Int) -> Int { max(bytes - Self.freeBytes, 0) }
}
