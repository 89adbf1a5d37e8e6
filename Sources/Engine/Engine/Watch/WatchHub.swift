import API
import Dispatch
import Foundation
import RoadGraph
import Synchronization

/// Those who watch: told after each change whether it may concern them.
///
/// News is gathered for a moment and then shown to all watchers on a thread of the hub's own, so the writer never waits
/// for them. Each decides by a few comparisons whether the news can change its answer; where only a road that became faster
/// can, two searches tell for all of them at once how long a way over it would be. Who is concerned is woken, and asks anew
/// when its client can take an answer.
final class WatchHub: Sendable {
  private struct State {
    var watchers: [UInt64: any Watcher] = [:]
    var lastID: UInt64 = 0
    var news: WatchNews?
    /// The engine that answers.
    weak var engine: TocsinEngine?
  }

  private let subscriptionsMax: Int
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "tocsin.watch", qos: .utility)

  /// News that comes within this time is looked at together.
  private static let gatherMilliseconds = 10

  init(subscriptionsMax: Int) { self.subscriptionsMax = subscriptionsMax }

  /// Lets another engine answer from now on. O(watchers).
  ///
  /// - Parameter news: what watchers are told of it.
  func move(to engine: TocsinEngine, news: WatchNews? = nil) {
    state.withLock { state in
      state.engine = engine
      for watcher in state.watchers.values { watcher.move(to: engine) }
    }
    if let news { note { news } }
  }

  /// How many watch.
  var count: Int { state.withLock { $0.watchers.count } }

  /// Adds a watcher, which is shown all news from now on.
  ///
  /// - Throws: `LIMIT_EXCEEDED`.
  func add(_ watcher: any Watcher) throws(EngineError) -> UInt64 {
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
    return id
  }

  func remove(_ id: UInt64) { state.withLock { _ = $0.watchers.removeValue(forKey: id) } }

  /// Takes news; never waits. What it tells is what queries see already.
  func note(_ makeNews: () -> WatchNews) {
    let isFirst = state.withLock { state -> Bool in
      guard !state.watchers.isEmpty else { return false }
      let isFirst = state.news == nil
      state.news = state.news ?? WatchNews()
      state.news?.add(makeNews())
      return isFirst
    }
    guard isFirst else { return }
    queue.asyncAfter(deadline: .now() + .milliseconds(Self.gatherMilliseconds)) { [weak self] in self?.tell() }
  }

  /// Tells what was gathered at once, and returns when all were told.
  func flush() { queue.sync { tell() } }

  private func tell() {
    let (news, watchers, engine) = state.withLock { state in
      defer { state.news = nil }
      return (state.news, Array(state.watchers.values), state.engine)
    }
    guard let news else { return }
    var doubtful: [String: [(watcher: any Watcher, rivals: WatchReach.Rivals)]] = [:]
    for watcher in watchers {
      switch watcher.verdict(on: news) {
      case .unconcerned: continue
      case .concerned: watcher.wake(by: news)
      case .perhaps(let rivals):
        for (profile, rivals) in rivals { doubtful[profile, default: []].append((watcher, rivals)) }
      }
    }
    // Arcs mean something on their own map alone.
    let judge = engine?.generation == news.generation ? engine : nil
    for (profile, doubts) in doubtful {
      let faster = news.arcs[profile]?.faster ?? []
      let verdicts = judge?.mayBeBeaten(doubts.map(\.rivals), over: faster, of: profile)
      for (number, doubt) in doubts.enumerated() where verdicts?[number] ?? true { doubt.watcher.wake(by: news) }
    }
  }
}

/// Whether news may change what one who watches knows.
enum WatchVerdict {
  case unconcerned, concerned
  /// If a way over an arc that became faster may beat those of these profiles.
  case perhaps([(profile: String, rivals: WatchReach.Rivals)])
}

/// One who watches.
protocol Watcher: AnyObject, Sendable {
  /// Whether news may change its answer, by a few comparisons.
  func verdict(on news: WatchNews) -> WatchVerdict
  /// Tells its transport that there may be another answer.
  func wake(by news: WatchNews)
  /// Lets another engine answer from now on.
  func move(to engine: TocsinEngine)
}
