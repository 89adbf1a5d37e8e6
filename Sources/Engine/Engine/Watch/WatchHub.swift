import API
import Dispatch
import Synchronization

/// All watchers: woken after each change that may affect their answer.
///
/// Changes are gathered for a moment and then shown to all watchers on a thread of the hub's own, so the writer never
/// waits for them. Each decides by a few comparisons whether the changes can affect its answer; where only a road that
/// became faster can, two searches give for all of them at once a lower bound of a way over it. A watcher that is
/// affected is woken, and asks again when its client can take an answer.
final class WatchHub: Sendable {
  private struct State {
    var watchers: [UInt64: any Watcher] = [:]
    var lastID: UInt64 = 0
    var changes: PublishedChanges?
    /// The engine that answers.
    weak var engine: TocsinEngine?
  }

  private let subscriptionsMax: Int
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "tocsin.watch", qos: .utility)

  /// Changes within this time are looked at together.
  private static let gatherMilliseconds = 10

  init(subscriptionsMax: Int) { self.subscriptionsMax = subscriptionsMax }

  /// Lets another engine answer from now on. O(watchers).
  ///
  /// - Parameter changes: what watchers are shown of it.
  func move(to engine: TocsinEngine, changes: PublishedChanges? = nil) {
    state.withLock { state in
      state.engine = engine
      for watcher in state.watchers.values { watcher.move(to: engine) }
    }
    if let changes { note { changes } }
  }

  /// How many watch.
  var count: Int { state.withLock { $0.watchers.count } }

  /// Adds a watcher, which is shown all changes until it is cancelled.
  ///
  /// - Throws: `LIMIT_EXCEEDED`.
  func add(_ watcher: any Watcher) throws(EngineError) {
    let id: UInt64? = state.withLock { state in
      guard state.watchers.count < subscriptionsMax else { return nil }
      state.lastID += 1
      state.watchers[state.lastID] = watcher
      // It may have been made for an engine that was replaced at this moment.
      if let engine = state.engine { watcher.move(to: engine) }
      return state.lastID
    }
    guard let id else {
      throw EngineError(
        .limitExceeded, "too many questions are being watched: at most \(subscriptionsMax)",
        value: "\(subscriptionsMax + 1)")
    }
    watcher.signal.whenCancelled { [weak self] in
      self?.state.withLock { _ = $0.watchers.removeValue(forKey: id) }
    }
  }

  /// Takes changes that queries see already; never waits.
  func note(_ makeChanges: () -> PublishedChanges) {
    let isFirst = state.withLock { state -> Bool in
      guard !state.watchers.isEmpty else { return false }
      let isFirst = state.changes == nil
      state.changes = state.changes ?? PublishedChanges()
      state.changes?.add(makeChanges())
      return isFirst
    }
    guard isFirst else { return }
    queue.asyncAfter(deadline: .now() + .milliseconds(Self.gatherMilliseconds)) { [weak self] in self?.wakeWatchers() }
  }

  /// Shows at once what was gathered, and returns when all watchers have seen it.
  func flush() { queue.sync { wakeWatchers() } }

  private func wakeWatchers() {
    let (changes, watchers, engine) = state.withLock { state in
      (state.changes.take(), Array(state.watchers.values), state.engine)
    }
    guard let changes else { return }
    var maybe: [String: [(watcher: any Watcher, bounds: WatchReach.Bounds)]] = [:]
    for watcher in watchers {
      switch watcher.impact(of: changes) {
      case .unaffected: continue
      case .affected: watcher.wake(by: changes)
      case .maybe(let bounds):
        for (profile, bounds) in bounds { maybe[profile, default: []].append((watcher, bounds)) }
      }
    }
    // Arcs mean something on their own map alone.
    let judge = engine?.generation == changes.generation ? engine : nil
    for (profile, entries) in maybe {
      let faster = changes.arcs[profile]?.faster ?? []
      let affected = judge?.affected(entries.map(\.bounds), by: faster, of: profile)
      for (number, entry) in entries.enumerated() where affected?[number] ?? true { entry.watcher.wake(by: changes) }
    }
  }
}

/// Whether changes may affect what a watcher knows.
enum WatchImpact {
  case unaffected, affected
  /// If a way over an arc that became faster is good enough for one of these profiles.
  case maybe([(profile: String, bounds: WatchReach.Bounds)])
}

/// A question or the traffic, watched by a client.
protocol Watcher: AnyObject, Sendable {
  var signal: ReadySignal { get }
  /// Whether changes may affect its answer, by a few comparisons.
  func impact(of changes: PublishedChanges) -> WatchImpact
  /// Notifies its transport that there may be another answer.
  func wake(by changes: PublishedChanges)
  /// Lets another engine answer from now on.
  func move(to engine: TocsinEngine)
}
