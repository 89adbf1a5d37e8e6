@_spi(_Unicode) import Swift

/// Text by which callers name things, kept in Unicode's composed form (NFC): names that are equal have equal bytes,
/// whichever keyboard wrote them. A Mac sends Korean in parts (NFD), most others send it composed.
///
/// Strings of Swift compare by Unicode's equivalence, databases and most clients by bytes. In this form both agree.
@propertyWrapper
public struct Composed<Value: Composable & Hashable & Sendable>: Hashable, Sendable {
  private var text: Value

  public var wrappedValue: Value {
    get { text }
    set { text = newValue.composed }
  }

  public init(wrappedValue: Value) { text = wrappedValue.composed }
}

/// As the text itself, so that nothing is seen of it in what is kept.
extension Composed: Codable where Value: Codable {
  public init(from decoder: any Decoder) throws {
    self.init(wrappedValue: try decoder.singleValueContainer().decode(Value.self))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

/// What has a composed form.
public protocol Composable {
  var composed: Self { get }
}

extension String: Composable {
  /// The text in NFC. O(bytes).
  ///
  /// By the standard library's own tables, which its comparison goes by: Foundation's, of another version of Unicode,
  /// make one letter of another above U+FFFF.
  public var composed: String {
    if utf8.allSatisfy({ $0 < 0x80 }) { return self }
    var text = ""
    text.unicodeScalars.append(contentsOf: _nfc)
    return text
  }

  /// The text in NFD, in parts. O(bytes).
  public var decomposed: String {
    var text = ""
    text.unicodeScalars.append(contentsOf: _nfd)
    return text
  }

  /// Whether the text is in NFC, byte for byte. O(bytes).
  public var isComposed: Bool { utf8.elementsEqual(composed.utf8) }
}

extension Array: Composable where Element == String {
  public var composed: [String] { map(\.composed) }
}

extension Optional: Composable where Wrapped == String {
  public var composed: String? { map(\.composed) }
}
