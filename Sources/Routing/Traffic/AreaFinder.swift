import API
import Geometry
import RoadGraph

/// Finds the stretches of road in an area, in both directions: a run for each OSM way and direction.
struct AreaFinder {
  let network: RoadNetwork

  /// Those that come within a radius of a place; with a heading only in directions that run along it there.
  func runs(within radiusMeters: Double, of center: Coordinate, headingDegrees: Double?) -> [[DirectedPiece]] {
    let plane = LocalPlane(around: center)
    var found: Set<DirectedPiece> = []
    visit(within: radiusMeters, plane) { directed, line, distanceMeters in
      guard distanceMeters <= radiusMeters, runs(line, directed, about: headingDegrees) else { return }
      found.insert(directed)
    }
    return runs(found)
  }

  /// The nearest one within a radius that lies on the levels that are meant and runs along the heading.
  ///
  /// Without a heading both directions of it are meant.
  func nearestRuns(
    to center: Coordinate, within radiusMeters: Double, headingDegrees: Double?, isMeant: (DirectedPiece) -> Bool
  ) -> [[DirectedPiece]] {
    let plane = LocalPlane(around: center)
    var nearestMeters = radiusMeters
    var found: Set<DirectedPiece> = []
    visit(within: radiusMeters, plane) { directed, line, distanceMeters in
      guard distanceMeters <= nearestMeters, isMeant(directed), runs(line, directed, about: headingDegrees) else {
        return
      }
      if distanceMeters < nearestMeters { found = [] }
      nearestMeters = distanceMeters
      found.insert(directed)
    }
    // Where pieces meet, both are equally near: one is meant.
    guard let first = found.min() else { return [] }
    return runs(found.filter { $0.piece == first.piece })
  }

  /// Those of which any part lies in a polygon.
  func runs(in corners: [Coordinate]) -> [[DirectedPiece]] {
    guard let area = Polygon(corners) else { return [] }
    let plane = LocalPlane(around: area.center)
    var found: Set<DirectedPiece> = []
    visit(within: area.radiusMeters, plane) { directed, line, _ in
      if !found.contains(directed), area.touches(from: line.start, to: line.end) { found.insert(directed) }
    }
    return runs(found)
  }

  /// Calls `body` for each straight line of each stretch near a place, in each direction of it that anybody drives.
  private func visit(
    within radiusMeters: Double, _ plane: LocalPlane,
    _ body: (DirectedPiece, (start: Coordinate, end: Coordinate), Double) -> Void
  ) {
    var segments: Set<SegmentID> = []
    network.spatialIndex.visitSegments(in: plane, radiusMeters: radiusMeters) { segments.insert($0) }
    for segment in segments.sorted() {
      let arcs = network.segmentArcs[segment]
      let shape = network.shape(of: segment)
      for piece in network.pieceIDs(of: segment) where network.way(of: piece) != nil {
        let range = network.pointRange(of: piece, in: segment)
        for index in range.dropLast() {
          let line = (start: shape[index], end: shape[index + 1])
          let distanceMeters = plane.nearestPoint(onLineFrom: line.start, to: line.end).distanceMeters
          if arcs.forward != nil { body(DirectedPiece(piece, isBackward: false), line, distanceMeters) }
          if arcs.backward != nil { body(DirectedPiece(piece, isBackward: true), line, distanceMeters) }
        }
      }
    }
  }

  private func runs(
    _ line: (start: Coordinate, end: Coordinate), _ directed: DirectedPiece, about headingDegrees: Double?
  ) -> Bool {
    guard let headingDegrees else { return true }
    // Who drives against a one-way, as a last resort, is not whom a direction means.
    guard !network.isContraflow(directed.piece, isBackward: directed.isBackward) else { return false }
    let bearing =
      directed.isBackward ? line.end.bearingDegrees(to: line.start) : line.start.bearingDegrees(to: line.end)
    return Heading.angleDegrees(headingDegrees, bearing) <= Limits.headingToleranceDegrees
  }

  private func runs(_ found: Set<DirectedPiece>) -> [[DirectedPiece]] {
    struct Run: Hashable {
      var way: WayID
      var isAgainstWay: Bool
    }
    let byRun = Dictionary(grouping: found.sorted()) { directed in
      network.way(of: directed.piece).map {
        Run(way: $0, isAgainstWay: directed.isBackward != network.pieces[directed.piece].isReversed)
      }
    }
    return byRun.values.sorted { $0[0] < $1[0] }
  }
}
