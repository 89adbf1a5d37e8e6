import Errors

/// Why a file is no feed of its format: nothing of it counts.
public struct FeedError: CodedError, Hashable {
  /// Stable names of what can be wrong. Callers may branch on them; they are never renamed.
  public enum Code: String, CaseIterable, Sendable {
    /// Nothing but white space.
    case empty = "FEED_EMPTY"
    /// Not JSON, or cut short.
    case notJSON = "FEED_NOT_JSON"
    /// Not XML, cut short, or with declarations of its own.
    case notXML = "FEED_NOT_XML"
    /// No line is one of the format.
    case notCSV = "FEED_NOT_CSV"
    /// JSON or XML of something else.
    case wrongEnvelope = "FEED_WRONG_ENVELOPE"
    /// A version of the format that is not read.
    case wrongVersion = "FEED_WRONG_VERSION"
    /// There are records, and none of them is one of the format.
    case nothingUnderstood = "FEED_NOTHING_UNDERSTOOD"
    /// The source answers with an error.
    case refused = "FEED_REFUSED"
  }

  public let code: Code
  public let message: String
  /// The value in question, its beginning if it is long; empty if there is none.
  public let value: String

  init(_ code: Code, _ message: String, value: String = "") {
    (self.code, self.message) = (code, message)
    self.value = value.beginning(bytes: FeedDefaults.problemValueBytesMax)
  }
}
