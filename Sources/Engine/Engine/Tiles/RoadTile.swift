import API
import Profiles
import RoadGraph
import Synchronization
import VectorTiles

/// The roads of a tile: near by one feature for each OSM way, farther out one for all that are alike.
///
/// Both directions are one feature. `class` is OSM's `highway`; `speed_kmh` holds along the line and
/// `backward_speed_kmh` against it where that is another one; 0 is where the vehicle can't drive.
enum RoadTile {
  static let layer = "roads"

  /// Roads that are alike far out.
  struct Kind: Hashable, Sendable {
    var roadClass: RoadClass
    var name: TextID
    var ref: TextID
    var speeds: TileSpeeds
  }

  /// - Parameter costs: of the profile whose speeds are told; `nil` tells none.
  static func draw(
    _ tile: TileAddress, _ roads: TileRoads, _ costs: CostModel?, within limit: WorkLimit
  ) throws(EngineError) -> VectorTile {
    var layer = VectorTile.writer(layer, bytesMax: Limits.tileBytesMax)
    try roads.forEachWay(within: limit) { way in
      let attributes = costs?.attributes(of: way.id) ?? way.attributes
      let flags = attributes.flags
      let speeds = way.speeds(costs).tags
      let name = way.attributes.roadClass.tileName
      layer.add(
        kind: name, id: UInt64(bitPattern: way.way.osmID), lines: tile.drawn(way.lines),
        [
          "class": .text(name), "name": .text(ifAny: way.name),
          "ref": .text(ifAny: way.ref), "oneway": attributes.oneway, "bridge": .truth(ifTrue: flags.contains(.bridge)),
          "tunnel": .truth(ifTrue: flags.contains(.tunnel)),
          "level": attributes.layer == 0 ? nil : .whole(Int(attributes.layer)), "speed_kmh": speeds.forward,
          "backward_speed_kmh": speeds.backward,
        ])
    }
    return VectorTile(layer)
  }

  /// - Parameter roads: of the whole map.
  static func draw(
    _ tile: TileAddress, _ roads: AlikeLines<Kind>, in network: RoadNetwork, within limit: WorkLimit
  ) throws(EngineError) -> VectorTile {
    var layer = VectorTile.writer(layer, bytesMax: Limits.tileBytesMax)
    for (number, group) in roads.groups.enumerated() {
      if number % checkInterval == 0 { try limit.check() }
      let lines = roads.lines(in: tile, of: number)
      if lines.isEmpty { continue }
      let (kind, speeds) = (group.kind, group.kind.speeds.tags)
      layer.add(
        kind: kind.roadClass.tileName, lines: lines,
        [
          "class": .text(kind.roadClass.tileName), "name": .text(ifAny: network.texts[kind.name]),
          "ref": .text(ifAny: network.texts[kind.ref]), "speed_kmh": speeds.forward,
          "backward_speed_kmh": speeds.backward,
        ])
    }
    return VectorTile(layer)
  }

  /// This many kinds of roads are drawn in about a millisecond.
  private static let checkInterval = 256

  /// Puts roads together that are alike. O(points).
  static func alike(
    _ roads: TileRoads, _ costs: CostModel?, within limit: WorkLimit
  ) throws(EngineError) -> AlikeLines<Kind> {
    var kinds = LineGroups<Kind>()
    try roads.forEachWay(within: limit) { way in
      let kind = Kind(
        roadClass: way.attributes.roadClass, name: way.way.name, ref: way.way.ref, speeds: way.speeds(costs))
      kinds.add(way.lines, to: kind)
    }
    return AlikeLines(kinds)
  }
}

/// The roads that are alike, of each profile, made when they are first asked for at a version of the roads.
final class AlikeRoadsCache: Sendable {
  private let made = Mutex<[String: (roadsVersion: UInt64, roads: AlikeLines<RoadTile.Kind>)]>([:])

  /// - Parameter profile: empty for roads without speeds.
  func roads(
    of profile: String, version: UInt64, make: () throws(EngineError) -> AlikeLines<RoadTile.Kind>
  ) throws(EngineError) -> AlikeLines<RoadTile.Kind> {
    if let known = made.withLock({ $0[profile] }), known.roadsVersion == version { return known.roads }
    let roads = try make()
    made.withLock { $0[profile] = (version, roads) }
    return roads
  }
}

extension TileValue {
  static func text(ifAny text: String) -> TileValue? { text.isEmpty ? nil : .text(text) }
  static func truth(ifTrue isTrue: Bool) -> TileValue? { isTrue ? .truth(true) : nil }
}

extension RoadAttributes {
  /// 1 along the way, -1 against it, as tiles of others say it.
  fileprivate var oneway: TileValue? {
    guard flags.contains(.oneway) else { return nil }
    return .whole(forward.access.contains(.contraflow) ? -1 : 1)
  }
}
