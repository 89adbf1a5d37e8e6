/// The OSM nodes that corners become: one for most, two where a divided road passes, one per arm for a roundabout.
struct CornerNodes {
  /// Half the distance between the carriageways of a divided arterial.
  static let carriagewayOffsetMeters = 8.0
  static let roundaboutRadiusMeters = 14.0

  private enum Form: UInt8 { case single, divided, roundabout }

  private var form: [Form] = []
  private var first: [Int32] = []
  let ground: [PlanePoint]

  init(_ city: CityDraft, _ objects: inout OSMObjects) {
    ground = city.map.position.map { city.landscape.ground($0) }
    form = [Form](repeating: .single, count: ground.count)
    first = [Int32](repeating: -1, count: ground.count)
    for corner in ground.indices where city.map.roadDegree[corner] > 0 { add(Int32(corner), city, &objects) }
  }

  func isDivided(_ corner: Int32) -> Bool { form[Int(corner)] == .divided }

  /// The node of a divided road's carriageway; the right one is driven forward.
  func carriageway(at corner: Int32, isRight: Bool) -> Int32 {
    first[Int(corner)] + (isDivided(corner) && !isRight ? 1 : 0)
  }

  /// Where the road along a side leaves its start.
  func node(atStartOf side: Int32, _ map: StreetMap) -> Int32 {
    let corner = map.tail[Int(side)]
    switch form[Int(corner)] {
    case .single: return first[Int(corner)]
    case .divided: return carriageway(at: corner, isRight: !isLeft(side, map))
    case .roundabout:
      let arm = map.roads(from: corner).firstIndex(of: side) ?? 0
      return first[Int(corner)] + Int32(arm)
    }
  }

  /// Whether a side leaves a divided road to the left of its forward direction.
  func isLeft(_ side: Int32, _ map: StreetMap) -> Bool {
    let corner = map.tail[Int(side)]
    let forward = map.roads(from: corner).first { $0 & 1 == 0 && map.traits(of: $0).flow == .divided }
    guard let forward else { return false }
    return map.direction(forward).cross(map.direction(side)) > 0
  }

  private mutating func add(_ corner: Int32, _ city: CityDraft, _ objects: inout OSMObjects) {
    let use = city.cornerUse[Int(corner)]
    if use.contains(.roundabout) {
      form[Int(corner)] = .roundabout
      addRoundabout(corner, city, &objects)
      return
    }
    let place = ground[Int(corner)]
    guard city.isDivided(corner) else {
      first[Int(corner)] = objects.addNode(place, use)
      return
    }
    form[Int(corner)] = .divided
    let divided = city.map.roads(from: corner).filter { city.map.traits(of: $0).flow == .divided }
    let ahead = divided.first { $0 & 1 == 0 } ?? divided[0]
    let behind = divided.first { $0 != ahead } ?? divided[0]
    let tangent = (ground[Int(city.map.head(ahead))] - ground[Int(city.map.head(behind))]).unit
    let aside = tangent.leftNormal * CornerNodes.carriagewayOffsetMeters
    first[Int(corner)] = objects.addNode(place - aside, use)
    _ = objects.addNode(place + aside, use)
  }

  /// The circle with a node per arm and more between them, driven counter-clockwise.
  private mutating func addRoundabout(_ corner: Int32, _ city: CityDraft, _ objects: inout OSMObjects) {
    let roads = city.map.roads(from: corner)
    let centre = ground[Int(corner)]
    let arms = roads.map { side in
      let toward = city.map.start(side).blended(to: city.map.end(side), 0.3)
      return (city.landscape.ground(toward) - centre).unit
    }
    let radius = CornerNodes.roundaboutRadiusMeters
    first[Int(corner)] = Int32(objects.nodeCount)
    for arm in arms { _ = objects.addNode(centre + arm * radius) }
    var circle: [Int32] = []
    // Arms come clockwise, traffic goes the other way.
    for arm in arms.indices.reversed() {
      circle.append(first[Int(corner)] + Int32(arm))
      let following = arms[(arm + arms.count - 1) % arms.count]
      for direction in turns(from: arms[arm], to: following) {
        circle.append(objects.addNode(centre + direction * radius))
      }
    }
    circle.append(circle[0])
    let roadClass = roads.map { city.map.traits(of: $0).roadClass }.min() ?? .residential
    objects.addWay(circle, RoadTraits(roadClass, flow: .roundabout), .none)
  }

  /// Directions every 45 degrees counter-clockwise between two arms.
  private func turns(from start: PlanePoint, to end: PlanePoint) -> [PlanePoint] {
    let step = PlanePoint(angleRadians: Double.pi / 4)
    var directions: [PlanePoint] = []
    var direction = start.rotated(step)
    // Stops before the last step would pass the other arm or come very near to it.
    while directions.count < 8, !(direction.cross(end) < 0.3 && direction.dot(end) > 0) {
      directions.append(direction)
      direction = direction.rotated(step)
    }
    return directions
  }
}
