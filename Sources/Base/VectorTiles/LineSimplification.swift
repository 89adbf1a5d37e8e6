/// Leaves out points of lines that nobody sees.
public enum LineSimplification {
  /// The points of a line without which it would be farther than a tolerance from what it was; its ends stay.
  ///
  /// Source: Douglas, Peucker, "Algorithms for the reduction of the number of points required to represent a digitized
  /// line or its caricature" (1973). O(points squared), and usually O(points log points).
  public static func points(of line: [MercatorPosition], tolerance: Double) -> [MercatorPosition] {
    guard line.count > 2, tolerance > 0 else { return line }
    var isKept = [Bool](repeating: false, count: line.count)
    (isKept[0], isKept[line.count - 1]) = (true, true)
    var waiting = [0..<line.count - 1]
    while let run = waiting.popLast() {
      guard let farthest = farthest(in: run, of: line, beyond: tolerance) else { continue }
      isKept[farthest] = true
      waiting.append(run.lowerBound..<farthest)
      waiting.append(farthest..<run.upperBound)
    }
    return zip(line, isKept).compactMap { $1 ? $0 : nil }
  }

  /// The point between two others that is farthest from the straight line between them; `nil` if all are near.
  private static func farthest(in run: Range<Int>, of line: [MercatorPosition], beyond tolerance: Double) -> Int? {
    let (start, end) = (line[run.lowerBound], line[run.upperBound])
    var (farthest, most) = (Int?.none, tolerance * tolerance)
    for index in run.dropFirst() {
      let squared = squaredDistance(of: line[index], fromLine: start, end)
      if squared > most { (farthest, most) = (index, squared) }
    }
    return farthest
  }

  private static func squaredDistance(
    of point: MercatorPosition, fromLine start: MercatorPosition, _ end: MercatorPosition
  ) -> Double {
    let (along, offset) = (end - start, point - start)
    let squared = (along * along).sum()
    let share = squared > 0 ? min(max((offset * along).sum() / squared, 0), 1) : 0
    let rest = offset - along * share
    return (rest * rest).sum()
  }
}
