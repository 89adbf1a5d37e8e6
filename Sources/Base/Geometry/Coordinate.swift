import Foundation

/// A place on the earth (WGS 84) in units of 1e-7 degrees, the resolution of OSM: about 1 cm.
@frozen public struct Coordinate: Hashable, Sendable, BitwiseCopyable {
  public var latitudeE7: Int32
  public var longitudeE7: Int32

  @inlinable public init(latitudeE7: Int32, longitudeE7: Int32) {
    (self.latitudeE7, self.longitudeE7) = (latitudeE7, longitudeE7)
  }

  /// A coordinate from degrees; `nil` if either is not a number or out of range (±90, ±180).
  public init?(latitude: Double, longitude: Double) {
    guard abs(latitude) <= 90, abs(longitude) <= 180 else { return nil }
    self.init(latitudeE7: Int32((latitude * 1e7).rounded()), longitudeE7: Int32((longitude * 1e7).rounded()))
  }

  @inlinable public var latitude: Double { Double(latitudeE7) / 1e7 }
  @inlinable public var longitude: Double { Double(longitudeE7) / 1e7 }

  /// The great-circle distance to `other` in metres (haversine on the mean earth radius). O(1).
  public func distanceMeters(to other: Coordinate) -> Double {
    let latitudes = (latitude * .pi / 180, other.latitude * .pi / 180)
    let north = sin((latitudes.1 - latitudes.0) / 2)
    let east = sin((other.longitude - longitude) * .pi / 360)
    let chord = north * north + cos(latitudes.0) * cos(latitudes.1) * east * east
    return 2 * Earth.radiusMeters * asin(min(1, chord.squareRoot()))
  }

  /// The initial bearing towards `other` in degrees, clockwise from north, in 0..<360; 0 for the same place.
  public func bearingDegrees(to other: Coordinate) -> Double {
    let (east, north) = LocalPlane(around: self).meters(of: other)
    return Heading.wrapped(Heading.signedDegrees(east: east, north: north))
  }
}

extension Coordinate: CustomStringConvertible {
  public var description: String { "\(latitude),\(longitude)" }
}

/// Figures of the earth.
public enum Earth {
  /// Mean radius (IUGG).
  public static let radiusMeters = 6_371_008.8
  public static let metersPerDegree = radiusMeters * .pi / 180
}

/// Metres east and north of an origin, flat: good to 0.1 % within some tens of kilometres.
public struct LocalPlane: Sendable {
  public let origin: Coordinate
  private let metersPerEast: Double
  private static let metersPerNorth = Earth.metersPerDegree / 1e7

  public init(around origin: Coordinate) {
    self.origin = origin
    metersPerEast = Self.metersPerNorth * cos(origin.latitude * .pi / 180)
  }

  /// Metres east and north from the origin to `coordinate`, the short way around the earth. O(1).
  public func meters(of coordinate: Coordinate) -> (east: Double, north: Double) {
    let east = Coordinate.longitudeDifferenceE7(from: origin.longitudeE7, to: coordinate.longitudeE7)
    let north = Int64(coordinate.latitudeE7) - Int64(origin.latitudeE7)
    return (Double(east) * metersPerEast, Double(north) * Self.metersPerNorth)
  }

  /// The point of the line from `start` to `end` that is nearest to the origin. O(1).
  public func nearestPoint(onLineFrom start: Coordinate, to end: Coordinate) -> LineProjection {
    let (x0, y0) = meters(of: start)
    let (x1, y1) = meters(of: end)
    let (dx, dy) = (x1 - x0, y1 - y0)
    let squared = dx * dx + dy * dy
    let fraction = squared > 0 ? max(0, min(1, -(x0 * dx + y0 * dy) / squared)) : 0
    let (x, y) = (x0 + fraction * dx, y0 + fraction * dy)
    return LineProjection(
      fraction: fraction, distanceMeters: (x * x + y * y).squareRoot(), isLeftOfLine: dx * y0 - dy * x0 < 0)
  }
}

extension LocalPlane {
  /// The part of the line from `start` to `end` that lies within a radius of the origin, 0 at its start and 1 at its
  /// end; `nil` if no part of it does. O(1).
  public func part(
    ofLineFrom start: Coordinate, to end: Coordinate, within radiusMeters: Double
  ) -> ClosedRange<Double>? {
    let ((x0, y0), (x1, y1)) = (meters(of: start), meters(of: end))
    let (dx, dy) = (x1 - x0, y1 - y0)
    // |start + t * (end - start)| = radius, a quadratic equation in t.
    let (a, b, c) = (dx * dx + dy * dy, x0 * dx + y0 * dy, x0 * x0 + y0 * y0 - radiusMeters * radiusMeters)
    guard a > 0 else { return c <= 0 ? 0...1 : nil }
    let discriminant = b * b - a * c
    guard discriminant >= 0 else { return nil }
    let root = discriminant.squareRoot()
    let (first, last) = (max((-b - root) / a, 0), min((-b + root) / a, 1))
    return first <= last ? first...last : nil
  }
}

/// Where a point falls on a straight line.
public struct LineProjection: Sendable {
  /// 0 at the start of the line, 1 at its end.
  public let fraction: Double
  public let distanceMeters: Double
  /// True if the point lies to the left of the line's direction.
  public let isLeftOfLine: Bool
}

// MARK: The 180th meridian

extension Coordinate {
  static let halfTurnE7: Int64 = 1_800_000_000

  /// From one longitude to another the short way around the earth: +180 and -180 degrees are one meridian. O(1).
  static func longitudeDifferenceE7(from start: Int32, to end: Int32) -> Int64 {
    let difference = Int64(end) - Int64(start)
    if difference > Coordinate.halfTurnE7 { return difference - 2 * Coordinate.halfTurnE7 }
    return difference < -Coordinate.halfTurnE7 ? difference + 2 * Coordinate.halfTurnE7 : difference
  }

  /// Half round the earth.
  public static let halfTurnDegrees = 180.0

  /// From the westernmost to the easternmost place of a line, along it: 360 and more for one round the earth. O(n).
  public static func degreesEast(along line: [Coordinate]) -> Double {
    var (east, reach): (Int64, ClosedRange<Int64>) = (0, 0...0)
    for (start, end) in zip(line, line.dropFirst()) {
      east += longitudeDifferenceE7(from: start.longitudeE7, to: end.longitudeE7)
      reach = min(reach.lowerBound, east)...max(reach.upperBound, east)
    }
    return Double(reach.upperBound - reach.lowerBound) / 1e7
  }

  /// True if all places lie on one straight line, or are one place. Exact. O(n).
  public static func areOnOneLine(_ places: [Coordinate]) -> Bool {
    guard let first = places.first, let other = places.first(where: { $0 != first }) else { return true }
    func offset(_ place: Coordinate) -> (x: Int64, y: Int64) {
      (
        longitudeDifferenceE7(from: first.longitudeE7, to: place.longitudeE7),
        Int64(place.latitudeE7) - Int64(first.latitudeE7)
      )
    }
    let direction = offset(other)
    return places.allSatisfy {
      let offset = offset($0)
      return direction.x * offset.y == direction.y * offset.x
    }
  }

  /// The same place with a longitude within half a turn of `other`'s, beyond the 180th meridian where need be: for
  /// figures that don't know that the earth is round.
  func rolledOut(near other: Coordinate) -> Coordinate {
    let east = Self.longitudeDifferenceE7(from: other.longitudeE7, to: longitudeE7)
    return Coordinate(latitudeE7: latitudeE7, longitudeE7: Int32(clamping: Int64(other.longitudeE7) + east))
  }

  /// The coordinate at `fraction` (0...1) of the straight line to `other`, the short way around the earth. O(1).
  public func interpolated(to other: Coordinate, fraction: Double) -> Coordinate {
    let north = Int64(other.latitudeE7) - Int64(latitudeE7)
    let east = Self.longitudeDifferenceE7(from: longitudeE7, to: other.longitudeE7)
    return Coordinate(
      latitudeE7: Int32(clamping: Int64(latitudeE7) + Int64((Double(north) * fraction).rounded())),
      longitudeE7: .wrappedLongitude(Int64(longitudeE7) + Int64((Double(east) * fraction).rounded())))
  }
}

extension Int32 {
  /// A longitude that has gone beyond the 180th meridian, brought back. O(1).
  static func wrappedLongitude(_ longitudeE7: Int64) -> Int32 {
    if longitudeE7 > Coordinate.halfTurnE7 { return Int32(clamping: longitudeE7 - 2 * Coordinate.halfTurnE7) }
    return Int32(clamping: longitudeE7 < -Coordinate.halfTurnE7 ? longitudeE7 + 2 * Coordinate.halfTurnE7 : longitudeE7)
  }
}

// MARK: Moving

extension Coordinate {
  /// The place some metres away in a direction, on a flat map: for tens of kilometres at most.
  public func moved(_ meters: Double, headingDegrees: Double) -> Coordinate {
    let radians = headingDegrees * .pi / 180
    let (north, east) = (meters * cos(radians), meters * sin(radians))
    let perDegreeEast = max(Earth.metersPerDegree * cos(latitude * .pi / 180), 1)
    return Coordinate(
      latitudeE7: Int32(
        max(-900_000_000, min(900_000_000, Double(latitudeE7) + (north / Earth.metersPerDegree * 1e7).rounded()))),
      longitudeE7: .wrappedLongitude(Int64(longitudeE7) + Int64((east / perDegreeEast * 1e7).rounded())))
  }
}
