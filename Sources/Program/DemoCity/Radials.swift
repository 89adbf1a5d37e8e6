/// An arterial from the old town outwards, or from some ring outwards.
struct Radial: Sendable {
  var angleRadians: Double
  /// The first ring that it touches.
  var birthRing: Int
  var street: Int32
}

/// One circle of the plan.
struct Ring: Sendable {
  enum Kind: Sendable { case oldTown, tangential, innerFrontage, outerFrontage }
  var radiusMeters: Double
  var kind: Kind
  /// The distance to the next arterials, which scales the irregularity.
  var spacingMeters: Double

  var isFrontage: Bool { kind == .innerFrontage || kind == .outerFrontage }
}

extension CityDimensions {
  /// The circles of the plan from the old town's wall outwards.
  func rings(_ random: inout CityRandom) -> [Ring] {
    var rings = [ring(.oldTown, radiusMeters: oldTownRadiusMeters)]
    var from = oldTownRadiusMeters
    for motorway in motorwayRadii {
      let inner = motorway - CityDimensions.corridorHalfWidthMeters
      let outer = motorway + CityDimensions.corridorHalfWidthMeters
      rings += tangentials(from: from, to: inner, &random).dropLast()
      let spacing = arterialSpacingMeters(atRadius: motorway)
      rings.append(Ring(radiusMeters: inner, kind: .innerFrontage, spacingMeters: spacing))
      rings.append(Ring(radiusMeters: outer, kind: .outerFrontage, spacingMeters: spacing))
      from = outer
    }
    return rings + tangentials(from: from, to: radiusMeters * 1.15, &random)
  }

  /// Circles that fill the gap between two radii, the last one at `end`.
  private func tangentials(from start: Double, to end: Double, _ random: inout CityRandom) -> [Ring] {
    var radii: [Double] = []
    var radius = start
    while true {
      let step = arterialSpacingMeters(atRadius: radius)
      radius += step * random.value(0.85, 1.15)
      if radius > end - 0.6 * step { break }
      radii.append(radius)
    }
    return (radii + [end]).map { ring(.tangential, radiusMeters: $0) }
  }

  private func ring(_ kind: Ring.Kind, radiusMeters radius: Double) -> Ring {
    Ring(radiusMeters: radius, kind: kind, spacingMeters: arterialSpacingMeters(atRadius: radius))
  }
}

/// The arterials that leave the old town, and those born further out where their neighbours have moved apart.
struct RadialPlan: Sendable {
  /// Sorted by angle.
  private(set) var radials: [Radial]
  /// How many leave the old town itself: their street numbers are `0..<trunkCount`.
  let trunkCount: Int

  init(rings: [Ring], _ random: inout CityRandom) {
    trunkCount = 6 + random.index(below: 2)
    let step = 2 * Double.pi / Double(trunkCount)
    let turn = random.value(0, step)
    radials = (0..<trunkCount).map { index in
      let angle = turn + step * (Double(index) + random.value(-0.2, 0.2))
      return Radial(angleRadians: angle, birthRing: 0, street: Int32(index))
    }
    for (index, ring) in rings.enumerated() where ring.kind == .tangential {
      addBirths(ring: index, radiusMeters: ring.radiusMeters, spacingMeters: ring.spacingMeters, &random)
    }
  }

  private mutating func addBirths(
    ring: Int, radiusMeters: Double, spacingMeters: Double, _ random: inout CityRandom
  ) {
    var added: [Radial] = []
    for (index, radial) in radials.enumerated() {
      let gap = gapRadians(after: index)
      guard gap * radiusMeters > spacingMeters * random.value(1.5, 2.3) else { continue }
      let street = Int32(radials.count + added.count)
      let angle = radial.angleRadians + gap * random.value(0.42, 0.58)
      added.append(Radial(angleRadians: angle, birthRing: ring, street: street))
    }
    radials = (radials + added).sorted { $0.angleRadians < $1.angleRadians }
  }

  private func gapRadians(after index: Int) -> Double {
    let isLast = index == radials.count - 1
    let following = isLast ? radials[0].angleRadians + 2 * Double.pi : radials[index + 1].angleRadians
    return following - radials[index].angleRadians
  }

  /// The indices of the radials that reach a ring, by angle.
  func active(atRing ring: Int) -> [Int] { radials.indices.filter { radials[$0].birthRing <= ring } }
}
