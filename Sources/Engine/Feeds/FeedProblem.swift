/// Something in a feed that was not understood, or a record that gives nothing, and why. The rest of the feed counts.
public struct FeedProblem: Hashable, Sendable, CustomStringConvertible {
  /// What became of the record.
  public enum Severity: String, CaseIterable, Sendable {
    /// Nothing of it counts.
    case skipped
    /// A part of it was left out, or it was understood but says nothing about the roads.
    case ignored
  }

  /// Stable names of what can be wrong. Callers may branch on them; they are never renamed.
  public enum Code: String, CaseIterable, Sendable {
    /// A line that has not the fields of the format.
    case malformedLine = "FEED_MALFORMED_LINE"
    /// A value that can't be.
    case badValue = "FEED_BAD_VALUE"
    /// A field that is needed is missing or empty.
    case missingField = "FEED_MISSING_FIELD"
    /// A word that the format doesn't have, or that is not known here.
    case unknownWord = "FEED_UNKNOWN_WORD"
    /// What happens on the road is not told.
    case unknownEffect = "FEED_UNKNOWN_EFFECT"
    /// The source tells people of it, but not that vehicles can't pass or lose time.
    case noEffect = "FEED_NO_EFFECT"
    /// Its time is over, or it was measured too long ago.
    case over = "FEED_OVER"
    /// A speed or a time for a turn that is empty, or that stands for none.
    case unknownValue = "FEED_UNKNOWN_VALUE"
    /// Which direction of the road is meant is not told; both are taken.
    case unknownDirection = "FEED_UNKNOWN_DIRECTION"
    /// An id, road or turn that was in the feed before.
    case duplicate = "FEED_DUPLICATE"
    /// An end before the start.
    case timesReversed = "FEED_TIMES_REVERSED"
  }

  /// What became of a record, and why.
  public struct Kind: Hashable, Sendable {
    public var severity: Severity
    public var code: Code

    public init(severity: Severity, code: Code) { (self.severity, self.code) = (severity, code) }
  }

  public var kind: Kind { Kind(severity: severity, code: code) }
  public var severity: Severity
  public var code: Code
  /// From 1; `nil` in JSON, whose reader doesn't count lines.
  public var line: Int?
  /// From 1; `nil` for lines of CSV.
  public var record: Int?
  /// The record's id as the feed has it; empty if it has none.
  public var id: String
  public var message: String
  /// The value in question, its beginning if it is long; empty if there is none.
  public var value: String

  public var description: String {
    let place = [line.map { "line \($0)" }, record.map { "record \($0)" }, id.isEmpty ? nil : id].compactMap { $0 }
    let shown = value.isEmpty ? "" : " (\(value))"
    return "\(code.rawValue): \(place.joined(separator: ", ")): \(message)\(shown)"
  }
}
