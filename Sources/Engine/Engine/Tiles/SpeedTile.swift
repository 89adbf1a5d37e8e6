import API
import Geometry
import Profiles
import RoadGraph
import Traffic
import VectorTiles

/// Measured speeds of a tile, each direction for itself, drawn as it is driven. What nobody measured isn't there.
///
/// `level` is the measured speed against the free one of the profile. Farther out, roads of one class and level are one
/// feature.
enum SpeedTile {
  static let layer = "speeds"

  /// How traffic flows.
  enum Level: String, Sendable {
    /// At four fifths of the free speed or more.
    case free
    /// At half of it or more.
    case slow
    /// At a quarter of it or more.
    case congested
    /// Slower.
    case standing
    /// Nobody gets through.
    case closed

    init(kmh: Double?, freeKmh: Double) {
      guard let kmh else {
        self = .closed
        return
      }
      let share = kmh / freeKmh
      self = share >= 0.8 ? .free : share >= 0.5 ? .slow : share >= 0.25 ? .congested : .standing
    }
  }

  /// What is one feature; far out less is told, so that there are few.
  private struct Kind: Hashable, Sendable {
    var way: WayID?
    var roadClass: RoadClass
    var kmh: Double?
    var freeKmh: Double?
    var level: Level?
  }

  /// - Parameter costs: of the profile whose speeds are the free ones; `nil` tells none.
  static func draw(
    _ tile: TileAddress, _ roads: TileRoads, _ conditions: TrafficConditions, _ costs: CostModel?,
    within limit: WorkLimit
  ) throws(EngineError) -> VectorTile {
    let isDetailed = tile.zoom >= TileRoads.detailedZoom
    var kinds = LineGroups<Kind>()
    try roads.forEachWay(within: limit) { way in
      for isAgainstWay in [false, true] {
        add(way, isAgainstWay: isAgainstWay, conditions, costs, isDetailed: isDetailed, to: &kinds)
      }
    }
    var layer = VectorTile.writer(layer, bytesMax: Limits.tileBytesMax)
    let network = roads.network
    for (kind, lines) in kinds.groups {
      let way = kind.way.map { network.ways[$0] }
      layer.add(
        kind: kind.roadClass.tileName, id: way.map { UInt64(bitPattern: $0.osmID) },
        lines: tile.drawn(isDetailed ? lines : LineChains.joined(lines)),
        [
          "class": .text(kind.roadClass.tileName), "name": way.flatMap { .text(ifAny: network.texts[$0.name]) },
          "speed_kmh": kind.kmh.map { .number($0) }, "free_kmh": kind.freeKmh.map { .number($0) },
          "level": kind.level.map { .text($0.rawValue) },
        ])
    }
    return VectorTile(layer)
  }

  /// Adds what was measured in one direction of a way, in the order in which it is driven.
  private static func add(
    _ way: TileWay, isAgainstWay: Bool, _ conditions: TrafficConditions, _ costs: CostModel?, isDetailed: Bool,
    to kinds: inout LineGroups<Kind>
  ) {
    var (last, lines) = (Kind?.none, TileLines())
    func finish() {
      if let last { kinds.add(lines.lines, to: last) }
      (last, lines) = (nil, TileLines())
    }
    let pieces = isAgainstWay ? Array(way.pieces.reversed()) : Array(way.pieces)
    for piece in pieces {
      let direction = way.direction(piece, isAgainstWay: isAgainstWay)
      let measured = conditions.measured(piece.piece, direction)
      if measured.isEmpty { continue }
      let freeKmh = costs?.speedKmh(piece.piece, direction)
      for (extent, kmh) in direction == .forward ? measured : measured.reversed() {
        let kind = kind(of: way, kmh: kmh, freeKmh: freeKmh, isDetailed: isDetailed)
        if kind != last { finish() }
        last = kind
        let shape = way.network.shape(of: piece.piece, in: piece.segment, between: extent)
        lines.add(direction == .forward ? shape : shape.reversed())
      }
    }
    finish()
  }

  private static func kind(of way: TileWay, kmh: Double?, freeKmh: Double?, isDetailed: Bool) -> Kind {
    let level = kmh == nil ? .closed : freeKmh.map { Level(kmh: kmh, freeKmh: $0) }
    let roadClass = way.attributes.roadClass
    if isDetailed { return Kind(way: way.id, roadClass: roadClass, kmh: kmh, freeKmh: freeKmh, level: level) }
    // Without a level, speeds tell something still: tens of km/h.
    let tens = level == nil ? kmh.map { ($0 / 10).rounded() * 10 } : nil
    return Kind(way: nil, roadClass: roadClass, kmh: tens, freeKmh: nil, level: level)
  }
}
