import Logging
import Synchronization

/// Keeps what is logged, for a test to look at.
struct LogRecorder: LogHandler {
  private final class Lines: Sendable {
    let texts = Mutex<[String]>([])
  }

  private let lines = Lines()
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.trace

  /// Each line with its metadata.
  var texts: [String] { lines.texts.withLock { $0 } }

  var logger: Logger { Logger(label: "test") { _ in self } }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let metadata = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    lines.texts.withLock { $0.append("\(event.message) \(metadata.joined(separator: " "))") }
  }
}
