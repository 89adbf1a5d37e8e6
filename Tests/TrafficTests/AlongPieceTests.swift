import API
import RoadGraph
import TestSupport
import Testing

@testable import Traffic

/// Values on stretches of a piece, compared with one value for each step along it.
@Suite struct AlongPieceTests {
  private typealias Along = AlongPiece<Int>
  private static let steps: UInt32 = 16
  private static let step = RoadPosition.fractionMax / steps

  private static func values(_ along: Along) -> [Int?] {
    (0..<steps).map { number in
      let (start, end) = (number * step, (number + 1) * step)
      let found = along.stretches.filter { $0.extent.lowerBound <= start && $0.extent.upperBound >= end }
      #expect(found.count <= 1, "two values in one place")
      return found.first?.value
    }
  }

  /// Stretches that don't overlap, of few values, so that neighbours are often equal.
  private static func random(_ random: inout SeededGenerator) -> (stretches: [Along.Stretch], values: [Int?]) {
    let values = (0..<steps).map { _ in random.oneIn(3) ? nil : Int.random(in: 1...2, using: &random) }
    let stretches = values.enumerated().compactMap { number, value in
      value.map { Along.Stretch(extent: UInt32(number) * step...UInt32(number + 1) * step, value: $0) }
    }
    return (stretches, values)
  }

  @Test(arguments: 0..<50)
  func valuesAreWhereTheyWerePut(_ seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let (stretches, values) = Self.random(&random)
    let along = Along(stretches)
    #expect(Self.values(along) == values)
    for (one, next) in zip(along.stretches, along.stretches.dropFirst()) where one.value == next.value {
      #expect(one.extent.upperBound < next.extent.lowerBound, "two stretches that are one")
    }
    #expect(Self.values(along.filter { $0 == 1 }) == values.map { $0 == 1 ? 1 : nil })
    #expect(along.isNothing == values.allSatisfy { $0 == nil })
  }

  @Test(arguments: 0..<50)
  func twoAreCombinedPlaceByPlace(_ seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed) + 100)
    let (one, other) = (Self.random(&random), Self.random(&random))
    let combined = Along(one.stretches).combined(with: Along(other.stretches).stretches) { left, right in
      guard let left, let right else { return left ?? right }
      return max(left, right)
    }
    let expected = zip(one.values, other.values).map { left, right in [left, right].compactMap(\.self).max() }
    #expect(Self.values(combined) == expected, "seed \(seed)")
  }

  @Test func oneValueAllAlongIsWhole() {
    let half = RoadPosition.fractionMax / 2
    let parts = [0...half, half...RoadPosition.fractionMax].map { Along.Stretch(extent: $0, value: 7) }
    #expect(Along(parts) == .whole(7))
    #expect(Along([]) == .nothing)
    #expect(Along([.init(extent: 5...5, value: 7)]) == .nothing)
    #expect(Along.nothing.combined(with: parts) { $0 ?? $1 } == .whole(7))
  }

  @Test func theSlowerSpeedCounts() {
    let (slow, fast) = (TenthsOfKmh(kmh: 3), TenthsOfKmh(kmh: 50))
    #expect(AlongPiece.slower(slow, fast) == slow && AlongPiece.slower(nil, fast) == fast)
    #expect(AlongPiece.slower(fast, .closed) == .closed && AlongPiece.slower(nil, nil) == nil)
  }
}
