#if TLS
import SwiftASN1

/// The subject of an X.509 certificate as text, by RFC 4514: `CN=cad,O=119`, the last name first.
///
/// Operators write these texts into `[tls.roles]`, so they stay what they are. OpenSSL's own differ: other short names,
/// other escapes, another order within a name of several values.
enum CertificateSubject {
  /// The subject's place in a certificate, after the version, which one of version 1 leaves out (RFC 5280, 4.1).
  private static let place = 4
  private static let version = ASN1Identifier(tagWithNumber: 0, tagClass: .contextSpecific)

  /// - Parameter bytes: a certificate in DER, whose signature was checked before.
  /// - Throws: an `ASN1Error` if it is none.
  static func text(inDER bytes: [UInt8]) throws -> String {
    let content = try DER.parse(bytes).parts.first?.parts ?? []
    let fields = content.drop { $0.identifier == version }
    guard let subject = fields.dropFirst(place).first else {
      throw ASN1Error.invalidASN1Object(reason: "a certificate has a subject")
    }
    let names = try subject.parts.map { name in
      try DER.set(of: Attribute.self, identifier: .set, rootNode: name).map(\.text).joined(separator: "+")
    }
    return names.reversed().joined(separator: ",")
  }
}

extension ASN1Node {
  /// What a sequence or a set consists of.
  fileprivate var parts: [ASN1Node] { if case .constructed(let parts) = content { Array(parts) } else { [] } }
}

/// One value of a name, such as `CN=cad`.
private struct Attribute: DERParseable {
  let text: String

  /// Other attributes are written by their number.
  private static let shortNames: [ASN1ObjectIdentifier: String] = [
    [2, 5, 4, 3]: "CN", [2, 5, 4, 6]: "C", [2, 5, 4, 7]: "L", [2, 5, 4, 8]: "ST", [2, 5, 4, 9]: "STREET",
    [2, 5, 4, 10]: "O", [2, 5, 4, 11]: "OU", [0, 9, 2342, 19_200_300, 100, 1, 25]: "DC",
    [1, 2, 840, 113549, 1, 9, 1]: "E",
  ]

  private static let special = ",+\"\\<>;".unicodeScalars

  init(derEncoded node: ASN1Node) throws {
    text = try DER.sequence(node, identifier: .sequence) { nodes in
      let type = try ASN1ObjectIdentifier(derEncoded: &nodes)
      let value = Self.text(of: try ASN1Any(derEncoded: &nodes))
      return "\(Self.shortNames[type] ?? "\(type)")=\(Self.escaped(value))"
    }
  }

  private static func text(of value: ASN1Any) -> String {
    if let text = try? ASN1UTF8String(asn1Any: value) { return String(text) }
    if let text = try? ASN1PrintableString(asn1Any: value) { return String(text) }
    if let text = try? ASN1IA5String(asn1Any: value) { return String(text) }
    // Alphabets from before UTF-8: shown as bytes.
    return "\(value)"
  }

  /// RFC 4514, 2.4: some characters everywhere, spaces and `#` in front, spaces at the end.
  private static func escaped(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    let front = scalars.prefix { $0 == " " || $0 == "#" }.count
    let back = scalars.count - scalars.reversed().prefix { $0 == " " }.count
    return scalars.enumerated().map { index, scalar in
      index < front || index >= back || special.contains(scalar) ? "\\\(scalar)" : "\(scalar)"
    }.joined()
  }
}
#endif
