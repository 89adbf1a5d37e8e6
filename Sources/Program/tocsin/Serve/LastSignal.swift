import Dispatch
import Foundation
import Logging
import Synchronization

/// Ends the process at the second signal to stop: the first one lets calls in flight finish, and who sends another one
/// doesn't want to wait for that. It ends as well if something goes on after the first one's time. Nothing that was
/// acknowledged is lost, as after any other sudden end.
struct LastSignal {
  private let sources: [any DispatchSourceSignal]

  /// Beyond the time that calls in flight have: for what is written at the end.
  private static let graceSeconds = 5.0
  /// What a shell would say of a process that a signal ended.
  private static let exitStatusBase: Int32 = 128

  /// Counts signals from now on, until it is cancelled.
  ///
  /// - Parameter drainSeconds: how long calls in flight have to finish.
  init(_ numbers: [Int32] = [SIGTERM, SIGINT], drainSeconds: Double, _ logger: Logger) {
    let queue = DispatchQueue(label: "tocsin.signal")
    let count = SignalCount()
    sources = numbers.map { number in
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        if count.add() > 1 { _exit(Self.exitStatusBase + number) }
        queue.asyncAfter(deadline: .now() + drainSeconds + Self.graceSeconds) {
          logger.error("ended with calls that went on", metadata: ["seconds": "\(drainSeconds + Self.graceSeconds)"])
          _exit(Self.exitStatusBase + number)
        }
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
