import Messages

/// Where the answers of one connection's calls go. Called on any thread.
public protocol AnswerSink: AnyObject, Sendable {
  /// True while the client takes what is sent. Streams wait otherwise, and are resumed.
  func takesStreams() -> Bool
  /// The answer of a call, or the end of a stream; nothing more comes for it.
  func answer(_ answer: Result<[UInt8], CallStatus>, to id: UInt64)
  /// A message of a stream that goes on.
  func stream(_ message: [UInt8], to id: UInt64)
  /// True if a call is not to begin yet, as the client takes no answers: then it comes back to its turn once it does.
  func holdsBack(_ call: Call) -> Bool
}
