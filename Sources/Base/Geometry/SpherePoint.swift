import Foundation

/// A coordinate as a point in space, from where distances are a subtraction away.
@frozen public struct SpherePoint: Hashable, Sendable {
  @usableFromInline let meters: SIMD3<Double>

  public init(_ coordinate: Coordinate) {
    let (latitude, longitude) = (coordinate.latitude * .pi / 180, coordinate.longitude * .pi / 180)
    meters =
      Earth.radiusMeters * SIMD3(cos(latitude) * cos(longitude), cos(latitude) * sin(longitude), sin(latitude))
  }

  /// The straight line through the earth: never longer than any way on its surface. O(1).
  @inlinable public func chordMeters(to other: SpherePoint) -> Double {
    let difference = meters - other.meters
    return (difference * difference).sum().squareRoot()
  }
}
