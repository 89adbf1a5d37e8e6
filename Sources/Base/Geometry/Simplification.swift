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
    let points = line.map { point -> (x: Double, y: Double) in
      let (east, north) = plane.meters(of: point)
      return (east, north)
    }
    let ends = Set(fixed.filter(line.indices.contains)).union([0, line.count - 1]).sorted()
    var isKept = [Bool](repeating: false, count: line.count)
    for end in ends { isKept[end] = true }
    var parts = Array(zip(ends, ends.dropFirst()))
    while let (first, last) = parts.popLast() {
      guard let (farthest, squared) = farthestPoint(between: first, and: last, of: points),
        squared > toleranceMeters * toleranceMeters
      else { continue }
      isKept[farthest] = true
      parts += [(first, farthest), (farthest, last)]
    }
    return line.indices.filter { isKept[$0] }
  }

  /// The point between two others that lies farthest from the straight line between them, with its squared distance.
  private static func farthestPoint(
    between first: Int, and last: Int, of points: [(x: Double, y: Double)]
  ) -> (index: Int, squared: Double)? {
    guard last - first > 1 else { return nil }
    let (start, end) = (points[first], points[last])
    let (dx, dy) = (end.x - start.x, end.y - start.y)
    let squaredLength = dx * dx + dy * dy
    var farthest = (index: first, squared: -1.0)
    for index in first + 1..<last {
      let (x, y) = (points[index].x - start.x, points[index].y - start.y)
      let share = squaredLength > 0 ? max(0, min(1, (x * dx + y * dy) / squaredLength)) : 0
      let (awayX, awayY) = (x - share * dx, y - share * dy)
      let squared = awayX * awayX + awayY * awayY
      if squared > farthest.squared { farthest = (index, squared) }
    }
    return farthest
  }
}
