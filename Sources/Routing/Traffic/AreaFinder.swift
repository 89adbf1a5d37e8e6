import API
import Geometry
import RoadGraph

/// Finds the stretches of road in an area, in both directions: a run for each OSM way and direction.
struct AreaFinder {
  let network: RoadNetwork

  /// A straight line of a piece in one direction of travel.
  private struct Line {
    var piece: DirectedPiece
    var shape: PieceShape
    /// Its number in the piece.
    var number: Int
    var start: Coordinate
    var end: Coordinate
  }

  /// What lies within a radius of a place; with a heading only in directions that run along it there.
  func runs(within radiusMeters: Double, of center: Coordinate, headingDegrees: Double?) -> [[DirectedStretch]] {
    let plane = LocalPlane(around: center)
    var found: [DirectedStretch] = []
    visit(within: radiusMeters, plane) { line, distanceMeters in
      guard distanceMeters <= radiusMeters, runs(line, about: headingDegrees),
        let part = plane.part(ofLineFrom: line.start, to: line.end, within: radiusMeters)
      else { return }
      found.append(DirectedStretch(line.piece, line.shape.extent(ofLine: line.number, part)))
    }
    return runs(found)
  }

  /// The nearest one within a radius that lies on the levels that are meant and runs along the heading.
  ///
  /// Without a heading both directions of it are meant.
  func nearestRuns(
    to center: Coordinate, within radiusMeters: Double, headingDegrees: Double?, isMeant: (DirectedPiece) -> Bool
  ) -> [[DirectedStretch]] {
    let plane = LocalPlane(around: center)
    var nearestMeters = radiusMeters
    var found: Set<DirectedPiece> = []
    visit(within: radiusMeters, plane) { line, distanceMeters in
      guard distanceMeters <= nearestMeters, isMeant(line.piece), runs(line, about: headingDegrees) else { return }
      if distanceMeters < nearestMeters { found = [] }
      nearestMeters = distanceMeters
      found.insert(line.piece)
    }
    // Where pieces meet, both are equally near: one is meant.
    guard let first = found.min() else { return [] }
    return runs(found.filter { $0.piece == first.piece }.map { DirectedStretch($0) })
  }

  /// What lies in one of several areas, and not in their holes.
  func runs(in areas: [Area]) -> [[DirectedStretch]] { runs(areas.flatMap { stretches(in: $0) }) }

  /// A piece of which more lies in holes than beside them lies in a hole, as a whole: people draw dry islands by their
  /// roads, and not always to the end of them.
  private func stretches(in area: Area) -> [DirectedStretch] {
    let found = stretches(inside: Polygon(area.corners, holes: area.holes))
    if area.holes.isEmpty { return found }
    let (closed, enclosed) = (shares(found), shares(stretches(inside: Polygon(area.corners))))
    return found.filter { (closed[$0.piece] ?? 0) * 2 >= (enclosed[$0.piece] ?? 0) }
  }

  private func stretches(inside area: Polygon?) -> [DirectedStretch] {
    guard let area else { return [] }
    var found: [DirectedStretch] = []
    visit(within: area.radiusMeters, LocalPlane(around: area.center)) { line, _ in
      found += area.parts(ofLineFrom: line.start, to: line.end).map {
        DirectedStretch(line.piece, line.shape.extent(ofLine: line.number, $0))
      }
    }
    return found
  }

  /// How much of each piece stretches are, in fractions.
  private func shares(_ stretches: [DirectedStretch]) -> [DirectedPiece: Int] {
    stretches.reduce(into: [:]) { $0[$1.piece, default: 0] += $1.extent.count - 1 }
  }

  /// Calls `body` for each straight line of each stretch near a place, in each direction of it that anybody drives.
  private func visit(within radiusMeters: Double, _ plane: LocalPlane, _ body: (Line, Double) -> Void) {
    var segments: Set<SegmentID> = []
    network.spatialIndex.visitSegments(in: plane, radiusMeters: radiusMeters) { segments.insert($0) }
    for segment in segments.sorted() {
      let arcs = network.segmentArcs[segment]
      let points = network.shape(of: segment)
      for piece in network.pieceIDs(of: segment) where network.way(of: piece) != nil {
        let shape = PieceShape(piece, in: segment, network)
        for (number, index) in network.pointRange(of: piece, in: segment).dropLast().enumerated() {
          let distanceMeters = plane.nearestPoint(onLineFrom: points[index], to: points[index + 1]).distanceMeters
          for (arc, isBackward) in [(arcs.forward, false), (arcs.backward, true)] where arc != nil {
            let line = Line(
              piece: DirectedPiece(piece, isBackward: isBackward), shape: shape, number: number, start: points[index],
              end: points[index + 1])
            body(line, distanceMeters)
          }
        }
      }
    }
  }

  private func runs(_ line: Line, about headingDegrees: Double?) -> Bool {
    guard let headingDegrees else { return true }
    // Who drives against a one-way, as a last resort, is not whom a direction means.
    guard !network.isContraflow(line.piece.piece, isBackward: line.piece.isBackward) else { return false }
    let bearing =
      line.piece.isBackward ? line.end.bearingDegrees(to: line.start) : line.start.bearingDegrees(to: line.end)
    return Heading.angleDegrees(headingDegrees, bearing) <= Limits.headingToleranceDegrees
  }

  /// The stretches by OSM way and direction; those of one piece that meet are one.
  private func runs(_ found: [DirectedStretch]) -> [[DirectedStretch]] {
    struct Run: Hashable {
      var way: WayID
      var isAgainstWay: Bool
    }
    let joined = Dictionary(grouping: found, by: \.piece).sorted { $0.key < $1.key }.flatMap { piece, stretches in
      stretches.map(\.extent).joined.map { DirectedStretch(piece, $0) }
    }
    let byRun = Dictionary(grouping: joined) { stretch in
      network.way(of: stretch.piece.piece).map {
        Run(way: $0, isAgainstWay: stretch.piece.isBackward != network.pieces[stretch.piece.piece].isReversed)
      }
    }
    return byRun.values.sorted { $0[0].piece < $1[0].piece }
  }
}
