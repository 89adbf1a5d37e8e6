import MapFile

/// Finds things by the beginning of their names, or of one of the words in them.
public struct NameTable: Sendable {
  /// How well a text fits a name, the best first.
  public enum Fit: Int, Comparable, Sendable {
    case whole, beginning, word
    public static func < (one: Fit, other: Fit) -> Bool { one.rawValue < other.rawValue }
  }

  private struct Entry: Sendable {
    var start: UInt32
    var length: UInt16
    /// True for the key that begins with the name's first word.
    var isWhole: Bool
    var item: UInt32
  }

  /// More than these are not looked at: a text that begins that many names says nothing.
  static let looksMax = 5_000
  /// The rest of a longer name is not compared.
  private static let keyBytesMax = 200

  private var bytes: [UInt8] = []
  private var entries: [Entry] = []

  /// O(bytes x log names).
  public init(_ names: some Sequence<(name: String, item: UInt32)>) {
    for (name, item) in names {
      let words = SearchKey.words(of: name)
      for first in words.indices {
        let key = words[first...].joined().prefix(Self.keyBytesMax)
        let start = UInt32(bytes.count)
        bytes.append(contentsOf: key)
        entries.append(
          Entry(start: start, length: UInt16(bytes.count - Int(start)), isWhole: first == 0, item: item))
      }
    }
    bytes.withUnsafeBufferPointer { bytes in
      entries.sort { one, other in
        let (left, right) = (Self.key(one, bytes), Self.key(other, bytes))
        if left.lexicographicallyPrecedes(right) { return true }
        return left.elementsEqual(right) && (one.item, one.isWhole ? 0 : 1) < (other.item, other.isWhole ? 0 : 1)
      }
    }
  }

  /// The items whose names begin like a text, or have a word that does, each with its best fit; in no order.
  /// O(log names, and what is found).
  public func items(like text: String) -> [(item: UInt32, fit: Fit)] {
    let wanted = SearchKey.whole(text)
    guard !wanted.isEmpty else { return [] }
    var found: [UInt32: Fit] = [:]
    bytes.withUnsafeBufferPointer { bytes in
      var index = entries.partitioningIndex { !Self.key($0, bytes).lexicographicallyPrecedes(wanted) }
      let end = min(index + Self.looksMax, entries.count)
      while index < end, Self.key(entries[index], bytes).starts(with: wanted) {
        let entry = entries[index]
        let fit: Fit = !entry.isWhole ? .word : Int(entry.length) == wanted.count ? .whole : .beginning
        found[entry.item] = min(found[entry.item] ?? fit, fit)
        index += 1
      }
    }
    return found.map { ($0.key, $0.value) }
  }

  private static func key(_ entry: Entry, _ bytes: UnsafeBufferPointer<UInt8>) -> Slice<UnsafeBufferPointer<UInt8>> {
    bytes[Int(entry.start)..<Int(entry.start) + Int(entry.length)]
  }
}
