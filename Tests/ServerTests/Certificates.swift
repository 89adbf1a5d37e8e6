import Foundation
import TestSupport
import Testing
import TransportSecurity

/// An authority of a test's own, and what it signs, as files in PEM, made by the `openssl` program.
struct TestAuthority {
  private let folder: TemporaryFolder
  /// The authority's certificate.
  let path: String
  private let key: String

  init(_ commonName: String, in folder: TemporaryFolder) throws {
    self.folder = folder
    path = folder.path("\(commonName)-ca.pem")
    key = folder.path("\(commonName)-ca.key")
    try TestCertificate.make(
      CertificateFiles(certificate: path, key: key), subject: "/CN=\(commonName)",
      extensions: ["basicConstraints=critical,CA:true", "keyUsage=critical,keyCertSign"])
  }

  /// A certificate and its key, signed by the authority.
  ///
  /// - Parameter subject: as `openssl` takes it, the first name first: `/O=Daegu/CN=tic`.
  func sign(_ subject: String, file: String) throws -> CertificateFiles {
    let files = CertificateFiles(certificate: folder.path("\(file).pem"), key: folder.path("\(file).key"))
    try TestCertificate.make(
      files, subject: subject, extensions: ["subjectAltName=DNS:localhost"], ["-CA", path, "-CAkey", key])
    return files
  }
}

/// Certificates by the `openssl` program.
enum TestCertificate {
  private static let program = "/usr/bin/openssl"

  /// Makes a certificate and its key. It signs itself unless `arguments` name an authority.
  ///
  /// - Parameter alphabets: which kinds of strings may stand in it: `string_mask` in OpenSSL's words.
  static func make(
    _ files: CertificateFiles, subject: String, alphabets: String = "utf8only", extensions: [String] = [],
    _ arguments: [String] = []
  ) throws {
    let configuration = files.certificate + ".cnf"
    // Nothing of the machine's own configuration. `odd` is an attribute that nobody else has.
    let text = """
      oid_section = numbers
      [numbers]
      odd = 1.2.3.4
      [req]
      distinguished_name = name
      string_mask = \(alphabets)
      [name]

      """
    try Data(text.utf8).write(to: URL(fileURLWithPath: configuration))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments =
      ["req", "-x509", "-config", configuration, "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc"]
      + ["-days", "1", "-utf8", "-multivalue-rdn", "-subj", subject, "-keyout", files.key, "-out", files.certificate]
      + extensions.flatMap { ["-addext", $0] } + arguments
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "openssl makes no certificate for \(subject)")
  }
}
