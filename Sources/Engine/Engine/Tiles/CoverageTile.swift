import API
import Geometry
import RoadGraph
import Traffic
import VectorTiles

/// Within how many minutes the first available unit is on each road, whichever way it comes. Roads to which none comes
/// within an hour aren't there.
enum CoverageTile {
  static let layer = "coverage"

  /// What is one feature; far out the way isn't told, so that there are few.
  struct Kind: Hashable, Sendable {
    var way: WayID?
    var roadClass: RoadClass
    var minutes: Int
  }

  /// A tile near by.
  static func draw(
    _ tile: TileAddress, _ roads: TileRoads, _ arrivals: FirstArrivals, within limit: WorkLimit
  ) throws(EngineError) -> VectorTile {
    var layer = VectorTile.writer(layer, bytesMax: Limits.tileBytesMax)
    for (kind, lines) in try groups(of: roads, arrivals, within: limit, isFarOut: false).groups {
      let way = kind.way.map { UInt64(bitPattern: roads.network.ways[$0].osmID) }
      add(kind, id: way, tile.drawn(LineChains.joined(lines)), to: &layer)
    }
    return VectorTile(layer)
  }

  /// A tile far out.
  ///
  /// - Parameter roads: of the whole map.
  static func draw(_ tile: TileAddress, _ roads: AlikeLines<Kind>) -> VectorTile {
    var layer = VectorTile.writer(layer, bytesMax: Limits.tileBytesMax)
    for (number, group) in roads.groups.enumerated() {
      add(group.kind, id: nil, roads.lines(in: tile, of: number), to: &layer)
    }
    return VectorTile(layer)
  }

  private static func add(_ kind: Kind, id: UInt64?, _ lines: [[MercatorPosition]], to layer: inout TileLayerWriter) {
    let name = kind.roadClass.tileName
    layer.add(kind: name, id: id, lines: lines, ["class": .text(name), "minutes": .whole(kind.minutes)])
  }

  /// Roads by when the first unit is there. O(pieces, limits).
  static func groups(
    of roads: TileRoads, _ arrivals: FirstArrivals, within limit: WorkLimit, isFarOut: Bool
  ) throws(EngineError) -> LineGroups<Kind> {
    var groups = LineGroups<Kind>()
    let network = roads.network
    try roads.forEachWay(within: limit) { way in
      for piece in way.pieces {
        for (extent, minutes) in minutes(of: piece, arrivals, in: network) {
          let kind = Kind(way: isFarOut ? nil : way.id, roadClass: way.attributes.roadClass, minutes: minutes)
          let shape = network.shape(of: piece.piece, in: piece.segment, between: extent)
          groups.add(network.pieces[piece.piece].isReversed ? shape.reversed() : shape, to: kind)
        }
      }
    }
    return groups
  }

  /// The parts of a stretch with the minutes within which the first unit is there, in both directions. O(parts).
  private static func minutes(
    of piece: TilePiece, _ arrivals: FirstArrivals, in network: RoadNetwork
  ) -> [(extent: ClosedRange<UInt32>, minutes: Int)] {
    var parts: [(extent: ClosedRange<UInt32>, minutes: Int)] = []
    let arcs = network.segmentArcs[piece.segment]
    for arc in [arcs.forward, arcs.backward].compactMap(\.self) {
      arrivals.visitParts(of: arc) { part in
        if part.piece == piece.piece { parts.append((part.extent, part.band + 1)) }
      }
    }
    // Most stretches are passed within one minute.
    if parts.allSatisfy({ $0.extent == .wholePiece }) {
      return parts.map(\.minutes).min().map { [(.wholePiece, $0)] } ?? []
    }
    let cuts = Set(parts.flatMap { [$0.extent.lowerBound, $0.extent.upperBound] }).sorted()
    return zip(cuts, cuts.dropFirst()).compactMap { low, high in
      let there = parts.filter { $0.extent.lowerBound <= low && $0.extent.upperBound >= high }
      return there.map(\.minutes).min().map { (low...high, $0) }
    }
  }
}
