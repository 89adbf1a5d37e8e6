import API
import Geometry
import RoadGraph
import Synchronization
import Traffic

/// The points of a layer as places that units go to.
struct Demand: Sendable {
  struct Point: Sendable {
    var id: String
    var coordinate: Coordinate
    var weight: Double
  }

  let points: [Point]
  /// Of each profile, in their order, and each point: where it lies on the profile's roads; `nil` where none is near.
  let sites: [[Site?]]

  /// Where a point lies for each profile.
  func sites(of point: Int) -> [Site?] { sites.map { $0[point] } }

  var summary: DemandSummary {
    let isOnMap = points.indices.map { point in sites.contains { $0[point] != nil } }
    let onMap = zip(points, isOnMap).filter(\.1).map(\.0.weight)
    return DemandSummary(
      pointCount: points.count, weight: onMap.reduce(0, +),
      offMap: IDList(zip(points, isOnMap).filter { !$1 }.map(\.0.id)))
  }
}

extension KeptLayer {
  /// Its points. First all their places: Swift 6.3.1 fails on a loop over features when it optimises.
  fileprivate var demand: [Demand.Point] {
    let (places, ids) = (layer.features.map(\.point), layer.features.map(\.id))
    let weights = layer.features.map(\.weight)
    return places.indices.compactMap { number in
      places[number].map { Demand.Point(id: ids[number], coordinate: $0, weight: weights[number]) }
    }
  }
}

/// Where the points of layers lie on the roads of each profile: traffic leaves that as it is, so it is kept.
final class DemandCache: Sendable {
  /// The points of a layer on the roads of one profile.
  private struct Placed {
    /// Held, so that no other layer comes to stand at its address.
    var layer: KeptLayer
    var roadsVersion: UInt64
    var sites: [Site?]
  }

  private struct Key: Hashable {
    var layer: String
    var profile: String
  }

  private let placed = Mutex<[Key: Placed]>([:])
  private static let pointsBetweenLooks = 256

  /// The demand of a layer for some profiles. O(points x log roads) for the first question about a layer.
  ///
  /// - Throws: `UNKNOWN_LAYER`, `LIMIT_EXCEEDED`, `CANCELLED`, `DEADLINE_EXCEEDED`.
  func demand(
    _ layer: KeptLayer, for profiles: [ProfileSnapshot], in state: EngineState, _ finder: SiteFinder,
    within limit: WorkLimit
  ) throws(EngineError) -> Demand {
    let points = layer.demand
    if points.isEmpty {
      throw EngineError(.unknownLayer, "the layer has no points, which are the demand", value: layer.layer.name)
    }
    try Validation.atMost(
      Limits.coverageDemandPointsMax, "coverage_demand_points", points.count, "the layer has too many points")
    let sites = try profiles.map { profile throws(EngineError) in
      try self.sites(of: points, layer, for: profile, in: state, finder, within: limit)
    }
    return Demand(points: points, sites: sites)
  }

  private func sites(
    of points: [Demand.Point], _ layer: KeptLayer, for profile: ProfileSnapshot, in state: EngineState,
    _ finder: SiteFinder, within limit: WorkLimit
  ) throws(EngineError) -> [Site?] {
    let key = Key(layer: layer.layer.name, profile: profile.roads.profile.name)
    let roadsVersion = state.snapshot.roadsVersion
    let known = placed.withLock { $0[key] }
    if let known, known.layer === layer, known.roadsVersion == roadsVersion { return known.sites }
    var sites: [Site?] = []
    sites.reserveCapacity(points.count)
    for (number, point) in points.enumerated() {
      if number % Self.pointsBetweenLooks == 0 { try limit.check() }
      sites.append(finder.site(Place(point.coordinate), role: .destination, on: profile.roads))
    }
    placed.withLock { placed in
      // Nothing is kept of layers that are gone, or are others by now.
      placed = placed.filter { state.layers[name: $0.key.layer] === $0.value.layer }
      placed[key] = Placed(layer: layer, roadsVersion: roadsVersion, sites: sites)
    }
    return sites
  }
}
