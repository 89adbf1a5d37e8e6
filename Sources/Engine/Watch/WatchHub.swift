import Dispatch
import Foundation
import Synchronization

/// Those who watch: told after each change whether it may concern them.
///
/// News is gathered for a moment and then shown to all watchers on a thread of the hub's own, so the writer never waits
/// for them. Each decides by a few comparisons whether the news can change its answer; only then it is woken, and asks
/// anew when its client can take an answer.
final class WatchHub: Sendable {
  private struct State {
    var watchers: [UInt64: any Watcher] = [:]
    var lastID: UInt64 = 0
    var news: WatchNews?
  }

  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "tocsin.watch", qos: .utility)

  /// News that comes within this time is looked at together.
  private static let gatherMilliseconds = 10

  /// How many watch.
  var count: Int { state.withLock { $0.watchers.count } }

  /// Adds a watcher, which is shown all news from now on.
  ///
  /// - Throws: `LIMIT_EXCEEDED`.
  func add(_ watcher: any Watcher) throws(EngineError) -> UInt64 {
    let id: UInt64? = state.withLock { state in
      guard state.watchers.count < Limits.subscriptionsMax else { return nil }
      state.lastID += 1
      state.watchers[state.lastID] = watcher
      return state.lastID
    }
    guard let id else {
      throw EngineError(
        .limitExceeded, "too many questions are being watched: at most \(Limits.subscriptionsMax)",
        value: "\(Limits.subscriptionsMax + 1)")
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

  private func tell() {
    let (news, watchers) = state.withLock { state in
      defer { state.news = nil }
      return (state.news, Array(state.watchers.values))
    }
    guard let news else { return }
    for watcher in watchers { watcher.look(at: news) }
  }
}

/// One who watches.
protocol Watcher: AnyObject, Sendable {
  /// Looks whether news may change its answer, and tells its transport if so. Quick; one call at a time.
  func look(at news: WatchNews)
}
