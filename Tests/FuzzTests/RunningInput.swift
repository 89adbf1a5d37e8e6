import Foundation
import Synchronization

/// The input that is being tried, in a file that outlives the process: the door's name, a line feed, the bytes.
///
/// Removed when the process ends well. An input that never ends is ended by an alarm, which ends the process.
final class RunningInput: @unchecked Sendable {
  // Unchecked: the tests that use it run one after the other.
  private static let secondsMax: UInt32 = 300
  private let descriptor: Int32
  private static let path = Mutex("")

  init() {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("tocsin-fuzz-\(getpid()).input").path
    descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    print("The input that is being tried stands in \(path)")
    RunningInput.path.withLock { $0 = path }
    atexit { _ = RunningInput.path.withLock { unlink($0) } }
  }

  func note(_ door: String, _ bytes: [UInt8]) {
    let text = Array("\(door)\n".utf8) + bytes
    ftruncate(descriptor, off_t(text.count))
    pwrite(descriptor, text, text.count, 0)
    alarm(Self.secondsMax)
  }

  /// The input has ended. Other tests may run for long before the next one does.
  func stopAlarm() { alarm(0) }
}
