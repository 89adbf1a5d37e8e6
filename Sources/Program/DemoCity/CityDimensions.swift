import Geometry

/// The streams of random numbers, one for each part of the work.
enum Stream {
  static let landscape: UInt64 = 2
  static let skeleton: UInt64 = 3
  static let districts: UInt64 = 4
  static let features: UInt64 = 5
  static let stations: UInt64 = 6
  static let roster: UInt64 = 7
  static let outline: UInt64 = 9
  static let restrictions: UInt64 = 10
  /// Each district draws from its own stream: this number plus its block.
  static let firstDistrict: UInt64 = 1_000
}

/// The river: on the plan a straight band from west to east, south of the old town.
struct RiverBand: Sendable {
  let northY: Double
  let southY: Double

  func contains(_ point: PlanePoint, marginMeters: Double = 0) -> Bool {
    point.y < northY + marginMeters && point.y > southY - marginMeters
  }
}

/// The sizes that follow from the wanted number of junctions.
struct CityDimensions: Sendable {
  /// Half the width of the strip that a motorway and its ramps need between the two frontage roads.
  static let corridorHalfWidthMeters = 75.0

  let radiusMeters: Double
  let oldTownRadiusMeters: Double
  let river: RiverBand
  /// Radii of the ring motorways, ascending.
  let motorwayRadii: [Double]
  private let outlineSeed: UInt64

  init(seed: UInt64, junctions: Int) {
    outlineSeed = SplitMix64.scrambled(seed ^ Stream.outline)
    // Junctions lie about 60 m apart downtown and 105 m at the outskirts, and a quarter of the disc is water, parks,
    // fields and roads' own land: the integral of 1 / spacing² over the disc gives the factor.
    radiusMeters = 57 * Double(junctions).squareRoot()
    oldTownRadiusMeters = min(650, max(150, radiusMeters * 0.15))
    let halfWidth = min(400, max(45, radiusMeters * 0.028))
    let northY = -(oldTownRadiusMeters + 70)
    river = RiverBand(northY: northY, southY: northY - 2 * halfWidth)
    motorwayRadii = radiusMeters > 12_000 ? [radiusMeters * 0.27, radiusMeters * 0.62] : [radiusMeters * 0.55]
  }

  /// The junctions per square meter that suit a place: they lie about 60 m apart downtown and 105 m further out, and
  /// thin out beyond the outline.
  func density(at point: PlanePoint) -> Double {
    let spacing = spacingMeters(at: point)
    let beyond = point.length / (radiusMeters * outline(point)) - 0.8
    let fade = beyond <= 0 ? 1 : max(0.02, 1 - beyond / 0.36)
    return fade * fade / (spacing * spacing)
  }

  /// Whether a place is so far out that only fields and country roads are there.
  func isCountry(_ point: PlanePoint) -> Bool { point.length > 1.07 * radiusMeters * outline(point) }

  /// The built city's radius in a direction, relative to its mean; star-shaped, so that no built block lies alone.
  private func outline(_ point: PlanePoint) -> Double {
    let direction = point.unit
    let wide = smoothNoise(direction * 2.3, seed: outlineSeed)
    let narrow = smoothNoise(direction * 7, seed: outlineSeed &+ 1)
    return 0.95 + 0.14 * wide + 0.08 * narrow
  }

  func spacingMeters(at point: PlanePoint) -> Double { 60 + 45 * min(1.2, point.length / radiusMeters) }

  /// The distance between two arterials.
  func arterialSpacingMeters(atRadius radius: Double) -> Double { min(1_500, 330 + 0.17 * radius) }
}
