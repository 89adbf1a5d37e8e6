#if TLS
import Foundation
import Logging
import NIOCore
import NIOSSL
import Synchronization

/// TLS 1.2 and 1.3 for a server's TCP connections. Its files may be read again while connections are open: new ones
/// then use what they say.
public final class ServerTLS: Sendable {
  private let files: CertificateFiles
  private let clientCertificates: ClientCertificates
  private let current: Mutex<Current>

  /// What the files said when they were read last.
  private struct Current {
    var context: NIOSSLContext
    var endsAt: Date
  }

  /// The protocol of gRPC, for clients that ask by name (RFC 7301). Others are not asked.
  private static let applicationProtocols = ["h2"]

  /// Reads the files. Throws `TLS_UNREADABLE`, `TLS_UNUSABLE` with the file.
  public init(_ files: CertificateFiles, clientCertificates: ClientCertificates = .ignored) throws(TLSError) {
    (self.files, self.clientCertificates) = (files, clientCertificates)
    current = Mutex(try Self.read(files, clientCertificates))
  }

  /// Reads the files again. If they have a fault, what was read before stays in force.
  public func reload() throws(TLSError) {
    let new = try Self.read(files, clientCertificates)
    current.withLock { $0 = new }
  }

  /// When the first certificate of the chain runs out.
  public var endsAt: Date? { current.withLock { $0.endsAt } }

  /// Puts TLS first into a new connection's channel, on its event loop, then what waits for its handshake.
  public func start(on channel: any Channel, handshakeSecondsMax: Double, logger: Logger) throws {
    let operations = channel.pipeline.syncOperations
    try operations.addHandler(NIOSSLServerHandler(context: current.withLock { $0.context }))
    try operations.addHandler(HandshakeGuard(secondsMax: handshakeSecondsMax, logger: logger))
  }

  private static func read(
    _ files: CertificateFiles, _ clientCertificates: ClientCertificates
  ) throws(TLSError) -> Current {
    let chain = try CertificateFiles.certificates(in: files.certificate)
    let ends = chain.map { Date(timeIntervalSince1970: Double($0.notValidAfter)) }
    let context = try context(files, chain: chain, clientCertificates)
    return Current(context: context, endsAt: ends.min() ?? .distantFuture)
  }

  private static func context(
    _ files: CertificateFiles, chain: [NIOSSLCertificate], _ clientCertificates: ClientCertificates
  ) throws(TLSError) -> NIOSSLContext {
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain.map { .certificate($0) }, privateKey: try files.privateKey())
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
