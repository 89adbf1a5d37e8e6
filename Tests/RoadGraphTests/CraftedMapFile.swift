import Foundation
import TestSupport

@testable import MapFile

/// A map file that somebody changed on purpose: its checksums are made right again.
struct CraftedMapFile {
  private var bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  private var sectionCount: Int { Int(value(at: 12, as: UInt32.self)) }
  private func entry(_ section: Int) -> Int { MapFileFormat.headerBytes + section * MapFileFormat.entryBytes }

  /// Gives a section a name that nobody asks for.
  mutating func rename(section: Int) { bytes[entry(section)] = UInt8(ascii: "~") }

  /// Overwrites one element of one section with a small, a large or a random number.
  mutating func spoilElement(_ random: inout SeededGenerator) {
    let section = entry(.random(in: 0..<sectionCount, using: &random))
    let elementBytes = Int(value(at: section + 32, as: UInt32.self))
    let count = Int(value(at: section + 40, as: UInt64.self))
    guard count > 0 else { return }
    let element = Int(value(at: section + 48, as: UInt64.self)) + .random(in: 0..<count, using: &random) * elementBytes
    let width = min(elementBytes, 4)
    let start = element + .random(in: 0...(elementBytes - width) / width, using: &random) * width
    let spoiled = [
      0, 1, UInt32.max, UInt32.max / 2, .random(in: 0...300, using: &random), .random(in: 0 ... .max, using: &random),
    ]
    .randomElement(using: &random)!
    withUnsafeBytes(of: spoiled.littleEndian) { bytes.replaceSubrange(start..<start + width, with: $0.prefix(width)) }
  }

  /// The file with all checksums computed anew.
  var sealed: Data {
    var file = self
    for section in 0..<sectionCount {
      let entry = entry(section)
      let start = Int(value(at: entry + 48, as: UInt64.self))
      let length = Int(value(at: entry + 32, as: UInt32.self)) * Int(value(at: entry + 40, as: UInt64.self))
      file.setChecksum(of: start..<start + length, at: entry + 36)
    }
    file.setChecksum(of: MapFileFormat.headerBytes..<entry(sectionCount), at: 24)
    file.setChecksum(of: 0..<28, at: 28)
    return Data(file.bytes)
  }

  private mutating func setChecksum(of range: Range<Int>, at position: Int) {
    let checksum = bytes[range].withUnsafeBytes(MapFileFormat.checksum)
    withUnsafeBytes(of: checksum.littleEndian) { bytes.replaceSubrange(position..<position + 4, with: $0) }
  }

  private func value<Value: FixedWidthInteger & BitwiseCopyable>(at position: Int, as type: Value.Type) -> Value {
    bytes.withUnsafeBytes { Value(littleEndian: $0.loadUnaligned(fromByteOffset: position, as: type)) }
  }
}
