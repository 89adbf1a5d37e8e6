/// The city while it is drawn on the plan, before OSM objects are made of it.
struct CityDraft: Sendable {
  let seed: UInt64
  let dimensions: CityDimensions
  let landscape: Landscape
  var map: StreetMap
  var streets = StreetBook()
  var motorways: [Motorway] = []
  /// The bridges' numbers by piece, for the few pieces that cross the river.
  var bridgeNumber: [Int: Int] = [:]
  /// By corner.
  var cornerUse: [OSMNodeUse] = []

  init(seed: UInt64, junctions: Int) {
    self.seed = seed
    dimensions = CityDimensions(seed: seed, junctions: junctions)
    landscape = Landscape(seed: seed, dimensions: dimensions)
    let skeleton = Skeleton(seed: seed, dimensions: dimensions)
    map = StreetMap(points: skeleton.points, lines: skeleton.lines)
    let land = Districts(seed: seed, dimensions: dimensions, skeleton: skeleton, map: &map).land
    for roadClass in skeleton.streetClasses { _ = streets.add(roadClass) }
    nameBridges(skeleton)
    motorways = skeleton.corridors.map { Motorway($0, &map, dimensions) }
    fillDistricts(land, junctions: junctions)
    placeFeatures()
  }

  private mutating func nameBridges(_ skeleton: Skeleton) {
    let pieces = skeleton.lines.indices.filter { map.traits[$0].structure == .bridge && map.traits[$0].isRoad }
    let central = pieces.sorted {
      abs(map.position[Int(map.tail[2 * $0])].x) < abs(map.position[Int(map.tail[2 * $1])].x)
    }
    for (number, piece) in central.enumerated() { bridgeNumber[piece] = number }
  }

  /// Whether a divided road passes the corner (and does not end there).
  func isDivided(_ corner: Int32) -> Bool { map.roads(from: corner).count { map.traits(of: $0).flow == .divided } == 2 }

  // MARK: Districts

  /// - Parameter land: by block of the skeleton; blocks that come later belong to the same districts.
  private mutating func fillDistricts(_ land: [Land], junctions: Int) {
    // Junctions that appear when OSM objects are made: ramps, and the other end of a crossing over a divided road.
    let ramps = motorways.reduce(0) { $0 + $1.junctionCount }
    let ends = map.position.indices.count { map.outgoing[$0] >= 0 && map.roadDegree[$0] >= 3 && isDivided(Int32($0)) }
    let weights = land.indices.map { land[$0].isBuilt ? weight(ofDistrict: $0, land[$0]) : 0 }
    let total = weights.reduce(0, +)
    let start = map.junctionCount
    let wanted = Double(junctions - start - ramps - ends)
    var planned = 0.0
    for block in land.indices where land[block].isBuilt {
      planned += wanted * weights[block] / total
      // What earlier districts had no room for, later ones get.
      let limit = start + Int(planned.rounded())
      var district = DistrictBuilder(block: Int32(block), land: land[block], self)
      district.fill(&self, junctionLimit: limit)
    }
  }

  private func weight(ofDistrict block: Int, _ land: Land) -> Double {
    let outline = Block(Int32(block), of: map)
    // Halfway to the corners, so that the samples lie inside.
    let samples = outline.starts.map { outline.centroid.blended(to: $0, 0.5) }
    let density = samples.reduce(0) { $0 + dimensions.density(at: $1) } / Double(samples.count)
    return outline.areaSquareMeters * density * DistrictStyle.style(of: land).density
  }
}
