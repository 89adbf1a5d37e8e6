/// What the land between the arterials is used for.
enum Land: Sendable {
  case water, corridor, fields, park
  case oldTown, centre, terraces, estate, industry

  var isBuilt: Bool {
    switch self {
    case .water, .corridor, .fields, .park: false
    default: true
    }
  }
}

/// Decides the use of every block of the skeleton, and takes away the roads that lead through nothing.
struct Districts: Sendable {
  /// By block of the skeleton.
  private(set) var land: [Land] = []

  private let dimensions: CityDimensions

  init(seed: UInt64, dimensions: CityDimensions, skeleton: Skeleton, map: inout StreetMap) {
    self.dimensions = dimensions
    var random = CityRandom(seed: seed, stream: Stream.districts)
    for block in 0..<map.blockCount {
      land.append(use(ofBlock: block, map: map, frontages: skeleton.frontages, &random))
    }
    removeRoadsInFields(&map, trunkCount: skeleton.trunkCount)
    removeIslands(&map)
    for block in 0..<map.blockCount where land[block].isBuilt || land[block] == .park {
      let isEnclosed = map.sides(around: block).allSatisfy { map.traits(of: $0).isRoad }
      if !isEnclosed { land[block] = .fields }
    }
  }

  private func use(
    ofBlock block: Int, map: StreetMap, frontages: [(street: Int32, isInner: Bool)], _ random: inout CityRandom
  ) -> Land {
    let sides = map.sides(around: block)
    guard map.doubleArea(ofBlock: block) > 0 else { return .fields }
    let longest = sides.max { map.length($0) < map.length($1) }!
    let inside = map.start(longest).blended(to: map.end(longest), 0.5) + map.direction(longest).leftNormal * 3
    if dimensions.river.contains(inside) { return .water }
    let streets = sides.map { map.street(of: $0) }
    // A motorway's two frontage roads have consecutive numbers; only the strip between them touches both.
    let isCorridor = frontages.contains { $0.isInner && streets.contains($0.street) && streets.contains($0.street + 1) }
    if isCorridor { return .corridor }
    let middle = sides.reduce(PlanePoint.zero) { $0 + map.start($1) } * (1 / Double(sides.count))
    return use(at: middle, &random)
  }

  private func use(at middle: PlanePoint, _ random: inout CityRandom) -> Land {
    let radius = middle.length
    if radius < dimensions.oldTownRadiusMeters * 0.8 { return .oldTown }
    if dimensions.isCountry(middle) { return .fields }
    let draw = random.fraction()
    if draw < 0.06, radius < dimensions.radiusMeters * 0.75 { return .park }
    if radius < dimensions.radiusMeters * 0.3 { return .centre }
    if radius > dimensions.radiusMeters * 0.45, draw < 0.2 { return .industry }
    return draw < 0.52 ? .terraces : .estate
  }

  /// Where fields or water lie on both sides there is no road, but for the trunk roads to other towns.
  private func removeRoadsInFields(_ map: inout StreetMap, trunkCount: Int) {
    for piece in 0..<map.pieceCount {
      let uses = [land[Int(map.block[2 * piece])], land[Int(map.block[2 * piece + 1])]]
      let isUseless = uses.allSatisfy { $0 == .fields || $0 == .water }
      let isBridge = map.traits[piece].structure == .bridge
      if isUseless, !isBridge, Int(map.street[piece]) >= trunkCount { map.setTraits(RoadTraits(.none), ofPiece: piece) }
    }
  }

  /// Keeps the largest connected part of the roads.
  private func removeIslands(_ map: inout StreetMap) {
    var part = [Int32](repeating: -1, count: map.position.count)
    var sizes: [Int] = []
    for corner in map.position.indices where part[corner] < 0 && map.roadDegree[corner] > 0 {
      let number = Int32(sizes.count)
      var waiting = [Int32(corner)]
      part[corner] = number
      var size = 0
      while let current = waiting.popLast() {
        size += 1
        for side in map.roads(from: current) where part[Int(map.head(side))] < 0 {
          part[Int(map.head(side))] = number
          waiting.append(map.head(side))
        }
      }
      sizes.append(size)
    }
    guard let largest = sizes.indices.max(by: { sizes[$0] < sizes[$1] }) else { return }
    for piece in 0..<map.pieceCount where map.traits[piece].isRoad {
      if part[Int(map.tail[2 * piece])] != Int32(largest) { map.setTraits(RoadTraits(.none), ofPiece: piece) }
    }
  }
}
