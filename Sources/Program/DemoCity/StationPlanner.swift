/// Places fire stations, police stations and hospitals beside roads, apart from others of their kind.
struct StationPlanner {
  /// Junctions for which one station of a kind is built, and the least number of them.
  private static func junctionsPerStation(_ kind: CityStation.Kind) -> (junctions: Int, least: Int) {
    switch kind {
    case .fire: (700, 3)
    case .police: (900, 3)
    case .hospital: (1_800, 2)
    }
  }

  private static let besideRoadMeters = 14.0
  private static let attempts = 400

  private let city: CityDraft
  private var random: CityRandom
  private(set) var stations: [CityStation] = []

  init(_ city: CityDraft, junctions: Int, firstNodeID: Int64) {
    self.city = city
    random = CityRandom(seed: city.seed, stream: Stream.stations)
    for kind in CityStation.Kind.allCases {
      let rule = StationPlanner.junctionsPerStation(kind)
      let places = places(count: max(rule.least, junctions / rule.junctions))
      for (index, place) in places.enumerated() { add(kind, index, place, firstNodeID) }
    }
  }

  private mutating func add(_ kind: CityStation.Kind, _ index: Int, _ place: PlanePoint, _ firstNodeID: Int64) {
    let stem = StreetName(number: UInt32(index * 5 + kind.rawValue.utf8.count), roadClass: .primary).stem
    let suffix = kind == .fire ? "Fire Station" : kind == .police ? "Police Station" : "Hospital"
    stations.append(
      CityStation(
        name: "\(stem) \(suffix)", kind: kind, nodeID: firstNodeID + Int64(stations.count),
        coordinate: CityFrame.coordinate(place)))
  }

  /// Beside roads that everybody may use, at a distance that shrinks while no place is found. O(count · attempts),
  /// since only the stations in neighbouring cells are compared.
  private mutating func places(count: Int) -> [PlanePoint] {
    let built = city.dimensions.radiusMeters * 1.4
    var apart = built / Double(count).squareRoot()
    var places: [PlanePoint] = []
    var cells = CellGrid<PlanePoint>(cellMeters: apart)
    var failures = 0
    while places.count < count {
      let piece = random.index(below: city.map.pieceCount)
      guard let place = place(besidePiece: piece) else { continue }
      let reach = PlanePoint(x: apart, y: apart)
      if cells.contains(from: place - reach, to: place + reach, where: { $0.distance(to: place) < apart }) {
        failures += 1
        if failures % StationPlanner.attempts == 0 { apart *= 0.85 }
        continue
      }
      places.append(place)
      cells.add(place, from: place, to: place)
    }
    return places
  }

  private mutating func place(besidePiece piece: Int) -> PlanePoint? {
    let traits = city.map.traits[piece]
    let isFit = traits.isRoad && traits.roadClass <= .residential && traits.structure == .ground
    let isOpen = traits.access == .everybody && traits.barrier.isEmpty && traits.flow == .both
    guard isFit, isOpen else { return nil }
    let (start, end) = (city.map.start(Int32(2 * piece)), city.map.end(Int32(2 * piece)))
    guard start.length < city.dimensions.radiusMeters, start.distance(to: end) > 40 else { return nil }
    let first = city.landscape.ground(start.blended(to: end, 0.45))
    let second = city.landscape.ground(start.blended(to: end, 0.55))
    let side = random.chance(0.5) ? 1.0 : -1.0
    let aside = (second - first).unit.leftNormal * (side * StationPlanner.besideRoadMeters)
    return first.blended(to: second, 0.5) + aside
  }
}
