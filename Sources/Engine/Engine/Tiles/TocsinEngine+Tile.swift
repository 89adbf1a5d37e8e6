import API
import RoadGraph
import Traffic
import VectorTiles

/// Tiles of the map: drawn when they are first asked for, and kept until what they show changes.
extension TocsinEngine {
  public func tile(_ request: TileRequest, within limit: WorkLimit) throws(EngineError) -> TileAnswer {
    try Validation.tile(request)
    guard let address = TileAddress(zoom: request.zoom, column: request.column, row: request.row) else {
      preconditionFailure("a tile that is none passed the checks")
    }
    let state = currentState()
    let profile =
      request.profile.isEmpty
      ? nil : try { () throws(EngineError) in try profileSnapshot(request.profile, of: state.snapshot) }()
    let drawing = TileDrawing(engine: self, address: address, state: state, profile: profile, limit: limit)
    let tile = try drawing.tile(of: request.layer)
    let isKnown = request.knownTag == tile.tag
    return TileAnswer(
      version: state.snapshot.version, tile: isKnown ? [] : tile.bytes, tag: tile.tag, isKnown: isKnown,
      leftOutCount: tile.leftOutCount)
  }
}

/// What tiles are drawn from and kept in.
struct TileStores: Sendable {
  let cache: TileCache
  let major = MajorTileRoads()
  let alike = AlikeRoadsCache()
  let closures = ClosureShapes()
  let arrivals = FirstArrivalsCache()

  init(_ limits: EngineLimits) { cache = TileCache(bytesMax: limits.tileCacheBytesMax) }
}

/// One tile, of one moment.
private struct TileDrawing {
  let engine: TocsinEngine
  let address: TileAddress
  let state: EngineState
  let profile: ProfileSnapshot?
  let limit: WorkLimit

  private var stores: TileStores { engine.tiles }
  private var network: RoadNetwork { engine.map.network }
  private var isDetailed: Bool { address.zoom >= TileRoads.detailedZoom }

  func tile(of layer: TileLayer) throws(EngineError) -> VectorTile {
    let snapshot = state.snapshot
    switch layer {
    case .roads:
      return try kept(layer, version: snapshot.roadsVersion) { () throws(EngineError) in try roads() }
    case .closures:
      return try kept(layer, version: snapshot.closuresVersion) { () throws(EngineError) in try closures() }
    case .speeds:
      return try kept(layer, version: max(snapshot.speedsVersion, snapshot.roadsVersion)) {
        () throws(EngineError) in try speeds()
      }
    case .coverage: return try coverage()
    }
  }

  private func kept(
    _ layer: TileLayer, version: UInt64, mark: Int = 0, draw: () throws(EngineError) -> VectorTile
  ) throws(EngineError) -> VectorTile {
    let key = TileCache.Key(
      layer: layer, address: address, profile: profile?.roads.profile.name ?? "", version: version, mark: mark)
    return try stores.cache.tile(key, draw: draw)
  }

  /// The roads that the tile may show: those within near by, and all great ones of the map farther out.
  private func shownRoads() throws(EngineError) -> TileRoads {
    if isDetailed { return try .within(address, of: network, within: limit) }
    return stores.major.roads(of: network)
  }

  private func roads() throws(EngineError) -> VectorTile {
    let costs = profile?.roads.costs
    if isDetailed { return try RoadTile.draw(address, shownRoads(), costs, within: limit) }
    let alike = try stores.alike.roads(
      of: profile?.roads.profile.name ?? "", version: state.snapshot.roadsVersion
    ) { () throws(EngineError) in try RoadTile.alike(shownRoads(), costs, within: limit) }
    return try RoadTile.draw(address, alike, in: network, within: limit)
  }

  private func closures() throws(EngineError) -> VectorTile {
    let shapes = try stores.closures.shapes(
      of: state.traffic, version: state.snapshot.closuresVersion, on: network, within: limit)
    return try ClosureTile.draw(address, shapes, for: profile?.roads.profile, within: limit)
  }

  private func speeds() throws(EngineError) -> VectorTile {
    try SpeedTile.draw(
      address, shownRoads(), state.snapshot.conditions, profile?.roads.costs, within: limit)
  }

  /// By the available units: all of them, or those of the profile.
  private func coverage() throws(EngineError) -> VectorTile {
    let name = profile?.roads.profile.name ?? ""
    let units = try engine.covering(of: name, in: state, within: limit)
    let key = FirstArrivalsCache.Key(units, of: name, version: state.snapshot.version)
    return try kept(.coverage, version: key.version, mark: key.units) { () throws(EngineError) in
      let arrivals = try stores.arrivals.arrivals(key) { () throws(EngineError) in
        try engine.firstArrivals(of: units, in: state, within: limit)
      }
      if isDetailed { return try CoverageTile.draw(address, shownRoads(), arrivals, within: limit) }
      let alike = try stores.arrivals.alike(key) { () throws(EngineError) in
        try CoverageTile.groups(of: shownRoads(), arrivals, within: limit, isFarOut: true)
      }
      return CoverageTile.draw(address, alike)
    }
  }
}
