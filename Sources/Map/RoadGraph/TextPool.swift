import MapFile

/// Texts (street names, road numbers), each stored once, as UTF-8.
public struct TextPool: Sendable {
  public let offsets: Offsets<TextID>
  public let bytes: Rows<UInt8>

  /// The text, or an empty one for an id that the pool lacks. O(length).
  public subscript(id: TextID) -> String {
    guard id.position < offsets.count else { return "" }
    return String(decoding: bytes.rows(offsets[id]), as: UTF8.self)
  }
}

/// A position in a table of bytes.
public typealias ByteIndex = RowNumber<UInt8>

/// Collects texts while a map is imported; equal texts share one id.
public struct TextPoolBuilder {
  private var ids: [String: TextID] = ["": .empty]
  private var texts: [String] = [""]

  public init() {}

  /// The id of `text`, new or known. O(length).
  public mutating func id(of text: String) -> TextID {
    if let known = ids[text] { return known }
    let id = TextID(texts.count)
    ids[text] = id
    texts.append(text)
    return id
  }

  /// All texts, in the order of their ids. O(total length).
  public func build() -> TextPool {
    TextPool(offsets: Offsets(counts: texts.map(\.utf8.count)), bytes: Table(texts.flatMap { Array($0.utf8) }))
  }
}
