#if TLS
import Logging
import NIOCore
import NIOSSL
import Synchronization

/// TLS 1.2 and 1.3 for a server's TCP connections. Its files may be read again while connections are open: new ones
/// then use what they say.
public final class ServerTLS: Sendable {
  private let files: CertificateFiles
  private let clientCertificates: ClientCertificates
  private let context: Mutex<NIOSSLContext>

  /// The protocol of gRPC, for clients that ask by name (RFC 7301). Others are not asked.
  private static let applicationProtocols = ["h2"]

  /// Reads the files. Throws `TLS_UNREADABLE`, `TLS_UNUSABLE` with the file.
  public init(_ files: CertificateFiles, clientCertificates: ClientCertificates = .ignored) throws(TLSError) {
    (self.files, self.clientCertificates) = (files, clientCertificates)
    context = Mutex(try Self.context(files, clientCertificates))
  }

  /// Reads the files again. If they have a fault, what was read before stays in force.
  public func reload() throws(TLSError) {
    let new = try Self.context(files, clientCertificates)
    context.withLock { $0 = new }
  }

  /// Puts TLS first into a new connection's channel, on its event loop, then what waits for its handshake.
  public func start(on channel: any Channel, handshakeSecondsMax: Double, logger: Logger) throws {
    let operations = channel.pipeline.syncOperations
    try operations.addHandler(NIOSSLServerHandler(context: context.withLock { $0 }))
    try operations.addHandler(HandshakeGuard(secondsMax: handshakeSecondsMax, logger: logger))
  }

  private static func context(
    _ files: CertificateFiles, _ clientCertificates: ClientCertificates
  ) throws(TLSError) -> NIOSSLContext {
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: try files.chain(), privateKey: try files.privateKey())
    configuration.minimumTLSVersion = .tlsv12
    configuration.applicationProtocols = applicationProtocols
    switch clientCertificates {
    case .ignored: break
    case .accepted(let authorities):
      configuration.trustRoots = .certificates(try CertificateFiles.certificates(in: authorities))
      configuration.certificateVerification = .optionalVerification
    case .required(let authorities):
      configuration.trustRoots = .certificates(try CertificateFiles.certificates(in: authorities))
      configuration.certificateVerification = .noHostnameVerification
    }
    return try configuration.context(key: files.key)
  }
}
#endif
