import NIOCore
import NIOSSL

/// TLS for a client's connection.
public struct ClientTLS: Sendable {
  private let context: NIOSSLContext
  private let serverName: String?

  /// - Parameters:
  ///   - authorities: a file in PEM of those who may sign the server's certificate; `nil` takes the system's.
  ///   - identity: what the client shows, if the server asks.
  ///   - serverName: the name that the server's certificate must have; `nil` takes any that is signed.
  /// - Throws: `TLS_UNREADABLE`, `TLS_UNUSABLE`.
  public init(authorities: String?, identity: CertificateFiles? = nil, serverName: String? = nil) throws(TLSError) {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv12
    if let authorities {
      configuration.trustRoots = .certificates(try CertificateFiles.certificates(in: authorities))
    }
    if serverName == nil { configuration.certificateVerification = .noHostnameVerification }
    if let identity {
      configuration.certificateChain = try identity.chain()
      configuration.privateKey = try identity.privateKey()
    }
    self.serverName = serverName
    do {
      context = try NIOSSLContext(configuration: configuration)
    } catch {
      throw TLSError(.unusable, "certificate and key don't go together: \(error)", value: identity?.key ?? "")
    }
  }

  /// The handler that stands first in the connection's channel. Throws for a name that can't be one.
  public func handler() throws -> NIOSSLClientHandler {
    try NIOSSLClientHandler(context: context, serverHostname: serverName)
  }
}
