/// TLS was agreed upon: told to the handlers of a connection once.
public struct HandshakeDone: Sendable {
  /// The subject of the client's certificate, as RFC 4514 writes it, such as `CN=cad,O=119`; `nil` without one.
  public let clientSubject: String?
}
