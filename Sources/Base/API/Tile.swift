/// What a tile of the map shows.
public enum TileLayer: String, CaseIterable, Sendable {
  /// Roads with class, name and speed.
  case roads
  /// What is closed or slower now.
  case closures
  /// Measured speeds against free ones.
  case speeds
  /// When the first unit comes to roads.
  case coverage
}

/// A tile of one layer, by zoom, column from the west and row from the north, as web maps count them.
public struct TileRequest: Hashable, Sendable {
  public var layer: TileLayer
  /// In ``Limits/tileZooms``.
  public var zoom: Int
  public var column: Int
  public var row: Int
  /// Roads have the speeds of this profile, closures are those that hold for it, units are those that drive by it.
  /// Empty: roads and measured speeds have no free speed, closures are those for anybody, units are all of them.
  @Composed public var profile = ""
  /// Of the tile that the caller has already; empty if none.
  public var knownTag = ""

  public init(_ layer: TileLayer, zoom: Int, column: Int, row: Int) {
    (self.layer, self.zoom, self.column, self.row) = (layer, zoom, column, row)
  }
}

/// A tile of one layer.
public struct TileAnswer: Hashable, Sendable {
  public var version: UInt64
  /// A Mapbox Vector Tile 2.1, at most ``Limits/tileBytesMax``; empty where nothing lies, and for a known one.
  public var tile: [UInt8]
  /// The same for the same tile, another one for another.
  public var tag: String
  /// True if the caller has the tile already.
  public var isKnown: Bool
  /// Features that are left out because the tile would be too large: the least roads. Its layer `left_out` says so,
  /// too.
  public var leftOutCount: Int

  public init(version: UInt64, tile: [UInt8], tag: String, isKnown: Bool = false, leftOutCount: Int = 0) {
    (self.version, self.tile, self.tag) = (version, tile, tag)
    (self.isKnown, self.leftOutCount) = (isKnown, leftOutCount)
  }
}

extension Validation {
  /// - Throws: `INVALID_TILE`.
  public static func tile(_ request: TileRequest) throws(EngineError) {
    let (zooms, value) = (Limits.tileZooms, "\(request.zoom)/\(request.column)/\(request.row)")
    guard zooms.contains(request.zoom) else {
      throw EngineError(
        .invalidTile, "tiles have zooms from \(zooms.lowerBound) to \(zooms.upperBound)", value: value)
    }
    let last = (1 << request.zoom) - 1
    guard (0...last).contains(request.column), (0...last).contains(request.row) else {
      throw EngineError(
        .invalidTile, "columns and rows of zoom \(request.zoom) go from 0 to \(last)", value: value)
    }
    try atMost(Limits.textBytesMax, "text_bytes", request.knownTag.utf8.count, "the known tag is too long")
  }
}
