import Synchronization

/// Notifies a transport that there may be an answer: once, until it has asked.
final class ReadySignal: Sendable {
  private struct State {
    var ready: (@Sendable () -> Void)?
    /// True if the transport was notified and hasn't asked since.
    var isNotified = false
    var onCancel: (@Sendable () -> Void)?
  }

  private let state = Mutex(State())

  /// Sets what is called.
  func onReady(_ ready: @escaping @Sendable () -> Void) { state.withLock { $0.ready = ready } }

  /// Sets what is called once the watch is cancelled.
  func whenCancelled(_ action: @escaping @Sendable () -> Void) { state.withLock { $0.onCancel = action } }

  /// There may be an answer.
  func notify() {
    let ready = state.withLock { state -> (@Sendable () -> Void)? in
      guard !state.isNotified, let ready = state.ready else { return nil }
      state.isNotified = true
      return ready
    }
    ready?()
  }

  /// The transport asks.
  func asked() { state.withLock { $0.isNotified = false } }

  /// Nothing is called any more. May be called more than once.
  func cancel() {
    let action = state.withLock { state in
      defer { (state.ready, state.onCancel) = (nil, nil) }
      return state.onCancel
    }
    action?()
  }
}
