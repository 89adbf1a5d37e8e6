/// Draws what lies inside one block: dead ends, crescents, and cut-throughs from a dead end to the road behind it.
struct SpurBuilder {
  private static let leastSideMeters = 52.0
  private static let leastDepthMeters = 48.0
  private static let longestMeters = 115.0
  /// No spur comes closer than this to another road.
  private static let clearanceMeters = 17.0
  private static let cornerClearanceMeters = 15.0
  private static let crescentChance = 0.16
  private static let cutThroughChance = 0.1
  private static let longestCutThroughMeters = 75.0
  private static let gatedChance = 0.04

  /// A place on the block's outline with free land in front of it.
  private struct Mouth {
    var side: Int32
    var point: PlanePoint
    var inward: PlanePoint
    var depthMeters: Double
  }

  let style: DistrictStyle
  let outline: Block

  /// Tries to add one feature to the block, and leaves it as it is where the feature does not fit.
  func add(to city: inout CityDraft, _ random: inout CityRandom) {
    let index = random.index(below: outline.sides.count)
    guard outline.length(index) >= SpurBuilder.leastSideMeters, isSuitable(outline.sides[index], city.map) else {
      return
    }
    if outline.length(index) > 110, random.chance(SpurBuilder.crescentChance) {
      addCrescent(index, &city, &random)
    } else {
      addDeadEnd(index, &city, &random)
    }
  }

  private func isSuitable(_ side: Int32, _ map: StreetMap) -> Bool {
    let traits = map.traits(of: side)
    // The first meters of a spur would lie on a divided road's carriageway.
    return traits.isRoad && traits.flow != .divided && !traits.isCutThrough && traits.structure == .ground
      && traits.access == .everybody
  }

  private func mouth(_ index: Int, alongMeters: Double) -> Mouth? {
    let point = outline.starts[index].blended(to: outline.end(index), alongMeters / outline.length(index))
    let inward = outline.direction(index).leftNormal
    guard let hit = outline.firstHit(from: point, along: inward) else { return nil }
    return Mouth(side: outline.sides[index], point: point, inward: inward, depthMeters: hit.distanceMeters)
  }

  // MARK: Dead ends

  private func addDeadEnd(_ index: Int, _ city: inout CityDraft, _ random: inout CityRandom) {
    let margin = SpurBuilder.cornerClearanceMeters
    let along = random.value(margin, outline.length(index) - margin)
    guard let mouth = mouth(index, alongMeters: along), mouth.depthMeters > SpurBuilder.leastDepthMeters else { return }
    let length = min(SpurBuilder.longestMeters, mouth.depthMeters * random.value(0.45, 0.64))
    let turn = PlanePoint(angleRadians: random.value(-0.5, 0.5))
    let isBent = random.chance(style.bendChance)
    let elbow = mouth.point + mouth.inward * (length * 0.55)
    let tip = elbow + (isBent ? mouth.inward.rotated(turn) : mouth.inward) * (length * 0.45)
    guard isFree(tip), outline.isClear(from: mouth.point, to: elbow), outline.isClear(from: elbow, to: tip) else {
      return
    }
    let traits = deadEndTraits(&random)
    let street = city.streets.add(traits.roadClass, isClose: traits.roadClass != .service)
    var last = city.map.split(mouth.side, at: mouth.point)
    if isBent { last = city.map.addSpur(before: last, to: elbow, street: street, traits: traits) ^ 1 }
    // One barrier, at the mouth.
    let rest = isBent ? traits.withoutBarrier : traits
    last = city.map.addSpur(before: last, to: tip, street: street, traits: rest)
    if random.chance(SpurBuilder.cutThroughChance), traits.barrier.isEmpty { addCutThrough(from: last, &city, &random) }
  }

  private func isFree(_ point: PlanePoint) -> Bool {
    outline.clearanceMeters(at: point) > SpurBuilder.clearanceMeters && outline.contains(point)
  }

  private func deadEndTraits(_ random: inout CityRandom) -> RoadTraits {
    var traits = RoadTraits(.residential)
    if random.chance(style.serviceChance) {
      traits.roadClass = .service
      traits.use = random.chance(0.5) ? .driveway : .parkingAisle
    } else if random.chance(style.livingStreetChance) {
      traits.roadClass = .livingStreet
      traits.speed = .walk
    }
    if random.chance(SpurBuilder.gatedChance) {
      traits.access = .privateRoad
      traits.barrier = random.chance(0.5) ? .gate : .liftGate
    }
    return traits
  }

  /// From the tip of a dead end on to the road behind it, for responders only.
  private func addCutThrough(from spur: Int32, _ city: inout CityDraft, _ random: inout CityRandom) {
    let outline = Block(city.map.block[Int(spur)], of: city.map)
    let tip = city.map.end(spur)
    guard let hit = outline.firstHit(from: tip, along: city.map.direction(spur)),
      hit.distanceMeters < SpurBuilder.longestCutThroughMeters
    else { return }
    let side = outline.sides[hit.index]
    let rest = outline.length(hit.index) - hit.alongMeters
    guard isSuitable(side, city.map), min(rest, hit.alongMeters) > SpurBuilder.cornerClearanceMeters else { return }
    let point = outline.starts[hit.index].blended(
      to: outline.end(hit.index), hit.alongMeters / outline.length(hit.index))
    guard abs(outline.direction(hit.index).dot((point - tip).unit)) < 0.8 else { return }
    var traits = RoadTraits.cutThrough(&random)
    let draw = random.fraction()
    traits.barrier = draw < 0.35 ? .removableBollard : draw < 0.6 ? .gate : draw < 0.75 ? .lockedGate : []
    let street = city.streets.add(.service)
    let end = city.map.split(side, at: point)
    _ = city.map.connect(before: spur ^ 1, end, street: street, traits: traits)
  }

  // MARK: Crescents

  /// A street that leaves a road and comes back to it.
  private func addCrescent(_ index: Int, _ city: inout CityDraft, _ random: inout CityRandom) {
    let length = outline.length(index)
    let width = random.value(52, min(95, length - 40))
    let along = random.value(18, length - width - 18)
    guard let first = mouth(index, alongMeters: along), let second = mouth(index, alongMeters: along + width) else {
      return
    }
    let depth = min(85, 0.55 * min(first.depthMeters, second.depthMeters))
    guard depth > 30 else { return }
    let lean = first.inward.leftNormal * random.value(-8, 8)
    let near = first.point + first.inward * depth + lean
    let far = second.point + second.inward * depth + lean
    guard isFree(near), isFree(far), outline.isClear(from: near, to: far),
      outline.isClear(from: first.point, to: near), outline.isClear(from: second.point, to: far)
    else { return }
    let traits = RoadTraits(.residential)
    let street = city.streets.add(.residential, isClose: true)
    let back = city.map.split(first.side, at: second.point)
    let front = city.map.split(first.side, at: first.point)
    let out = city.map.addSpur(before: front, to: near, street: street, traits: traits)
    let across = city.map.addSpur(before: out ^ 1, to: far, street: street, traits: traits)
    _ = city.map.connect(before: across ^ 1, back, street: street, traits: traits)
  }
}
