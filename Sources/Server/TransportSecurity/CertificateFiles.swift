/// Files in PEM: who one is, and whom one trusts.
public struct CertificateFiles: Hashable, Sendable {
  /// The certificate and those between it and its root, its own first.
  public var certificate: String
  public var key: String

  public init(certificate: String, key: String) { (self.certificate, self.key) = (certificate, key) }
}

/// What a server wants of its clients' certificates.
public enum ClientCertificates: Hashable, Sendable {
  /// None is asked for.
  case ignored
  /// One that a client shows must be signed by an authority of this file.
  case accepted(authorities: String)
  /// Every client must have one that is signed by an authority of this file.
  case required(authorities: String)
}
