import Synchronization

/// Until when a call may work: its deadline, and whether its caller still wants an answer.
///
/// Long work looks at it between steps of a few milliseconds and then ends without an answer. A change is made wholly
/// or not at all: once it is being recorded it is no longer ended.
public struct WorkLimit: Sendable {
  public var deadline: ContinuousClock.Instant?
  public var cancellation: Cancellation?

  /// As long as it takes.
  public static let none = WorkLimit()

  public init(deadline: ContinuousClock.Instant? = nil, cancellation: Cancellation? = nil) {
    (self.deadline, self.cancellation) = (deadline, cancellation)
  }

  /// True once the work is to end. O(1).
  public var isOver: Bool { reason != nil }

  /// - Throws: `CANCELLED`, `DEADLINE_EXCEEDED`.
  public func check() throws(EngineError) {
    if let reason { throw reason }
  }

  private var reason: EngineError? {
    if cancellation?.isCancelled == true {
      return EngineError(.cancelled, "the caller doesn't want an answer any more")
    }
    if let deadline, ContinuousClock.now >= deadline {
      return EngineError(.deadlineExceeded, "the request's deadline came before its answer")
    }
    return nil
  }
}

/// A caller's word that it doesn't want an answer any more. Never taken back.
public final class Cancellation: Sendable {
  private let flag = Atomic(false)

  public init() {}

  public var isCancelled: Bool { flag.load(ordering: .relaxed) }

  /// May be called from any thread, more than once.
  public func cancel() { flag.store(true, ordering: .relaxed) }
}
