import Messages
import Synchronization

/// The answers of all connections that their clients have not taken yet.
///
/// A client that asks and takes nothing is answered no more: what waits for it is memory. One that has taken all gets
/// small answers whatever others do; large ones only as far as all together stay below the limit.
public final class UnsentAnswers: Sendable {
  private let bytesMax: Int
  private let smallBytesMax: Int
  let bytesPerConnectionMax: Int
  private let count = Atomic(0)

  init(_ limits: CallLimits) {
    (bytesMax, bytesPerConnectionMax) = (limits.unsentBytesMax, limits.unsentBytesPerConnectionMax)
    smallBytesMax = limits.smallAnswerBytesMax
  }

  /// Of all connections.
  public var byteCount: Int { count.load(ordering: .relaxed) }

  func add(_ bytes: Int) { count.add(bytes, ordering: .relaxed) }

  func remove(_ bytes: Int) { count.subtract(bytes, ordering: .relaxed) }

  /// Why an answer of this many bytes isn't sent for now; `nil` if it is: a small one always, a large one if there is
  /// room, or nothing else is unsent.
  func refusal(ofAnswer bytes: Int) -> CallStatus? {
    let waiting = byteCount
    guard bytes > smallBytesMax, waiting > 0, waiting + bytes > bytesMax else { return nil }
    return CallStatus(.tooManyRequests, "too many answers wait for their clients", limit: "unsent_bytes", bytesMax)
  }

  /// True if a connection with so much unsent is answered no more for now.
  func isTooMuch(_ bytesOfConnection: Int) -> Bool {
    bytesOfConnection > bytesPerConnectionMax || (bytesOfConnection > 0 && byteCount > bytesMax)
  }
}
