import API
import Engine
import Geometry
import TestSupport
import Testing

/// Places with a reach and a side of their own, and stops that are driven on from.
@Suite struct OwnReachStories {
  private func answer(
    _ town: Town, _ places: [Place], profile: String = "ambulance", keepsDirection: Bool = false
  ) throws -> RouteAnswer {
    var request = RouteRequest(places: places, profile: profile)
    request.detail = [.shape]
    request.keepsDirection = keepsDirection
    return try town.testEngine().engine.route(request)
  }

  @Test func eachPlaceHasItsOwnRadius() throws {
    let town = try Town("A-1-----2-B")
    let away = town.map.coordinate("2").moved(50, headingDegrees: 0)
    var end = Place(away)
    end.radiusMeters = 40
    #expect(throws: EngineError.self) { try answer(town, [Place(town.map.coordinate("1")), end]) }
    end.radiusMeters = 60
    #expect(try abs(answer(town, [Place(town.map.coordinate("1")), end]).to.distanceMeters - 50) < 1)
    end.radiusMeters = 5_000
    let refusal = #expect(throws: EngineError.self) { try answer(town, [end, end]) }
    #expect(refusal?.code == .invalidRadius)
    // The question's own holds for the others.
    var matrix = MatrixRequest(origins: [Place(away)], destinations: [Place(away)], profile: "plain")
    matrix.reach.radiusMeters = 40
    matrix.destinations[0].radiusMeters = 60
    let found = try town.testEngine().engine.matrix(matrix)
    #expect(found.origins[0] == nil && found.destinations[0] != nil)
  }

  @Test func eachPlaceHasItsOwnTolerance() throws {
    let town = try Town("A---B---C")
    var place = Place(town.map.middle("A", "B"), headingDegrees: 60)
    place.headingToleranceDegrees = 181
    let refusal = #expect(throws: EngineError.self) {
      try town.testEngine().engine.snap(SnapRequest(place: place, profile: "plain"))
    }
    #expect(refusal?.code == .invalidHeading)
    place.headingToleranceDegrees = 40
    #expect(try town.testEngine().engine.snap(SnapRequest(place: place, profile: "plain")).places.count == 1)
  }

  /// Who must have the house on his right drives round the block.
  @Test(arguments: [StreetSide.left, .right])
  func theVehicleStopsOnTheSideOfThePlace(_ side: StreetSide) throws {
    let town = try Town(
      """
      A-1-B-----C
          |     |
          D-----E
      """)
    var end = Place(town.map.middle("B", "C").moved(20, headingDegrees: 0))
    end.side = side
    let found = try answer(town, [Place(town.map.coordinate("1")), end])
    #expect(found.to.side == side)
    // North of a road that one drives eastwards is on the left.
    #expect(town.letters(of: found.route.shape) == (side == .left ? "B" : "BDEC"))
  }

  @Test func sidesDoNotMatterOnOneways() throws {
    var town = try Town("A-1-B-----C")
    town.oneway("ABC")
    var end = Place(town.map.middle("B", "C").moved(20, headingDegrees: 0))
    end.side = .right
    #expect(try answer(town, [Place(town.map.coordinate("1")), end], profile: "plain").to.side == .left)
  }

  @Test func whoKeepsHisDirectionDoesNotTurnRound() throws {
    let town = try Town(
      """
      A-1-B-2-------C
          |         |
          D---------E
      """)
    let places = "121".map { Place(town.map.coordinate($0)) }
    let turning = try answer(town, places).route
    let going = try answer(town, places, keepsDirection: true).route
    #expect(turning.travelSeconds < going.travelSeconds)
    #expect(["BCEDB", "BDECB"].contains(town.letters(of: going.shape)))
  }

  @Test func snappedPlacesTellTheirNodes() throws {
    var town = try Town("A---B---C")
    town.oneway("CBA")
    var request = SnapRequest(place: Place(town.map.middle("A", "B")), profile: "plain")
    #expect(try town.testEngine().engine.snap(request).places[0].nodes == nil)
    request.wantsNodes = true
    #expect(try town.testEngine().engine.snap(request).places[0].nodes == OSMNodePair(from: 2, to: 1))
  }
}
