import Geometry
import MapFile
import RoadGraph

/// The nearest road of a place up to 60 m off the road.
struct SnapScenario {
  let world: World
  private static let places = 20_000
  private static let checkedPlaces = 20
  private static let offsetMetersMax = 60.0
  private static let radiusMeters = 1_000.0

  func run() throws -> [Measurement] {
    var random = world.random("snap")
    let places = (0..<Self.places).map { _ in world.randomPlace(&random, metersMax: Self.offsetMetersMax) }
    let snapper = Snapper(world.network)
    func nearest(_ place: Coordinate) -> SnapCandidate? {
      snapper.candidates(.init(place, radiusMeters: Self.radiusMeters, count: 1)) { _, _ in true }.first
    }
    for place in places.prefix(Self.checkedPlaces) {
      let expected = bruteForceMeters(place)
      let found = nearest(place)?.distanceMeters ?? .infinity
      try BenchFailure.check(found == expected, "snap", "\(place) lies \(expected) m from a road, not \(found) m")
    }
    return [
      Measurement("snap", places) { place in
        nearest(place).map { Int($0.distanceMeters * 1_000) } ?? -1
      }
    ]
  }

  /// From every straight line of every road.
  private func bruteForceMeters(_ place: Coordinate) -> Double {
    let plane = LocalPlane(around: place)
    return world.network.segmentArcs.indices.reduce(Double.infinity) { least, segment in
      let shape = world.network.shape(of: segment)
      return zip(shape, shape.dropFirst()).reduce(least) {
        min($0, plane.nearestPoint(onLineFrom: $1.0, to: $1.1).distanceMeters)
      }
    }
  }
}
