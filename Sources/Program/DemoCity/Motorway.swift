/// A ring motorway: where it lies, and where it is crossed and entered. Its carriageways are not part of the
/// `StreetMap`, since nothing meets them on their own level but ramps.
struct Motorway: Sendable {
  /// Where an arterial passes the motorway.
  struct Crossing: Sendable {
    var angleRadians: Double
    /// Corners on the arterial, inside and outside of the ring.
    var innerCorner: Int32
    var outerCorner: Int32
    /// From the arterial to where its ramps leave the carriageways.
    var reachRadians = 0.0
  }

  static let carriagewayOffsetMeters = 15.0
  static let terminalOffsetMeters = 46.0
  private static let longestRampMeters = 230.0
  /// Interchanges closer than this are not built.
  private static let leastGapMeters = 420.0

  let radiusMeters: Double
  /// Diamonds: on each side of the motorway one ramp down to the arterial and one up; they end at the corners.
  private(set) var interchanges: [Crossing] = []
  /// Angles at which the carriageways bridge a road.
  private(set) var overpasses: [Double] = []
  private(set) var junctionCount = 0

  init(_ corridor: Skeleton.Corridor, _ map: inout StreetMap, _ dimensions: CityDimensions) {
    radiusMeters = corridor.radiusMeters
    for (number, crossing) in corridor.crossings.enumerated() {
      // Not every arterial has ramps: each fifth dives under the motorway.
      add(crossing, mayHaveRamps: number % 5 != 3, &map, dimensions)
    }
    addPlainOverpasses(map)
    interchanges.sort { $0.angleRadians < $1.angleRadians }
    overpasses.sort()
    measureRamps()
    for interchange in interchanges {
      for corner in [interchange.innerCorner, interchange.outerCorner] {
        junctionCount += map.sides(from: corner).contains { map.traits(of: $0).flow == .divided } ? 2 : 1
      }
      junctionCount += 4
    }
  }

  private mutating func add(
    _ crossing: Crossing, mayHaveRamps: Bool, _ map: inout StreetMap, _ dimensions: CityDimensions
  ) {
    let found = map.roads(from: crossing.innerCorner).first { map.head($0) == crossing.outerCorner }
    guard let side = found, side & 1 == 0 else { return }
    let angle = Motorway.normalized(crossing.angleRadians)
    let direction = PlanePoint(angleRadians: angle)
    let middle = map.split(side, at: direction * (radiusMeters - Motorway.terminalOffsetMeters))
    let last = map.split(middle, at: direction * (radiusMeters + Motorway.terminalOffsetMeters))
    if mayHaveRamps, isInterchange(at: angle, dimensions) {
      overpasses.append(angle)
      interchanges.append(
        Crossing(angleRadians: angle, innerCorner: map.tail[Int(middle)], outerCorner: map.tail[Int(last)]))
    } else {
      var traits = map.traits(of: middle)
      traits.structure = .tunnel
      map.setTraits(traits, ofPiece: StreetMap.piece(middle))
    }
  }

  /// Roads that pass below without ramps: bank roads, and arterials of which the river left only a part.
  private mutating func addPlainOverpasses(_ map: StreetMap) {
    for piece in 0..<map.pieceCount where map.traits[piece].isRoad && map.traits[piece].structure != .tunnel {
      let side = Int32(2 * piece)
      let (inner, outer) = (map.start(side).length - radiusMeters, map.end(side).length - radiusMeters)
      guard inner * outer < 0 else { continue }
      let point = map.start(side).blended(to: map.end(side), inner / (inner - outer))
      let angle = Motorway.normalized(point.angleRadians)
      let isKnown = overpasses.contains { gapRadians($0, angle) * radiusMeters < 1 }
      if !isKnown { overpasses.append(angle) }
    }
  }

  private func isInterchange(at angle: Double, _ dimensions: CityDimensions) -> Bool {
    let isNear = interchanges.contains { gapRadians($0.angleRadians, angle) * radiusMeters < Motorway.leastGapMeters }
    let reach = (Motorway.longestRampMeters + 60) / radiusMeters
    let isOverWater = stride(from: -1.0, through: 1, by: 0.25).contains { share in
      let point = PlanePoint(angleRadians: angle + reach * share) * radiusMeters
      return dimensions.river.contains(point, marginMeters: 80)
    }
    return !isNear && !isOverWater
  }

  /// An angle within one turn.
  static func normalized(_ angle: Double) -> Double {
    let turn = 2 * Double.pi
    return angle - (angle / turn).rounded(.down) * turn
  }

  private func gapRadians(_ first: Double, _ second: Double) -> Double {
    let gap = Motorway.normalized(first - second)
    return min(gap, 2 * Double.pi - gap)
  }

  /// Ramps are as long as the neighbours leave room for.
  private mutating func measureRamps() {
    for index in interchanges.indices {
      let gaps = interchanges.indices.filter { $0 != index }.map {
        gapRadians(interchanges[$0].angleRadians, interchanges[index].angleRadians)
      }
      let room = 0.38 * (gaps.min() ?? 1)
      interchanges[index].reachRadians = min(room, Motorway.longestRampMeters / radiusMeters)
    }
  }

  /// Where the carriageways are bridges: over the river with its banks, and over the arterials.
  func isBridge(atAngle angle: Double, _ river: RiverBand) -> Bool {
    let point = PlanePoint(angleRadians: angle) * radiusMeters
    if river.contains(point, marginMeters: 35) { return true }
    return overpasses.contains { gapRadians($0, angle) * radiusMeters < 24.9 }
  }
}
