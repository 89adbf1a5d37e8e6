/// Divides blocks by new streets.
///
/// A new street joins two places of roads that exist. A network in which one can drive from everywhere to everywhere
/// keeps that property when a street is added so, one-way or not (an ear decomposition), which is why no street has
/// to be checked or turned later.
struct BlockSplitter {
  /// Where a new street ends: at the corner where a side starts, or inside a side.
  private enum StreetEnd {
    case corner(side: Int32)
    case inside(side: Int32, point: PlanePoint)

    func point(_ map: StreetMap) -> PlanePoint {
      switch self {
      case .corner(let side): map.start(side)
      case .inside(_, let point): point
      }
    }
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
  private var outline = Block()

  init(style: DistrictStyle, spacingMeters: Double) {
    self.style = style
    self.spacingMeters = spacingMeters
  }

  /// Draws one street through the block; returns the new block, or nil where none fits.
  mutating func split(_ block: Int32, _ city: inout CityDraft, _ random: inout CityRandom) -> Int32? {
    outline.survey(block, of: city.map)
    let axis = outline.axis
    for _ in 0..<BlockSplitter.attempts {
      guard let cut = propose(axis: axis, city.map, &random) else { continue }
      return carryOut(cut, &city, &random)
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
      if canMeet(at: map.tail[Int(cornerSide)], from: middle, map) { return .corner(side: cornerSide) }
    }
    guard map.traits(of: side).isRoad, length >= 2 * BlockSplitter.leastPieceMeters else { return nil }
    let least = BlockSplitter.leastPieceMeters
    let along = min(length - least, max(least, hit.alongMeters))
    let point = outline.starts[hit.index].blended(to: outline.end(hit.index), along / length)
    let cosine = abs((middle - point).unit.dot(outline.direction(hit.index)))
    return cosine < BlockSplitter.sharpestCosine ? .inside(side: side, point: point) : nil
  }

  private func canMeet(at corner: Int32, from middle: PlanePoint, _ map: StreetMap) -> Bool {
    guard map.roadDegree[Int(corner)] <= 3 else { return false }
    let direction = (middle - map.position[Int(corner)]).unit
    return map.sides(from: corner).allSatisfy { map.direction($0).dot(direction) < BlockSplitter.sharpestCosine }
  }

  /// Both new blocks are of a decent size, and the street touches nothing but its ends.
  private func isSound(_ cut: Cut, _ map: StreetMap) -> Bool {
    let first = cut.first.point(map)
    let second = cut.second.point(map)
    guard first.distance(to: second) > BlockSplitter.leastPieceMeters else { return false }
    if let bend = cut.bend {
      guard outline.isClear(from: first, to: bend), outline.isClear(from: bend, to: second) else { return false }
    } else if !outline.isClear(from: first, to: second) {
      return false
    }
    let share = areaShare(of: cut, map)
    return share > BlockSplitter.leastAreaShare && share < 1 - BlockSplitter.leastAreaShare
  }

  /// The share of the block on the walk from the first end to the second.
  private func areaShare(of cut: Cut, _ map: StreetMap) -> Double {
    func place(_ end: StreetEnd) -> (index: Int, point: PlanePoint) {
      switch end {
      case .corner(let side): ((outline.sides.firstIndex(of: side) ?? 0), map.start(side))
      case .inside(let side, let point): ((outline.sides.firstIndex(of: side) ?? 0) + 1, point)
      }
    }
    let (start, firstPoint) = place(cut.first)
    let (end, secondPoint) = place(cut.second)
    var points = [firstPoint]
    var index = start % outline.starts.count
    while index != end % outline.starts.count {
      points.append(outline.starts[index])
      index = (index + 1) % outline.starts.count
    }
    points.append(secondPoint)
    if let bend = cut.bend { points.append(bend) }
    var doubled = 0.0
    for index in points.indices {
      let next = points[(index + 1) % points.count]
      doubled += (points[index] - firstPoint).cross(next - firstPoint)
    }
    return doubled / 2 / outline.areaSquareMeters
  }

  private func carryOut(_ cut: Cut, _ city: inout CityDraft, _ random: inout CityRandom) -> Int32 {
    let traits = newTraits(city, &random)
    let isReversed = random.chance(0.5)
    let (from, to) = isReversed ? (cut.second, cut.first) : (cut.first, cut.second)
    let bend = cut.bend
    let name = nameToContinue(at: cut, traits, city.map)
    let street = name.map { city.streets.add(continuing: $0) } ?? city.streets.add(traits.roadClass)
    var start = place(from, &city.map)
    let end = place(to, &city.map)
    // Placing the second end may have put a corner between the first end's side and its start; sides keep their
    // starts, so both stay right.
    if let bend {
      let spur = city.map.addSpur(before: start, to: bend, street: street, traits: traits)
      start = spur ^ 1
    }
    let side = city.map.connect(before: start, end, street: street, traits: traits)
    return city.map.block[Int(side)]
  }

  /// The side that starts where the street ends.
  private func place(_ end: StreetEnd, _ map: inout StreetMap) -> Int32 {
    switch end {
    case .corner(let side): side
    case .inside(let side, let point): map.split(side, at: point)
    }
  }

  private func newTraits(_ city: CityDraft, _ random: inout CityRandom) -> RoadTraits {
    let area = outline.areaSquareMeters
    if area > 300_000 {
      var traits = RoadTraits(area > 1_700_000 ? .secondary : .tertiary)
      traits.speed = random.chance(0.7) ? .kmh50 : .untagged
      return traits
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
    let ends = [(cut.first, cut.second), (cut.second, cut.first)]
    for (near, far) in ends {
      guard case .corner(let side) = near else { continue }
      let direction = ((cut.bend ?? far.point(map)) - map.start(side)).unit
      for other in map.sides(from: map.tail[Int(side)]) {
        let known = map.traits(of: other)
        let isAlike = known.roadClass >= .tertiary && known.roadClass <= .livingStreet && traits.roadClass < .service
        if isAlike, map.direction(other).dot(direction) < BlockSplitter.straightCosine {
          return map.street(of: other)
        }
      }
    }
    return nil
  }
}
