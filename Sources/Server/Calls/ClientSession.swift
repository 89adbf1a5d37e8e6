import Access
import Messages

/// One client of a transport, as long as its connection lasts: who it is as far as the system knows, and who it was
/// found to be by the token of its last call. Belongs to one event loop.
public struct ClientSession {
  /// Where it calls from, such as `tcp:10.0.0.7:51334` or `unix:pid=1234`.
  public var peer: String
  public var credentials: Credentials
  private var known: (token: String, generation: Int, principal: Principal)?

  public init(peer: String = "", credentials: Credentials = Credentials()) {
    (self.peer, self.credentials) = (peer, credentials)
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
