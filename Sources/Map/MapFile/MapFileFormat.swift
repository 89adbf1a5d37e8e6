import CZlib

/// The layout of a map file: a header, a section table, then page-aligned sections, all little-endian.
///
/// | offset | bytes | field |
/// |---|---|---|
/// | 0 | 8 | magic `TOCSIN\r\n`: a transfer in text mode breaks it |
/// | 8 | 4 | format version |
/// | 12 | 4 | number of sections |
/// | 16 | 8 | length of the file |
/// | 24 | 4 | CRC-32 of the section table |
/// | 28 | 4 | CRC-32 of bytes 0 to 27 |
/// | 32 | 64 each | sections: name (32, zero-padded), element size (4), CRC-32 (4), count (8), offset (8), zero (8) |
enum MapFileFormat {
  static let magic: [UInt8] = Array("TOCSIN\r\n".utf8)
  /// Raised with every change of a section's meaning; a reader opens its own version only.
  static let version: UInt32 = 6
  static let headerBytes = 32
  static let entryBytes = 64
  static let nameBytes = 32
  static let pageBytes = 4096
  static let sectionsMax = 256

  static func roundedToPage(_ offset: Int) -> Int { (offset + pageBytes - 1) / pageBytes * pageBytes }

  /// CRC-32 as zlib computes it. O(n).
  static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    var sum = crc32_z(0, nil, 0)
    if let base = bytes.baseAddress { sum = crc32_z(sum, base.assumingMemoryBound(to: UInt8.self), bytes.count) }
    return UInt32(truncatingIfNeeded: sum)
  }
}

/// What the section table says of one section.
public struct MapSection: Sendable {
  public let name: String
  public let elementBytes: Int
  public let count: Int
  public let offset: Int
  let checksum: UInt32

  public var byteCount: Int { elementBytes * count }
}
