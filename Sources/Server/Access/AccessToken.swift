import CCrypto
import Foundation
import Messages

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
    guard text.hasPrefix(Self.prefix) else { return nil }
    let digits = Array(text.utf8.dropFirst(Self.prefix.utf8.count))
    guard digits.count == Self.byteCount * 2 else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let high = Self.value(digits[index]), let low = Self.value(digits[index + 1]) else { return nil }
      bytes.append(high << 4 | low)
    }
    self.bytes = bytes
  }

  public var description: String {
    Self.prefix + bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
