import Foundation
import Synchronization

/// What became of the traffic.
public struct TrafficEvent: Sendable {
  public var version: UInt64
  public var publishedAt: Date
  /// All since the event before; none in the first one.
  public var causes: [WatchCause]
  /// There were more causes than fit.
  public var isIncomplete: Bool

  public init(version: UInt64, publishedAt: Date, causes: [WatchCause], isIncomplete: Bool) {
    self.version = version
    self.publishedAt = publishedAt
    self.causes = causes
    self.isIncomplete = isIncomplete
  }
}

/// Every change of the traffic, for one who watches.
final class TrafficWatch: AnswerStream, Watcher {
  private struct State {
    var news: WatchNews?
    var ready: (@Sendable () -> Void)?
    /// True if the transport was told and hasn't asked since.
    var isTold = false
  }

  private let state: Mutex<State>
  private let onCancel = Mutex<(@Sendable () -> Void)?>(nil)

  /// - Parameter first: the state of the moment, without causes.
  init(first: WatchNews) { state = Mutex(State(news: first)) }

  /// What is done once nobody watches any more.
  func whenCancelled(_ action: @escaping @Sendable () -> Void) { onCancel.withLock { $0 = action } }

  func verdict(on news: WatchNews) -> WatchVerdict { news.isTrafficNew ? .concerned : .unconcerned }

  func wake(by news: WatchNews) {
    let ready = state.withLock { state -> (@Sendable () -> Void)? in
      state.news = state.news ?? WatchNews()
      state.news?.add(news)
      return Self.readyToTell(&state)
    }
    ready?()
  }

  func next() -> TrafficEvent? {
    state.withLock { state in
      state.isTold = false
      defer { state.news = nil }
      return state.news.map { news in
        let causes = news.causes.filter { if case .unit = $0 { false } else { true } }
        return TrafficEvent(
          version: news.version, publishedAt: news.publishedAt, causes: causes, isIncomplete: news.hasMoreCauses)
      }
    }
  }

  func onReady(_ ready: @escaping @Sendable () -> Void) {
    let told = state.withLock { state in
      state.ready = ready
      return Self.readyToTell(&state)
    }
    told?()
  }

  private static func readyToTell(_ state: inout State) -> (@Sendable () -> Void)? {
    guard state.news != nil, !state.isTold, let ready = state.ready else { return nil }
    state.isTold = true
    return ready
  }

  func cancel() {
    state.withLock { $0.ready = nil }
    let action = onCancel.withLock { action in
      defer { action = nil }
      return action
    }
    action?()
  }
}
