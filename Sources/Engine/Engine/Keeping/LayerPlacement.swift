import API
import Geometry
import RoadGraph

/// Where the points of a layer are: on which roads, in sight of what, and on the map.
struct LayerPlacement: Sendable {
  /// Where on a road each feature is, on the nearest of those that it belongs to; `nil` for areas and for points that
  /// no road is near.
  let positions: [RoadPosition?]
  let roads: LayerRoads
  let sights: LayerSights
  let points: LayerPoints
  /// Positions of features that can't be used at the moment.
  let unusable: Set<Int>

  private static let featuresBetweenLooks = 1_000

  /// O(features x log segments).
  ///
  /// - Parameter check: called every now and then; ends the work by throwing.
  init<Failure: Error>(
    of layer: Layer, on network: RoadNetwork, check: () throws(Failure) -> Void
  ) throws(Failure) {
    // First all that is looked at: Swift 6.3.1 fails on a loop over features when it optimises.
    let (points, views) = (layer.features.map(\.point), layer.features.map(\.view))
    let roadFinder = LayerRoadFinder(network, layer.rule)
    var positions = [RoadPosition?](repeating: nil, count: points.count)
    var spots: [LayerRoads.Placed] = []
    for (number, point) in points.enumerated() {
      if number % Self.featuresBetweenLooks == 0 { try check() }
      guard let point else { continue }
      let roads = roadFinder.roads(near: point, view: views[number])
      positions[number] = roads.first?.position
      spots += roads.map { LayerRoads.Placed($0, feature: number) }
    }
    self.positions = positions
    roads = LayerRoads(spots, segmentCount: network.firstPiece.count)
    sights = LayerSights(points, views) { positions[$0].map { network.isInTunnel($0.piece) } ?? false }
    self.points = LayerPoints(points)
    let usable = layer.features.map(\.isUsable)
    unusable = Set(usable.indices.filter { !usable[$0] })
  }
}
