import Geometry
import RoadGraph

/// Shapes and pieces of all segments.
struct SegmentBuilder {
  private let lines: RoadLines
  private let source: SourceNodes
  private(set) var firstPiece: [UInt32] = [0]
  private(set) var pieces: [Piece] = []
  private(set) var firstPoint: [UInt32] = [0]
  private(set) var points: [Coordinate] = []
  /// The OSM nodes of the points.
  private(set) var nodes: [UInt32] = []
  /// Those of the source, with what only the segments can tell: whom signs face.
  private(set) var features: [PointFeature]
  private let signFacing: SignFacing

  init(_ lines: RoadLines, _ source: SourceNodes, chains: [[Stretch]]) {
    (self.lines, self.source) = (lines, source)
    features = source.features
    signFacing = SignFacing(lines, nodeCount: source.ids.count, chains: chains)
    for chain in chains { addSegment(chain) }
  }

  private mutating func addSegment(_ chain: [Stretch]) {
    let segmentStart = points.count
    addPoint(lines.firstNode(of: chain[0]))
    for (index, stretch) in chain.enumerated() {
      if index > 0 { addJoint(chain[index - 1], stretch, segmentStart) }
      addPieces(of: stretch, segmentStart)
    }
    faceSigns(of: chain)
    firstPiece.append(UInt32(pieces.count))
    firstPoint.append(UInt32(points.count))
  }

  private mutating func addPoint(_ node: UInt32) {
    points.append(coordinate(node))
    nodes.append(node)
  }

  /// What is felt where one stretch goes over into the next.
  private mutating func addJoint(_ last: Stretch, _ next: Stretch, _ segmentStart: Int) {
    let node = lines.firstNode(of: next)
    addFeature(at: node, segmentStart, isReversed: next.isReversed)
    // Where two ways run towards each other, nobody knows which of them "forward" is about.
    guard hasFeature(node), last.isReversed != next.isReversed else { return }
    features[source.featureIDs[Int(node)].position].flags.subtract([.forwardOnly, .backwardOnly])
  }

  /// Turns the signs of the segment just added to whom they face.
  private mutating func faceSigns(of chain: [Stretch]) {
    let segment = pieces[Int(firstPiece[firstPiece.count - 1])...]
    let ends = (start: lines.firstNode(of: chain[0]), end: lines.lastNode(of: chain[chain.count - 1]))
    for (index, piece) in zip(segment.indices, segment) {
      guard case .point(let feature) = piece.kind, source.unfacedSigns.contains(feature) else { continue }
      features[feature.position].flags.formUnion(signFacing.flags(of: index, in: segment, ends))
    }
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
      addPoint(node)
      guard isFelt else { continue }
      close(open, of: stretch, segmentStart)
      addFeature(at: node, segmentStart, isReversed: stretch.isReversed)
      open = OpenPiece(startPosition: position, startPoint: points.count - 1)
    }
    close(open, of: stretch, segmentStart)
  }

  /// Once around the earth: no road is longer, but what is drawn to and fro across it is.
  private static let centimetersMax = 4_000_000_000.0

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
    let centimeters = UInt32(min((open.lengthMeters * 100).rounded(), Self.centimetersMax))
    pieces.append(
      Piece(
        stretchOf: WayID(stretch.way), firstNode: UInt32(min(open.startPosition, endPosition)),
        lengthCentimeters: isPoint ? 0 : max(centimeters, 1), firstPoint: UInt32(open.startPoint - segmentStart),
        isReversed: stretch.isReversed))
  }

  private mutating func addFeature(at node: UInt32, _ segmentStart: Int, isReversed: Bool) {
    guard hasFeature(node) else { return }
    pieces.append(
      Piece(
        point: source.featureIDs[Int(node)], firstPoint: UInt32(points.count - 1 - segmentStart),
        isReversed: isReversed))
  }

  /// O(pieces).
  func lengthCentimeters(_ segment: SegmentID) -> UInt64 {
    pieces[Int(firstPiece[segment.position])..<Int(firstPiece[segment.position + 1])]
      .reduce(0) { $0 + UInt64($1.lengthCentimeters) }
  }

  private func hasFeature(_ node: UInt32) -> Bool { source.featureIDs[Int(node)] != .none }

  private func coordinate(_ node: UInt32) -> Coordinate { source.coordinates[Int(node)] }
}
