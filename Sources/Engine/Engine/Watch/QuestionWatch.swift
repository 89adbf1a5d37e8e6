import API
import Synchronization

/// A question, answered again when a change may have changed the answer, and sent when it has.
final class QuestionWatch: AnswerStream, Watcher {
  private struct State {
    /// What the last answer said; `nil` before the first one.
    var sent: WatchAnswer.Content?
    /// Where something must happen to change it; `nil` while it is being worked out: then everything matters.
    var reach: WatchReach?
    /// The engine that answers.
    var engine: TocsinEngine
    var pace: AnswerPace
    var causes: [WatchCause] = []
  }

  let signal = ReadySignal()
  private let question: WatchQuestion
  private let state: Mutex<State>

  /// An answer has no more causes than this.
  static let causesMax = 100

  init(_ question: WatchQuestion, on engine: TocsinEngine) {
    self.question = question
    state = Mutex(State(engine: engine, pace: AnswerPace(interval: question.isWide ? AnswerPace.wide : .zero)))
  }

  func impact(of changes: PublishedChanges) -> WatchImpact {
    let (reach, engine) = state.withLock { ($0.reach, $0.engine) }
    guard let reach, !changes.isMapNew, changes.generation == engine.generation else { return .affected }
    return reach.impact(of: changes, engine.map.network)
  }

  /// What was worked out on another map says nothing of this one.
  func move(to engine: TocsinEngine) {
    state.withLock { state in
      if state.engine !== engine { (state.engine, state.reach) = (engine, nil) }
    }
  }

  func wake(by changes: PublishedChanges) {
    state.withLock { state in
      state.pace.isStale = true
      state.causes += changes.causes.prefix(Self.causesMax - state.causes.count)
    }
    signal.notify()
  }

  /// Works the answer out if something may have changed it; `nil` if it is as it was. O(one query).
  func next(within limit: WorkLimit) throws(EngineError) -> WatchAnswer? {
    signal.asked()
    let (step, engine) = state.withLock { state in
      let step = state.pace.step()
      if case .now = step { state.reach = nil }
      return (step, state.engine)
    }
    switch step {
    case .nothing: return nil
    case .later(let wait):
      signal.notify(after: wait)
      return nil
    case .now: return try answer(of: engine, within: limit)
    }
  }

  private func answer(of engine: TocsinEngine, within limit: WorkLimit) throws(EngineError) -> WatchAnswer? {
    let (version, content, reach) = engine.answer(to: question, within: limit)
    try limit.check()
    return state.withLock { state in
      if state.engine === engine { state.reach = reach }
      let changes = state.sent.map { content.changes(since: $0) } ?? []
      guard state.sent == nil || !changes.isEmpty else {
        if !state.pace.isStale { state.causes = [] }
        return nil
      }
      state.sent = content.remembered
      let causes = state.causes
      state.causes = []
      return WatchAnswer(version: version, content: content, changes: changes, causes: causes)
    }
  }

  func onReady(_ ready: @escaping @Sendable () -> Void) {
    signal.onReady(ready)
    if state.withLock({ $0.pace.isStale }) { signal.notify() }
  }

  func cancel() { signal.cancel() }
}
