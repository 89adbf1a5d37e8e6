import Logging
import Synchronization

/// Hands entries on to another handler, as far as strangers can't do harm with them: texts are cut and have no control
/// characters, so that none forges a line or moves a terminal's cursor, and of warnings alike only some come a second,
/// the next one with how many were left out.
public struct GuardedLogHandler: LogHandler {
  private var handler: any LogHandler
  private let limiter = LogLimiter()

  /// Of one message, up to the level of warnings.
  private static let entriesPerSecondMax = 20
  private static let charactersMax = 300

  public init(_ handler: any LogHandler) { self.handler = handler }

  public var logLevel: Logger.Level {
    get { handler.logLevel }
    set { handler.logLevel = newValue }
  }

  public var metadata: Logger.Metadata {
    get { handler.metadata }
    set { handler.metadata = newValue.mapValues(Self.harmless) }
  }

  public var metadataProvider: Logger.MetadataProvider? {
    get { handler.metadataProvider }
    set { handler.metadataProvider = newValue }
  }

  /// One entry of the metadata that all lines have.
  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { handler[metadataKey: key] }
    set { handler[metadataKey: key] = newValue.map(Self.harmless) }
  }

  /// Hands an entry on, unless there were too many alike.
  public func log(event: LogEvent) {
    var event = event
    if event.level <= .warning {
      let limited = limiter.take("\(event.message)", perSecondMax: Self.entriesPerSecondMax)
      guard let leftOut = limited else { return }
      if leftOut > 0 { event.metadata = (event.metadata ?? [:]).merging(["left_out": "\(leftOut)"]) { $1 } }
    }
    event.message = "\(Self.harmless("\(event.message)"))"
    event.metadata = event.metadata?.mapValues(Self.harmless)
    handler.log(event: event)
  }

  private static func harmless(_ value: Logger.Metadata.Value) -> Logger.Metadata.Value {
    switch value {
    case .string(let text): .string(harmless(text))
    case .stringConvertible(let value): .string(harmless(value.description))
    case .dictionary(let inner): .dictionary(inner.mapValues(harmless))
    case .array(let values): .array(values.map(harmless))
    }
  }

  /// The beginning of a text, without control characters.
  static func harmless(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars.prefix(charactersMax) { scalars.append(isControl(scalar) ? "\u{FFFD}" : scalar) }
    let isCut = text.unicodeScalars.dropFirst(charactersMax).first != nil
    return String(scalars) + (isCut ? "…" : "")
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .format: true
    default: false
    }
  }
}

/// Counts entries of the log by their message, a second at a time.
private final class LogLimiter: Sendable {
  private struct Count {
    var second: Int64
    var entries = 0
    var leftOut = 0
  }

  private let counts = Mutex<[String: Count]>([:])
  private let start = ContinuousClock.now
  /// Messages are the program's own; if ever there are more, counting begins again.
  private static let messagesMax = 1_000

  /// How many were left out since the last one that was taken; `nil` for one that is left out.
  func take(_ message: String, perSecondMax: Int) -> Int? {
    let second = (ContinuousClock.now - start).components.seconds
    return counts.withLock { counts in
      if counts.count >= Self.messagesMax { counts = [:] }
      var count = counts[message] ?? Count(second: second)
      if count.second != second { (count.second, count.entries) = (second, 0) }
      count.entries += 1
      let isTaken = count.entries <= perSecondMax
      defer { counts[message] = count }
      guard isTaken else {
        count.leftOut += 1
        return nil
      }
      return exchange(&count.leftOut, with: 0)
    }
  }
}
