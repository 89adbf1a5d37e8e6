import API
import Fleet
import Geometry
import RoadGraph
import TestSupport
import Testing

@testable import Engine

/// What a route over several places says of the way to each, and where on the line its steps begin.
@Suite struct LegStories {
  private func answer(_ town: Town, _ places: String) throws -> RouteAnswer {
    var request = RouteRequest(places: places.map { Place(town.map.coordinate($0)) }, profile: "plain")
    request.detail = [.shape, .steps]
    return try town.testEngine().engine.route(request)
  }

  /// From 1 over 2 to 3: 2 is 600 m away, and 3 another 600 m, each round a corner.
  @Test func aLegForEachPlace() throws {
    let town = try Town(
      """
      A-1---B
            |
            2
            |
            C---3-D
      """)
    let answer = try answer(town, "123")
    #expect(answer.route.legs.map { Town.tenths($0.travelSeconds) } == [60, 60])
    #expect(answer.via.map(\.coordinate) == [town.map.coordinate("2")])
    let legs = answer.route.legs
    #expect(legs.map(\.firstPoint) == [0, 2] && answer.route.shape[2] == town.map.coordinate("2"))
    #expect(legs.map { answer.route.steps[$0.firstStep].maneuver.kind } == [.depart, .depart])
    #expect(answer.route.steps.map(\.firstPoint) == [0, 1, 2, 2, 3, 4])
  }

  /// Where the road only goes on at the stop, the legs are the routes from place to place.
  @Test func legsAreRoutesPieceByPiece() throws {
    let town = try Town("A-1---B---2-C---3-D")
    let whole = try answer(town, "123").route
    for (leg, pair) in zip(whole.legs, ["12", "23"]) {
      let piece = try answer(town, pair).route
      #expect(leg.travelSeconds == piece.travelSeconds && leg.lengthMeters == piece.lengthMeters)
      #expect(piece.legs.map(\.travelSeconds) == [piece.travelSeconds])
    }
  }

  /// Whoever can't turn round pays for the stop on the leg behind it.
  @Test func theWayBackIsTheSecondLeg() throws {
    let town = try Town(
      """
      A-1-B-2-C
          |   |
          D---E
      """)
    let legs = try answer(town, "121").route.legs
    let direct = try answer(town, "12").route.travelSeconds
    #expect(
      Town.tenths(legs.map(\.travelSeconds).reduce(0, +)) == 160 && legs.allSatisfy { $0.travelSeconds >= direct })
  }

  /// A route without places on the way has one leg, and so has each alternative; the way of a unit has none.
  @Test func oneLegAtLeast() throws {
    var town = try Town(
      """
      A---B
      |   |
      C---D
      """)
    town.road("AB")
    town.road("CD", kmh: 40)
    let ends = [town.map.middle("A", "C"), town.map.middle("B", "D")]
    var request = RouteRequest(places: ends.map { Place($0) }, profile: "plain")
    request.alternatives = 1
    let answer = try town.testEngine().engine.route(request)
    #expect(!answer.alternatives.isEmpty && answer.via.isEmpty)
    for route in [answer.route] + answer.alternatives {
      #expect(route.legs.map(\.travelSeconds) == [route.travelSeconds])
      #expect(route.legs.map(\.lengthMeters) == [route.lengthMeters])
    }
    let engine = try town.testEngine().engine
    _ = try engine.putUnits([
      ResponseUnit(
        id: "u", profile: "plain", coordinate: ends[0], reportedAt: town.testEngine().clock.now)
    ])
    let units = try engine.fastestUnits(
      FastestUnitsRequest(incident: Place(ends[1]), count: 1)
    ).units
    #expect(units.map(\.route.legs) == [[]])
  }

  /// Two places at one spot: nothing is driven between them, and still there is a leg.
  @Test func aLegWithoutAWay() throws {
    let town = try Town("A-1---B---2-C")
    let route = try answer(town, "112").route
    #expect(route.legs.map(\.travelSeconds) == [0, route.travelSeconds])
    #expect(route.legs.map(\.firstStep) == [0, 0] && route.legs.map(\.firstPoint) == [0, 0])
  }

  /// On random towns: each leg is what driving its trip takes, one after the other, no leg is faster than the route
  /// asked for alone, and legs and steps cut the line where they say.
  @Test(arguments: 0..<8)
  func legsAreWhatTripsTake(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let town = RandomTown(seed: UInt64(seed), junctionCount: 80)
    let test = try TestEngine(.text(opl: town.text.opl))
    var (found, same) = (0, 0)
    for profile in test.profiles.profiles where ["ambulance", "plain"].contains(profile.name) {
      let oracle = EngineOracle(test.engine, profile: profile)
      for _ in 0..<20 {
        var request = RouteRequest(
          places: (0..<Int.random(in: 2...5, using: &random)).map { _ in Place(town.place(&random)) },
          profile: profile.name)
        request.detail = [.shape, .steps]
        let question = "seed \(seed), \(profile.name): \(request.places)"
        let routed = try? test.engine.routed(
          request, in: test.engine.currentState(), within: .none)
        guard let routed else { continue }
        found += 1
        let route = routed.answer.route
        #expect(route.legs.count == request.places.count - 1 && routed.answer.via.count == route.legs.count - 1)
        for (leg, itinerary) in zip(route.legs, routed.legs) {
          let drive = oracle.drive(itinerary.trip)
          #expect(
            Self.milliseconds(leg.travelSeconds)
              == Int(drive.milliseconds) + Int(itinerary.turnRound.timeMilliseconds), "\(question)")
        }
        Self.checkCuts(of: route, question)
        if try arePieces(route.legs, of: routed.answer, request, test.engine, question) { same += 1 }
      }
    }
    #expect(found > 10 && same > 3, "seed \(seed): \(found), \(same)")
  }

  /// No leg is faster than a route between the places where the vehicle stops; true if all are as fast.
  private func arePieces(
    _ legs: [RouteLeg], of answer: RouteAnswer, _ request: RouteRequest, _ engine: TocsinEngine, _ question: String
  ) throws -> Bool {
    var isSame = true
    let stops = [answer.from] + answer.via + [answer.to]
    for (index, leg) in legs.enumerated() {
      let places = Array(request.places[index...index + 1])
      guard let piece = try? engine.route(RouteRequest(places: places, profile: request.profile)),
        piece.from.coordinate == stops[index].coordinate, piece.to.coordinate == stops[index + 1].coordinate,
        !piece.route.needsLastResort, !answer.route.needsLastResort
      else { return false }
      #expect(leg.travelSeconds >= piece.route.travelSeconds, "\(question), leg \(index)")
      isSame = isSame && leg.travelSeconds == piece.route.travelSeconds
    }
    return isSame
  }

  private static func checkCuts(of route: Route, _ question: String) {
    let seconds = route.legs.reduce(0) { $0 + milliseconds($1.travelSeconds) }
    #expect(seconds == milliseconds(route.travelSeconds), "\(question)")
    let meters = route.legs.reduce(0) { $0 + $1.lengthMeters }
    #expect(abs(meters - route.lengthMeters) < 0.001, "\(question)")
    guard !route.shape.isEmpty else { return }
    let points = route.steps.map(\.firstPoint)
    #expect(points == points.sorted() && points.last == route.shape.count - 1, "\(question)")
    #expect(route.legs.map(\.firstPoint) == route.legs.map(\.firstPoint).sorted(), "\(question)")
    for (index, step) in route.steps.enumerated() where step.maneuver.kind != .arrive {
      #expect(route.shape[step.firstPoint] == step.maneuver.coordinate, "\(question), step \(index)")
      let part = Array(route.shape[step.firstPoint...route.steps[index + 1].firstPoint])
      let drawn = zip(part, part.dropFirst()).reduce(0) { $0 + $1.0.distanceMeters(to: $1.1) }
      #expect(abs(drawn - step.lengthMeters) < 0.5 + 0.001 * drawn, "\(question), step \(index)")
    }
    for leg in route.legs where leg.lengthMeters > 1 {
      let step = route.steps[leg.firstStep]
      #expect(step.maneuver.kind == .depart && step.firstPoint == leg.firstPoint, "\(question)")
    }
  }

  private static func milliseconds(_ seconds: Double) -> Int { Int((seconds * 1000).rounded()) }
}
