/// Who made a change, and from where: what an audit trail says about it.
public struct ChangeOrigin: Hashable, Sendable {
  /// The user or the name of the token, as the transport knows it; empty if it doesn't.
  public var actor: String
  /// Where the call came from, such as `tcp:10.0.0.7:51334` or `unix:pid=1234`; empty within the process.
  public var peer: String
  /// The method that was called, such as `tocsin.v1.Traffic/PutClosures`.
  public var method: String

  public init(actor: String = "", peer: String = "", method: String = "") {
    (self.actor, self.peer, self.method) = (actor, peer, method)
  }

  /// A call within the process, by nobody in particular.
  public static let local = ChangeOrigin()
}
