/// An area on the map, small enough to be flat: its corners in their order, the last one joined to the first, and holes
/// that don't belong to it.
///
/// Its outline may cross itself; what is inside follows from the even-odd rule. It may span the 180th meridian: then
/// longitudes go on beyond that.
public struct Polygon: Sendable {
  /// Of the outline and of the holes.
  let sides: PolygonSides
  /// The middle of its bounding box.
  public let center: Coordinate
  /// No part of it lies farther from ``center``.
  public let radiusMeters: Double
  let box: BoundingBox
  /// The center with a longitude as the corners have theirs.
  private let middle: Coordinate

  /// `nil` for fewer than three corners; a hole with fewer is none. O(n log n) for n corners.
  public init?(_ corners: [Coordinate], holes: [[Coordinate]] = []) {
    guard corners.count >= 3 else { return nil }
    let outlines = ([corners] + holes.filter { $0.count >= 3 }).map { $0.map { $0.rolledOut(near: corners[0]) } }
    sides = PolygonSides(outlines)
    box = BoundingBox(of: outlines[0])
    middle = box.center
    let center = Coordinate(latitudeE7: middle.latitudeE7, longitudeE7: .wrappedLongitude(Int64(middle.longitudeE7)))
    self.center = center
    radiusMeters = corners.reduce(0) { max($0, center.distanceMeters(to: $1)) }
  }

  private init(_ sides: PolygonSides, _ other: Polygon) {
    self.sides = sides
    box = BoundingBox(of: sides.sides.lazy.map(\.start))
    (center, radiusMeters, middle) = (other.center, other.radiusMeters, box.center)
  }

  /// The same area with longitudes by which it meets a box, once round the earth; `nil` if it doesn't. O(n log n).
  func turned(to target: BoundingBox) -> Polygon? {
    for turn in [-2 * Coordinate.halfTurnE7, 2 * Coordinate.halfTurnE7] {
      guard let west = Int32(exactly: Int64(box.minLongitudeE7) + turn),
        let east = Int32(exactly: Int64(box.maxLongitudeE7) + turn),
        west <= target.maxLongitudeE7, east >= target.minLongitudeE7,
        box.minLatitudeE7 <= target.maxLatitudeE7, box.maxLatitudeE7 >= target.minLatitudeE7
      else { continue }
      return Polygon(sides.turned(by: turn), self)
    }
    return nil
  }

  /// The smallest box around it, for an index; round the earth if it spans the 180th meridian.
  public var boundingBox: BoundingBox {
    let turn = Int32(Coordinate.halfTurnE7)
    return box.minLongitudeE7 < -turn || box.maxLongitudeE7 > turn ? box.roundTheEarth : box
  }

  /// True if a place lies inside. O(log corners), and the sides near it.
  public func contains(_ place: Coordinate) -> Bool { sides.contains(place.rolledOut(near: middle)) }

  /// The parts of a straight line that lie inside or on the outline, 0 at its start and 1 at its end, in their order.
  /// O(log corners), and the sides near it.
  public func parts(ofLineFrom start: Coordinate, to end: Coordinate) -> [ClosedRange<Double>] {
    let (start, end) = (start.rolledOut(near: middle), end.rolledOut(near: middle))
    guard box.intersects(BoundingBox(of: [start, end])) else { return [] }
    let line = Line(start, end)
    var (cuts, inside) = ([0.0, 1.0], [ClosedRange<Double>]())
    sides.visitSides(near: start, end) { side in
      if let along = line.overlap(with: side.start, side.end) { inside.append(along) }
      if let cut = line.crossing(with: side.start, side.end) { cuts.append(cut) }
    }
    cuts.sort()
    inside += zip(cuts, cuts.dropFirst()).filter { from, to in
      (from < to || start == end) && sides.contains(start.interpolated(to: end, fraction: (from + to) / 2))
    }.map { $0...$1 }
    return inside.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { joined, part in
      if let last = joined.last, part.lowerBound <= last.upperBound {
        joined[joined.count - 1] = last.lowerBound...max(last.upperBound, part.upperBound)
      } else {
        joined.append(part)
      }
    }
  }

  /// A straight line, in units of 1e-7 degrees: those of one map multiply without loss.
  private struct Line {
    private let start: (x: Int, y: Int)
    private let direction: (x: Int, y: Int)

    init(_ start: Coordinate, _ end: Coordinate) {
      self.start = (Int(start.longitudeE7), Int(start.latitudeE7))
      direction = (Int(end.longitudeE7) - self.start.x, Int(end.latitudeE7) - self.start.y)
    }

    /// From its start to a place.
    private func offset(_ place: Coordinate) -> (x: Int, y: Int) {
      (Int(place.longitudeE7) - start.x, Int(place.latitudeE7) - start.y)
    }

    private static func cross(_ a: (x: Int, y: Int), _ b: (x: Int, y: Int)) -> Int { a.x * b.y - a.y * b.x }

    /// Where another line crosses it; `nil` if it doesn't, or both are parallel.
    func crossing(with from: Coordinate, _ to: Coordinate) -> Double? {
      let (first, last) = (offset(from), offset(to))
      let other = (x: last.x - first.x, y: last.y - first.y)
      let determinant = Double(Self.cross(direction, other))
      guard determinant != 0 else { return nil }
      let along = Double(Self.cross(first, other)) / determinant
      let alongOther = Double(Self.cross(first, direction)) / determinant
      return (0...1).contains(along) && (0...1).contains(alongOther) ? along : nil
    }

    /// What of it lies on another line; `nil` if that has another direction, or both have at most an end in common.
    func overlap(with from: Coordinate, _ to: Coordinate) -> ClosedRange<Double>? {
      let (first, last) = (offset(from), offset(to))
      let square = direction.x * direction.x + direction.y * direction.y
      guard square > 0, Self.cross(direction, first) == 0, Self.cross(direction, last) == 0 else { return nil }
      func along(_ place: (x: Int, y: Int)) -> Double {
        min(max(Double(place.x * direction.x + place.y * direction.y) / Double(square), 0), 1)
      }
      let ends = [along(first), along(last)].sorted()
      return ends[0] < ends[1] ? ends[0]...ends[1] : nil
    }
  }
}
