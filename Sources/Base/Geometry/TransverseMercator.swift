import Foundation

/// A transverse Mercator projection of an ellipsoid, by Krüger's series in the third flattening, which is good to less
/// than a millimetre within some thousand kilometres of the meridian. Source: C. F. F. Karney, Transverse Mercator with
/// an accuracy of a few nanometers, 2011 (doi:10.1007/s00190-011-0445-3).
public struct TransverseMercator: Sendable {
  private let scaleMeters: Double
  private let eccentricity: Double
  private let meridianDegrees: Double
  private let (falseEast, falseNorth): (Double, Double)
  /// Of the series from the sphere to the plane, and back.
  private let (forward, backward): ([Double], [Double])
  /// Of the parallel that the false northing counts from.
  private var originMeters = 0.0

  /// - Parameters:
  ///   - radiusMeters: at the equator.
  ///   - flattening: how much less the poles are away than the equator.
  ///   - origin: the middle meridian and the parallel, in degrees.
  ///   - scale: of the middle meridian.
  ///   - falseOrigin: the metres east and north that the origin has.
  public init(
    radiusMeters: Double, flattening: Double, origin: (latitude: Double, longitude: Double), scale: Double,
    falseOrigin: (east: Double, north: Double)
  ) {
    let n = flattening / (2 - flattening)
    let (n2, n3, n4) = (n * n, n * n * n, n * n * n * n)
    scaleMeters = scale * radiusMeters / (1 + n) * (1 + n2 / 4 + n4 / 64)
    eccentricity = (flattening * (2 - flattening)).squareRoot()
    forward = [
      n / 2 - 2 * n2 / 3 + 5 * n3 / 16 + 41 * n4 / 180, 13 * n2 / 48 - 3 * n3 / 5 + 557 * n4 / 1_440,
      61 * n3 / 240 - 103 * n4 / 140, 49_561 * n4 / 161_280,
    ]
    backward = [
      n / 2 - 2 * n2 / 3 + 37 * n3 / 96 - n4 / 360, n2 / 48 + n3 / 15 - 437 * n4 / 1_440,
      17 * n3 / 480 - 37 * n4 / 840, 4_397 * n4 / 161_280,
    ]
    meridianDegrees = origin.longitude
    (falseEast, falseNorth) = falseOrigin
    originMeters = planeMeters(latitude: origin.latitude, longitude: origin.longitude).north
  }

  /// Metres east and north on the plane. O(1).
  public func meters(latitude: Double, longitude: Double) -> (east: Double, north: Double) {
    let plane = planeMeters(latitude: latitude, longitude: longitude)
    return (falseEast + plane.east, falseNorth + plane.north - originMeters)
  }

  /// The place on earth, in degrees, of a place on the plane. O(1).
  public func degrees(east: Double, north: Double) -> (latitude: Double, longitude: Double) {
    let xi = (north - falseNorth + originMeters) / scaleMeters
    let eta = (east - falseEast) / scaleMeters
    let (along, across) = Self.sums(backward, xi, eta)
    let (sphereXi, sphereEta) = (xi - along, eta - across)
    let conformal = atanh(sin(sphereXi) / cosh(sphereEta))
    var sine = tanh(conformal)
    // Each round makes it 150 times better.
    for _ in 0..<8 { sine = tanh(conformal + eccentricity * atanh(eccentricity * sine)) }
    return (asin(sine) * 180 / .pi, meridianDegrees + atan2(sinh(sphereEta), cos(sphereXi)) * 180 / .pi)
  }

  /// From the middle meridian and the equator.
  private func planeMeters(latitude: Double, longitude: Double) -> (east: Double, north: Double) {
    let sine = sin(latitude * .pi / 180)
    let tangent = sinh(atanh(sine) - eccentricity * atanh(eccentricity * sine))
    let lambda = (longitude - meridianDegrees) * .pi / 180
    let xi = atan2(tangent, cos(lambda))
    let eta = asinh(sin(lambda) / (tangent * tangent + cos(lambda) * cos(lambda)).squareRoot())
    let (along, across) = Self.sums(forward, xi, eta)
    return (scaleMeters * (eta + across), scaleMeters * (xi + along))
  }

  private static func sums(_ series: [Double], _ xi: Double, _ eta: Double) -> (along: Double, across: Double) {
    series.enumerated().reduce(into: (0.0, 0.0)) { sums, term in
      let angle = 2 * Double(term.offset + 1)
      sums.0 += term.element * sin(angle * xi) * cosh(angle * eta)
      sums.1 += term.element * cos(angle * xi) * sinh(angle * eta)
    }
  }
}
