import API
import Synchronization

/// What is covered: worked out again when units or roads change, at most once a second, and sent when it differs by
/// more than a share of all roads.
final class CoverageWatch: AnswerStream, Watcher {
  private struct State {
    /// The last answer that was sent.
    var sent: CoverageAnswer?
    /// The engine that answers.
    var engine: TocsinEngine
    var pace = AnswerPace(interval: AnswerPace.wide)
  }

  let signal = ReadySignal()
  private let request: WatchCoverageRequest
  private let state: Mutex<State>

  init(_ request: WatchCoverageRequest, on engine: TocsinEngine) {
    self.request = request
    state = Mutex(State(engine: engine))
  }

  /// Any unit and any road may matter.
  func impact(of changes: PublishedChanges) -> WatchImpact {
    WatchReach.Wide.anything.isAffected(by: changes) ? .affected : .unaffected
  }

  func move(to engine: TocsinEngine) { state.withLock { $0.engine = engine } }

  func wake(by changes: PublishedChanges) {
    state.withLock { $0.pace.isStale = true }
    signal.notify()
  }

  /// Works the answer out if something changed a second or more after the last one; `nil` if it is about as it was.
  func next(within limit: WorkLimit) throws(EngineError) -> CoverageAnswer? {
    signal.asked()
    let (step, engine) = state.withLock { ($0.pace.step(), $0.engine) }
    switch step {
    case .nothing: return nil
    case .later(let wait):
      signal.notify(after: wait)
      return nil
    case .now:
      let answer = try engine.coverage(request.question, within: limit)
      return state.withLock { state in
        if let sent = state.sent, !answer.differs(from: sent, by: request.changeShare) { return nil }
        state.sent = answer
        return answer
      }
    }
  }

  func onReady(_ ready: @escaping @Sendable () -> Void) {
    signal.onReady(ready)
    if state.withLock({ $0.pace.isStale }) { signal.notify() }
  }

  func cancel() { signal.cancel() }
}

extension CoverageAnswer {
  /// True if a share of roads or of demand differs by at least `share`, or another gap is among those that are listed.
  func differs(from other: CoverageAnswer, by share: Double) -> Bool {
    func gaps(_ answer: CoverageAnswer) -> Set<String> { Set(answer.gaps.map { "\($0.coordinate)" }) }
    return levels.count != other.levels.count || gaps(self) != gaps(other)
      || zip(levels, other.levels).contains {
        abs($0.lengthShare - $1.lengthShare) >= share || abs($0.demandShare - $1.demandShare) >= share
      }
  }
}
