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
      addRamps(interchange, sign: 1, from: outer[before], to: outer[after], &objects)
      addRamps(interchange, sign: -1, from: inner[after], to: inner[before], &objects)
    }
  }

  private func stops() -> [Stop] {
    let turn = 2 * Double.pi
    var stops: [Stop] = []
    func addStops(at angle: Double, reach: Double, interchange: Int? = nil) {
      stops += [(angle - reach, true), (angle + reach, false)].map { angle, isBefore in
        Stop(angleRadians: Motorway.normalized(angle), interchange: interchange, isBefore: isBefore)
      }
    }
    for (index, interchange) in motorway.interchanges.enumerated() {
      addStops(at: interchange.angleRadians, reach: interchange.reachRadians, interchange: index)
    }
    for angle in motorway.overpasses { addStops(at: angle, reach: 25 / motorway.radiusMeters) }
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
      let traits = RoadTraits(.motorway, structure: isBridge ? .bridge : .ground, flow: .oneWay, speed: .kmh100)
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

  /// A ramp from one carriageway to the arterial, and one back to it further on.
  ///
  /// - Parameter sign: that of the carriageway's direction: 1 for the outer one, -1 for the inner one.
  private func addRamps(
    _ interchange: Motorway.Crossing, sign: Double, from diverge: Int32, to merge: Int32, _ objects: inout OSMObjects
  ) {
    let corner = sign > 0 ? interchange.outerCorner : interchange.innerCorner
    // On a divided arterial the ramps end at different carriageways; the first ramp goes on through the median.
    let near = corners.carriageway(at: corner, isRight: sign > 0)
    let far = corners.carriageway(at: corner, isRight: sign < 0)
    let end = near == far ? [near] : [near, far]
    let down = [diverge] + ramp(interchange, sign: sign, isDown: true).map { objects.addNode($0) } + end
    let up = [far] + ramp(interchange, sign: sign, isDown: false).map { objects.addNode($0) } + [merge]
    let traits = RoadTraits(.motorwayLink, flow: .oneWay, speed: .kmh50)
    objects.addWay(down, traits, .none)
    objects.addWay(up, traits, .none)
  }

  /// The points of a ramp between the carriageway and the arterial, in the direction of travel.
  private func ramp(_ interchange: Motorway.Crossing, sign: Double, isDown: Bool) -> [PlanePoint] {
    let shares = isDown ? [0.8, 0.6, 0.4, 0.2] : [0.2, 0.4, 0.6, 0.8]
    return shares.map { share in
      let turn = sign * interchange.reachRadians * share
      let angle = interchange.angleRadians + (isDown ? -turn : turn)
      // Leaves the carriageway gently and meets the arterial squarely.
      let away = 1 - share * share
      let offset =
        Motorway.carriagewayOffsetMeters + 6 + (Motorway.terminalOffsetMeters - Motorway.carriagewayOffsetMeters - 6)
        * away
      return ground(angle, offsetMeters: sign * offset)
    }
  }
}
