import Geometry

/// Bends the plan of the city as land does.
///
/// Streets are laid out with straight lines on a flat plan and then moved, so that straight lines become curves and
/// circles lose their roundness. Every step is one-to-one (lobes stretch rays, meanders shear, swells have slopes
/// below 1), so lines that did not cross before don't cross afterwards.
struct Landscape: Sendable {
  private struct Swell: Sendable {
    let wavelengthMeters: Double
    let amplitudeMeters: Double
    let seed: UInt64
    /// Beyond this distance from the centre the swell has died away.
    var reachMeters = Double.infinity
  }

  private static let stretch = PlanePoint(x: 1.14, y: 0.88)
  private static let lobeShare = 0.15
  private static let meanderShare = 0.1

  private let radiusMeters: Double
  private let seed: UInt64
  private let swells: [Swell]
  private let rotation: PlanePoint

  /// A swell's slope is at most `3.75 * amplitude / wavelength` (its noise rises by 2 with a slope of 15/8): the sum
  /// stays below 1, which keeps the map from folding over itself.
  init(seed: UInt64, dimensions: CityDimensions) {
    let radius = dimensions.radiusMeters
    var random = CityRandom(seed: seed, stream: Stream.landscape)
    radiusMeters = radius
    self.seed = random.next()
    rotation = PlanePoint(angleRadians: random.value(-0.6, 0.6))
    swells = [
      Swell(wavelengthMeters: radius * 0.7, amplitudeMeters: radius * 0.045, seed: random.next()),
      Swell(wavelengthMeters: 1_300, amplitudeMeters: 75, seed: random.next()),
      Swell(wavelengthMeters: 330, amplitudeMeters: 15, seed: random.next()),
      Swell(
        wavelengthMeters: 75, amplitudeMeters: 5.5, seed: random.next(),
        reachMeters: dimensions.oldTownRadiusMeters * 1.6),
    ]
  }

  /// Where a point of the plan lies on the ground.
  func ground(_ point: PlanePoint) -> PlanePoint {
    var moved = meandered(lobed(point))
    for swell in swells {
      let fade = swell.reachMeters == .infinity ? 1 : max(0, 1 - point.length / swell.reachMeters)
      guard fade > 0 else { continue }
      let place = point * (1 / swell.wavelengthMeters)
      let amplitude = swell.amplitudeMeters * fade
      moved.x += amplitude * smoothNoise(place, seed: swell.seed)
      moved.y += amplitude * smoothNoise(place, seed: swell.seed &+ 1)
    }
    return moved.rotated(rotation)
  }

  /// Makes the city longer in some directions than in others.
  private func lobed(_ point: PlanePoint) -> PlanePoint {
    let growth = min(1, point.length / (0.3 * radiusMeters))
    let factor = 1 + Landscape.lobeShare * growth * smoothNoise(point.unit * 1.4, seed: seed)
    return PlanePoint(x: point.x * factor * Landscape.stretch.x, y: point.y * factor * Landscape.stretch.y)
  }

  /// Bends the river, and everything with it, then the other axis a little less.
  private func meandered(_ point: PlanePoint) -> PlanePoint {
    let wavelength = 0.75 * radiusMeters
    let amplitude = Landscape.meanderShare * radiusMeters
    let eastward = PlanePoint(x: point.x / wavelength, y: 0.5)
    let y = point.y + amplitude * smoothNoise(eastward, seed: seed &+ 1)
    let northward = PlanePoint(x: 0.5, y: y / wavelength)
    return PlanePoint(x: point.x + 0.4 * amplitude * smoothNoise(northward, seed: seed &+ 2), y: y)
  }
}

/// Value noise: random numbers of `-1...1` on the integer grid, blended by a quintic.
func smoothNoise(_ place: PlanePoint, seed: UInt64) -> Double {
  let (column, row) = (place.x.rounded(.down), place.y.rounded(.down))
  let (right, up) = (blend(place.x - column), blend(place.y - row))
  let low = mixed(gridNoise(column, row, seed), gridNoise(column + 1, row, seed), right)
  let high = mixed(gridNoise(column, row + 1, seed), gridNoise(column + 1, row + 1, seed), right)
  return mixed(low, high, up)
}

private func blend(_ share: Double) -> Double { share * share * share * (share * (share * 6 - 15) + 10) }

private func mixed(_ first: Double, _ second: Double, _ share: Double) -> Double { first + (second - first) * share }

private func gridNoise(_ column: Double, _ row: Double, _ seed: UInt64) -> Double {
  let place =
    UInt64(bitPattern: Int64(column)) &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(bitPattern: Int64(row)) &* 0xC2B2_AE3D_27D4_EB4F
  return Double(SplitMix64.scrambled(place ^ seed) >> 11) * 0x1p-52 - 1
}

/// The plane's place on Earth.
enum CityFrame {
  static let centreLatitudeDegrees = 12.0
  static let centreLongitudeDegrees = 100.0
  static let metersPerLatitudeDegree = 111_195.0
  static let metersPerLongitudeDegree = 111_195.0 * 0.978_147_600_733_805_7  // cosine of 12 degrees

  static func coordinate(_ ground: PlanePoint) -> Coordinate {
    let latitude = centreLatitudeDegrees + ground.y / metersPerLatitudeDegree
    let longitude = centreLongitudeDegrees + ground.x / metersPerLongitudeDegree
    return Coordinate(latitudeE7: Int32((latitude * 1e7).rounded()), longitudeE7: Int32((longitude * 1e7).rounded()))
  }
}
