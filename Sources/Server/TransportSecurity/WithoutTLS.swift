#if !TLS
import Foundation
import Logging
import NIOCore

// A build without TLS: whoever sets it up is told so, and nothing can be started.

extension TLSError {
  static let withoutTLS = TLSError(.unavailable, "this tocsin was built without TLS", value: "")
}

/// TLS for a client's connection, which this build refuses.
public struct ClientTLS: Sendable {
  /// Throws `TLS_UNAVAILABLE`.
  public init(authorities: String?, identity: CertificateFiles? = nil, serverName: String? = nil) throws(TLSError) {
    throw .withoutTLS
  }

  /// Throws `TLS_UNAVAILABLE`.
  public func start(on channel: any Channel, agreed: EventLoopPromise<Void>) throws { throw TLSError.withoutTLS }
}

/// TLS for a server's TCP connections, which this build refuses.
public struct ServerTLS: Sendable {
  /// Throws `TLS_UNAVAILABLE`.
  public init(_ files: CertificateFiles, clientCertificates: ClientCertificates = .ignored) throws(TLSError) {
    throw .withoutTLS
  }

  /// Throws `TLS_UNAVAILABLE`.
  public func reload() throws(TLSError) { throw .withoutTLS }

  public var endsAt: Date? { nil }

  /// Throws `TLS_UNAVAILABLE`.
  public func start(on channel: any Channel, handshakeSecondsMax: Double, logger: Logger) throws {
    throw TLSError.withoutTLS
  }
}
#endif
