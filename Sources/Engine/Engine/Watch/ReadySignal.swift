import Synchronization

/// Tells a transport that there may be an answer: once, until it has asked.
final class ReadySignal: Sendable {
  private struct State {
    var ready: (@Sendable () -> Void)?
    /// True if the transport was told and hasn't asked since.
    var isTold = false
    var onCancel: (@Sendable () -> Void)?
  }

  private let state = Mutex(State())

  /// Sets who is told.
  func onReady(_ ready: @escaping @Sendable () -> Void) { state.withLock { $0.ready = ready } }

  /// What is done once nobody watches any more.
  func whenCancelled(_ action: @escaping @Sendable () -> Void) { state.withLock { $0.onCancel = action } }

  /// There may be an answer.
  func tell() {
    let ready = state.withLock { state -> (@Sendable () -> Void)? in
      guard !state.isTold, let ready = state.ready else { return nil }
      state.isTold = true
      return ready
    }
    ready?()
  }

  /// The transport asks.
  func asked() { state.withLock { $0.isTold = false } }

  /// Nobody is told any more. May be called more than once.
  func cancel() {
    let action = state.withLock { state in
      defer { (state.ready, state.onCancel) = (nil, nil) }
      return state.onCancel
    }
    action?()
  }
}
