/// The lines of one OSM way in its order, as far as they hang together on the map.
struct WayTrail {
  /// A straight line of the way.
  private struct Line {
    let segment: SegmentID
    let piece: PieceID
    /// Position, in the segment's shape, of the end that comes first in the shape.
    let point: UInt32
    /// The segment's shape runs against the way here.
    let isReversed: Bool
  }

  /// A part of the trail in one direction of travel.
  struct Path: Comparable {
    /// Against the traffic of a one-way.
    let isContraflow: Bool
    let lengthMeters: Double
    let lineCount: Int
    /// Position of its first OSM node in the trail.
    let start: Int
    let isAgainstWay: Bool

    /// With the traffic first, then the shorter; ties go by position, along the way first.
    static func < (one: Self, other: Self) -> Bool { one.key < other.key }

    private var key: (Int, Double, Int, Int, Int) {
      (isContraflow ? 1 : 0, lengthMeters, lineCount, isAgainstWay ? 1 : 0, start)
    }
  }

  /// One more than lines.
  private var nodes: [Int64] = []
  private var lines: [Line] = []
  /// Metres from the start to each OSM node.
  private var walkedMeters: [Double] = []

  private var isRing: Bool { lines.count > 1 && nodes[0] == nodes[lines.count] }

  /// The trails of a way: one, or several where the map lacks a part in between. O(points of the way).
  static func all(of way: WayID, in index: OSMNodeIndex) -> [WayTrail] {
    var trails: [WayTrail] = []
    let network = index.network
    let pieces = network.stretches(of: way).sorted { network.pieces[$0].firstNode < network.pieces[$1].firstNode }
    for piece in pieces {
      let segment = network.segment(of: piece)
      let range = network.pointRange(of: piece, in: segment)
      guard range.count > 1 else { continue }
      let isReversed = network.pieces[piece].isReversed
      let start = network.firstPoint[segment].lowerBound
      let first = isReversed ? range.upperBound - 1 : range.lowerBound
      if trails.last?.nodes.last != index.nodes[position: start + first] {
        trails.append(WayTrail(from: index.nodes[position: start + first]))
      }
      for offset in 0..<range.count - 1 {
        let point = isReversed ? range.upperBound - 2 - offset : range.lowerBound + offset
        let line = Line(segment: segment, piece: piece, point: UInt32(point), isReversed: isReversed)
        let meters = network.points[position: start + point].distanceMeters(
          to: network.points[position: start + point + 1])
        trails[trails.count - 1].append(
          line, to: index.nodes[position: start + (isReversed ? point : point + 1)], meters: meters)
      }
    }
    return trails
  }

  private init(from node: Int64) {
    nodes = [node]
    walkedMeters = [0]
  }

  private mutating func append(_ line: Line, to node: Int64, meters: Double) {
    lines.append(line)
    nodes.append(node)
    walkedMeters.append(walkedMeters[walkedMeters.count - 1] + meters)
  }

  /// All parts from one OSM node to another. O(points + times the one occurs * times the other does).
  func paths(from: Int64, to: Int64, onewayAgainstWay: Bool?) -> [Path] {
    // The end of a ring is its start.
    let places = isRing ? 0..<lines.count : 0..<nodes.count
    let ends = places.filter { nodes[$0] == to }
    return places.filter { nodes[$0] == from }.flatMap { start in
      ends.flatMap { end in
        [false, true].compactMap { isAgainstWay in
          path(from: start, to: end, isAgainstWay: isAgainstWay, isContraflow: onewayAgainstWay == !isAgainstWay)
        }
      }
    }
  }

  private func path(from start: Int, to end: Int, isAgainstWay: Bool, isContraflow: Bool) -> Path? {
    let (low, high) = isAgainstWay ? (end, start) : (start, end)
    guard low < high || isRing else { return nil }
    let wraps = low > high
    return Path(
      isContraflow: isContraflow,
      lengthMeters: walkedMeters[high] - walkedMeters[low] + (wraps ? walkedMeters[lines.count] : 0),
      lineCount: high - low + (wraps ? lines.count : 0), start: start, isAgainstWay: isAgainstWay)
  }

  /// The stretches that a path of this trail runs over, in its order. O(lines of the path).
  func stretches(of path: Path) -> [NodeStretch] {
    var stretches: [NodeStretch] = []
    for step in 0..<path.lineCount {
      let position = path.isAgainstWay ? path.start - 1 - step : path.start + step
      let index = (position + lines.count) % lines.count
      let line = lines[index]
      let next = NodeStretch(
        segment: line.segment, piece: line.piece, isBackward: line.isReversed != path.isAgainstWay,
        points: line.point...line.point + 1, lengthMeters: walkedMeters[index + 1] - walkedMeters[index])
      if stretches.last?.continues(with: next) == true {
        stretches[stretches.count - 1].append(next)
      } else {
        stretches.append(next)
      }
    }
    return stretches
  }
}

extension NodeStretch {
  fileprivate func continues(with next: NodeStretch) -> Bool {
    piece == next.piece && (isBackward ? next.lastPoint == firstPoint : next.firstPoint == lastPoint)
  }

  fileprivate mutating func append(_ next: NodeStretch) {
    firstPoint = min(firstPoint, next.firstPoint)
    lastPoint = max(lastPoint, next.lastPoint)
    lengthMeters += next.lengthMeters
  }
}
