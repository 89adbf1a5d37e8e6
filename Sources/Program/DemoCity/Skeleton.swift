/// The arterials: radials and rings, bank roads and bridges, and where the motorways will lie.
///
/// Corner numbers of the skeleton stay valid in the `StreetMap` that is made from it.
struct Skeleton {
  /// A motorway's strip, and where radials cross it between the two frontage roads.
  struct Corridor: Sendable {
    var radiusMeters: Double
    var crossings: [Motorway.Crossing]
  }

  private(set) var points: [PlanePoint] = []
  private(set) var lines: [SkeletonLine] = []
  private(set) var bridges: [SkeletonLine] = []
  private(set) var corridors: [Corridor] = []
  private(set) var streetClasses: [StreetClass] = []
  /// The frontage roads on the inner and on the outer side of a motorway.
  private(set) var frontages: [(street: Int32, isInner: Bool)] = []
  /// Streets below this number leave the old town and go on into the country.
  let trunkCount: Int

  private let dimensions: CityDimensions
  private let rings: [Ring]
  private let plan: RadialPlan
  private var crossings: RiverCrossings
  private var drawn = CellGrid<SkeletonLine>(cellMeters: 900)
  /// `cornerAt[ring][radial]`, -1 where the radial has not begun.
  private var cornerAt: [[Int32]] = []

  init(seed: UInt64, dimensions: CityDimensions) {
    var random = CityRandom(seed: seed, stream: Stream.skeleton)
    self.dimensions = dimensions
    rings = dimensions.rings(&random)
    plan = RadialPlan(rings: rings, &random)
    trunkCount = plan.trunkCount
    crossings = RiverCrossings(dimensions)
    streetClasses = plan.radials.sorted { $0.street < $1.street }.map { $0.birthRing == 0 ? .primary : .secondary }
    placeCorners(&random)
    addRadials()
    for ring in rings.indices { addRing(ring, &random) }
    bridges = crossings.bridges()
    lines += bridges
    let (north, south) = (addStreet(.secondary), addStreet(.secondary))
    lines += crossings.bankRoads(northStreet: north, southStreet: south)
    findCorridors()
  }

  private mutating func addStreet(_ roadClass: StreetClass) -> Int32 {
    streetClasses.append(roadClass)
    return Int32(streetClasses.count - 1)
  }

  /// Corners where rings and radials meet, moved a little off the perfect web.
  private mutating func placeCorners(_ random: inout CityRandom) {
    for (index, ring) in rings.enumerated() {
      var corners = [Int32](repeating: -1, count: plan.radials.count)
      for radial in plan.active(atRing: index) {
        var angle = plan.radials[radial].angleRadians
        var radius = ring.radiusMeters
        if ring.kind == .tangential {
          radius += ring.spacingMeters * random.value(-0.17, 0.17)
          angle += ring.spacingMeters / radius * random.value(-0.17, 0.17)
        }
        var point = PlanePoint(angleRadians: angle) * radius
        if ring.kind == .tangential { point = awayFromWater(point) }
        points.append(point)
        corners[radial] = Int32(points.count - 1)
      }
      cornerAt.append(corners)
    }
  }

  /// A corner in the river would be a junction on a bridge, one very near to a bank would make splinters of roads.
  private func awayFromWater(_ point: PlanePoint) -> PlanePoint {
    let clearance = 45.0
    guard dimensions.river.contains(point, marginMeters: clearance) else { return point }
    let isNorth = point.y > (dimensions.river.northY + dimensions.river.southY) / 2
    let y = isNorth ? dimensions.river.northY + clearance : dimensions.river.southY - clearance
    return PlanePoint(x: point.x, y: y)
  }

  private mutating func addRadials() {
    for (index, radial) in plan.radials.enumerated() {
      for ring in radial.birthRing..<(rings.count - 1) {
        var traits = RoadTraits(streetClasses[Int(radial.street)], speed: .kmh60)
        let isTrunk = Int(radial.street) < trunkCount
        let isInner = rings[ring].radiusMeters < 0.75 * dimensions.radiusMeters
        if isTrunk, isInner, radial.street % 2 == 0 { traits.flow = .divided }
        if isTrunk, !isInner { traits.speed = .kmh80 }
        if !isTrunk, !isInner { traits.roadClass = .tertiary }
        let line = SkeletonLine(
          from: cornerAt[ring][index], to: cornerAt[ring + 1][index], street: radial.street, traits: traits)
        add([line], mayBridge: true)
      }
    }
  }

  /// Adds lines that belong together, or none of them where one would cross what is drawn: corners moved out of the
  /// river can end up on the wrong side of a neighbour.
  private mutating func add(_ together: [SkeletonLine], mayBridge: Bool) {
    guard !together.contains(where: crossesDrawn) else { return }
    for line in together {
      drawn.add(line, from: points[Int(line.from)], to: points[Int(line.to)])
      lines += crossings.cut(line, points: &points, mayBridge: mayBridge)
    }
  }

  private func crossesDrawn(_ line: SkeletonLine) -> Bool {
    let ends = (start: points[Int(line.from)], end: points[Int(line.to)])
    return drawn.contains(from: ends.start, to: ends.end) { other in
      let isJoined = [other.from, other.to].contains { $0 == line.from || $0 == line.to }
      return !isJoined && crossing(ends, (points[Int(other.from)], points[Int(other.to)])) != nil
    }
  }

  /// A ring's arcs from radial to radial; some are left out, so that the web gets larger and smaller meshes.
  private mutating func addRing(_ index: Int, _ random: inout CityRandom) {
    let ring = rings[index]
    let active = plan.active(atRing: index)
    let isLocal = ring.isFrontage || ring.radiusMeters > 0.9 * dimensions.radiusMeters
    let roadClass: StreetClass = isLocal ? .tertiary : index % 3 == 2 ? .primary : .secondary
    var street = addStreet(roadClass)
    if ring.isFrontage { frontages.append((street, ring.kind == .innerFrontage)) }
    for (position, radial) in active.enumerated() {
      let following = active[(position + 1) % active.count]
      let isBirth = plan.radials[radial].birthRing == index || plan.radials[following].birthRing == index
      if ring.kind == .tangential, index < rings.count - 1, !isBirth, random.chance(0.22) {
        street = addStreet(roadClass)
        continue
      }
      let traits = RoadTraits(roadClass, speed: roadClass == .tertiary ? .kmh50 : .kmh60)
      let arc = SkeletonLine(
        from: cornerAt[index][radial], to: cornerAt[index][following], street: street, traits: traits)
      let gap = Motorway.normalized(plan.radials[following].angleRadians - plan.radials[radial].angleRadians)
      addArc(arc, ring: index, gapRadians: gap)
    }
  }

  /// Cuts an arc into straight lines.
  private mutating func addArc(_ arc: SkeletonLine, ring index: Int, gapRadians gap: Double) {
    let (start, end) = (points[Int(arc.from)], points[Int(arc.to)])
    let steps = max(1, Int((gap / (rings[index].isFrontage ? 0.06 : 0.16)).rounded(.up)))
    var corner = arc.from
    var together: [SkeletonLine] = []
    for step in 1...steps {
      var next = arc.to
      if step < steps {
        let share = Double(step) / Double(steps)
        let radius = start.length + (end.length - start.length) * share
        // The corners were moved off their angles: what the full turn misses is spread over the arc.
        let missed = end.unit - start.unit.rotated(PlanePoint(angleRadians: gap))
        let turned = start.unit.rotated(PlanePoint(angleRadians: gap * share)) + missed * share
        let point = turned.unit * radius
        points.append(rings[index].isFrontage ? point : awayFromWater(point))
        next = Int32(points.count - 1)
      }
      together.append(SkeletonLine(from: corner, to: next, street: arc.street, traits: arc.traits))
      corner = next
    }
    add(together, mayBridge: !rings[index].isFrontage)
  }

  private mutating func findCorridors() {
    for (index, ring) in rings.enumerated() where ring.kind == .innerFrontage {
      let radius = ring.radiusMeters + CityDimensions.corridorHalfWidthMeters
      let crossings = plan.active(atRing: index).map {
        Motorway.Crossing(
          angleRadians: plan.radials[$0].angleRadians, innerCorner: cornerAt[index][$0],
          outerCorner: cornerAt[index + 1][$0])
      }
      corridors.append(Corridor(radiusMeters: radius, crossings: crossings))
    }
  }
}
