import API
import Foundation
import Geometry
import RoadGraph

/// A layer on the roads of a map. It never changes: another content is another one.
final class KeptLayer: Sendable {
  /// Its features by id.
  let layer: Layer
  /// Where on a road the points are, in the order of the features; `nil` for areas and for points that no road is near.
  let positions: [RoadPosition?]
  /// Its areas, found by place.
  let areas: AreaIndex
  let info: LayerInfo
  /// Counted once: `limits.layers_bytes` is for all layers.
  let byteCount: Int

  /// Puts a layer on the roads of a map. O(features x log segments).
  ///
  /// - Parameter check: called every now and then; ends the work by throwing.
  convenience init<Failure: Error>(
    _ layer: Layer, on network: RoadNetwork, check: () throws(Failure) -> Void
  ) throws(Failure) {
    var layer = layer
    layer.features.sort { $0.id < $1.id }
    // First all points: Swift 6.3.1 fails on a loop over features when it optimises.
    let points = layer.features.map(\.point)
    var positions: [RoadPosition?] = []
    positions.reserveCapacity(points.count)
    for (number, point) in points.enumerated() {
      if number % Self.featuresBetweenLooks == 0 { try check() }
      positions.append(point.flatMap { network.roadPosition(near: $0, by: layer.rule) })
    }
    self.init(layer, positions, AreaIndex(layer.features), Self.info(layer, positions), layer.byteCount)
  }

  private init(
    _ layer: Layer, _ positions: [RoadPosition?], _ areas: AreaIndex, _ info: LayerInfo, _ byteCount: Int
  ) {
    (self.layer, self.positions, self.areas, self.info) = (layer, positions, areas, info)
    self.byteCount = byteCount
  }

  private static func info(_ layer: Layer, _ positions: [RoadPosition?]) -> LayerInfo {
    var info = LayerInfo(layer.name, rule: layer.rule, revision: layer.revision)
    info.pointCount = layer.features.count { $0.point != nil }
    info.areaCount = layer.features.count - info.pointCount
    info.weight = layer.features.reduce(0) { $0 + $1.weight }
    let offRoad = zip(layer.features, positions).filter { $0.point != nil && $1 == nil }
    info.offRoad = IDList(offRoad.map(\.0.id))
    return info
  }

  /// The same content with another revision. O(1).
  func numbered(_ revision: UInt64) -> KeptLayer {
    var (layer, info) = (layer, info)
    (layer.revision, info.revision) = (revision, revision)
    return KeptLayer(layer, positions, areas, info, byteCount)
  }

  /// True if another one says the same, whatever its revision. O(features).
  func says(_ other: KeptLayer) -> Bool {
    self === other || layer.rule == other.layer.rule && layer.features == other.layer.features
  }

  /// The position of a feature in the layer. O(log features).
  func position(ofFeature id: String) -> Int? {
    var range = 0..<layer.features.count
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      if layer.features[middle].id == id { return middle }
      range = layer.features[middle].id < id ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return nil
  }

  private static let featuresBetweenLooks = 1_000
}

extension RoadNetwork {
  /// Where a point of a layer belongs to a road: the nearest one that is no ferry's line; `nil` if none is near.
  fileprivate func roadPosition(near point: Coordinate, by rule: LayerRule) -> RoadPosition? {
    let query = Snapper.Query(point, radiusMeters: rule.roadMetersMax, count: 1)
    return Snapper(self).candidates(query) { _, piece in
      guard let way = way(of: piece) else { return true }
      let road = attributes[ways[way].attributes].roadClass
      return road != .ferry && road != .shuttleTrain
    }.first?.position
  }
}
