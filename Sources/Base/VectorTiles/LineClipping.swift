/// Cuts lines at the border of what is drawn in a tile.
enum LineClipping {
  /// The parts of a line that lie within a square, border included. O(points).
  ///
  /// Each straight line is cut by itself (Liang, Barsky: "A new concept and method for line clipping", 1984); parts
  /// that meet are one.
  static func parts(of line: [MercatorPosition], within side: ClosedRange<Double>) -> [[MercatorPosition]] {
    if line.allSatisfy({ side.contains($0.x) && side.contains($0.y) }) { return [line] }
    var parts: [[MercatorPosition]] = []
    var part: [MercatorPosition] = []
    for (start, end) in zip(line, line.dropFirst()) {
      guard let cut = cut(from: start, to: end, within: side) else { continue }
      if part.last != cut.start {
        if part.count > 1 { parts.append(part) }
        part = [cut.start]
      }
      part.append(cut.end)
    }
    if part.count > 1 { parts.append(part) }
    return parts
  }

  private static func cut(
    from start: MercatorPosition, to end: MercatorPosition, within side: ClosedRange<Double>
  ) -> (start: MercatorPosition, end: MercatorPosition)? {
    var (first, last) = (0.0, 1.0)
    let step = end - start
    for axis in 0..<2 {
      if step[axis] == 0 {
        guard side.contains(start[axis]) else { return nil }
        continue
      }
      let low = (side.lowerBound - start[axis]) / step[axis]
      let high = (side.upperBound - start[axis]) / step[axis]
      first = max(first, min(low, high))
      last = min(last, max(low, high))
    }
    guard first <= last else { return nil }
    // An end that isn't cut stays what it is to the last bit, so that the next line begins there.
    return (first == 0 ? start : start + step * first, last == 1 ? end : start + step * last)
  }
}
