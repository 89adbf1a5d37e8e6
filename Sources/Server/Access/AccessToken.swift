import CCrypto
import Foundation

/// A secret that a caller shows with each call: 256 random bits, so that its plain hash gives nothing away.
public struct AccessToken: Sendable {
  /// What the caller keeps; the server has only its ``digest``.
  public let text: String

  private static let prefix = "tocsin_"
  private static let randomBytes = 32

  /// A new one, from the system's generator of random numbers.
  public static func make() -> AccessToken {
    let bytes = (0..<randomBytes).map { _ in UInt8.random(in: .min ... .max) }
    let text = Data(bytes).base64EncodedString()
      .replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
      .replacingOccurrences(of: "=", with: "")
    return AccessToken(text: prefix + text)
  }

  /// What the server keeps of it.
  public var digest: TokenDigest { TokenDigest(of: text) }
}

/// The SHA-256 of a token: what is written down of it.
public struct TokenDigest: Hashable, Sendable, CustomStringConvertible {
  private static let prefix = "sha256:"
  private static let byteCount = Int(SHA256_DIGEST_LENGTH)
  private let bytes: [UInt8]

  /// Of a token's text. O(characters).
  public init(of token: String) {
    bytes = Array(unsafeUninitializedCapacity: Self.byteCount) { digest, count in
      SHA256(Array(token.utf8), token.utf8.count, digest.baseAddress)
      count = Self.byteCount
    }
  }

  /// Reads `sha256:` and 64 hexadecimal digits, as ``description`` gives them; `nil` for anything else.
  public init?(_ text: String) {
    let digits = text.utf8.dropFirst(Self.prefix.utf8.count)
    let values = digits.compactMap { Character(Unicode.Scalar($0)).hexDigitValue.map { UInt8($0) } }
    guard text.hasPrefix(Self.prefix), digits.count == Self.byteCount * 2, values.count == digits.count else {
      return nil
    }
    bytes = stride(from: 0, to: values.count, by: 2).map { values[$0] << 4 | values[$0 + 1] }
  }

  public var description: String {
    Self.prefix + bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}
