import Geometry
import MapFile
import RoadGraph

/// Shapes and pieces of all segments.
struct SegmentBuilder {
  private let lines: RoadLines
  private let source: SourceNodes
  private(set) var firstPiece: [UInt32] = [0]
  private(set) var pieces: [Piece] = []
  private(set) var firstPoint: [UInt32] = [0]
  private(set) var points: [Coordinate] = []

  init(_ lines: RoadLines, _ source: SourceNodes, chains: [[Stretch]]) {
    self.lines = lines
    self.source = source
    for chain in chains { addSegment(chain) }
  }

  private mutating func addSegment(_ chain: [Stretch]) {
    let segmentStart = points.count
    points.append(coordinate(lines.firstNode(of: chain[0])))
    for (index, stretch) in chain.enumerated() {
      if index > 0 { addFeature(at: lines.firstNode(of: stretch), segmentStart, isReversed: stretch.isReversed) }
      addPieces(of: stretch, segmentStart)
    }
    firstPiece.append(UInt32(pieces.count))
    firstPoint.append(UInt32(points.count))
  }

  /// The pieces of one stretch: it is divided where one of its inner OSM nodes has a feature.
  private mutating func addPieces(of stretch: Stretch, _ segmentStart: Int) {
    var open = OpenPiece(startPosition: Int(stretch.from), startPoint: points.count - 1)
    var last = lines.firstNode(of: stretch)
    for position in stretch.positions.dropFirst() {
      let node = lines.node(stretch.way, position)
      let isInner = position != Int(stretch.to)
      // An OSM node given twice in a row is felt once.
      let isFelt = isInner && node != last && node != lines.lastNode(of: stretch) && hasFeature(node)
      last = node
      open.lengthMeters += points[points.count - 1].distanceMeters(to: coordinate(node))
      points.append(coordinate(node))
      guard isFelt else { continue }
      close(open, of: stretch, segmentStart)
      addFeature(at: node, segmentStart, isReversed: stretch.isReversed)
      open = OpenPiece(startPosition: position, startPoint: points.count - 1)
    }
    close(open, of: stretch, segmentStart)
  }

  /// A piece whose end is not reached yet.
  private struct OpenPiece {
    let startPosition: Int
    let startPoint: Int
    var lengthMeters = 0.0
  }

  private mutating func close(_ open: OpenPiece, of stretch: Stretch, _ segmentStart: Int) {
    let lineCount = points.count - 1 - open.startPoint
    let endPosition = stretch.isReversed ? open.startPosition - lineCount : open.startPosition + lineCount
    let isPoint = points[open.startPoint...].allSatisfy { $0 == points[open.startPoint] }
    let centimeters = UInt32((open.lengthMeters * 100).rounded())
    pieces.append(
      Piece(
        stretchOf: WayID(stretch.way), firstNode: UInt32(min(open.startPosition, endPosition)),
        lengthCentimeters: isPoint ? 0 : max(centimeters, 1), firstPoint: UInt32(open.startPoint - segmentStart),
        isReversed: stretch.isReversed))
  }

  private mutating func addFeature(at node: UInt32, _ segmentStart: Int, isReversed: Bool) {
    guard hasFeature(node) else { return }
    pieces.append(
      Piece(point: source.featureIDs[Int(node)], firstPoint: UInt32(points.count - 1 - segmentStart),
        isReversed: isReversed))
  }

  private func hasFeature(_ node: UInt32) -> Bool { source.featureIDs[Int(node)] != .none }

  private func coordinate(_ node: UInt32) -> Coordinate { source.coordinates[Int(node)] }
}
