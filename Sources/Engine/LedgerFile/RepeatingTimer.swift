import Dispatch

/// Does something again and again, on a thread of its own, until it is gone.
final class RepeatingTimer: @unchecked Sendable {
  // Unchecked: a dispatch source may be used from any thread.
  private let source: any DispatchSourceTimer

  init(seconds: Double, _ action: @escaping @Sendable () -> Void) {
    source = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "tocsin.ledger"))
    source.setEventHandler(handler: action)
    source.schedule(deadline: .now() + seconds, repeating: seconds)
    source.activate()
  }

  deinit { source.cancel() }
}
