/// Makes OSM ways of the streets.
struct StreetAssembly {
  /// A shape point that lies this near to the straight line is left out.
  private static let leastBulgeMeters = 0.6
  private static let shapeStepMeters = 38.0
  private static let longestWayNodes = 60

  let city: CityDraft
  let corners: CornerNodes
  private var isDone: [Bool]

  init(_ city: CityDraft, _ corners: CornerNodes) {
    (self.city, self.corners) = (city, corners)
    isDone = [Bool](repeating: false, count: city.map.pieceCount)
  }

  /// Every street from its first piece; streets that close a ring have none and come last.
  mutating func addStreets(to objects: inout OSMObjects) {
    for piece in 0..<city.map.pieceCount where isStart(piece) { addStreet(from: piece, &objects) }
    for piece in 0..<city.map.pieceCount where !isDone[piece] && city.map.traits[piece].isRoad {
      addStreet(from: piece, &objects)
    }
  }

  private func isStart(_ piece: Int) -> Bool {
    let side = Int32(2 * piece)
    guard city.map.traits[piece].isRoad else { return false }
    return !city.map.roads(from: city.map.tail[Int(side)]).contains {
      $0 & 1 == 1 && city.map.street(of: $0) == city.map.street[piece]
    }
  }

  private func following(_ side: Int32) -> Int32? {
    city.map.roads(from: city.map.head(side)).first {
      $0 & 1 == 0 && city.map.street(of: $0) == city.map.street(of: side)
    }
  }

  /// Consecutive pieces of a street that become one OSM way (or the two of a divided road).
  private struct Run {
    var sides: [Int32] = []
    /// The side by which the street reaches the run, unless it starts there.
    var arriving: Int32?
    /// Whether the street ends with the run.
    var isLast = false
  }

  private mutating func addStreet(from piece: Int, _ objects: inout OSMObjects) {
    var run = Run()
    var current: Int32? = Int32(2 * piece)
    while let side = current, !isDone[StreetMap.piece(side)] {
      isDone[StreetMap.piece(side)] = true
      if let last = run.sides.last, mustCut(between: last, side, nodes: run.sides.count) {
        add(run, to: &objects)
        run = Run(arriving: last)
      }
      run.sides.append(side)
      current = following(side)
    }
    run.isLast = current == nil
    add(run, to: &objects)
  }

  private func mustCut(between side: Int32, _ next: Int32, nodes: Int) -> Bool {
    let corner = city.map.head(side)
    let isMarked = !city.cornerUse[Int(corner)].isDisjoint(with: [.roundabout, .restricted])
    let isChange = city.map.traits(of: side).withoutBarrier != city.map.traits(of: next).withoutBarrier
    return isMarked || isChange || nodes >= StreetAssembly.longestWayNodes / 2
  }

  private func add(_ run: Run, to objects: inout OSMObjects) {
    if city.map.traits(of: run.sides[0]).flow == .divided {
      addCarriageways(run.sides, to: &objects)
    } else {
      addRoad(run, to: &objects)
    }
  }

  private func name(of side: Int32, _ traits: RoadTraits) -> OSMWayName {
    if let bridge = city.bridgeNumber[StreetMap.piece(side)] { return .bridge(bridge) }
    return traits.isCutThrough || traits.use != .plain ? .none : .street(city.map.street(of: side))
  }

  // MARK: Undivided roads

  private func addRoad(_ run: Run, to objects: inout OSMObjects) {
    let map = city.map
    let sides = run.sides
    let traits = map.traits(of: sides[0])
    var nodes = firstNodes(of: run, &objects)
    for side in sides {
      let start = corners.node(atStartOf: side, map)
      if nodes.last != start { nodes.append(start) }
      for (point, use) in shape(of: side) { nodes.append(objects.addNode(point, use)) }
      nodes.append(corners.node(atStartOf: side ^ 1, map))
    }
    if run.isLast, let far = farNode(ofStreetEndAt: sides[sides.count - 1] ^ 1) { nodes.append(far) }
    objects.addWay(nodes, traits, name(of: sides[0], traits))
  }

  /// What precedes a run where its street crosses a divided road or ends at one: the part between the carriageways
  /// opens the way, or is an OSM way of its own where a restriction has to name it.
  private func firstNodes(of run: Run, _ objects: inout OSMObjects) -> [Int32] {
    let side = run.sides[0]
    guard let arriving = run.arriving else { return farNode(ofStreetEndAt: side).map { [$0] } ?? [] }
    let corner = city.map.tail[Int(side)]
    let (near, far) = (corners.node(atStartOf: arriving ^ 1, city.map), corners.node(atStartOf: side, city.map))
    guard corners.isDivided(corner), near != far else { return [] }
    guard city.cornerUse[Int(corner)].contains(.restricted) else { return [near] }
    let traits = city.map.traits(of: side)
    objects.addWay([near, far], traits, name(of: side, traits))
    return []
  }

  /// The node beyond the median where a street ends at a divided road and the median is open for it.
  ///
  /// It is open for collectors and better, and made by one street only where two end opposite each other.
  private func farNode(ofStreetEndAt side: Int32) -> Int32? {
    let map = city.map
    let corner = map.tail[Int(side)]
    guard corners.isDivided(corner) else { return nil }
    let joining = map.roads(from: corner).filter { map.traits(of: $0).flow != .divided }
    let passing = joining.contains { first in
      joining.contains { $0 != first && map.street(of: $0) == map.street(of: first) }
    }
    let owner = joining.first { map.traits(of: $0).roadClass <= .tertiary }
    guard !passing, owner == side else { return nil }
    return corners.carriageway(at: corner, isRight: corners.isLeft(side, map))
  }

  // MARK: Divided roads

  private func addCarriageways(_ run: [Int32], to objects: inout OSMObjects) {
    let traits = city.map.traits(of: run[0])
    let wayName = name(of: run[0], traits)
    for isRight in [true, false] {
      var nodes = [corners.carriageway(at: city.map.tail[Int(run[0])], isRight: isRight)]
      for side in run {
        let (start, end) = (city.map.tail[Int(side)], city.map.head(side))
        let points = [corners.ground[Int(start)]] + shape(of: side).map(\.point) + [corners.ground[Int(end)]]
        for place in 1..<points.count - 1 {
          let along = points[place + 1] - points[place - 1]
          let aside = along.unit.leftNormal * CornerNodes.carriagewayOffsetMeters
          nodes.append(objects.addNode(isRight ? points[place] - aside : points[place] + aside))
        }
        nodes.append(corners.carriageway(at: end, isRight: isRight))
      }
      objects.addWay(isRight ? nodes : nodes.reversed(), traits, wayName)
    }
  }

  // MARK: Shapes

  /// The points between the ends of a side, on the ground: those that the landscape moves off the straight line,
  /// and the one where a barrier stands.
  private func shape(of side: Int32) -> [(point: PlanePoint, use: OSMNodeUse)] {
    let traits = city.map.traits(of: side)
    let hasBarrier = !traits.barrier.isEmpty
    var steps = traits.structure == .bridge ? 1 : Int(city.map.length(side) / StreetAssembly.shapeStepMeters) + 1
    if hasBarrier { steps += steps % 2 }
    guard steps > 1 else { return [] }
    let (start, end) = (city.map.start(side), city.map.end(side))
    let points = (0...steps).map { city.landscape.ground(start.blended(to: end, Double($0) / Double(steps))) }
    var kept: [(point: PlanePoint, use: OSMNodeUse)] = []
    var last = points[0]
    for step in 1..<steps {
      let isBarrier = hasBarrier && step == steps / 2
      let bulge = points[step].distance(toSegmentFrom: last, to: points[step + 1])
      guard isBarrier || bulge > StreetAssembly.leastBulgeMeters else { continue }
      kept.append((points[step], isBarrier ? traits.barrier : []))
      last = points[step]
    }
    return kept
  }
}
