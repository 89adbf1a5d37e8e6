import CZlib
import Foundation
import MapImport
import TestSupport

extension PBFFile {
  /// A small town.
  static func town() throws -> [UInt8] {
    let folder = TemporaryFolder()
    try OSMSource.text(opl: FuzzDoor.town.opl).writePBF(to: folder.path("t.osm.pbf"))
    return [UInt8](try folder.contents("t.osm.pbf"))
  }

  /// The contents of the blocks of a file that libosmium wrote, but for its first, the header.
  static func blocks(of file: [UInt8]) throws -> [[UInt8]] {
    var (rest, blocks) = (file[...], [[UInt8]]())
    while rest.count > 4 {
      let headBytes = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
      let head = fields(Array(rest.dropFirst(4).prefix(headBytes)))
      guard case .number(let blobBytes)? = head[3] else { break }
      let blob = fields(Array(rest.dropFirst(4 + headBytes).prefix(Int(blobBytes))))
      guard case .number(let rawBytes)? = blob[2], case .bytes(let packed)? = blob[3] else { break }
      blocks.append(inflated(packed, to: Int(rawBytes)))
      rest = rest.dropFirst(4 + headBytes + Int(blobBytes))
    }
    return Array(blocks.dropFirst())
  }

  private enum Field {
    case number(UInt64)
    case bytes([UInt8])
  }

  private static func fields(_ bytes: [UInt8]) -> [Int: Field] {
    var (rest, fields) = (bytes[...], [Int: Field]())
    func varint() -> UInt64 {
      var (value, shift): (UInt64, UInt64) = (0, 0)
      while let byte = rest.popFirst() {
        value |= UInt64(byte & 127) << shift
        if byte < 128 { break }
        shift += 7
      }
      return value
    }
    while !rest.isEmpty {
      let key = varint()
      let value = varint()
      if key & 7 == 2 {
        fields[Int(key >> 3)] = .bytes(Array(rest.prefix(Int(value))))
        rest = rest.dropFirst(Int(value))
      } else {
        fields[Int(key >> 3)] = .number(value)
      }
    }
    return fields
  }

  private static func inflated(_ packed: [UInt8], to count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      var length = UInt(count)
      _ = uncompress(buffer.baseAddress, &length, packed, UInt(packed.count))
      initializedCount = Int(length)
    }
  }
}
