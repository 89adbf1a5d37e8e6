import API
import Geometry
import Profiles
import RoadGraph
import Traffic

/// Makes roads for people out of parts of arcs that are reached: those of one OSM way, one behind the other, are one.
struct ReachedRoadWriter {
  private(set) var roads: [ReachedRoad] = []
  private let network: RoadNetwork
  private let box: BoundingBox?
  /// How many roads touch the box.
  private var listedCount = 0
  private var isListed: [Bool] = []
  /// The road that still grows.
  private var open: (road: ReachedRoad, way: WayID, begin: UInt32, end: UInt32)?

  init(_ network: RoadNetwork, box: BoundingBox?) { (self.network, self.box) = (network, box) }

  /// The roads that touch the box.
  var listedRoads: [ReachedRoad] { box == nil ? roads : zip(roads, isListed).filter(\.1).map(\.0) }

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
      band: part.band, wayOSMID: network.ways[way].osmID, name: network.texts[network.ways[way].name], shape: shape,
      beginSeconds: 0, endSeconds: 0)
    road.unitID = unitID
    open = (road, way, part.beginMilliseconds, part.endMilliseconds)
  }

  /// The OSM way of the first piece that has one.
  private func way(of arc: ArcID) -> WayID? {
    network.pieceIDs(along: arc).lazy.compactMap { network.way(of: $0) }.first
  }

  /// True if all of an arc is one OSM way. O(pieces).
  func isOneWay(_ arc: ArcID) -> Bool {
    let pieces = network.pieceIDs(along: arc)
    guard let way = way(of: arc) else { return false }
    return pieces.allSatisfy { network.way(of: $0).map { $0 == way } ?? true }
  }

  /// Adds all of an arc that is one OSM way: a road of its own.
  ///
  /// - Parameters:
  ///   - begin: where it begins in the direction of travel, in milliseconds.
  ///   - end: where it ends.
  mutating func addAll(of arc: ArcID, band: Int, begin: Weight, end: Weight) {
    finishRoad()
    guard let way = way(of: arc) else { return }
    let course = network.arcCourse[arc]
    let points = network.shape(of: course.segment)
    let road = ReachedRoad(
      band: band, wayOSMID: network.ways[way].osmID, name: network.texts[network.ways[way].name],
      shape: course.isBackward ? points.reversed() : Array(points), beginSeconds: 0, endSeconds: 0)
    open = (road, way, begin, end)
    finishRoad()
  }

  /// Ends the road that was added to last: nothing of another arc belongs to it.
  mutating func finishRoad() {
    guard let (known, _, begin, end) = open else { return }
    open = nil
    var road = known
    (road.beginSeconds, road.endSeconds) = (Double(begin) / 1000, Double(end) / 1000)
    let isInBox = box.map { $0.intersects(BoundingBox(of: road.shape)) } ?? true
    if isInBox { listedCount += 1 }
    isListed.append(isInBox)
    roads.append(road)
  }

  /// - Throws: `LIMIT_EXCEEDED` for more roads than one answer lists.
  func checkCount() throws(EngineError) {
    guard listedCount > Limits.reachRoadsMax else { return }
    throw EngineError(
      .limitExceeded,
      "more roads than reach_roads = \(Limits.reachRoadsMax) are reached: ask for a box, or for outlines",
      value: "\(listedCount)")
  }
}
