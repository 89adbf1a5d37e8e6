import API
import Geometry
import Profiles
import RoadGraph
import Traffic

/// Makes roads for people out of parts of arcs that are reached: those of one OSM way, one behind the other, are one.
struct ReachedRoadWriter {
  /// Those that touch the box.
  private(set) var roads: [ReachedRoad] = []
  private let network: RoadNetwork
  private let box: BoundingBox?
  /// By the position of a text, as far as they were asked for: most roads share theirs with others.
  private var names: [String?] = []
  /// The road that still grows.
  private var open: (road: ReachedRoad, way: WayID, begin: UInt32, end: UInt32)?

  init(_ network: RoadNetwork, box: BoundingBox?) { (self.network, self.box) = (network, box) }

  /// Adds a part of an arc. What doesn't follow the part before, at either end, begins another road.
  ///
  /// - Parameter unitID: whose times these are.
  mutating func add(_ part: ReachedPart, on arc: ArcID, by unitID: String = "") {
    guard let way = network.way(of: part.piece) else { return }
    let points = network.shape(of: part.piece, in: network.arcCourse[arc].segment, between: part.extent)
    let shape = part.direction == .forward ? points : points.reversed()
    if let known = open, known.way == way, known.road.band == part.band, known.road.unitID == unitID {
      if known.end == part.beginMilliseconds, known.road.shape.last == shape.first {
        open?.road.shape += shape.dropFirst()
        open?.end = part.endMilliseconds
        return
      }
      if known.begin == part.endMilliseconds, known.road.shape.first == shape.last {
        open?.road.shape = shape + known.road.shape.dropFirst()
        open?.begin = part.beginMilliseconds
        return
      }
    }
    finishRoad()
    var road = ReachedRoad(
      band: part.band, wayOSMID: network.ways[way].osmID, name: name(of: way), shape: shape,
      beginSeconds: 0, endSeconds: 0)
    road.unitID = unitID
    open = (road, way, part.beginMilliseconds, part.endMilliseconds)
  }

  private mutating func name(of way: WayID) -> String {
    let text = network.ways[way].name
    if names.isEmpty { names = Array(repeating: nil, count: network.texts.offsets.count) }
    guard names.indices.contains(text.position) else { return "" }
    if let known = names[text.position] { return known }
    let name = network.texts[text]
    names[text.position] = name
    return name
  }

  /// Adds all of an arc that is one OSM way: a road of its own.
  ///
  /// - Parameters:
  ///   - way: that of ``RoadGraph/RoadNetwork/onlyWay(along:)``.
  ///   - begin: where it begins in the direction of travel, in milliseconds.
  ///   - end: where it ends.
  mutating func addAll(of arc: ArcID, _ way: WayID, band: Int, begin: Weight, end: Weight) {
    finishRoad()
    let course = network.arcCourse[arc]
    let points = network.shape(of: course.segment)
    list(
      ReachedRoad(
        band: band, wayOSMID: network.ways[way].osmID, name: name(of: way),
        shape: course.isBackward ? points.reversed() : Array(points), beginSeconds: Double(begin) / 1000,
        endSeconds: Double(end) / 1000))
  }

  /// Ends the road that was added to last: nothing of another arc belongs to it.
  mutating func finishRoad() {
    guard var grown = open else { return }
    open = nil
    grown.road.beginSeconds = Double(grown.begin) / 1000
    grown.road.endSeconds = Double(grown.end) / 1000
    list(grown.road)
  }

  private mutating func list(_ road: ReachedRoad) {
    guard box.map({ $0.intersects(BoundingBox(of: road.shape)) }) ?? true else { return }
    roads.append(road)
  }

  /// - Throws: `LIMIT_EXCEEDED` for more roads than one answer lists.
  func checkCount() throws(EngineError) {
    guard roads.count > Limits.reachRoadsMax else { return }
    throw EngineError(
      .limitExceeded,
      "more roads than reach_roads = \(Limits.reachRoadsMax) are reached: ask for a box, or for outlines",
      value: "\(roads.count)")
  }
}

extension RoadNetwork {
  /// The OSM way of the first stretch of an arc. O(points before it).
  func firstWay(along arc: ArcID) -> WayID? {
    let course = arcCourse[arc]
    let pieces = pieceIDs(of: course.segment)
    return course.isBackward ? pieces.lazy.reversed().compactMap(way).first : pieces.lazy.compactMap(way).first
  }

  /// The OSM way that all stretches of an arc belong to; `nil` if they are of several, or there are none. O(pieces).
  func onlyWay(along arc: ArcID) -> WayID? {
    var only: WayID?
    for piece in pieceIDs(of: arcCourse[arc].segment) {
      guard let way = way(of: piece) else { continue }
      if let only, only != way { return nil }
      only = way
    }
    return only
  }
}
