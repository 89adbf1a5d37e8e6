import API
import Geometry
import RoadGraph

/// Finds the stretches of road in an area, in both directions: a run for each OSM way and direction.
struct AreaFinder {
  let network: RoadNetwork
  let budget: RoadBudget

  /// A piece of road near an area, with the directions in which anybody drives it.
  private struct Road {
    var directions: [DirectedPiece]
    var shape: PieceShape
    var points: [Coordinate]

    /// Its straight lines, each with its number.
    var lines: some Sequence<(number: Int, start: Coordinate, end: Coordinate)> {
      zip(points, points.dropFirst()).enumerated().lazy.map { (number: $0, start: $1.0, end: $1.1) }
    }
  }

  /// What lies within a radius of a place; with a heading only in directions that run along it there.
  func runs(
    within radiusMeters: Double, of center: Coordinate, headingDegrees: Double?
  ) throws(TrafficError) -> [[DirectedStretch]] {
    let plane = LocalPlane(around: center)
    var found: [DirectedStretch] = []
    try visit(within: radiusMeters, plane) { (road) throws(TrafficError) in
      for piece in road.directions {
        var extents: [ClosedRange<UInt32>] = []
        for line in road.lines {
          try budget.spend()
          guard plane.nearestPoint(onLineFrom: line.start, to: line.end).distanceMeters <= radiusMeters,
            runs(piece, line.start, line.end, about: headingDegrees),
            let part = plane.part(ofLineFrom: line.start, to: line.end, within: radiusMeters)
          else { continue }
          extents.append(road.shape.extent(ofLine: line.number, part))
        }
        found += extents.joined.map { DirectedStretch(piece, $0) }
      }
    }
    return try runs(found)
  }

  /// The nearest one within a radius that lies on the levels that are meant and runs along the heading.
  ///
  /// Without a heading both directions of it are meant.
  func nearestRuns(
    to center: Coordinate, within radiusMeters: Double, headingDegrees: Double?, isMeant: (DirectedPiece) -> Bool
  ) throws(TrafficError) -> [[DirectedStretch]] {
    let plane = LocalPlane(around: center)
    var nearestMeters = radiusMeters
    var found: Set<DirectedPiece> = []
    try visit(within: radiusMeters, plane) { (road) throws(TrafficError) in
      for piece in road.directions where isMeant(piece) {
        for line in road.lines {
          try budget.spend()
          let distanceMeters = plane.nearestPoint(onLineFrom: line.start, to: line.end).distanceMeters
          guard distanceMeters <= nearestMeters, runs(piece, line.start, line.end, about: headingDegrees) else {
            continue
          }
          if distanceMeters < nearestMeters { found = [] }
          nearestMeters = distanceMeters
          found.insert(piece)
        }
      }
    }
    // Where pieces meet, both are equally near: one is meant.
    guard let first = found.min() else { return [] }
    return try runs(found.filter { $0.piece == first.piece }.sorted().map { DirectedStretch($0) })
  }

  /// What lies in one of several areas, and not in their holes.
  func runs(in areas: [Area]) throws(TrafficError) -> [[DirectedStretch]] {
    if let area = areas.first, areas.count == 1 { return try runs(stretches(in: area)) }
    var extents: [DirectedPiece: [ClosedRange<UInt32>]] = [:]
    for area in areas {
      for stretch in try stretches(in: area) { extents[stretch.piece, default: []].append(stretch.extent) }
    }
    return try runs(
      extents.keys.sorted().flatMap { piece in
        (extents[piece] ?? []).joined.map { DirectedStretch(piece, $0) }
      })
  }

  /// A piece of which more lies in holes than beside them lies in a hole, as a whole: people draw dry islands by their
  /// roads, and not always to the end of them.
  private func stretches(in area: Area) throws(TrafficError) -> [DirectedStretch] {
    let found = try stretches(inside: Polygon(area.corners, holes: area.holes))
    if area.holes.isEmpty { return found }
    let (closed, enclosed) = (shares(found), shares(try stretches(inside: Polygon(area.corners))))
    return found.filter { (closed[$0.piece] ?? 0) * 2 >= (enclosed[$0.piece] ?? 0) }
  }

  /// In the order of the pieces.
  private func stretches(inside area: Polygon?) throws(TrafficError) -> [DirectedStretch] {
    guard let area else { return [] }
    var found: [DirectedStretch] = []
    try visit(within: area.radiusMeters, LocalPlane(around: area.center)) { (road) throws(TrafficError) in
      var extents: [ClosedRange<UInt32>] = []
      for line in road.lines {
        let parts = area.parts(ofLineFrom: line.start, to: line.end)
        try budget.spend(1 + parts.count)
        extents += parts.map { road.shape.extent(ofLine: line.number, $0) }
      }
      let joined = extents.joined
      for piece in road.directions { found += joined.map { DirectedStretch(piece, $0) } }
    }
    return found
  }

  /// How much of each piece stretches are, in fractions.
  private func shares(_ stretches: [DirectedStretch]) -> [DirectedPiece: Int] {
    stretches.reduce(into: [:]) { $0[$1.piece, default: 0] += $1.extent.count - 1 }
  }

  /// Calls `body` for each piece near a place that anybody drives, in the order of the pieces.
  private func visit(
    within radiusMeters: Double, _ plane: LocalPlane, _ body: (Road) throws(TrafficError) -> Void
  ) throws(TrafficError) {
    var segments: [SegmentID] = []
    try network.spatialIndex.visitSegments(in: plane, radiusMeters: radiusMeters) { (segment) throws(TrafficError) in
      try budget.pause()
      segments.append(segment)
    }
    segments.sort()
    var last: SegmentID?
    for segment in segments where segment != last {
      last = segment
      let arcs = network.segmentArcs[segment]
      let points = network.shape(of: segment)
      for piece in network.pieceIDs(of: segment) where network.way(of: piece) != nil {
        try budget.pause()
        let directions = [(arcs.forward, false), (arcs.backward, true)].compactMap { arc, isBackward in
          arc.map { _ in DirectedPiece(piece, isBackward: isBackward) }
        }
        if directions.isEmpty { continue }
        try body(
          Road(
            directions: directions, shape: PieceShape(piece, in: segment, network),
            points: Array(points[network.pointRange(of: piece, in: segment)])))
      }
    }
  }

  /// True if a straight line of a piece runs about as a heading does.
  private func runs(
    _ piece: DirectedPiece, _ start: Coordinate, _ end: Coordinate, about headingDegrees: Double?
  ) -> Bool {
    guard let headingDegrees else { return true }
    // Who drives against a one-way, as a last resort, is not whom a direction means.
    guard !network.isContraflow(piece.piece, isBackward: piece.isBackward) else { return false }
    let bearing = piece.isBackward ? end.bearingDegrees(to: start) : start.bearingDegrees(to: end)
    return Heading.angleDegrees(headingDegrees, bearing) <= Limits.headingToleranceDegrees
  }

  /// The stretches by OSM way and direction, given in the order of their pieces; those of one piece don't meet.
  private func runs(_ found: [DirectedStretch]) throws(TrafficError) -> [[DirectedStretch]] {
    struct Run: Hashable {
      var way: WayID
      var isAgainstWay: Bool
    }
    var runs: [[DirectedStretch]] = []
    var numbers: [Run: Int] = [:]
    for stretch in found {
      try budget.pause()
      guard let way = network.way(of: stretch.piece.piece) else { continue }
      let run = Run(
        way: way, isAgainstWay: stretch.piece.isBackward != network.pieces[stretch.piece.piece].isReversed)
      if let number = numbers[run] {
        runs[number].append(stretch)
      } else {
        numbers[run] = runs.count
        runs.append([stretch])
      }
    }
    return runs
  }
}
