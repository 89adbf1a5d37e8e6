import Geometry
import Testing

@testable import VectorTiles

@Suite struct LineTests {
  private static let side = -64.0...4_160.0

  @Test func leavesALineWithinAsItIs() {
    let line: [MercatorPosition] = [[0, 0], [4_000, 10], [-64, 4_160]]
    #expect(LineClipping.parts(of: line, within: Self.side) == [line])
  }

  @Test func cutsALineThatLeavesAndComesBack() {
    let line: [MercatorPosition] = [[4_000, 100], [4_320, 100], [4_320, 300], [4_000, 300]]
    #expect(
      LineClipping.parts(of: line, within: Self.side) == [
        [[4_000, 100], [4_160, 100]], [[4_160, 300], [4_000, 300]],
      ])
  }

  @Test func keepsALineAcrossOfWhichNoPointLiesWithin() {
    #expect(
      LineClipping.parts(of: [[-1_000, 500], [9_000, 500]], within: Self.side) == [[[-64, 500], [4_160, 500]]])
    #expect(LineClipping.parts(of: [[-1_000, 9_000], [9_000, 9_000]], within: Self.side).isEmpty)
  }

  /// Of points all along random lines just those within lie on what is left.
  @Test func keepsAllWithinAndNothingElse() {
    var random = SplitMix64(seed: 11)
    for _ in 0..<2_000 {
      let line = (0..<Int.random(in: 2...6, using: &random)).map { _ in
        MercatorPosition(.random(in: -3_000...7_000, using: &random), .random(in: -3_000...7_000, using: &random))
      }
      let parts = LineClipping.parts(of: line, within: Self.side)
      for point in parts.joined() {
        #expect(point.x >= -64.001 && point.x <= 4_160.001 && point.y >= -64.001 && point.y <= 4_160.001)
      }
      let kept = parts.reduce(0) { $0 + Self.length($1) }
      let steps = 400
      var within = 0.0
      for (start, end) in zip(line, line.dropFirst()) {
        let step = Self.length([start, end]) / Double(steps)
        for number in 0..<steps {
          let point = start + (end - start) * (Double(number) + 0.5) / Double(steps)
          if Self.side.contains(point.x), Self.side.contains(point.y) { within += step }
        }
      }
      #expect(abs(kept - within) < 0.01 * Self.length(line) + 1)
    }
  }

  @Test func staysWithinItsToleranceWhenSimplified() {
    var random = SplitMix64(seed: 3)
    for _ in 0..<300 {
      var line: [MercatorPosition] = [[0, 0]]
      for _ in 0..<Int.random(in: 1...60, using: &random) {
        line.append(
          line[line.count - 1]
            + MercatorPosition(.random(in: -5...20, using: &random), .random(in: -10...10, using: &random)))
      }
      let simple = Simplification.points(of: line, tolerance: 4)
      #expect(simple.first == line.first && simple.last == line.last)
      // What is left is in its order, and what is left out lies near the line between its neighbours.
      var next = 0
      for point in line {
        if next < simple.count, simple[next] == point {
          next += 1
        } else {
          #expect(Self.distance(point, simple[next - 1], simple[next]) <= 4.000_001)
        }
      }
      #expect(next == simple.count)
    }
  }

  @Test func simplifiesARingThatEndsWhereItBegins() {
    let ring: [MercatorPosition] = [[0, 0], [100, 0], [100, 100], [0, 100], [0, 0]]
    #expect(Simplification.points(of: ring, tolerance: 4) == ring)
    #expect(Simplification.points(of: [[0, 0], [50, 1], [100, 0]], tolerance: 4) == [[0, 0], [100, 0]])
  }

  @Test func joinsLinesThatFollowOneAnother() {
    func place(_ number: Int32) -> Coordinate { Coordinate(latitudeE7: number, longitudeE7: 0) }
    func line(_ numbers: Int32...) -> [Coordinate] { numbers.map(place) }
    #expect(LineChains.joined([line(2, 3), line(1, 2), line(3, 4, 5)]) == [line(1, 2, 3, 4, 5)])
    // Lines that meet head on stay two, a ring is one line, and a fork goes on by its first line.
    #expect(LineChains.joined([line(1, 2), line(3, 2)]) == [line(1, 2), line(3, 2)])
    #expect(LineChains.joined([line(1, 2), line(2, 3), line(3, 1)]) == [line(1, 2, 3, 1)])
    #expect(LineChains.joined([line(1, 2), line(2, 3), line(2, 4)]) == [line(1, 2, 3), line(2, 4)])
  }

  private static func length(_ line: [MercatorPosition]) -> Double {
    zip(line, line.dropFirst()).reduce(0) { sum, ends in
      let step = ends.1 - ends.0
      return sum + (step * step).sum().squareRoot()
    }
  }

  private static func distance(_ point: MercatorPosition, _ start: MercatorPosition, _ end: MercatorPosition) -> Double
  {
    (0...1_000).map { length([point, start + (end - start) * Double($0) / 1_000]) }.min() ?? .infinity
  }
}
