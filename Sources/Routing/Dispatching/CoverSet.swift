/// Which points of some demand a place covers: those that a unit there reaches in time. A bit for each point.
public struct CoverSet: Hashable, Sendable {
  private var words: [UInt64]

  /// - Parameters:
  ///   - points: numbers of covered points, below `count`.
  ///   - count: of all points.
  public init(_ points: some Sequence<Int>, of count: Int) {
    words = Array(repeating: 0, count: (count + 63) / 64)
    for point in points { words[point / 64] |= 1 << UInt64(point % 64) }
  }

  /// Covers nothing.
  public static func none(of count: Int) -> CoverSet { CoverSet([], of: count) }

  /// True if a point is covered. O(1).
  public func contains(_ point: Int) -> Bool { words[point / 64] & 1 << UInt64(point % 64) != 0 }

  /// Calls `body` with each point, ascending. O(points / 64 + covered points).
  @inline(__always)
  func visit(_ body: (Int) -> Void) { Self.visit(words.count, { words[$0] }, body) }

  /// Calls `body` with each point of this set that is not in another one.
  @inline(__always)
  func visit(notIn other: CoverSet, _ body: (Int) -> Void) {
    Self.visit(words.count, { words[$0] & ~other.words[$0] }, body)
  }

  @inline(__always)
  private static func visit(_ count: Int, _ word: (Int) -> UInt64, _ body: (Int) -> Void) {
    for number in 0..<count {
      var rest = word(number)
      while rest != 0 {
        body(number * 64 + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
  }
}
