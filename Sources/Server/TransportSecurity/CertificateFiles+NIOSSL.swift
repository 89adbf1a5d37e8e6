#if TLS
import NIOSSL

extension CertificateFiles {
  /// The chain. Throws `TLS_UNREADABLE`.
  func chain() throws(TLSError) -> [NIOSSLCertificateSource] {
    try Self.certificates(in: certificate).map { .certificate($0) }
  }

  /// Throws `TLS_UNREADABLE`.
  func privateKey() throws(TLSError) -> NIOSSLPrivateKeySource {
    do {
      return .privateKey(try NIOSSLPrivateKey(file: key, format: .pem))
    } catch {
      throw TLSError(.unreadable, "no private key in PEM can be read: \(error)", value: key)
    }
  }

  /// All certificates in a file, at least one. Throws `TLS_UNREADABLE`.
  static func certificates(in path: String) throws(TLSError) -> [NIOSSLCertificate] {
    let found: [NIOSSLCertificate]
    do {
      found = try NIOSSLCertificate.fromPEMFile(path)
    } catch {
      throw TLSError(.unreadable, "no certificates in PEM can be read: \(error)", value: path)
    }
    guard !found.isEmpty else { throw TLSError(.unreadable, "the file has no certificate", value: path) }
    return found
  }
}

extension TLSConfiguration {
  /// What it makes. Throws `TLS_UNUSABLE` with the file of its key.
  func context(key: String) throws(TLSError) -> NIOSSLContext {
    do {
      return try NIOSSLContext(configuration: self)
    } catch {
      throw TLSError(.unusable, "certificate and key don't go together: \(error)", value: key)
    }
  }
}
#endif
