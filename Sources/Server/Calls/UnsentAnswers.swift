import Synchronization

/// The answers of all connections that their clients have not taken yet.
///
/// A client that asks and takes nothing is answered no more: what waits for it is memory. One that has taken all is
/// answered whatever others do.
public final class UnsentAnswers: Sendable {
  private let bytesMax: Int
  let bytesPerConnectionMax: Int
  private let count = Atomic(0)

  init(_ limits: CallLimits) {
    (bytesMax, bytesPerConnectionMax) = (limits.unsentBytesMax, limits.unsentBytesPerConnectionMax)
  }

  /// Of all connections.
  public var byteCount: Int { count.load(ordering: .relaxed) }

  func add(_ bytes: Int) { count.add(bytes, ordering: .relaxed) }

  func remove(_ bytes: Int) { count.subtract(bytes, ordering: .relaxed) }

  /// True if a connection with so much unsent is answered no more for now.
  func isTooMuch(_ bytesOfConnection: Int) -> Bool {
    bytesOfConnection > bytesPerConnectionMax || (bytesOfConnection > 0 && byteCount > bytesMax)
  }
}
