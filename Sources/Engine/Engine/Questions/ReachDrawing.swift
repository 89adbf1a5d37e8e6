import API
import Geometry
import RoadGraph
import Traffic

/// What is to be drawn of a reach: each road once, however many of its directions are reached.
struct ReachDrawing {
  private let network: RoadNetwork
  /// The first band within which all of a segment is reached in some direction.
  private var bands: [UInt8]
  private var parts: [(shape: [Coordinate], band: Int)] = []
  private static let none = UInt8.max
  /// This many roads are drawn in about a millisecond.
  private static let checkInterval = 4_096

  init(_ network: RoadNetwork) {
    self.network = network
    bands = [UInt8](repeating: Self.none, count: network.segmentArcs.count)
  }

  mutating func addAll(of segment: SegmentID, band: Int) {
    bands[segment.position] = min(bands[segment.position], UInt8(band))
  }

  mutating func add(_ part: ReachedPart, in segment: SegmentID) {
    parts.append((network.shape(of: part.piece, in: segment, between: part.extent), part.band))
  }

  /// The area around it; `nil` around nothing. O(points + length / cell).
  ///
  /// - Throws: `LIMIT_EXCEEDED` for more cells than one drawing has, `CANCELLED`, `DEADLINE_EXCEEDED`.
  func grid(cellMeters: Double, within limit: WorkLimit) throws(EngineError) -> OutlineGrid? {
    let segments = bands.indices.filter { bands[$0] != Self.none }.map { SegmentID(UInt32($0)) }
    guard !segments.isEmpty || !parts.isEmpty else { return nil }
    let roads = segments.reduce(BoundingBox.empty) { $0.union(BoundingBox(of: network.shape(of: $1))) }
    let box = parts.reduce(roads) { $0.union(BoundingBox(of: $1.shape)) }
    guard var grid = OutlineGrid(box, cellMeters: cellMeters, cellsMax: Limits.outlineCellsMax) else {
      throw EngineError(
        .limitExceeded, "the area takes more cells than outline_cells = \(Limits.outlineCellsMax): ask for larger ones",
        value: "\(cellMeters)")
    }
    for (number, segment) in segments.enumerated() {
      if number % Self.checkInterval == 0 { try limit.check() }
      grid.add(network.shape(of: segment), band: Int(bands[segment.position]))
    }
    for part in parts { grid.add(part.shape, band: part.band) }
    return grid
  }
}
