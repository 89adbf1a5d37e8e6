import Access
import Messages

/// Connections before it is known whose they are.
extension CallService {
  /// Takes a place for a connection: one that is kept for sockets on this machine, or that of the oldest silent one,
  /// where there is no other. False if there is none.
  public func takeConnection(isLocal: Bool) -> Bool {
    let reserve = isLocal ? 0 : min(limits.connectionsReserved, limits.connectionsMax / 10)
    if connections.take(1, leaving: reserve) { return true }
    guard silentConnections.closeOldest() else { return false }
    // Its place is free in a moment.
    connections.takeInAdvance(1)
    return true
  }

  /// True if it is known who calls before a call is made: by the system, or by a certificate.
  public func isKnown(_ session: ClientSession) -> Bool {
    guard access.restricts else { return session.credentials.user != nil }
    return (try? access.principal(token: "", session.credentials)) != nil
  }

  /// True for a method that shows who calls: one that was let in, and that not everybody may call.
  public func showsWhoCalls(_ method: String) -> Bool { dispatcher.permission(toCall: method) != .checkHealth }

  /// Whether a token is one that is known. Takes nothing of its allowance.
  ///
  /// - Throws: `UNAUTHENTICATED`.
  public func checkToken(_ token: String, of session: inout ClientSession) throws(CallStatus) {
    _ = try session.principal(token: token, access)
  }

  /// Lets a caller of a service of gRPC's own have an open stream, who must be known where callers are.
  ///
  /// - Returns: whom it counts for: ``endConversation(of:)`` gives it back.
  /// - Throws: `UNAUTHENTICATED`, `TOO_MANY_REQUESTS`.
  public func beginConversation(token: String, of session: inout ClientSession) throws(CallStatus) -> String {
    let caller = try session.principal(token: token, access).caller(from: session)
    guard streamsOfCallers.take(caller) else { throw streamsOfCallers.refusal }
    guard streams.take(1) else {
      streamsOfCallers.giveBack(caller)
      throw streams.refusal
    }
    return caller
  }

  /// Gives back what ``beginConversation(token:of:)`` took.
  public func endConversation(of caller: String) {
    streamsOfCallers.giveBack(caller)
    streams.giveBack(1)
  }
}
