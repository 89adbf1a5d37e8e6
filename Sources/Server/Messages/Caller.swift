/// Who calls, as far as a transport knows.
public struct Caller: Hashable, Sendable {
  /// The user or the name of the token; empty if nobody said.
  public var actor: String
  /// Where the call comes from, such as `tcp:10.0.0.7:51334` or `unix:pid=1234`; empty within the process.
  public var peer: String

  public init(actor: String = "", peer: String = "") {
    self.actor = actor
    self.peer = peer
  }
}
