import Geometry
import VectorTiles

/// Lines of all roads that look alike far out: one feature instead of thousands, of few long lines.
///
/// Kept for a whole map, so that a tile only takes what lies in it.
struct AlikeLines<Kind: Hashable & Sendable>: Sendable {
  struct Line: Sendable {
    let points: [MercatorPosition]
    let corners: (least: MercatorPosition, most: MercatorPosition)
  }

  private(set) var groups: [(kind: Kind, lines: [Line])] = []

  /// The finest zoom that they are made for.
  private static var zoom: Int { TileRoads.detailedZoom - 1 }

  /// Joins the lines of each kind; kinds keep their order. O(points).
  init(_ kinds: LineGroups<Kind>) {
    // Seen by no tile that is drawn from it: its own tolerance is as large or larger.
    let tolerance = 1 / Double(TileAddress.units << Self.zoom)
    groups = kinds.groups.map { kind, lines in
      (kind, LineChains.joined(lines).map { Line($0, tolerance: tolerance) })
    }
  }

  /// What lies in a tile, in its units.
  func lines(in tile: TileAddress, of number: Int) -> [[MercatorPosition]] {
    let side = -Double(TileAddress.marginUnits)...Double(TileAddress.units + TileAddress.marginUnits)
    return groups[number].lines.compactMap { line in
      let (least, most) = (tile.units(of: line.corners.least), tile.units(of: line.corners.most))
      guard least.x <= side.upperBound, most.x >= side.lowerBound, least.y <= side.upperBound,
        most.y >= side.lowerBound
      else { return nil }
      return Simplification.points(
        of: line.points.map { tile.units(of: $0) }, tolerance: tile.toleranceUnits)
    }
  }
}

extension AlikeLines.Line {
  init(_ line: [Coordinate], tolerance: Double) {
    points = Simplification.points(of: line.map { .of($0) }, tolerance: tolerance)
    corners = MercatorPosition.corners(of: points)
  }
}

extension MercatorPosition {
  /// The north-west and the south-east corner of the box around positions. O(n).
  static func corners(of positions: some Sequence<MercatorPosition>) -> (
    least: MercatorPosition, most: MercatorPosition
  ) {
    var (least, most) = (MercatorPosition(repeating: .infinity), MercatorPosition(repeating: -.infinity))
    for position in positions { (least, most) = (pointwiseMin(least, position), pointwiseMax(most, position)) }
    return (least, most)
  }
}
