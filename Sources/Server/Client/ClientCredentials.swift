import TransportSecurity

/// How a client shows who it is, and finds out who the server is.
public struct ClientCredentials: Sendable {
  /// Sent with each call; empty for none.
  public var token: String
  /// TLS on TCP; `nil` is without.
  public var tls: ClientTLS?

  public init(token: String = "", tls: ClientTLS? = nil) { (self.token, self.tls) = (token, tls) }
}
