import Geometry

/// A made-up city for demonstrations, tests and measurements: the same seed and size give the same bytes.
///
/// It has what makes real street maps hard: a river with few bridges, a ring motorway with ramps, divided arterials,
/// one-way old streets, crescents and dead ends, turn restrictions, gates, bollards and cut-throughs for responders.
/// Arterials form an irregular web around the old town; the land between them is divided again and again by streets;
/// a smooth noise then bends the whole plan. Planning takes O(n log n) for n junctions, about 250 bytes of memory
/// each.
public struct CityPlan: Sendable {
  /// The smallest city.
  public static let minimumJunctions = 200
  /// The largest city.
  public static let maximumJunctions = 2_000_000

  /// What the city contains.
  public let summary: CitySummary
  let seed: UInt64
  let objects: OSMObjects
  let restrictions: [TurnRestriction]
  let allStations: [CityStation]
  private let tags: CityTags

  /// Plans a city with about this many junctions (within 5 % from 1,000 on).
  ///
  /// Throws `CITY_SIZE_OUT_OF_RANGE` outside of `minimumJunctions...maximumJunctions`.
  public init(seed: UInt64, junctions: Int) throws(CityPlanError) {
    guard (CityPlan.minimumJunctions...CityPlan.maximumJunctions).contains(junctions) else {
      throw CityPlanError(code: .sizeOutOfRange, junctions: junctions)
    }
    let city = CityDraft(seed: seed, junctions: junctions)
    var objects = OSMObjects()
    let corners = CornerNodes(city, &objects)
    var streets = StreetAssembly(city, corners)
    streets.addStreets(to: &objects)
    for (number, motorway) in city.motorways.enumerated() {
      MotorwayAssembly(motorway: motorway, number: number, city: city, corners: corners).add(to: &objects)
    }
    CityPlan.addRiver(city, to: &objects)
    self.seed = seed
    self.objects = objects
    restrictions = RestrictionPlanner(seed: seed, objects).restrictions
    let firstStation = OSMObjects.nodeID(Int32(objects.nodeCount))
    allStations = StationPlanner(city, junctions: junctions, firstNodeID: firstStation).stations
    tags = CityTags(streets: city.streets)
    summary = CitySummary(objects, restrictions: restrictions.count, stations: allStations)
  }

  private static func addRiver(_ city: CityDraft, to objects: inout OSMObjects) {
    let y = (city.dimensions.river.northY + city.dimensions.river.southY) / 2
    let reach = city.dimensions.radiusMeters * 1.15
    let steps = 200
    let nodes = (0...steps).map { step in
      let x = -reach + 2 * reach * Double(step) / Double(steps)
      return objects.addNode(city.landscape.ground(PlanePoint(x: x, y: y)))
    }
    objects.addWay(nodes, RoadTraits(.none), .river)
  }

  /// An OSM node of a road that everybody may drive on, picked by any number.
  func roadNode(numbered number: UInt64) -> Coordinate {
    var random = CityRandom(seed: number, stream: Stream.roster)
    while true {
      let way = random.index(below: objects.wayCount)
      let traits = objects.traits[way]
      let isOrdinary = traits.isRoad && traits.access == .everybody && traits.roadClass >= .primary
      guard isOrdinary, traits.roadClass <= .residential, traits.structure == .ground else { continue }
      let nodes = objects.references(ofWay: way)
      let place = Int(nodes[nodes.startIndex + random.index(below: nodes.count)])
      return objects.coordinates[place]
    }
  }

  // MARK: Writing

  private static let chunkBytes = 1 << 16

  /// Writes the city as OPL text (https://osmcode.org/opl-file-format/), piece by piece; the bytes are valid during
  /// the call only. OSM nodes come first, then OSM ways, then relations, each sorted by id.
  public func write(to sink: (UnsafeRawBufferPointer) throws -> Void) rethrows {
    var writer = OPLWriter()
    func flush(above limit: Int) throws {
      guard writer.bytes.count > limit else { return }
      try writer.bytes.withUnsafeBytes(sink)
      writer.removeAll()
    }
    for (place, coordinate) in objects.coordinates.enumerated() {
      let id = OSMObjects.nodeID(Int32(place))
      writer.append(OPLNode(id: id, coordinate: coordinate, tags: tags.tags(objects.use[place])))
      try flush(above: CityPlan.chunkBytes)
    }
    for station in allStations {
      let tags = [("amenity", station.kind.rawValue), ("name", station.name)]
      writer.append(OPLNode(id: station.nodeID, coordinate: station.coordinate, tags: tags))
    }
    for way in 0..<objects.wayCount {
      let nodes = objects.references(ofWay: way).map { OSMObjects.nodeID($0) }
      let tags = tags.tags(objects.traits[way], objects.name[way])
      writer.append(OPLWay(id: OSMObjects.wayID(way), nodes: nodes, tags: tags))
      try flush(above: CityPlan.chunkBytes)
    }
    for place in restrictions.indices {
      writer.append(relation(place))
      try flush(above: CityPlan.chunkBytes)
    }
    try flush(above: 0)
  }

  private func relation(_ place: Int) -> OPLRelation {
    let restriction = restrictions[place]
    let via: (type: OPLMemberType, ref: Int64, role: String) =
      switch restriction.via {
      case .node(let node): (.node, OSMObjects.nodeID(node), "via")
      case .way(let way): (.way, OSMObjects.wayID(way), "via")
      }
    var tags = [("restriction", restriction.kind.rawValue), ("type", "restriction")]
    if restriction.exceptsEmergency { tags.insert(("except", "emergency"), at: 0) }
    return OPLRelation(
      id: OSMObjects.firstRelationID + Int64(place),
      members: [
        (.way, OSMObjects.wayID(restriction.fromWay), "from"), via,
        (.way, OSMObjects.wayID(restriction.toWay), "to"),
      ], tags: tags)
  }
}

extension CitySummary {
  init(_ objects: OSMObjects, restrictions: Int, stations: [CityStation]) {
    let bridges = CitySummary.bridges(objects)
    self.init(
      junctions: objects.roadDegrees().count { $0 >= 3 }, nodes: objects.nodeCount + stations.count,
      ways: objects.wayCount, bridges: bridges, restrictions: restrictions,
      signals: objects.use.count { $0.contains(.signals) },
      gates: objects.use.count { !$0.isDisjoint(with: .gates) },
      bollards: objects.use.count { !$0.isDisjoint(with: .bollards) },
      cutThroughs: objects.traits.count { $0.isCutThrough },
      roundabouts: objects.traits.count { $0.flow == .roundabout },
      stations: stations.filter { $0.kind != .hospital }, hospitals: stations.filter { $0.kind == .hospital })
  }

  private static func bridges(_ objects: OSMObjects) -> [Bridge] {
    var bridges: [Bridge] = []
    for way in 0..<objects.wayCount {
      guard case .bridge(let number) = objects.name[way] else { continue }
      while bridges.count <= number { bridges.append(Bridge(name: BridgeName.name(bridges.count), wayIDs: [])) }
      bridges[number].wayIDs.append(OSMObjects.wayID(way))
    }
    return bridges
  }
}
