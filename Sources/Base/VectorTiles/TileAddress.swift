import Foundation
import Geometry

/// A tile of the web's map: a square of the Mercator projection, counted from its north-west corner.
public struct TileAddress: Hashable, Sendable {
  /// At zoom 0 the world is one tile, and each zoom halves their sides.
  public let zoom: Int
  /// From 180 degrees west.
  public let column: Int
  /// From the north.
  public let row: Int

  public static let zoomMax = 24

  /// `nil` if there is no such tile. O(1).
  public init?(zoom: Int, column: Int, row: Int) {
    guard (0...Self.zoomMax).contains(zoom) else { return nil }
    let side = 0..<1 << zoom
    guard side.contains(column), side.contains(row) else { return nil }
    (self.zoom, self.column, self.row) = (zoom, column, row)
  }

  /// The tile that a place lies in. O(1).
  public init(of place: Coordinate, zoom: Int) {
    let zoom = min(max(zoom, 0), Self.zoomMax)
    let position = MercatorPosition.of(place) * Double(1 << zoom)
    let last = (1 << zoom) - 1
    self.zoom = zoom
    (column, row) = (min(max(Int(position.x), 0), last), min(max(Int(position.y), 0), last))
  }

  /// How many units the side of a tile has.
  public static let units = 4_096

  /// What of the world around a tile is drawn in it as well, so that wide lines have no gap at its border.
  public static let marginUnits = 64

  /// What is drawn in a tile, in its units, in both directions.
  static let drawnUnits = -Double(marginUnits)...Double(units + marginUnits)

  /// A position in units of the tile, from its north-west corner. O(1).
  @inlinable public func units(of position: MercatorPosition) -> MercatorPosition {
    (position * Double(1 << zoom) - MercatorPosition(Double(column), Double(row))) * Double(Self.units)
  }

  /// How much of the world one unit is.
  public var unit: Double { 1 / Double(Self.units << zoom) }

  /// What is drawn in the tile, with its margin. O(1).
  public var box: BoundingBox {
    let margin = Double(Self.marginUnits) / Double(Self.units)
    let scale = Double(1 << zoom)
    let west = (Double(column) - margin) / scale
    let east = (Double(column + 1) + margin) / scale
    let north = MercatorPosition.latitude(y: (Double(row) - margin) / scale)
    let south = MercatorPosition.latitude(y: (Double(row + 1) + margin) / scale)
    func e7(_ degrees: Double, _ max: Double, _ rule: FloatingPointRoundingRule) -> Int32 {
      Int32((Swift.min(Swift.max(degrees, -max), max) * 1e7).rounded(rule))
    }
    return BoundingBox(
      minLatitudeE7: e7(south, 90, .down), minLongitudeE7: e7(west * 360 - 180, 180, .down),
      maxLatitudeE7: e7(north, 90, .up), maxLongitudeE7: e7(east * 360 - 180, 180, .up))
  }
}

/// A place on the square that the Mercator projection makes of the world: x to the east and y to the south, 0 to 1.
/// Source: EPSG:3857.
public typealias MercatorPosition = SIMD2<Double>

extension MercatorPosition {
  /// Where a coordinate lies. Beyond 85.05 degrees it lies outside of the square. O(1).
  public static func of(_ coordinate: Coordinate) -> MercatorPosition {
    let sine = sin(Swift.min(Swift.max(coordinate.latitude, -latitudeMax), latitudeMax) * .pi / 180)
    return MercatorPosition(coordinate.longitude / 360 + 0.5, 0.5 - log((1 + sine) / (1 - sine)) / (4 * .pi))
  }

  /// The poles lie infinitely far away.
  private static let latitudeMax = 89.9

  /// The latitude of a y, in degrees.
  static func latitude(y: Double) -> Double { atan(sinh((1 - 2 * y) * .pi)) * 180 / .pi }
}
