import API
import Geometry
import RoadGraph

/// The points of layers near a place.
extension TocsinEngine {
  public func nearby(_ request: NearbyRequest, within limit: WorkLimit) throws(EngineError) -> NearbyAnswer {
    try Validation.nearby(request)
    let state = currentState()
    let layers = try state.layers.asked(request.layers)
    var answer = NearbyAnswer(version: state.snapshot.version)
    if request.isAlongRoads {
      let roads = try roads(at: request)
      answer.place = sites.snappedPlace(roads[0])
      answer.features = try RoadWalk(from: roads, to: layers, on: map.network)
        .nearest(request, within: limit)
    } else {
      for layer in layers {
        try limit.check()
        answer.features += Self.nearest(of: layer, to: request)
      }
    }
    return answer
  }

  /// The roads that a place lies on: its nearest one, and those that are as near.
  private func roads(at request: NearbyRequest) throws(EngineError) -> [SnapCandidate] {
    let meters = min(request.radiusMeters, Limits.snapRadiusMeters)
    let finder = LayerRoadFinder(map.network, LayerRule(roadMetersMax: meters, levels: request.place.levels))
    let roads = finder.roads(near: request.place.coordinate, view: nil)
    guard roads.isEmpty else { return roads }
    throw EngineError(
      .offMap, "no road lies within \(meters) m of the place", value: "\(request.place.coordinate)")
  }

  private static func nearest(of layer: KeptLayer, to request: NearbyRequest) -> [NearbyFeature] {
    var found = NearestFeatures(layer, count: request.count)
    let plane = LocalPlane(around: request.place.coordinate)
    layer.placement.points.visitNearest(in: plane, radiusMeters: request.radiusMeters) { feature, meters in
      if found.isComplete(at: meters) { return false }
      found.note(feature, meters: meters)
      return true
    }
    return found.sorted.map { NearbyFeature(layer.layer.name, layer.layer.features[$0.feature], airMeters: $0.meters) }
  }
}

/// The points of a layer that are found near a place: what can't be used comes behind all that can.
struct NearestFeatures {
  struct Found {
    var feature: Int
    var meters: Double
    var side = StreetSide.none
  }

  let layer: KeptLayer
  private let count: Int
  private var found: [Int: Found] = [:]

  init(_ layer: KeptLayer, count: Int) { (self.layer, self.count) = (layer, count) }

  /// The nearest of what is noted of a point counts.
  mutating func note(_ feature: Int, meters: Double, side: StreetSide = .none) {
    if let known = found[feature], known.meters <= meters { return }
    found[feature] = Found(feature: feature, meters: meters, side: side)
  }

  /// True if what lies farther away than this changes nothing. O(found).
  func isComplete(at meters: Double) -> Bool {
    found.count >= count
      && found.values.count { $0.meters < meters && !layer.placement.unusable.contains($0.feature) } >= count
  }

  /// As many as are wanted: those that can be used first, the nearest first.
  var sorted: [Found] {
    let unusable = layer.placement.unusable
    let all = found.values.sorted {
      (unusable.contains($0.feature) ? 1 : 0, $0.meters, $0.feature)
        < (unusable.contains($1.feature) ? 1 : 0, $1.meters, $1.feature)
    }
    return Array(all.prefix(count))
  }
}
