import Foundation
import TestSupport
import Testing

@testable import TransportSecurity

/// The texts by which operators know the certificates of clients.
@Suite struct CertificateSubjectTests {
  private struct Subject: CustomTestStringConvertible {
    /// As `openssl` takes it, with a backslash before what would end a value.
    let given: String
    let text: String
    var alphabets = "utf8only"

    var testDescription: String { text }
  }

  private static let subjects = [
    Subject(given: "/O=Daegu/CN=tic", text: "CN=tic,O=Daegu"),
    Subject(
      given: "/C=KR/ST=Daegu/L=Jung-gu/O=119/OU=Control/street=Main 1/CN=cad/emailAddress=a@b.kr",
      text: "E=a@b.kr,CN=cad,STREET=Main 1,OU=Control,O=119,L=Jung-gu,ST=Daegu,C=KR"),
    Subject(given: "/DC=kr/DC=go/UID=u1/CN=x", text: "CN=x,0.9.2342.19200300.100.1.1=u1,DC=go,DC=kr"),
    // Several values of one name: in the order of their bytes, whatever order was given.
    Subject(given: "/C=KR/OU=c+CN=a+O=b", text: "CN=a+O=b+OU=c,C=KR"),
    Subject(
      given: "/odd=o/serialNumber=17/GN=Ada/SN=Lovelace/title=Dr/CN=x",
      text: "CN=x,2.5.4.12=Dr,2.5.4.4=Lovelace,2.5.4.42=Ada,2.5.4.5=17,1.2.3.4=o"),
    Subject(given: "/CN=대구 119", text: "CN=대구 119"),
    Subject(given: #"/CN=a,b;c<d>e"f\\g\+h=i#j\/k"#, text: #"CN=a\,b\;c\<d\>e\"f\\g\+h=i#j/k"#),
    Subject(given: "/CN= #both ends  ", text: ##"CN=\ \#both ends\ \ "##),
    Subject(given: "/CN=##x ", text: ##"CN=\#\#x\ "##),
    Subject(given: "/CN=   ", text: #"CN=\ \ \ "#),
    Subject(given: "/", text: ""),
    Subject(given: "/CN=plain", text: "CN=plain", alphabets: "pkix"),
    // Latin-1 and UTF-16: shown as bytes.
    Subject(
      given: "/CN=latin é", text: #"CN=ASN1Any([20\, 7\, 108\, 97\, 116\, 105\, 110\, 32\, 233])"#,
      alphabets: "nombstr"),
    Subject(given: "/CN=대구", text: #"CN=ASN1Any([30\, 4\, 179\, 0\, 173\, 108])"#, alphabets: "default"),
  ]

  @Test(arguments: subjects) private func isWrittenByRFC4514(_ subject: Subject) throws {
    let folder = TemporaryFolder()
    let files = CertificateFiles(certificate: folder.path("c.pem"), key: folder.path("c.key"))
    try TestCertificate.make(files, subject: subject.given, alphabets: subject.alphabets)
    #expect(try CertificateSubject.text(inDER: Self.der(files.certificate)) == subject.text)
  }

  @Test func ofWhatIsNoCertificate() throws {
    let folder = TemporaryFolder()
    let files = CertificateFiles(certificate: folder.path("c.pem"), key: folder.path("c.key"))
    try TestCertificate.make(files, subject: "/CN=cut")
    let bytes = try Self.der(files.certificate)
    for count in 0..<bytes.count {
      #expect(throws: (any Error).self) { try CertificateSubject.text(inDER: Array(bytes.prefix(count))) }
    }
    // A number, an empty sequence, a sequence of one that has no fields.
    for bytes: [UInt8] in [[2, 1, 5], [0x30, 0], [0x30, 2, 0x30, 0]] {
      #expect(throws: (any Error).self) { try CertificateSubject.text(inDER: bytes) }
    }
  }

  /// The bytes between the lines that begin and end a file in PEM.
  private static func der(_ path: String) throws -> [UInt8] {
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("-") }
    return Array(try #require(Data(base64Encoded: lines.joined())))
  }
}
