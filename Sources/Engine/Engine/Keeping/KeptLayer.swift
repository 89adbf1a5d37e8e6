import API
import Foundation
import Geometry
import RoadGraph

/// A layer on the roads of a map. It never changes: another content is another one.
final class KeptLayer: Sendable {
  /// Its features by id.
  let layer: Layer
  /// Where its points are.
  let placement: LayerPlacement
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
    let placement = try LayerPlacement(of: layer, on: network, check: check)
    self.init(layer, placement, AreaIndex(layer.features), Self.info(layer, placement.positions), layer.byteCount)
  }

  private init(
    _ layer: Layer, _ placement: LayerPlacement, _ areas: AreaIndex, _ info: LayerInfo, _ byteCount: Int
  ) {
    (self.layer, self.placement, self.areas, self.info) = (layer, placement, areas, info)
    self.byteCount = byteCount
  }

  /// Where on a road the points are, in the order of the features; `nil` for areas and for points that no road is near.
  var positions: [RoadPosition?] { placement.positions }

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
    return KeptLayer(layer, placement, areas, info, byteCount)
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
}
