import API
import Engine
import Hierarchy
import MapFile
import RoadGraph
import TestSupport

/// Travel times and paths between random arcs, and whole routes between random places.
struct QueryScenario {
  let world: World
  private static let pairs = 5_000
  private static let checkedPairs = 500
  private static let warmingPairs = 100
  private static let routes = 1_000

  func run() throws -> [Measurement] {
    var random = world.random("query")
    let pairs = world.randomPairs(Self.pairs, &random)
    let metric = MetricBuilder(world.hierarchy).customize(world.turnWeights)
    _ = try Verification(world: world).run(Self.checkedPairs)
    let query = PathQuery(world.hierarchy)
    for pair in pairs.prefix(Self.warmingPairs) { _ = weight(pair, query, metric) }
    let times = Measurement("query, travel time", pairs) { weight($0, query, metric) }
    var path: [ArcID] = []
    let paths = Measurement("query, path", pairs) { pair in
      query.path(from: [Terminal(pair.from)], to: [Terminal(pair.to)], metric: metric, into: &path)?.weight
        ?? .infinity
    }
    try BenchFailure.check(times.checksum == paths.checksum, "query", "travel times and paths differ")
    return [times, paths, try routes(&random)]
  }

  private func weight(_ pair: ArcPair, _ query: PathQuery, _ metric: Metric) -> Weight {
    query.weight(from: [Terminal(pair.from)], to: [Terminal(pair.to)], metric: metric)?.weight ?? .infinity
  }

  /// From place to place: snapping, search, and the list of the OSM ways.
  private func routes(_ random: inout SeededGenerator) throws -> Measurement {
    let engine = try world.engine()
    let requests = (0..<Self.routes).map { _ in
      var request = RouteRequest(
        places: [Place(world.randomPlace(&random)), Place(world.randomPlace(&random))],
        profile: world.roads.profile.name)
      request.detail = [.ways]
      return request
    }
    return Measurement("route, place to place", requests) { request in
      (try? engine.route(request)).map { Int($0.route.travelSeconds * 1_000) } ?? -1
    }
  }
}
