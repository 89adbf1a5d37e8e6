import API
import Geometry
import RoadGraph
import Synchronization
import VectorTiles

/// A stretch of an OSM way that a tile shows.
struct TilePiece: Sendable, BitwiseCopyable {
  /// By class, then by way, then along the way.
  let order: UInt64
  let piece: PieceID
  let segment: SegmentID
}

/// The stretches of road that a tile shows, those of each OSM way one after the other, greater roads first.
struct TileRoads: Sendable {
  let network: RoadNetwork
  let pieces: [TilePiece]

  /// Farther out than this, roads up to the secondary ones are shown alone, and those that are alike are one feature.
  static let detailedZoom = 12

  /// The roads of a tile from ``detailedZoom`` on. O(log spans + those within, sorted).
  ///
  /// - Throws: `CANCELLED`, `DEADLINE_EXCEEDED`.
  static func within(
    _ tile: TileAddress, of network: RoadNetwork, within limit: WorkLimit
  ) throws(EngineError) -> TileRoads {
    var segments: [SegmentID] = []
    network.spatialIndex.visitSegments(in: tile.box) { segments.append($0) }
    try limit.check()
    segments.sort()
    var pieces: [TilePiece] = []
    var last: SegmentID?
    for segment in segments where segment != last {
      last = segment
      network.addPieces(of: segment, to: &pieces) { $0.tileZoomMin <= tile.zoom }
    }
    try limit.check()
    return TileRoads(network, pieces)
  }

  /// All great roads of a map. O(pieces).
  static func major(of network: RoadNetwork) -> TileRoads {
    var pieces: [TilePiece] = []
    for segment in network.segmentArcs.indices {
      network.addPieces(of: segment, to: &pieces) { $0.tileZoomMin < detailedZoom }
    }
    return TileRoads(network, pieces)
  }

  private init(_ network: RoadNetwork, _ pieces: [TilePiece]) {
    self.network = network
    self.pieces = pieces.sorted { ($0.order, $0.piece) < ($1.order, $1.piece) }
  }

  /// This many ways are drawn in about a millisecond.
  private static let checkInterval = 256

  /// Calls `body` for each way with its stretches, in the order in which they lie along it.
  func forEachWay(
    within limit: WorkLimit, _ body: (TileWay) throws(EngineError) -> Void
  ) throws(EngineError) {
    var (first, count) = (0, 0)
    while first < pieces.count {
      let way = pieces[first].order >> TilePiece.nodeBits
      var end = first + 1
      while end < pieces.count, pieces[end].order >> TilePiece.nodeBits == way { end += 1 }
      if count % Self.checkInterval == 0 { try limit.check() }
      try body(TileWay(network, pieces[first..<end]))
      (first, count) = (end, count + 1)
    }
  }
}

extension TilePiece {
  /// An OSM way has at most 2,000 OSM nodes.
  fileprivate static let nodeBits: UInt64 = 24
  private static let wayBits: UInt64 = 32

  fileprivate init(_ piece: PieceID, _ segment: SegmentID, of way: WayID, _ roadClass: RoadClass, node: UInt32) {
    let place = UInt64(min(node, 1 << Self.nodeBits - 1))
    order =
      UInt64(roadClass.rawValue) << (Self.nodeBits + Self.wayBits) | UInt64(way.rawValue) << Self.nodeBits | place
    (self.piece, self.segment) = (piece, segment)
  }
}

extension RoadNetwork {
  fileprivate func addPieces(of segment: SegmentID, to pieces: inout [TilePiece], where isShown: (RoadClass) -> Bool) {
    for piece in pieceIDs(of: segment) {
      guard let way = way(of: piece) else { continue }
      let roadClass = attributes[ways[way].attributes].roadClass
      guard isShown(roadClass) else { continue }
      pieces.append(TilePiece(piece, segment, of: way, roadClass, node: self.pieces[piece].firstNode))
    }
  }
}

extension RoadClass {
  /// OSM's name of the class, which takes long to put together.
  var tileName: String { Self.tileNames[Int(rawValue)] }

  private static let tileNames = RoadClass.allCases.map(\.osmName)

  /// The zoom from which on such a road is shown.
  var tileZoomMin: Int {
    switch self {
    case .motorway, .motorwayLink, .trunk, .trunkLink, .primary, .primaryLink, .secondary, .secondaryLink: 0
    case .tertiary, .tertiaryLink, .ferry, .shuttleTrain: 12
    case .unclassified, .residential, .livingStreet, .busway, .pedestrian: 13
    case .service, .track, .path: 14
    }
  }
}

/// The great roads of a map, found when a tile far out is first asked for.
final class MajorTileRoads: Sendable {
  private let found = Mutex<TileRoads?>(nil)

  func roads(of network: RoadNetwork) -> TileRoads {
    found.withLock { found in
      let roads = found ?? .major(of: network)
      found = roads
      return roads
    }
  }
}
