import API
import Synchronization

/// Every change of the traffic, for one watcher.
final class TrafficWatch: AnswerStream, Watcher {
  let signal = ReadySignal()
  private let pending: Mutex<PublishedChanges?>

  /// - Parameter first: the state of the moment, without causes.
  init(first: PublishedChanges) { pending = Mutex(first) }

  func impact(of changes: PublishedChanges) -> WatchImpact { changes.isTrafficNew ? .affected : .unaffected }

  func wake(by changes: PublishedChanges) {
    pending.withLock { pending in
      pending = pending ?? PublishedChanges()
      pending?.add(changes)
    }
    signal.notify()
  }

  /// Nothing here is about a map.
  func move(to engine: TocsinEngine) {}

  func next(within limit: WorkLimit) -> TrafficEvent? {
    signal.asked()
    return pending.withLock { $0.take() }.map { changes in
      let causes = changes.causes.filter(\.isOfTraffic)
      return TrafficEvent(
        version: changes.version, publishedAt: changes.publishedAt, causes: causes,
        isIncomplete: changes.hasMoreCauses)
    }
  }

  func onReady(_ ready: @escaping @Sendable () -> Void) {
    signal.onReady(ready)
    if pending.withLock({ $0 != nil }) { signal.notify() }
  }

  func cancel() { signal.cancel() }
}

extension WatchCause {
  fileprivate var isOfTraffic: Bool {
    switch self {
    case .traffic, .rules, .map: true
    case .unit, .plans, .layers, .hours: false
    }
  }
}
