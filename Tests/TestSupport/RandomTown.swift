import API
import Geometry

/// A made-up road network with everything that goes wrong in real ones: one-ways, dead ends, islands, parallel roads,
/// turn restrictions, gates, signals, private roads, bridges over roads that they do not meet.
///
/// The same seed gives the same town. Junctions have the OSM node ids 1, 2, …; what lies between them follows.
public struct RandomTown: Sendable {
  public let seed: UInt64
  /// Places of the junctions, by OSM node id minus one.
  public private(set) var junctions: [Coordinate] = []
  public private(set) var text = OSMText()
  private var random: SeededGenerator
  private var nextNode: Int64
  private var nextWay: Int64 = 1
  private var nextRelation: Int64 = 1
  private var wayEnds: [WayEnds] = []

  static let center = Coordinate(latitudeE7: 375_000_000, longitudeE7: 1_270_000_000)
  /// About 100 m.
  private static let stepE7: Int32 = 9_000

  /// - Parameter junctionCount: at least 2; a tenth of them lies on an island.
  public init(seed: UInt64, junctionCount: Int = 40) {
    precondition(junctionCount >= 2, "a road needs two ends")
    self.seed = seed
    random = SeededGenerator(seed: seed)
    nextNode = Int64(junctionCount) + 1
    placeJunctions(junctionCount)
    layRoads()
    addRestrictions()
    addViaWayRestrictions()
  }

  /// A place near a road of the town, or rather far from all.
  public func place(_ random: inout SeededGenerator) -> Coordinate {
    let junction = junctions.randomElement(using: &random) ?? Self.center
    return Self.near(junction, withinE7: random.oneIn(20) ? 8 * Self.stepE7 : Self.stepE7, &random)
  }

  /// Two OSM nodes of an OSM way, in any order.
  public func nodes(ofWay way: Int64, _ random: inout SeededGenerator) -> OSMNodePair {
    let nodes = text.ways[way]?.nodes.shuffled(using: &random) ?? []
    return OSMNodePair(from: nodes.first ?? 0, to: nodes.last ?? 0)
  }

  /// One of the straight lines of an OSM way.
  public func line(ofWay way: Int64, _ random: inout SeededGenerator) -> (start: Coordinate, end: Coordinate) {
    let nodes = text.ways[way]?.nodes.compactMap { text.nodes[$0]?.coordinate } ?? []
    let line = zip(nodes, nodes.dropFirst()).map { (start: $0, end: $1) }.randomElement(using: &random)
    return line ?? (Self.center, Self.center)
  }

  private static func near(_ place: Coordinate, withinE7: Int32, _ random: inout SeededGenerator) -> Coordinate {
    Coordinate(
      latitudeE7: place.latitudeE7 + .random(in: -withinE7...withinE7, using: &random),
      longitudeE7: place.longitudeE7 + .random(in: -withinE7...withinE7, using: &random))
  }

  private mutating func placeJunctions(_ count: Int) {
    let side = Int32(Double(count).squareRoot().rounded(.up))
    for index in 0..<Int32(count) {
      var cell = Coordinate(
        latitudeE7: Self.center.latitudeE7 + index / side * Self.stepE7,
        longitudeE7: Self.center.longitudeE7 + index % side * Self.stepE7)
      // An island: as far away as the town is wide, twice.
      if index >= Int32(count) - Int32(count) / 10 { cell.longitudeE7 += 3 * side * Self.stepE7 }
      let place = Self.near(cell, withinE7: Self.stepE7 / 3, &random)
      junctions.append(place)
      let isSignal = random.oneIn(8)
      text.addNode(Int64(index) + 1, at: place, tags: isSignal ? ["highway": "traffic_signals"] : [:])
    }
  }

  /// Each junction gets roads to some of its nearest neighbours.
  private mutating func layRoads() {
    for index in junctions.indices {
      let near = junctions.indices.filter { $0 != index }
        .sorted { (distance(index, $0), $0) < (distance(index, $1), $1) }
      for neighbour in near.prefix(Int.random(in: 1...3, using: &random)) { layRoad(from: index, to: neighbour) }
    }
  }

  private func distance(_ one: Int, _ other: Int) -> Double { junctions[one].distanceMeters(to: junctions[other]) }

  private mutating func layRoad(from start: Int, to end: Int) {
    let (from, to) = (Int64(start) + 1, Int64(end) + 1)
    var nodes = [from]
    for _ in 0..<Int.random(in: 0...2, using: &random) {
      let middle = junctions[start].interpolated(to: junctions[end], fraction: 0.5)
      text.addNode(nextNode, at: Self.near(middle, withinE7: Self.stepE7 / 3, &random), tags: featureTags())
      nodes.append(nextNode)
      nextNode += 1
    }
    let way = nextWay
    text.addWay(way, nodes: nodes + [to], tags: roadTags())
    wayEnds.append(WayEnds(way: way, from: from, to: to))
    nextWay += 1
  }

  private mutating func featureTags() -> [String: String] {
    let features = [
      ["barrier": "gate"], ["barrier": "bollard"], ["barrier": "bollard", "bollard": "removable"],
      ["barrier": "lift_gate", "access": "private"], ["highway": "give_way"], ["traffic_calming": "bump"],
    ]
    return random.oneIn(6) ? features.randomElement(using: &random)! : [:]
  }

  private mutating func roadTags() -> [String: String] {
    let classes = ["residential", "residential", "tertiary", "secondary", "primary", "service", "living_street"]
    var tags = ["highway": classes.randomElement(using: &random)!, "name": "Street \(nextWay)"]
    if tags["highway"] == "service", nextWay.isMultiple(of: 2) { tags["service"] = "alley" }
    if random.oneIn(2) { tags["maxspeed"] = ["20", "30", "50", "60", "80", "30 mph"].randomElement(using: &random)! }
    if random.oneIn(5) { tags["oneway"] = ["yes", "-1"].randomElement(using: &random)! }
    if random.oneIn(15) {
      tags["access"] = ["private", "no", "destination", "emergency"].randomElement(using: &random)!
    }
    if random.oneIn(20) { tags["surface"] = "gravel" }
    if random.oneIn(20) { (tags["bridge"], tags["layer"]) = ("yes", "1") }
    return tags
  }

  private mutating func addRestrictions() {
    let kinds = ["no_left_turn", "no_right_turn", "no_straight_on", "no_u_turn", "only_straight_on", "only_left_turn"]
    for arrival in wayEnds where random.oneIn(6) {
      let onward = wayEnds.filter { $0.from == arrival.to || $0.to == arrival.to }
      guard let departure = onward.randomElement(using: &random) else { continue }
      var tags = ["restriction": kinds.randomElement(using: &random)!]
      if random.oneIn(4) { tags["except"] = "emergency" }
      text.addRestriction(nextRelation, from: arrival.way, via: arrival.to, to: departure.way, tags: tags)
      nextRelation += 1
    }
  }

  /// Restrictions over two to four ways in a row, which can be read in one way only; some begin or end like others.
  private mutating func addViaWayRestrictions() {
    let kinds = ["no_left_turn", "no_u_turn", "no_entry", "no_straight_on", "only_straight_on", "only_right_turn"]
    for first in wayEnds where random.oneIn(3) {
      var walk = [first]
      for _ in 0..<Int.random(in: 2...3, using: &random) {
        let next = wayEnds.filter { way in !walk.contains(way) && walk[walk.count - 1].meets(way) }
        if let way = next.randomElement(using: &random) { walk.append(way) }
      }
      guard walk.count > 2, WayEnds.readings(of: walk).count == 1 else { continue }
      var tags = ["restriction": kinds.randomElement(using: &random)!]
      if random.oneIn(4) { tags["except"] = "emergency" }
      let vias = walk[1..<walk.count - 1].map(\.way)
      text.addRestriction(nextRelation, from: first.way, viaWays: vias, to: walk[walk.count - 1].way, tags: tags)
      nextRelation += 1
    }
  }
}
