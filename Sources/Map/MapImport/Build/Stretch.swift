/// A stretch of an OSM way, between two positions among its OSM nodes; against the way if `from` is above `to`.
struct Stretch: Hashable {
  /// Position of the way among all ways.
  var way: UInt32
  var from: UInt32
  var to: UInt32

  var isReversed: Bool { from > to }
  var reversed: Stretch { Stretch(way: way, from: to, to: from) }

  /// The positions from `from` to `to`, both included.
  var positions: StretchPositions { StretchPositions(from: Int(from), to: Int(to)) }
}

/// The positions of a stretch among its way's OSM nodes, in its own direction.
struct StretchPositions: RandomAccessCollection {
  let from: Int
  let to: Int

  var startIndex: Int { 0 }
  var endIndex: Int { abs(to - from) + 1 }
  subscript(index: Int) -> Int { from <= to ? from + index : from - index }
}

/// The roads as they are cut, with their OSM nodes as positions in ``SourceNodes``.
struct RoadLines {
  let directions: [DriveDirections]
  let firstNode: [Int]
  let nodes: [UInt32]

  var wayCount: Int { directions.count }

  func nodeCount(ofWay way: Int) -> Int { firstNode[way + 1] - firstNode[way] }

  /// The OSM node at a position of a way.
  func node(_ way: UInt32, _ position: Int) -> UInt32 { nodes[firstNode[Int(way)] + position] }

  func firstNode(of stretch: Stretch) -> UInt32 { node(stretch.way, Int(stretch.from)) }
  func lastNode(of stretch: Stretch) -> UInt32 { node(stretch.way, Int(stretch.to)) }

  /// The directions that become arcs, as seen along the stretch.
  func directions(of stretch: Stretch) -> DriveDirections {
    let directions = directions[Int(stretch.way)]
    return stretch.isReversed ? directions.reversed : directions
  }
}
