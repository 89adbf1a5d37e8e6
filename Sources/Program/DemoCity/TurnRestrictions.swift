/// A turn restriction between OSM ways.
struct TurnRestriction: Sendable {
  enum Kind: String, Sendable {
    case noLeftTurn = "no_left_turn"
    case noRightTurn = "no_right_turn"
    case noUTurn = "no_u_turn"
    case onlyStraightOn = "only_straight_on"
  }

  enum Via: Sendable {
    case node(Int32)
    case way(Int)
  }

  var kind: Kind
  var fromWay: Int
  var via: Via
  var toWay: Int
  var exceptsEmergency = false
}

/// Chooses turn restrictions where OSM ways end at the OSM nodes that were marked for them.
struct RestrictionPlanner {
  /// An OSM way's end at a marked OSM node.
  private struct WayEnd {
    var node: Int32
    var way: Int
    /// Away from the OSM node.
    var direction: PlanePoint
    var mayLeave: Bool
    var mayArrive: Bool
  }

  private let objects: OSMObjects
  private var random: CityRandom
  private(set) var restrictions: [TurnRestriction] = []
  /// The carriageways of divided roads by the marked OSM node that they leave; only ever asked, never walked through.
  private var departures: [Int32: Int] = [:]

  init(seed: UInt64, _ objects: OSMObjects) {
    self.objects = objects
    random = CityRandom(seed: seed, stream: Stream.restrictions)
    let ends = wayEnds()
    for end in ends where isCarriageway(end) && end.mayLeave { departures[end.node] = end.way }
    for (_, ends) in Dictionary(grouping: ends, by: \.node).sorted(by: { $0.key < $1.key }) { restrict(ends) }
  }

  private func wayEnds() -> [WayEnd] {
    var ends: [WayEnd] = []
    for way in 0..<objects.wayCount {
      let traits = objects.traits[way]
      let nodes = objects.references(ofWay: way)
      guard traits.isRoad, traits.flow != .roundabout, let first = nodes.first, let last = nodes.last else { continue }
      let isTwoWay = traits.flow == .both
      func add(_ node: Int32, next: Int32, mayLeave: Bool, mayArrive: Bool) {
        guard objects.use[Int(node)].contains(.restricted) else { return }
        let direction = objects.step(from: node, to: next).unit
        ends.append(WayEnd(node: node, way: way, direction: direction, mayLeave: mayLeave, mayArrive: mayArrive))
      }
      add(first, next: nodes[nodes.startIndex + 1], mayLeave: true, mayArrive: isTwoWay)
      add(last, next: nodes[nodes.endIndex - 2], mayLeave: isTwoWay, mayArrive: true)
    }
    return ends.sorted { ($0.node, $0.way) < ($1.node, $1.way) }
  }

  /// One restriction, sometimes two, at one OSM node.
  private mutating func restrict(_ ends: [WayEnd]) {
    if addMedianUTurn(ends) { return }
    let arriving = ends.filter { $0.mayArrive }
    guard ends.count >= 3, !arriving.isEmpty else { return }
    let from = random.pick(arriving)
    let others = ends.filter { $0.way != from.way && $0.mayLeave }
    guard others.count >= 2 else { return addUTurn(from) }
    let to = random.pick(others)
    guard let kind = kind(from: from, to: to, choices: others.count) else { return addUTurn(from) }
    add(TurnRestriction(kind: kind, fromWay: from.way, via: .node(from.node), toWay: to.way))
    if random.chance(0.2) { addUTurn(from) }
  }

  private mutating func kind(from: WayEnd, to: WayEnd, choices: Int) -> TurnRestriction.Kind? {
    let heading = from.direction * -1
    let (ahead, left) = (heading.dot(to.direction), heading.cross(to.direction))
    if ahead > 0.85 { return choices >= 3 ? .onlyStraightOn : nil }
    if ahead < -0.85 { return nil }
    return left > 0 ? .noLeftTurn : .noRightTurn
  }

  /// Back along the same road; needs a road that goes both ways.
  private mutating func addUTurn(_ end: WayEnd) {
    guard end.mayLeave, end.mayArrive else { return }
    add(TurnRestriction(kind: .noUTurn, fromWay: end.way, via: .node(end.node), toWay: end.way))
  }

  /// Around the median of a divided road, by the short OSM way between its carriageways.
  private mutating func addMedianUTurn(_ ends: [WayEnd]) -> Bool {
    guard let from = ends.first(where: { isCarriageway($0) && $0.mayArrive }),
      let link = ends.first(where: { isLink($0) })
    else { return false }
    let nodes = objects.references(ofWay: link.way)
    guard let far = nodes.first == from.node ? nodes.last : nodes.first, let to = departures[far] else { return false }
    add(TurnRestriction(kind: .noUTurn, fromWay: from.way, via: .way(link.way), toWay: to))
    return true
  }

  private func isCarriageway(_ end: WayEnd) -> Bool { objects.traits[end.way].flow == .divided }

  private func isLink(_ end: WayEnd) -> Bool {
    let nodes = objects.references(ofWay: end.way)
    guard nodes.count == 2, let first = nodes.first, let last = nodes.last, objects.traits[end.way].flow == .both else {
      return false
    }
    return objects.use[Int(first)].contains(.restricted) && objects.use[Int(last)].contains(.restricted)
      && objects.step(from: first, to: last).length < 2_500
  }

  private mutating func add(_ restriction: TurnRestriction) {
    var added = restriction
    added.exceptsEmergency = random.chance(0.15)
    restrictions.append(added)
  }
}
