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
  }

  /// Which rivals of a profile may be beaten by a way over arcs that became faster.
  typealias Rivalry = @Sendable (_ profile: String, _ faster: [ArcID], _ rivals: [WatchReach.Rivals]) -> [Bool]

  private let subscriptionsMax: Int
  private let state = Mutex(State())
  private let rivalry = Mutex<Rivalry?>(nil)
  private let queue = DispatchQueue(label: "tocsin.watch", qos: .utility)

  /// News that comes within this time is looked at together.
  private static let gatherMilliseconds = 10

  init(subscriptionsMax: Int) { self.subscriptionsMax = subscriptionsMax }

  /// Sets who knows how long ways over arcs are. Without one, whoever may be concerned is woken.
  func compare(by rivalry: @escaping Rivalry) { self.rivalry.withLock { $0 = rivalry } }

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
    let (news, watchers) = state.withLock { state in
      defer { state.news = nil }
      return (state.news, Array(state.watchers.values))
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
    for (profile, doubts) in doubtful {
      let faster = news.arcs[profile]?.faster ?? []
      let verdicts = rivalry.withLock { $0 }?(profile, faster, doubts.map(\.rivals))
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
}
