import Access
import Messages

/// One client of a transport, as long as its connection lasts: who it is as far as the system knows, and who it was
/// found to be by the token of its last call. Belongs to one event loop.
public struct ClientSession: Sendable {
  /// Where it calls from, such as `tcp:10.0.0.7:51334` or `unix:pid=1234`.
  public let peer: String
  public var credentials: Credentials
  /// Whom the calls of a client count for that nobody knows: the machine, or on this one the connection or process.
  let address: String
  /// True for a Unix socket.
  public let isLocalSocket: Bool
  private var known: (token: String, generation: Int, principal: Principal)?

  public init(peer: String = "", credentials: Credentials = Credentials()) {
    (self.peer, self.credentials) = (peer, credentials)
    isLocalSocket = peer.hasPrefix("unix:")
    let isLocal = ["tcp:127.", "tcp:[::1]", "unix:"].contains { peer.hasPrefix($0) }
    address = isLocal ? peer : peer.lastIndex(of: ":").map { String(peer[..<$0]) } ?? peer
  }

  /// Who calls with this token: looked up once for all calls that show the same one, until rules change.
  mutating func principal(token: String, _ access: AccessControl) throws(CallStatus) -> Principal {
    let generation = access.generation
    if let known, known.generation == generation, known.token == token, known.principal.expires == nil {
      return known.principal
    }
    let principal = try access.principal(token: token, credentials)
    known = (token, generation, principal)
    return principal
  }
}

extension Principal {
  /// Whom calls count for, wherever they come from.
  func caller(from session: ClientSession) -> String { isIdentified ? "name:\(name)" : session.address }
}
