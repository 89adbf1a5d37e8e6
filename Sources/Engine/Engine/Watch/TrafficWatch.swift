import API
import Foundation
import Synchronization

/// Every change of the traffic, for one who watches.
final class TrafficWatch: AnswerStream, Watcher {
  let signal = ReadySignal()
  private let news: Mutex<WatchNews?>

  /// - Parameter first: the state of the moment, without causes.
  init(first: WatchNews) { news = Mutex(first) }

  func verdict(on news: WatchNews) -> WatchVerdict { news.isTrafficNew ? .concerned : .unconcerned }

  func wake(by later: WatchNews) {
    news.withLock { news in
      news = news ?? WatchNews()
      news?.add(later)
    }
    signal.tell()
  }

  /// Nothing here is about a map.
  func move(to engine: TocsinEngine) {}

  func next() -> TrafficEvent? {
    signal.asked()
    let taken = news.withLock { news in
      defer { news = nil }
      return news
    }
    return taken.map { news in
      let causes = news.causes.filter { if case .unit = $0 { false } else { true } }
      return TrafficEvent(
        version: news.version, publishedAt: news.publishedAt, causes: causes, isIncomplete: news.hasMoreCauses)
    }
  }

  func onReady(_ ready: @escaping @Sendable () -> Void) {
    signal.onReady(ready)
    if news.withLock({ $0 != nil }) { signal.tell() }
  }

  func cancel() { signal.cancel() }
}
