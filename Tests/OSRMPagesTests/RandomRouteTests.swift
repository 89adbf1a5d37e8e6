import API
import Engine
import Geometry
import TestSupport
import Testing

/// What a page says is what the engine says, in random towns.
@Suite struct RandomRouteTests {
  @Test(arguments: 0..<12)
  func routesAreThoseOfTheEngine(_ seed: Int) throws {
    let town = RandomTown(seed: UInt64(seed))
    let engine = try TestEngine(.text(opl: town.text.opl)).engine
    let desk = Desk(engine)
    var random = SeededGenerator(seed: UInt64(seed))
    for number in 0..<25 {
      let places = (0..<(number % 3 + 2)).map { _ in town.place(&random) }
      let url = "/route/v1/driving/" + places.map { "\($0.longitude),\($0.latitude)" }.joined(separator: ";")
      var request = RouteRequest(places: places.map { Place($0) }, profile: "plain")
      request.detail = [.shape, .steps]
      request.alternatives = places.count == 2 ? 2 : 0
      let options = "?steps=true&annotations=true&overview=full&alternatives=2"
      let page = try desk.json(url + options)
      let found = Result { () throws(EngineError) in try engine.route(request) }
      switch found {
      case .failure(let error):
        #expect(page["code"].text == (error.code == .offMap ? "NoSegment" : "NoRoute"), "seed \(seed): \(error)")
      case .success(let answer):
        let routes = [answer.route] + answer.alternatives
        #expect(page["routes"].list.count == routes.count, "seed \(seed)")
        for (route, told) in zip(routes, page["routes"].list) { check(told, route, "seed \(seed), \(url)") }
        let snapped = [answer.from] + answer.via + [answer.to]
        for (place, told) in zip(snapped, page["waypoints"].list) {
          #expect(abs((told["distance"].number ?? -9) - place.distanceMeters) < 1e-5)
          #expect(abs((told["location"][0].number ?? 0) - place.coordinate.longitude) < 1e-6)
        }
      }
    }
  }

  private func check(_ told: JSON, _ route: Route, _ comment: Comment) {
    #expect(abs((told["duration"].number ?? -9) - route.travelSeconds) <= 0.051, comment)
    #expect(abs((told["distance"].number ?? -9) - route.lengthMeters) <= 0.051, comment)
    #expect(told["legs"].list.count == route.legs.count, comment)
    for (leg, page) in zip(route.legs, told["legs"].list) {
      #expect(abs((page["duration"].number ?? -9) - leg.travelSeconds) <= 0.051, comment)
      #expect(abs((page["distance"].number ?? -9) - leg.lengthMeters) <= 0.051, comment)
      let steps = page["steps"].list
      #expect(steps.first?["maneuver"]["type"].text == "depart", comment)
      #expect(steps.last?["maneuver"]["type"].text == "arrive", comment)
      let meters = steps.reduce(0) { $0 + ($1["distance"].number ?? 0) }
      #expect(abs(meters - leg.lengthMeters) < 0.06 * Double(steps.count + 1), comment)
    }
    let line = Polyline.decode(told["geometry"].text ?? "", .fiveDigits) ?? []
    #expect(line.count == max(route.shape.count, 2), comment)
    for (point, shape) in zip(line, route.shape) { #expect(point.distanceMeters(to: shape) < 1, comment) }
  }
}
