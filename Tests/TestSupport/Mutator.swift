/// Damages bytes as networks, disks and attackers do; the same generator gives the same damage.
public struct Mutator: Sendable {
  /// Bytes that mean something to a reader, so that damage gets past its first check.
  private let dictionary: [[UInt8]]
  private let bytesMax: Int

  public init(dictionary: [[UInt8]] = [], bytesMax: Int = 1 << 16) {
    (self.dictionary, self.bytesMax) = (dictionary, bytesMax)
  }

  /// The bytes with one to four kinds of damage, pieces of `other` among them.
  public func mutated(
    _ bytes: [UInt8], with other: [UInt8] = [], using random: inout SeededGenerator
  ) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &random) { damage(&bytes, other, &random) }
    return bytes.count > bytesMax ? Array(bytes[..<bytesMax]) : bytes
  }

  private func damage(_ bytes: inout [UInt8], _ other: [UInt8], _ random: inout SeededGenerator) {
    let place = Int.random(in: 0...bytes.count, using: &random)
    switch Int.random(in: 0..<11, using: &random) {
    case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 1 where place < bytes.count: bytes[place] = .random(in: .min ... .max, using: &random)
    case 2: bytes.insert(.random(in: .min ... .max, using: &random), at: place)
    case 3: bytes.removeSubrange(Self.piece(of: bytes, from: place, &random))
    case 4: bytes.removeLast(Int.random(in: 0...min(bytes.count, 9), using: &random))
    case 5: bytes.insert(contentsOf: bytes[Self.piece(of: bytes, from: place, &random)], at: place)
    case 6: splice(other, into: &bytes, at: place, &random)
    case 7: overwrite(&bytes, at: place, &random)
    case 8: bytes.insert(contentsOf: Wire.varint(Self.number(&random)), at: place)
    case 9: changeLength(in: &bytes, from: place, &random)
    default: insertWord(into: &bytes, at: place, &random)
    }
  }

  private static func piece(of bytes: [UInt8], from start: Int, _ random: inout SeededGenerator) -> Range<Int> {
    start..<min(bytes.count, start + Int.random(in: 1...24, using: &random))
  }

  private func splice(_ other: [UInt8], into bytes: inout [UInt8], at place: Int, _ random: inout SeededGenerator) {
    let start = Int.random(in: 0...other.count, using: &random)
    let piece = other[start..<min(other.count, start + Int.random(in: 0...200, using: &random))]
    let end = random.oneIn(2) ? place : min(bytes.count, place + piece.count)
    bytes.replaceSubrange(place..<end, with: piece)
  }

  /// Puts a number of 1, 2, 4 or 8 bytes, at which readers stumble, over what is there.
  private func overwrite(_ bytes: inout [UInt8], at place: Int, _ random: inout SeededGenerator) {
    let number = Self.number(&random)
    let width = [1, 2, 4, 8][Int.random(in: 0..<4, using: &random)]
    let isLittleEndian = random.oneIn(2)
    for index in 0..<width where place + index < bytes.count {
      let shift = 8 * (isLittleEndian ? index : width - 1 - index)
      bytes[place + index] = UInt8(truncatingIfNeeded: number >> UInt64(shift))
    }
  }

  /// Makes one of the next bytes a little more or less: of varints, lengths and counts.
  private func changeLength(in bytes: inout [UInt8], from place: Int, _ random: inout SeededGenerator) {
    guard place < bytes.count else { return }
    let step = UInt8.random(in: 1...4, using: &random)
    bytes[place] = random.oneIn(2) ? bytes[place] &+ step : bytes[place] &- step
  }

  private func insertWord(into bytes: inout [UInt8], at place: Int, _ random: inout SeededGenerator) {
    guard let word = dictionary.randomElement(using: &random) else { return }
    let end = random.oneIn(2) ? place : min(bytes.count, place + Int.random(in: 0...12, using: &random))
    bytes.replaceSubrange(place..<end, with: word)
  }

  private static func number(_ random: inout SeededGenerator) -> UInt64 {
    let numbers: [UInt64] = [
      0, 1, 127, 128, 255, 256, 1 << 15, 1 << 16, 1 << 31, (1 << 31) - 1, (1 << 32) - 1, 1 << 63, (1 << 63) - 1, .max,
      Double.nan.bitPattern, Double.infinity.bitPattern, Double.greatestFiniteMagnitude.bitPattern,
      (-Double.infinity).bitPattern, (1e300).bitPattern, random.next(), random.next() >> 40,
    ]
    return numbers[Int.random(in: 0..<numbers.count, using: &random)]
  }
}
