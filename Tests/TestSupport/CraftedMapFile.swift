import Foundation

/// A map file that somebody changed on purpose, its checksums made right again.
///
/// Reads the file by the layout that Sources/Map/README.md documents, not by the code that it is to test.
public struct CraftedMapFile: Sendable {
  private static let headerBytes = 32
  private static let entryBytes = 64
  private static let pageBytes = 4096

  private var bytes: [UInt8]
  /// Sections whose contents or place were changed.
  private var changed: Set<Int> = []

  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  public var sectionCount: Int { Int(value(at: 12, as: UInt32.self)) }

  private func entry(_ section: Int) -> Int { Self.headerBytes + section * Self.entryBytes }

  /// Gives a section a name that nobody asks for.
  public mutating func rename(section: Int) { bytes[entry(section)] = UInt8(ascii: "~") }

  /// Gives a section of bytes other contents, which are put at the end of the file; the section must be there.
  public mutating func change(section name: String, _ change: (inout [UInt8]) -> Void) {
    let entries = (0..<sectionCount).map(entry)
    let number = entries.firstIndex { bytes[$0..<$0 + 32].prefix { $0 != 0 }.elementsEqual(name.utf8) }!
    changed.insert(number)
    let entry = entries[number]
    let start = Int(value(at: entry + 48, as: UInt64.self))
    var contents = Array(bytes[start..<start + Int(value(at: entry + 40, as: UInt64.self))])
    change(&contents)
    bytes += [UInt8](repeating: 0, count: (Self.pageBytes - bytes.count % Self.pageBytes) % Self.pageBytes)
    set(UInt64(contents.count), at: entry + 40..<entry + 48)
    set(UInt64(bytes.count), at: entry + 48..<entry + 56)
    bytes += contents
    set(UInt64(bytes.count), at: 16..<24)
  }

  /// Overwrites four bytes of one element of one section with a small, a large or a random number.
  public mutating func spoilElement(_ random: inout SeededGenerator) {
    let number = Int.random(in: 0..<sectionCount, using: &random)
    changed.insert(number)
    let section = entry(number)
    let elementBytes = Int(value(at: section + 32, as: UInt32.self))
    let count = Int(value(at: section + 40, as: UInt64.self))
    guard count > 0 else { return }
    let element = Int(value(at: section + 48, as: UInt64.self)) + .random(in: 0..<count, using: &random) * elementBytes
    let width = min(elementBytes, 4)
    let start = element + .random(in: 0...(elementBytes - width) / width, using: &random) * width
    var numbers: [UInt32] = [0, 1, .max, .max / 2, .random(in: 0 ... .max, using: &random)]
    for _ in 0..<4 { numbers.append(.random(in: 0...300, using: &random)) }
    set(numbers[Int.random(in: 0..<numbers.count, using: &random)], at: start..<start + width)
  }

  /// The length of an ``edit(_:)``.
  public static let editBytes = 11

  /// Overwrites a number of the file, as some bytes say: one for the section or the table of sections, four for the
  /// element, one for the place in it, one for the width, four for the number. What is missing is 0.
  public mutating func edit(_ bytes: [UInt8]) {
    let edit = bytes + [UInt8](repeating: 0, count: Swift.max(0, Self.editBytes - bytes.count))
    func number(_ start: Int) -> UInt32 { edit[start..<start + 4].reduce(0) { $0 << 8 | UInt32($1) } }
    let section = Int(edit[0]) % (sectionCount + 1)
    let table = section == sectionCount
    let entry = entry(table ? 0 : section)
    let elementBytes = table ? Self.entryBytes : Int(value(at: entry + 32, as: UInt32.self))
    let count = table ? sectionCount : Int(truncatingIfNeeded: value(at: entry + 40, as: UInt64.self))
    let start = table ? Self.headerBytes : Int(truncatingIfNeeded: value(at: entry + 48, as: UInt64.self))
    let width = min(elementBytes, [1, 2, 4, 4][Int(edit[6]) % 4])
    // A table that was edited before may name places that are not there.
    guard (1...self.bytes.count).contains(count), (1...self.bytes.count).contains(elementBytes) else { return }
    let place = start &+ Int(number(1)) % count * elementBytes + Int(edit[5]) % (elementBytes - width + 1)
    guard place >= 0, place + width <= self.bytes.count else { return }
    changed.insert(table ? (place - start) / Self.entryBytes : section)
    set(number(7), at: place..<place + width)
  }

  /// The file with the checksums made right again.
  public var sealed: Data {
    var file = self
    for section in changed where section < sectionCount {
      let entry = entry(section)
      let start = Int(truncatingIfNeeded: value(at: entry + 48, as: UInt64.self))
      let length =
        Int(value(at: entry + 32, as: UInt32.self)) &* Int(truncatingIfNeeded: value(at: entry + 40, as: UInt64.self))
      // Only an edit of the table itself names places that are not there.
      guard start >= 0, length >= 0, start < bytes.count, length <= bytes.count - start else { continue }
      file.setChecksum(of: start..<start + length, at: entry + 36)
    }
    file.setChecksum(of: Self.headerBytes..<entry(sectionCount), at: 24)
    file.setChecksum(of: 0..<28, at: 28)
    return Data(file.bytes)
  }

  private mutating func setChecksum(of range: Range<Int>, at position: Int) {
    set(CRC32.checksum(bytes[range]), at: position..<position + 4)
  }

  private mutating func set(_ value: some FixedWidthInteger, at range: Range<Int>) {
    withUnsafeBytes(of: value.littleEndian) { bytes.replaceSubrange(range, with: $0.prefix(range.count)) }
  }

  private func value<Value: FixedWidthInteger & BitwiseCopyable>(at position: Int, as type: Value.Type) -> Value {
    bytes.withUnsafeBytes { Value(littleEndian: $0.loadUnaligned(fromByteOffset: position, as: type)) }
  }
}

/// The checksum of zlib and PNG. Source: RFC 1952, section 8.
public enum CRC32 {
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { sum, _ in sum & 1 == 1 ? 0xEDB8_8320 ^ (sum >> 1) : sum >> 1 }
  }

  public static func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
    ~bytes.reduce(~UInt32(0)) { sum, byte in table[Int((sum ^ UInt32(byte)) & 0xFF)] ^ (sum >> 8) }
  }
}
