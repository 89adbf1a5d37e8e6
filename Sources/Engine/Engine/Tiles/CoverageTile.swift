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
  private struct Kind: Hashable, Sendable {
    var way: WayID?
    var roadClass: RoadClass
    var minutes: Int
  }

  static func draw(
    _ tile: TileAddress, _ roads: TileRoads, _ arrivals: FirstArrivals, within limit: WorkLimit
  ) throws(EngineError) -> VectorTile {
    let isDetailed = tile.zoom >= TileRoads.detailedZoom
    var groups = LineGroups<Kind>()
    try roads.forEachWay(within: limit) { way in
      for piece in way.pieces {
        for (extent, minutes) in minutes(of: piece, arrivals, in: roads.network) {
          let kind = Kind(way: isDetailed ? way.id : nil, roadClass: way.attributes.roadClass, minutes: minutes)
          let shape = roads.network.shape(of: piece.piece, in: piece.segment, between: extent)
          groups.add(
            roads.network.pieces[piece.piece].isReversed ? shape.reversed() : shape, to: kind)
        }
      }
    }
    var layer = VectorTile.writer(layer, bytesMax: Limits.tileBytesMax)
    for (kind, lines) in groups.groups {
      let way = kind.way.map { roads.network.ways[$0] }
      layer.add(
        kind: kind.roadClass.tileName, id: way.map { UInt64(bitPattern: $0.osmID) },
        lines: tile.drawn(LineChains.joined(lines)),
        ["class": .text(kind.roadClass.tileName), "minutes": .whole(kind.minutes)])
    }
    return VectorTile(layer)
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
    let cuts = Set(parts.flatMap { [$0.extent.lowerBound, $0.extent.upperBound] }).sorted()
    return zip(cuts, cuts.dropFirst()).compactMap { low, high in
      let there = parts.filter { $0.extent.lowerBound <= low && $0.extent.upperBound >= high }
      return there.map(\.minutes).min().map { (low...high, $0) }
    }
  }
}
