extension Polygon {
  /// A place that lies in both areas, or on the outline of one and in the other; `nil` if they have at most parts of
  /// their outlines in common, such as districts that meet at a border.
  ///
  /// Exact for corners as they are: a corner that another program rounded may well lie in a neighbouring area. Areas
  /// whose outlines both cross themselves at one place are taken to overlap there.
  /// O((corners + sides near them) log corners).
  ///
  /// - Parameter check: called again and again; ends the work by throwing.
  public func overlap<Failure: Error>(
    with other: Polygon, check: () throws(Failure) -> Void
  ) throws(Failure) -> Coordinate? {
    guard box.intersects(other.box) else {
      // One of them may have its longitudes beyond the 180th meridian.
      guard let other = other.turned(to: box) else { return nil }
      return try overlap(with: other, check: check)
    }
    if let place = try sides.overlap(with: other.sides, in: other.box, check: check) { return place }
    return try other.sides.overlap(with: sides, in: box, check: check)
  }
}

extension PolygonSides {
  /// A place beside an outline of this area, or on it, that lies in both areas; `nil` if there is none.
  ///
  /// Where no side of one crosses a side of the other, each stretch of an outline between two corners lies as a whole
  /// inside the other area, outside, or on its outline; so its middle tells.
  fileprivate func overlap<Failure: Error>(
    with other: PolygonSides, in box: BoundingBox, check: () throws(Failure) -> Void
  ) throws(Failure) -> Coordinate? {
    for side in sides where box.intersects(BoundingBox(of: [side.start, side.end])) {
      try check()
      let near = other.sides(near: side)
      if let crossing = near.lazy.compactMap({ side.crossing(with: $0) }).first { return crossing }
      let ownNear = sides(near: side)
      for (start, end) in side.stretches(between: near) {
        try check()
        let middle = HalfPlace(between: start, end)
        let mine = inside(middle, beside: ownNear)
        let others = other.inside(middle, beside: near)
        if mine.east && others.east || mine.west && others.west { return middle.coordinate }
      }
    }
    return nil
  }

  /// Whether what lies an infinitely small step to the east of a place is inside, and to the west. They differ where an
  /// outline runs through the place.
  private func inside(_ place: HalfPlace, beside near: [Side]) -> (east: Bool, west: Bool) {
    let isEastInside = contains(place)
    let isOnOutline = near.count { $0.passes(through: place) } % 2 == 1
    return (isEastInside, isEastInside != isOnOutline)
  }
}

extension PolygonSides.Side {
  /// Where another side crosses this one, both beyond their ends; `nil` if they touch at most.
  fileprivate func crossing(with other: PolygonSides.Side) -> Coordinate? {
    let (first, last) = (offset(HalfPlace(other.start)), offset(HalfPlace(other.end)))
    let (otherFirst, otherLast) = (other.offset(HalfPlace(start)), other.offset(HalfPlace(end)))
    guard first.signum() * last.signum() < 0, otherFirst.signum() * otherLast.signum() < 0 else { return nil }
    return start.interpolated(to: end, fraction: Double(otherFirst) / Double(otherFirst - otherLast))
  }

  /// True if a place lies on it.
  fileprivate func passes(through place: HalfPlace) -> Bool {
    offset(place) == 0 && place.isBetween(HalfPlace(start), HalfPlace(end))
  }

  /// Its parts between corners of other sides that lie on it, from its start to its end.
  fileprivate func stretches(between others: [PolygonSides.Side]) -> [(Coordinate, Coordinate)] {
    let corners = Set(others.flatMap { [$0.start, $0.end] }.filter { passes(through: HalfPlace($0)) } + [start, end])
    func steps(_ corner: Coordinate) -> Int {
      abs(Int(corner.longitudeE7) - Int(start.longitudeE7)) + abs(Int(corner.latitudeE7) - Int(start.latitudeE7))
    }
    let sorted = corners.sorted { steps($0) < steps($1) }
    return Array(zip(sorted, sorted.dropFirst()))
  }
}
