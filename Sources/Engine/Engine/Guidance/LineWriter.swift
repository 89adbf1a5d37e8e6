import API
import Geometry
import RoadGraph
import Traffic

/// Puts the parts of trips together to a line, with what each stretch of it takes.
struct LineWriter {
  private let snapshot: ProfileSnapshot
  private let detail: RouteDetail
  private(set) var shape: [Coordinate] = []
  private(set) var stretches: [RouteStretch] = []
  /// The OSM nodes of the segment that was asked for last.
  private var nodes: (segment: SegmentID, ids: [Int64])?

  private var network: RoadNetwork { snapshot.roads.network }

  init(_ snapshot: ProfileSnapshot, detail: RouteDetail) { (self.snapshot, self.detail) = (snapshot, detail) }

  /// The position of the last point; 0 for none.
  var lastPoint: Int { max(shape.count - 1, 0) }

  /// Appends the points of a part; the position of its first one, which may be the last one of the part before.
  mutating func append(_ part: TripPart) -> Int {
    let points = part.shape(in: network)
    let first = !shape.isEmpty && shape.last == points.first ? shape.count - 1 : shape.count
    let told = detail.contains(.stretches) ? self.stretches(of: part, points) : []
    var milliseconds = 0
    for (number, point) in points.enumerated() {
      if number > 0, !told.isEmpty { milliseconds += told[number - 1].milliseconds }
      guard shape.last != point else { continue }
      // From where a trip ended to where the next one begins nothing is driven.
      if !shape.isEmpty, detail.contains(.stretches) {
        let nodes = number > 0 ? told[number - 1].nodes : stretches.last?.nodes
        stretches.append(RouteStretch(travelSeconds: Double(milliseconds) / 1000, nodes: nodes))
      }
      milliseconds = 0
      shape.append(point)
    }
    return first
  }

  /// What each line of a part takes, in the order of travel. O(points, and closures there).
  private mutating func stretches(
    of part: TripPart, _ points: [Coordinate]
  ) -> [(milliseconds: Int, nodes: OSMNodePair?)] {
    let lengths = zip(points, points.dropFirst()).map { $0.distanceMeters(to: $1) }
    let whole = lengths.reduce(0, +)
    let span = Double(part.fractions.upperBound - part.fractions.lowerBound)
    let nodes = detail.contains(.nodes) ? nodePairs(of: part) : []
    var (along, before) = (0.0, 0)
    return lengths.enumerated().map { number, length in
      along += length
      let driven = UInt32(whole > 0 ? min(along / whole, 1) * span : 0)
      let until =
        part.direction == .forward ? part.fractions.lowerBound + driven : part.fractions.upperBound - driven
      let milliseconds = snapshot.amount(of: part, until: until).milliseconds
      defer { before = milliseconds }
      return (milliseconds - before, number < nodes.count ? nodes[number] : nil)
    }
  }

  /// The OSM nodes of each line of a part, in the order of travel.
  private mutating func nodePairs(of part: TripPart) -> [OSMNodePair] {
    let inside = network.pointsInside(part.fractions, of: part.piece, in: part.segment)
    let ids = nodes?.segment == part.segment ? nodes?.ids ?? [] : network.osmNodes(of: part.segment)
    nodes = (part.segment, ids)
    let lines = (inside.lowerBound - 1)..<inside.upperBound
    guard lines.lowerBound >= 0, lines.upperBound < ids.count else { return [] }
    return part.direction == .forward
      ? lines.map { OSMNodePair(from: ids[$0], to: ids[$0 + 1]) }
      : lines.reversed().map { OSMNodePair(from: ids[$0 + 1], to: ids[$0]) }
  }
}
