/// Finds the token in a request's frame that is not whole yet: clients write it before the payload.
public enum FrameToken {
  /// The token; empty for one that was not found. O(fields before it).
  ///
  /// - Parameter start: the first bytes of a frame, without its header.
  public static func find(in start: some Sequence<UInt8>) -> String {
    var bytes = start.makeIterator()
    guard varint(&bytes) == key(Field.request), varint(&bytes) != nil else { return "" }
    while let key = varint(&bytes) {
      switch key & wireTypes {
      case varintType: guard varint(&bytes) != nil else { return "" }
      case lengthType:
        guard let count = varint(&bytes), count <= UInt64(textBytesMax) else { return "" }
        let text = (0..<count).compactMap { _ in bytes.next() }
        if key == self.key(Field.token) { return text.count == count ? String(decoding: text, as: UTF8.self) : "" }
      default: return ""
      }
    }
    return ""
  }

  /// Numbers of fields in `Frame` and `FrameRequest`.
  private enum Field {
    static let request: UInt64 = 1
    static let token: UInt64 = 4
  }

  private static let wireTypes: UInt64 = 7
  private static let varintType: UInt64 = 0
  private static let lengthType: UInt64 = 2
  /// What stands before the payload is short.
  private static let textBytesMax = 4 << 10

  private static func key(_ field: UInt64) -> UInt64 { field << 3 | lengthType }

  private static func varint(_ bytes: inout some IteratorProtocol<UInt8>) -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: 0, to: 63, by: 7) {
      guard let byte = bytes.next() else { return nil }
      value |= UInt64(byte & 0x7f) << UInt64(shift)
      if byte < 0x80 { return value }
    }
    return nil
  }
}
