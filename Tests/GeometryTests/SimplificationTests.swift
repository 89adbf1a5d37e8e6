import Geometry
import TestSupport
import Testing

@Suite struct SimplificationTests {
  private let start = Coordinate(latitudeE7: 375_000_000, longitudeE7: 1_270_000_000)

  @Test func pointsOnTheLineGo() {
    let line = (0...10).map { start.moved(Double($0) * 100, headingDegrees: 90) }
    #expect(Simplification.keptPoints(of: line, toleranceMeters: 1) == [0, 10])
    #expect(Simplification.keptPoints(of: line, toleranceMeters: 1, keeping: [3, 99]) == [0, 3, 10])
  }

  @Test func cornersStay() {
    let corner = start.moved(500, headingDegrees: 0)
    let line = [start, start.moved(250, headingDegrees: 0), corner, corner.moved(300, headingDegrees: 90)]
    #expect(Simplification.keptPoints(of: line, toleranceMeters: 5) == [0, 2, 3])
  }

  @Test func shortLinesStay() {
    #expect(Simplification.keptPoints(of: [], toleranceMeters: 5) == [])
    #expect(Simplification.keptPoints(of: [start], toleranceMeters: 5) == [0])
    #expect(Simplification.keptPoints(of: [start, start], toleranceMeters: 5) == [0, 1])
    #expect(Simplification.keptPoints(of: [start, start, start], toleranceMeters: 5) == [0, 2])
  }

  /// No point lies farther from what is left than the tolerance.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func theLineStaysWithinTheTolerance(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var line = [start]
    for _ in 0..<300 {
      let turn = Double.random(in: -40...40, using: &random)
      line.append(line[line.count - 1].moved(Double.random(in: 1...80, using: &random), headingDegrees: turn))
    }
    let tolerance = Double.random(in: 1...50, using: &random)
    let kept = Simplification.keptPoints(of: line, toleranceMeters: tolerance)
    #expect(kept.first == 0 && kept.last == line.count - 1 && kept.count < line.count, "seed \(seed)")
    for (first, last) in zip(kept, kept.dropFirst()) {
      for index in first..<last {
        let away = LocalPlane(around: line[index]).nearestPoint(onLineFrom: line[first], to: line[last])
        #expect(away.distanceMeters <= tolerance * 1.01, "seed \(seed)")
      }
    }
  }
}
