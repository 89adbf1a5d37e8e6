/// A block's outline, gathered once for the questions that drawing streets through it asks.
struct Block {
  /// Where a ray meets the outline.
  struct Hit {
    var index: Int
    var distanceMeters: Double
    /// From the start of the side that was hit.
    var alongMeters: Double
  }

  let sides: [Int32]
  let starts: [PlanePoint]
  let areaSquareMeters: Double
  let centroid: PlanePoint

  init(_ block: Int32, of map: StreetMap) {
    sides = map.sides(around: Int(block))
    starts = sides.map(map.start)
    // Relative to the first corner for precision.
    let origin = starts[0]
    var doubled = 0.0
    var weighted = PlanePoint.zero
    for index in starts.indices {
      let first = starts[index] - origin
      let second = starts[(index + 1) % starts.count] - origin
      let cross = first.cross(second)
      doubled += cross
      weighted = weighted + (first + second) * cross
    }
    areaSquareMeters = doubled / 2
    centroid = doubled > 1e-6 ? origin + weighted * (1 / (3 * doubled)) : origin
  }

  func end(_ index: Int) -> PlanePoint { starts[index + 1 == starts.count ? 0 : index + 1] }
  func direction(_ index: Int) -> PlanePoint { (end(index) - starts[index]).unit }
  func length(_ index: Int) -> Double { starts[index].distance(to: end(index)) }

  /// Whether a point lies inside: an odd number of sides lies to its east.
  func contains(_ point: PlanePoint) -> Bool {
    var isInside = false
    for index in starts.indices {
      let first = starts[index]
      let second = end(index)
      guard (first.y > point.y) != (second.y > point.y) else { continue }
      let x = first.x + (point.y - first.y) / (second.y - first.y) * (second.x - first.x)
      if x > point.x { isInside.toggle() }
    }
    return isInside
  }

  /// The direction in which the block is longest (the principal axis of its outline), or that of its longest side
  /// when it is as wide as long.
  var axis: PlanePoint {
    var (xx, xy, yy) = (0.0, 0.0, 0.0)
    var (longest, longestLength) = (0, 0.0)
    for index in starts.indices {
      let size = length(index)
      let middle = starts[index].blended(to: end(index), 0.5) - centroid
      let half = (end(index) - starts[index]) * 0.5
      xx += size * (middle.x * middle.x + half.x * half.x / 3)
      xy += size * (middle.x * middle.y + half.x * half.y / 3)
      yy += size * (middle.y * middle.y + half.y * half.y / 3)
      if size > longestLength { (longest, longestLength) = (index, size) }
    }
    let difference = xx - yy
    let root = (difference * difference + 4 * xy * xy).squareRoot()
    guard root > 0.25 * (xx + yy) else { return direction(longest) }
    let vector =
      difference > 0 ? PlanePoint(x: difference + root, y: 2 * xy) : PlanePoint(x: 2 * xy, y: root - difference)
    return vector.unit
  }

  /// The first side that a ray meets, if any; a side that it starts on does not count.
  func firstHit(from origin: PlanePoint, along direction: PlanePoint) -> Hit? {
    var best: Hit?
    for index in starts.indices {
      let along = end(index) - starts[index]
      let denominator = direction.cross(along)
      guard denominator != 0 else { continue }
      let gap = starts[index] - origin
      let distance = gap.cross(along) / denominator
      let share = gap.cross(direction) / denominator
      guard distance > 0.01, share >= 0, share <= 1 else { continue }
      if let known = best, known.distanceMeters <= distance { continue }
      best = Hit(index: index, distanceMeters: distance, alongMeters: share * along.length)
    }
    return best
  }

  /// Whether a segment between two points of the outline or the inside stays off every side but those that it
  /// starts or ends on.
  func isClear(from start: PlanePoint, to end: PlanePoint) -> Bool {
    starts.indices.allSatisfy { index in
      guard let share = crossing((start, end), (starts[index], self.end(index)))?.first else { return true }
      return share <= 0.001 || share >= 0.999
    }
  }

  /// How far a point is from the nearest side.
  func clearanceMeters(at point: PlanePoint) -> Double {
    starts.indices.lazy.map { point.distance(toSegmentFrom: starts[$0], to: end($0)) }.min() ?? .infinity
  }
}
