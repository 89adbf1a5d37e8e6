import API
import Engine
import Geometry
import TestSupport

/// What of 100,000 points of a layer lies along routes of about 10 km, and what of them is near a place.
struct AlongScenario {
  let world: World
  private static let points = 100_000
  private static let offsetMetersMax = 30.0
  private static let routes = 300
  private static let triesMax = 20_000
  private static let lengthMeters = 8_000.0...12_000.0
  private static let places = 2_000
  private static let checkedPlaces = 20
  private static let nearbyCount = 3

  func run() throws -> [Measurement] {
    var random = world.random("along")
    let engine = try world.engine()
    let points = (0..<Self.points).map { _ in world.randomPlace(&random, metersMax: Self.offsetMetersMax) }
    let features = points.enumerated().map { LayerFeature(id: "\($0)", .point($1)) }
    _ = try engine.putLayer(Layer("points", features: features), by: .local, within: .none)
    let plain = try routeRequests(engine, &random)
    let asked = plain.map { request in
      var request = request
      request.detail.layers = ["points"]
      return request
    }
    try check(engine, plain, asked)
    let nearby = (0..<Self.places).map { _ in request(world.randomPlace(&random, metersMax: Self.offsetMetersMax)) }
    try check(engine, nearby, points)
    var alongRoads = nearby
    for index in alongRoads.indices { alongRoads[index].isAlongRoads = true }
    return [
      try Measurement("route of 10 km", plain) { try engine.route($0) },
      try Measurement("the same, of 100,000 points those along it", asked) { try engine.route($0) },
      try Measurement("nearby, by air", nearby) { try engine.nearby($0) },
      try Measurement("nearby, by road", alongRoads) { try engine.nearby($0) },
    ]
  }

  private func request(_ place: Coordinate) -> NearbyRequest {
    var request = NearbyRequest(Place(place), layers: ["points"])
    request.count = Self.nearbyCount
    return request
  }

  /// Routes of about the length, as many as a small map has.
  private func routeRequests(_ engine: TocsinEngine, _ random: inout SeededGenerator) throws -> [RouteRequest] {
    var requests: [RouteRequest] = []
    for _ in 0..<Self.triesMax where requests.count < Self.routes {
      let request = RouteRequest(
        places: [Place(world.randomPlace(&random)), Place(world.randomPlace(&random))],
        profile: world.roads.profile.name)
      guard let route = try? engine.route(request).route, Self.lengthMeters.contains(route.lengthMeters) else {
        continue
      }
      requests.append(request)
    }
    try BenchFailure.check(!requests.isEmpty, "along", "no route of about 10 km on this map")
    return requests
  }

  /// What lies along a route changes nothing of it, and is passed in its order.
  private func check(_ engine: TocsinEngine, _ plain: [RouteRequest], _ asked: [RouteRequest]) throws {
    for (request, other) in zip(plain, asked).prefix(Self.checkedPlaces) {
      let (route, along) = (try engine.route(request).route, try engine.route(other).route)
      let times = along.assets.map(\.travelSeconds)
      try BenchFailure.check(
        route.travelSeconds == along.travelSeconds && !times.isEmpty && times == times.sorted()
          && times.allSatisfy { 0...route.travelSeconds ~= $0 },
        "along", "points along the route from \(request.places[0].coordinate) are not in its order")
    }
  }

  /// As looking at each point.
  private func check(_ engine: TocsinEngine, _ requests: [NearbyRequest], _ points: [Coordinate]) throws {
    for request in requests.prefix(Self.checkedPlaces) {
      let plane = LocalPlane(around: request.place.coordinate)
      let expected = points.map { point in
        let (east, north) = plane.meters(of: point)
        return (east * east + north * north).squareRoot()
      }.sorted().prefix(request.count)
      let found = try engine.nearby(request).features.map(\.airMeters)
      try BenchFailure.check(
        found == Array(expected), "along", "near \(request.place.coordinate) are \(found), not \(Array(expected))")
    }
  }
}

extension NearbyAnswer: Summable {
  func add(to sum: inout Checksum) {
    for near in features { sum.add(near.feature.id) }
  }
}

extension RouteAnswer: Summable {
  func add(to sum: inout Checksum) {
    sum.add(Int(route.travelSeconds * 1_000))
    for asset in route.assets {
      sum.add(asset.feature.id)
      sum.add(Int(asset.travelSeconds * 1_000))
    }
  }
}
