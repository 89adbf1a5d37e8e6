/// Lines with fewer points, by the algorithm of Douglas and Peucker (1973), doi:10.3138/FM57-6770-U75U-7727.
public enum Simplification {
  /// The positions of the points of a line that are kept, ascending: its ends, those that are asked for, and as many as
  /// it takes for no other one to lie farther than the tolerance from the line that is left.
  ///
  /// Distances are flat, good to 0.1 % on lines of some tens of kilometres.
  ///
  /// - Parameter fixed: positions that are kept whatever lies there.
  /// - Complexity: O(points · log points) for most lines, O(points²) at worst.
  public static func keptPoints(
    of line: [Coordinate], toleranceMeters: Double, keeping fixed: [Int] = []
  ) -> [Int] {
    guard line.count > 2 else { return Array(line.indices) }
    let plane = LocalPlane(around: line[line.count / 2])
    let points = line.map { point in
      let (east, north) = plane.meters(of: point)
      return SIMD2(east, north)
    }
    return keptPoints(of: points, tolerance: toleranceMeters, keeping: fixed)
  }

  /// The same of a line on a plane, with a tolerance in its units.
  public static func keptPoints(of line: [SIMD2<Double>], tolerance: Double, keeping fixed: [Int] = []) -> [Int] {
    guard line.count > 2 else { return Array(line.indices) }
    let ends = Set(fixed.filter(line.indices.contains)).union([0, line.count - 1]).sorted()
    var isKept = [Bool](repeating: false, count: line.count)
    for end in ends { isKept[end] = true }
    var parts = Array(zip(ends, ends.dropFirst()))
    while let (first, last) = parts.popLast() {
      guard let (farthest, squared) = farthestPoint(between: first, and: last, of: line),
        squared > tolerance * tolerance
      else { continue }
      isKept[farthest] = true
      parts += [(first, farthest), (farthest, last)]
    }
    return line.indices.filter { isKept[$0] }
  }

  /// The points of a line on a plane without which it would be farther than a tolerance from what it was.
  public static func points(of line: [SIMD2<Double>], tolerance: Double) -> [SIMD2<Double>] {
    tolerance > 0 ? keptPoints(of: line, tolerance: tolerance).map { line[$0] } : line
  }

  /// The point between two others that lies farthest from the straight line between them, with its squared distance.
  private static func farthestPoint(
    between first: Int, and last: Int, of points: [SIMD2<Double>]
  ) -> (index: Int, squared: Double)? {
    guard last - first > 1 else { return nil }
    let (start, along) = (points[first], points[last] - points[first])
    let squaredLength = (along * along).sum()
    var farthest = (index: first, squared: -1.0)
    for index in first + 1..<last {
      let offset = points[index] - start
      let share = squaredLength > 0 ? max(0, min(1, (offset * along).sum() / squaredLength)) : 0
      let away = offset - along * share
      let squared = (away * away).sum()
      if squared > farthest.squared { farthest = (index, squared) }
    }
    return farthest
  }
}
