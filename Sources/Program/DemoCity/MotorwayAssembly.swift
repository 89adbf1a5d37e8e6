/// Makes OSM ways of a ring motorway and its ramps. Traffic drives on the right: the outer carriageway runs
/// counter-clockwise, the inner one clockwise.
struct MotorwayAssembly {
  private static let stepMeters = 60.0

  /// A place on the ring where something changes.
  private struct Stop {
    var angleRadians: Double
    /// The interchange whose ramps join here, and on which side of it.
    var interchange: Int?
    var isBefore = false
  }

  let motorway: Motorway
  let number: Int
  let city: CityDraft
  let corners: CornerNodes

  func add(to objects: inout OSMObjects) {
    let stops = stops()
    guard stops.count >= 2 else { return }
    let outer = addCarriageway(stops, sign: 1, &objects)
    let inner = addCarriageway(stops, sign: -1, &objects)
    for (index, interchange) in motorway.interchanges.enumerated() {
      let before = stops.firstIndex { $0.interchange == index && $0.isBefore }!
      let after = stops.firstIndex { $0.interchange == index && !$0.isBefore }!
      addRamps(
        Diamond(interchange: interchange, corner: interchange.outerCorner, sign: 1),
        from: outer[before], to: outer[after], &objects)
      addRamps(
        Diamond(interchange: interchange, corner: interchange.innerCorner, sign: -1),
        from: inner[after], to: inner[before], &objects)
    }
  }

  private func stops() -> [Stop] {
    let turn = 2 * Double.pi
    var stops: [Stop] = []
    for (index, interchange) in motorway.interchanges.enumerated() {
      let reach = interchange.reachRadians
      stops.append(Stop(angleRadians: interchange.angleRadians - reach, interchange: index, isBefore: true))
      stops.append(Stop(angleRadians: interchange.angleRadians + reach, interchange: index))
    }
    let bridge = 25 / motorway.radiusMeters
    for angle in motorway.overpasses {
      stops.append(Stop(angleRadians: angle - bridge))
      stops.append(Stop(angleRadians: angle + bridge))
    }
    for index in stops.indices {
      let angle = stops[index].angleRadians
      stops[index].angleRadians = angle - (angle / turn).rounded(.down) * turn
    }
    let steps = Int(turn * motorway.radiusMeters / MotorwayAssembly.stepMeters)
    let near = MotorwayAssembly.stepMeters / 4 / motorway.radiusMeters
    let special = stops
    for step in 0..<steps {
      let angle = turn * Double(step) / Double(steps)
      let isNear = special.contains { abs($0.angleRadians - angle) < near }
      if !isNear { stops.append(Stop(angleRadians: angle)) }
    }
    return stops.sorted { $0.angleRadians < $1.angleRadians }
  }

  private func ground(_ angle: Double, offsetMeters: Double) -> PlanePoint {
    city.landscape.ground(PlanePoint(angleRadians: angle) * (motorway.radiusMeters + offsetMeters))
  }

  /// One carriageway, cut where it becomes a bridge or ramps join; returns the OSM node of every stop.
  private func addCarriageway(_ stops: [Stop], sign: Double, _ objects: inout OSMObjects) -> [Int32] {
    let nodes = stops.map { stop in
      let leaves = stop.interchange != nil && stop.isBefore == (sign > 0)
      return objects.addNode(
        ground(stop.angleRadians, offsetMeters: sign * Motorway.carriagewayOffsetMeters),
        leaves ? .motorwayJunction : [])
    }
    var way = [nodes[0]]
    for place in stops.indices {
      let following = (place + 1) % stops.count
      way.append(nodes[following])
      let isBridge = isBridge(stops, after: place)
      let isEnd =
        following == 0 || stops[following].interchange != nil || isBridge != self.isBridge(stops, after: following)
      guard isEnd else { continue }
      var traits = RoadTraits(.motorway)
      traits.flow = .oneWay
      traits.speed = .kmh100
      traits.structure = isBridge ? .bridge : .ground
      objects.addWay(sign > 0 ? way : way.reversed(), traits, .motorway(number))
      way = [nodes[following]]
    }
    return nodes
  }

  private func isBridge(_ stops: [Stop], after place: Int) -> Bool {
    let start = stops[place].angleRadians
    let isLast = place + 1 == stops.count
    let end = isLast ? stops[0].angleRadians + 2 * Double.pi : stops[place + 1].angleRadians
    return motorway.isBridge(atAngle: (start + end) / 2, city.dimensions.river)
  }

  // MARK: Ramps

  /// The half of an interchange on one side of the motorway; `sign` is that of its carriageway's direction.
  private struct Diamond {
    var interchange: Motorway.Interchange
    var corner: Int32
    var sign: Double
  }

  /// A ramp from the carriageway to the arterial, and one back to it further on.
  private func addRamps(_ diamond: Diamond, from diverge: Int32, to merge: Int32, _ objects: inout OSMObjects) {
    // On a divided arterial the ramps end at different carriageways; the first ramp goes on through the median.
    let near = corners.carriageway(at: diamond.corner, isRight: diamond.sign > 0)
    let far = corners.carriageway(at: diamond.corner, isRight: diamond.sign < 0)
    let down = [diverge] + ramp(diamond, isDown: true).map { objects.addNode($0) } + [near] + (near == far ? [] : [far])
    let up = [far] + ramp(diamond, isDown: false).map { objects.addNode($0) } + [merge]
    var traits = RoadTraits(.motorwayLink)
    traits.flow = .oneWay
    traits.speed = .kmh50
    objects.addWay(down, traits, .none)
    objects.addWay(up, traits, .none)
  }

  /// The points of a ramp between the carriageway and the arterial, in the direction of travel.
  private func ramp(_ diamond: Diamond, isDown: Bool) -> [PlanePoint] {
    let shares = isDown ? [0.8, 0.6, 0.4, 0.2] : [0.2, 0.4, 0.6, 0.8]
    return shares.map { share in
      let turn = diamond.sign * diamond.interchange.reachRadians * share
      let angle = diamond.interchange.angleRadians + (isDown ? -turn : turn)
      // Leaves the carriageway gently and meets the arterial squarely.
      let away = 1 - share * share
      let offset =
        Motorway.carriagewayOffsetMeters + 6 + (Motorway.terminalOffsetMeters - Motorway.carriagewayOffsetMeters - 6)
        * away
      return ground(angle, offsetMeters: diamond.sign * offset)
    }
  }
}
