import Dispatch
import Foundation
import Synchronization

/// Ends the process at the second signal to stop: the first one lets calls in flight finish, and who sends another one
/// doesn't want to wait for that. Nothing that was acknowledged is lost, as after any other sudden end.
struct LastSignal {
  private let sources: [any DispatchSourceSignal]

  /// What a shell would say of a process that a signal ended.
  private static let exitStatusBase: Int32 = 128

  /// Counts signals from now on, until it is cancelled.
  init(_ numbers: [Int32] = [SIGTERM, SIGINT]) {
    let queue = DispatchQueue(label: "tocsin.signal")
    let count = SignalCount()
    sources = numbers.map { number in
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        if count.add() > 1 { _exit(Self.exitStatusBase + number) }
      }
      source.activate()
      return source
    }
  }

  func cancel() { for source in sources { source.cancel() } }

  private final class SignalCount: Sendable {
    private let count = Atomic(0)

    func add() -> Int { count.add(1, ordering: .relaxed).newValue }
  }
}
