import Crypto
import Foundation
import SwiftASN1
import TestSupport
import TransportSecurity
import X509

/// An authority of a test's own, and what it signs, as files in PEM.
struct TestAuthority {
  private let key = Certificate.PrivateKey(P256.Signing.PrivateKey())
  private let name: DistinguishedName
  private let folder: TemporaryFolder
  /// The authority's certificate.
  let path: String

  private static let lifetime = 86_400.0

  init(_ commonName: String, in folder: TemporaryFolder) throws {
    self.folder = folder
    name = try DistinguishedName { CommonName(commonName) }
    path = folder.path("\(commonName)-ca.pem")
    let certificate = try Certificate(
      version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: key.publicKey,
      notValidBefore: Date(timeIntervalSinceNow: -60), notValidAfter: Date(timeIntervalSinceNow: Self.lifetime),
      issuer: name, subject: name, signatureAlgorithm: .ecdsaWithSHA256,
      extensions: try Certificate.Extensions {
        Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
        Critical(KeyUsage(keyCertSign: true))
      }, issuerPrivateKey: key)
    try Self.write(certificate.serializeAsPEM().pemString, to: path)
  }

  /// A certificate and its key, signed by the authority.
  func sign(_ subject: DistinguishedName, file: String) throws -> CertificateFiles {
    let ownKey = Certificate.PrivateKey(P256.Signing.PrivateKey())
    let certificate = try Certificate(
      version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: ownKey.publicKey,
      notValidBefore: Date(timeIntervalSinceNow: -60), notValidAfter: Date(timeIntervalSinceNow: Self.lifetime),
      issuer: name, subject: subject, signatureAlgorithm: .ecdsaWithSHA256,
      extensions: try Certificate.Extensions { SubjectAlternativeNames([.dnsName("localhost")]) },
      issuerPrivateKey: key)
    let files = CertificateFiles(certificate: folder.path("\(file).pem"), key: folder.path("\(file).key"))
    try Self.write(certificate.serializeAsPEM().pemString, to: files.certificate)
    try Self.write(ownKey.serializeAsPEM().pemString, to: files.key)
    return files
  }

  private static func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }
}
