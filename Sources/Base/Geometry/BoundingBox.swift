/// A rectangle of coordinates, borders included. It never spans the 180th meridian: what does has a box all round the
/// earth.
@frozen public struct BoundingBox: Hashable, Sendable, BitwiseCopyable {
  public var minLatitudeE7: Int32
  public var minLongitudeE7: Int32
  public var maxLatitudeE7: Int32
  public var maxLongitudeE7: Int32

  /// The box of no coordinate at all: the neutral element of ``union(_:)``.
  public static let empty = BoundingBox(
    minLatitudeE7: .max, minLongitudeE7: .max, maxLatitudeE7: .min, maxLongitudeE7: .min)

  @inlinable public init(minLatitudeE7: Int32, minLongitudeE7: Int32, maxLatitudeE7: Int32, maxLongitudeE7: Int32) {
    (self.minLatitudeE7, self.minLongitudeE7) = (minLatitudeE7, minLongitudeE7)
    (self.maxLatitudeE7, self.maxLongitudeE7) = (maxLatitudeE7, maxLongitudeE7)
  }

  /// The smallest box around `coordinates`. O(n).
  @inlinable public init(of coordinates: some Sequence<Coordinate>) {
    self = .empty
    for coordinate in coordinates {
      minLatitudeE7 = min(minLatitudeE7, coordinate.latitudeE7)
      minLongitudeE7 = min(minLongitudeE7, coordinate.longitudeE7)
      maxLatitudeE7 = max(maxLatitudeE7, coordinate.latitudeE7)
      maxLongitudeE7 = max(maxLongitudeE7, coordinate.longitudeE7)
    }
  }

  /// The smallest box around both. O(1).
  public func union(_ other: BoundingBox) -> BoundingBox {
    BoundingBox(
      minLatitudeE7: min(minLatitudeE7, other.minLatitudeE7), minLongitudeE7: min(minLongitudeE7, other.minLongitudeE7),
      maxLatitudeE7: max(maxLatitudeE7, other.maxLatitudeE7), maxLongitudeE7: max(maxLongitudeE7, other.maxLongitudeE7))
  }

  /// True if the coordinate lies inside or on the border. O(1).
  public func contains(_ coordinate: Coordinate) -> Bool {
    coordinate.latitudeE7 >= minLatitudeE7 && coordinate.latitudeE7 <= maxLatitudeE7
      && coordinate.longitudeE7 >= minLongitudeE7 && coordinate.longitudeE7 <= maxLongitudeE7
  }

  /// True if both have a point in common. O(1).
  public func intersects(_ other: BoundingBox) -> Bool {
    minLatitudeE7 <= other.maxLatitudeE7 && other.minLatitudeE7 <= maxLatitudeE7
      && minLongitudeE7 <= other.maxLongitudeE7 && other.minLongitudeE7 <= maxLongitudeE7
  }

  /// True if a line from one place to another passes the 180th meridian: no box is right for it but one all round the
  /// earth. O(1).
  public static func spansMeridian(_ start: Coordinate, _ end: Coordinate) -> Bool {
    abs(Int64(start.longitudeE7) - Int64(end.longitudeE7)) > Coordinate.halfTurnE7
  }

  /// The same latitudes at all longitudes. O(1).
  public var roundTheEarth: BoundingBox {
    BoundingBox(
      minLatitudeE7: minLatitudeE7, minLongitudeE7: Int32(-Coordinate.halfTurnE7), maxLatitudeE7: maxLatitudeE7,
      maxLongitudeE7: Int32(Coordinate.halfTurnE7))
  }

  /// Metres from the origin of `plane` to the nearest point of the box, the short way around the earth; 0 inside. O(1).
  public func distanceMeters(in plane: LocalPlane) -> Double {
    let origin = plane.origin
    let latitudeE7 = max(minLatitudeE7, min(maxLatitudeE7, origin.latitudeE7))
    func meters(to longitudeE7: Int32) -> Double {
      let (east, north) = plane.meters(of: Coordinate(latitudeE7: latitudeE7, longitudeE7: longitudeE7))
      return (east * east + north * north).squareRoot()
    }
    if origin.longitudeE7 >= minLongitudeE7, origin.longitudeE7 <= maxLongitudeE7 {
      return meters(to: origin.longitudeE7)
    }
    return min(meters(to: minLongitudeE7), meters(to: maxLongitudeE7))
  }

  /// From corner to corner; 0 for a box of no coordinate.
  public var diagonalMeters: Double {
    guard minLatitudeE7 <= maxLatitudeE7, minLongitudeE7 <= maxLongitudeE7 else { return 0 }
    return Coordinate(latitudeE7: minLatitudeE7, longitudeE7: minLongitudeE7)
      .distanceMeters(to: Coordinate(latitudeE7: maxLatitudeE7, longitudeE7: maxLongitudeE7))
  }

  var center: Coordinate {
    Coordinate(
      latitudeE7: Int32((Int64(minLatitudeE7) + Int64(maxLatitudeE7)) / 2),
      longitudeE7: Int32((Int64(minLongitudeE7) + Int64(maxLongitudeE7)) / 2))
  }
}
