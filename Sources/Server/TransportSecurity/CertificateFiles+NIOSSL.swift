#if TLS
import Foundation
import NIOSSL

extension CertificateFiles {
  /// The chain. Throws `TLS_UNREADABLE`.
  func chain() throws(TLSError) -> [NIOSSLCertificateSource] {
    try Self.certificates(in: certificate).map { .certificate($0) }
  }

  /// Throws `TLS_UNREADABLE`.
  func privateKey() throws(TLSError) -> NIOSSLPrivateKeySource {
    try Self.checkIsFile(key)
    do {
      return .privateKey(try NIOSSLPrivateKey(file: key, format: .pem))
    } catch {
      throw TLSError(.unreadable, "no private key in PEM can be read: \(error)", value: key)
    }
  }

  /// All certificates in a file, at least one. Throws `TLS_UNREADABLE`.
  static func certificates(in path: String) throws(TLSError) -> [NIOSSLCertificate] {
    try checkIsFile(path)
    let found: [NIOSSLCertificate]
    do {
      found = try NIOSSLCertificate.fromPEMFile(path)
    } catch {
      throw TLSError(.unreadable, "no certificates in PEM can be read: \(error)", value: path)
    }
    guard !found.isEmpty else { throw TLSError(.unreadable, "the file has no certificate", value: path) }
    return found
  }

  /// Refuses a named pipe in the place of a file: reading it would hold a server's reload until somebody writes.
  private static func checkIsFile(_ path: String) throws(TLSError) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG, !path.hasPrefix("/dev/") else { return }
    throw TLSError(.unreadable, "not a regular file", value: path)
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
