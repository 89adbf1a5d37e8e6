import Foundation
import Logging
import Synchronization

/// Writes each entry of the log as one JSON object on a line of its own.
///
/// `time` (RFC 3339, UTC, milliseconds), `level`, `label`, `message`, then the metadata in the order of their keys, all
/// as texts. Metadata within metadata have dotted keys (`place.lat`, `codes.0`); a key that is one of the four above,
/// or begins with `metadata.`, has `metadata.` in front.
public struct JSONLogHandler: LogHandler {
  public var logLevel = Logger.Level.info
  public var metadata: Logger.Metadata = [:]
  public var metadataProvider: Logger.MetadataProvider?

  private let label: String
  private let output: LogOutput
  private let clock: @Sendable () -> Date

  /// - Parameters:
  ///   - label: the logger's.
  ///   - output: where lines go.
  ///   - clock: tells the time of an entry.
  public init(
    label: String, output: LogOutput = .standardError, clock: @escaping @Sendable () -> Date = { Date() }
  ) { (self.label, self.output, self.clock) = (label, output, clock) }

  /// One entry of the metadata that all lines have.
  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  /// Writes a line.
  public func log(event: LogEvent) {
    var all = metadata
    if let provided = metadataProvider?.get() { all.merge(provided) { $1 } }
    if let own = event.metadata { all.merge(own) { $1 } }
    if let error = event.error { all["error"] = "\(error)" }
    var object = JSONObjectText()
    object.add("time", Self.time(clock()))
    object.add("level", event.level.rawValue)
    object.add("label", label)
    object.add("message", "\(event.message)")
    for (key, value) in Self.flattened(all) { object.add(key, value) }
    output.write(object.line)
  }

  private static let ownKeys: Set<String> = ["time", "level", "label", "message"]

  static func flattened(_ metadata: Logger.Metadata) -> [(String, String)] {
    var flat: [String: String] = [:]
    for (key, value) in metadata {
      flatten(ownKeys.contains(key) || key.hasPrefix("metadata.") ? "metadata.\(key)" : key, value, into: &flat)
    }
    return flat.sorted { $0.key < $1.key }
  }

  private static func flatten(_ key: String, _ value: Logger.Metadata.Value, into flat: inout [String: String]) {
    switch value {
    case .string(let text): flat[key] = text
    case .stringConvertible(let value): flat[key] = value.description
    case .dictionary(let inner):
      for (innerKey, value) in inner { flatten("\(key).\(innerKey)", value, into: &flat) }
    case .array(let values):
      for (index, value) in values.enumerated() { flatten("\(key).\(index)", value, into: &flat) }
    }
  }

  /// `2026-03-01T12:00:00.123Z`.
  static func time(_ date: Date) -> String {
    let milliseconds = Int((date.timeIntervalSince1970 * 1_000).rounded())
    var seconds = time_t((Double(milliseconds) / 1_000).rounded(.down))
    var parts = tm()
    gmtime_r(&seconds, &parts)
    return String(
      format: "%04d-%02d-%02dT%02d:%02d:%02d.%03ldZ", parts.tm_year + 1_900, parts.tm_mon + 1, parts.tm_mday,
      parts.tm_hour, parts.tm_min, parts.tm_sec, milliseconds - seconds * 1_000)
  }
}

/// Where the lines of a log go, one whole line at a time.
public struct LogOutput: Sendable {
  let write: @Sendable (String) -> Void

  public init(_ write: @escaping @Sendable (String) -> Void) { self.write = write }

  /// The standard error of the process, which services leave to their supervisor.
  public static let standardError: LogOutput = {
    let lock = Mutex(())
    // There is nobody to tell that the log is gone.
    return LogOutput { line in
      lock.withLock { _ in _ = try? FileHandle.standardError.write(contentsOf: Array(line.utf8)) }
    }
  }()
}
