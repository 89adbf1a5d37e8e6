import API
import Dispatch
import Traffic

/// Changes that take long to work out.
extension TocsinEngine {
  /// Puts what was worked out into a draft: quick, as everybody else waits meanwhile.
  typealias PreparedChange = @Sendable (inout StateDraft) throws(EngineError) -> DraftedChange

  /// How often a change is worked out before its caller is asked to try again.
  static let preparationsMax = 10

  /// Works a change out, on the state as it is, and makes it in its turn. If what it was worked out on is another one
  /// by then, it leaves its turn and is worked out again: nobody ever waits for that.
  ///
  /// - Parameter prepare: works it out; what it returns throws `CHANGED_MEANWHILE` if it doesn't fit any more.
  /// - Throws: what both throw; `CHANGED_MEANWHILE` once it was worked out ``preparationsMax`` times.
  func changeAsPrepared(
    by origin: ChangeOrigin, within limit: WorkLimit, _ prepare: () throws(EngineError) -> PreparedChange
  ) throws(EngineError) -> CommittedChange {
    let start = ContinuousClock.now
    var preparations = 1
    while true {
      let enter = try prepare()
      do throws(EngineError) {
        return try changeElsewhere(by: origin, since: start, within: limit) { draft, _ throws(EngineError) in
          try enter(&draft)
        }
      } catch {
        guard error.code == .changedMeanwhile, preparations < Self.preparationsMax else { throw error }
        preparations += 1
      }
    }
  }

  /// Makes a change on a thread that leaves the processors to nobody: the caller's may, and others wait for a change
  /// that has its turn.
  private func changeElsewhere(
    by origin: ChangeOrigin, since start: ContinuousClock.Instant, within limit: WorkLimit,
    _ draft: @escaping @Sendable (inout StateDraft, TrafficSnapshot) throws(EngineError) -> DraftedChange
  ) throws(EngineError) -> CommittedChange {
    let outcome = Handover<Result<CommittedChange, EngineError>>()
    Self.committers.async { [self] in
      outcome.give(
        Result { () throws(EngineError) in try change(by: origin, since: start, within: limit, draft) })
    }
    return try outcome.take().get()
  }

  private static let committers = DispatchQueue(label: "tocsin.committers", attributes: .concurrent)
}

/// A value that one thread waits for and another one gives.
private final class Handover<Value: Sendable>: @unchecked Sendable {
  // Unchecked: the value is written before the semaphore is signalled and read after.
  private var value: Value?
  private let isGiven = DispatchSemaphore(value: 0)

  func give(_ value: Value) {
    self.value = value
    isGiven.signal()
  }

  func take() -> Value {
    isGiven.wait()
    guard let value else { preconditionFailure("a handover without a value") }
    return value
  }
}

extension EngineError {
  /// What was worked out doesn't fit any more.
  static func changedMeanwhile(_ name: String) -> EngineError {
    EngineError(.changedMeanwhile, "it was changed by others again and again meanwhile: try again", value: name)
  }
}
