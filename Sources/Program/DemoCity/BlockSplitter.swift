/// Divides a block by a new street.
///
/// A new street joins two places of roads that exist. A network in which one can drive from everywhere to everywhere
/// keeps that property when a street is added so, one-way or not (an ear decomposition), which is why no street has
/// to be checked or turned later.
struct BlockSplitter {
  /// Where a new street ends: at the corner where a side starts, or at a point inside the side.
  private struct StreetEnd {
    var side: Int32
    var inside: PlanePoint?

    func point(_ map: StreetMap) -> PlanePoint { inside ?? map.start(side) }
  }

  /// A street through a block: its ends, and the bend between them if there is one.
  private struct Cut {
    var first: StreetEnd
    var second: StreetEnd
    var bend: PlanePoint?
  }

  /// Streets meet at no sharper angle than this cosine allows (about 35 degrees).
  private static let sharpestCosine = 0.82
  /// A street that goes straight on from another, within about 20 degrees, keeps its name.
  private static let straightCosine = -0.94
  /// No corner comes closer than this to another one of its side.
  private static let leastPieceMeters = 14.0
  private static let leastAreaShare = 0.14
  private static let attempts = 6

  let style: DistrictStyle
  let spacingMeters: Double
  let outline: Block

  /// Draws one street through the block; returns the new block, or nil where none fits.
  func split(_ city: inout CityDraft, _ random: inout CityRandom) -> Int32? {
    let axis = outline.axis
    for _ in 0..<BlockSplitter.attempts {
      if let cut = propose(axis: axis, city.map, &random) { return carryOut(cut, &city, &random) }
    }
    return nil
  }

  private func propose(axis: PlanePoint, _ map: StreetMap, _ random: inout CityRandom) -> Cut? {
    let extent = outline.areaSquareMeters.squareRoot()
    let middle = outline.centroid + axis * (extent * random.value(-0.14, 0.14))
    guard outline.contains(middle) else { return nil }
    let turn = PlanePoint(angleRadians: random.value(-style.turnRadians, style.turnRadians))
    let ahead = axis.leftNormal.rotated(turn)
    var back = ahead * -1
    let isBent = random.chance(style.bendChance)
    if isBent { back = back.rotated(PlanePoint(angleRadians: random.value(-style.bendRadians, style.bendRadians))) }
    guard let firstHit = outline.firstHit(from: middle, along: ahead),
      let secondHit = outline.firstHit(from: middle, along: back), firstHit.index != secondHit.index,
      let first = streetEnd(at: firstHit, from: middle, map), let second = streetEnd(at: secondHit, from: middle, map)
    else { return nil }
    let cut = Cut(first: first, second: second, bend: isBent ? middle : nil)
    return isSound(cut, map) ? cut : nil
  }

  /// Moves an end that is near a corner to that corner, or, where the corner is crowded, away from it.
  private func streetEnd(at hit: Block.Hit, from middle: PlanePoint, _ map: StreetMap) -> StreetEnd? {
    let side = outline.sides[hit.index]
    let length = outline.length(hit.index)
    let nearest = min(hit.alongMeters, length - hit.alongMeters)
    let isAtStart = hit.alongMeters < length / 2
    if nearest < max(BlockSplitter.leastPieceMeters, style.snapShare * spacingMeters) {
      let cornerSide = isAtStart ? side : map.next[Int(side)]
      if canMeet(at: map.tail[Int(cornerSide)], from: middle, map) { return StreetEnd(side: cornerSide) }
    }
    guard map.traits(of: side).isRoad, length >= 2 * BlockSplitter.leastPieceMeters else { return nil }
    let least = BlockSplitter.leastPieceMeters
    let along = min(length - least, max(least, hit.alongMeters))
    let point = outline.starts[hit.index].blended(to: outline.end(hit.index), along / length)
    let cosine = abs((middle - point).unit.dot(outline.direction(hit.index)))
    return cosine < BlockSplitter.sharpestCosine ? StreetEnd(side: side, inside: point) : nil
  }

  private func canMeet(at corner: Int32, from middle: PlanePoint, _ map: StreetMap) -> Bool {
    guard map.roadDegree[Int(corner)] <= 3 else { return false }
    let direction = (middle - map.position[Int(corner)]).unit
    return map.sides(from: corner).allSatisfy { map.direction($0).dot(direction) < BlockSplitter.sharpestCosine }
  }

  /// Both new blocks are of a decent size, and the street touches nothing but its ends.
  private func isSound(_ cut: Cut, _ map: StreetMap) -> Bool {
    let (first, second) = (cut.first.point(map), cut.second.point(map))
    guard first.distance(to: second) > BlockSplitter.leastPieceMeters else { return false }
    let bend = cut.bend ?? second
    guard outline.isClear(from: first, to: bend), cut.bend == nil || outline.isClear(from: bend, to: second) else {
      return false
    }
    let share = areaShare(of: cut, map)
    return share > BlockSplitter.leastAreaShare && share < 1 - BlockSplitter.leastAreaShare
  }

  /// The share of the block on the walk from the first end to the second.
  private func areaShare(of cut: Cut, _ map: StreetMap) -> Double {
    func index(after end: StreetEnd) -> Int {
      ((outline.sides.firstIndex(of: end.side) ?? 0) + (end.inside == nil ? 0 : 1)) % outline.starts.count
    }
    let origin = cut.first.point(map)
    var points = [origin]
    var (index, last) = (index(after: cut.first), index(after: cut.second))
    while index != last {
      points.append(outline.starts[index])
      index = (index + 1) % outline.starts.count
    }
    points.append(cut.second.point(map))
    if let bend = cut.bend { points.append(bend) }
    var doubled = 0.0
    for (point, next) in zip(points, points.dropFirst() + [origin]) { doubled += (point - origin).cross(next - origin) }
    return doubled / 2 / outline.areaSquareMeters
  }

  private func carryOut(_ cut: Cut, _ city: inout CityDraft, _ random: inout CityRandom) -> Int32 {
    let traits = newTraits(city, &random)
    let (from, to) = random.chance(0.5) ? (cut.second, cut.first) : (cut.first, cut.second)
    let name = nameToContinue(at: cut, traits, city.map)
    let street = name.map { city.streets.add(continuing: $0) } ?? city.streets.add(traits.roadClass)
    var start = place(from, &city.map)
    let end = place(to, &city.map)
    // Placing the second end may have put a corner between the first end's side and its start; sides keep their
    // starts, so both stay right.
    if let bend = cut.bend { start = city.map.addSpur(before: start, to: bend, street: street, traits: traits) ^ 1 }
    let side = city.map.connect(before: start, end, street: street, traits: traits)
    return city.map.block[Int(side)]
  }

  /// The side that starts where the street ends.
  private func place(_ end: StreetEnd, _ map: inout StreetMap) -> Int32 {
    end.inside.map { map.split(end.side, at: $0) } ?? end.side
  }

  private func newTraits(_ city: CityDraft, _ random: inout CityRandom) -> RoadTraits {
    let area = outline.areaSquareMeters
    if area > 300_000 {
      return RoadTraits(area > 1_700_000 ? .secondary : .tertiary, speed: random.chance(0.7) ? .kmh50 : .untagged)
    }
    let isLast = area < 5 * spacingMeters * spacingMeters
    var traits = RoadTraits(.residential)
    if isLast, random.chance(style.livingStreetChance) {
      traits.roadClass = .livingStreet
      traits.speed = random.chance(0.6) ? .walk : .untagged
    } else if isLast, random.chance(style.serviceChance) {
      traits.roadClass = .service
      traits.use = random.chance(0.5) ? .alley : .plain
    } else {
      let draw = random.fraction()
      traits.speed = draw < 0.3 ? .kmh30 : draw < 0.34 ? .mph30 : draw < 0.4 ? .kmh20 : .untagged
    }
    if random.chance(style.oneWayChance) { traits.flow = random.chance(0.06) ? .oneWayExceptEmergency : .oneWay }
    return traits
  }

  /// The street beyond one of the corners of which the new one is the straight continuation.
  private func nameToContinue(at cut: Cut, _ traits: RoadTraits, _ map: StreetMap) -> Int32? {
    for (near, far) in [(cut.first, cut.second), (cut.second, cut.first)] where near.inside == nil {
      let direction = ((cut.bend ?? far.point(map)) - map.start(near.side)).unit
      for other in map.sides(from: map.tail[Int(near.side)]) {
        let known = map.traits(of: other)
        let isAlike = known.roadClass >= .tertiary && known.roadClass <= .livingStreet && traits.roadClass < .service
        if isAlike, map.direction(other).dot(direction) < BlockSplitter.straightCosine { return map.street(of: other) }
      }
    }
    return nil
  }
}
