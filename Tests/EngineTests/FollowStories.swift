import API
import Foundation
import Geometry
import TestSupport
import Testing

@testable import Engine

/// Units under way: when they will be there, and what happens to them.
@Suite struct FollowStories {
  /// 2 km of straight road at 36 km/h, with a way round at its far half.
  private static func town() throws -> Town {
    var town = try Town(
      """
      A-a-b-c-d-B-e-f-g-h-C
                |         |
                D---------E
      """)
    for road in ["ABC", "BDEC"] { town.road(road) }
    return town
  }

  /// A unit on its way, and who follows it.
  private struct Trip {
    let town: Town
    let test: TestEngine
    var unit: ResponseUnit
    let watch: any AnswerStream<FollowEvent>

    init(
      status: UnitStatus = .enRoute, to place: Character = "C", turnoutSeconds: Double? = nil,
      _ change: (inout FollowRequest) -> Void = { _ in }
    ) throws {
      town = try FollowStories.town()
      test = try town.testEngine()
      unit = SpeedUnits.unit("E-1", at: town.map.coordinate("A"), profile: "plain")
      (unit.status, unit.turnoutSeconds) = (status, turnoutSeconds)
      unit.task = UnitTask(incidentID: "2026-7", destination: Place(town.map.coordinate(place)))
      _ = try test.engine.putUnits([unit])
      var request = FollowRequest(unitIDs: ["E-1"])
      request.thresholdsSeconds = [100, 40]
      change(&request)
      watch = try test.engine.follow(request)
    }

    /// What happened, as far as it is told.
    func events() throws -> [FollowEvent] {
      test.engine.hub.flush()
      var events: [FollowEvent] = []
      // A report is looked at a moment after the one before.
      for _ in 0..<40 {
        if let event = try watch.next() { events.append(event) } else { usleep(10_000) }
      }
      return events
    }

    mutating func report(at coordinate: Coordinate, after seconds: Double, heading: Double? = nil) throws {
      test.clock.advance(seconds: seconds)
      (unit.coordinate, unit.headingDegrees, unit.reportedAt) = (coordinate, heading, test.clock.now)
      _ = try test.engine.putUnits([unit])
    }

    mutating func report(at place: Character, after seconds: Double, heading: Double? = nil) throws {
      try report(at: town.map.coordinate(place), after: seconds, heading: heading)
    }

    /// What a route from where the unit is takes, from when it was there.
    func arrival() throws -> Date {
      let places = [
        Place(unit.coordinate, headingDegrees: unit.headingDegrees), Place(town.map.coordinate("C")),
      ]
      let route = try test.engine.route(RouteRequest(places: places, profile: "plain")).route
      return unit.reportedAt.addingTimeInterval(route.travelSeconds)
    }
  }

  @Test func aUnitUnderWayIsToldAtOnce() throws {
    let trip = try Trip()
    let events = try trip.events()
    #expect(events.map(\.kind) == [.underWay])
    #expect(events[0].arrivalAt == (try trip.arrival()))
    #expect(events[0].incidentID == "2026-7")
    #expect(events[0].destination == trip.town.map.coordinate("C"))
    #expect(events[0].route?.shape.isEmpty == true)
  }

  /// Who drives as expected makes no news but for thresholds and its end.
  @Test func whoComesAsExpectedIsNoNews() throws {
    var trip = try Trip()
    _ = try trip.events()
    let begin = try trip.arrival()
    var told: [FollowEvent] = []
    for place in "abcdBefgh" {
      let before = trip.unit.reportedAt
      try trip.report(at: place, after: 0)
      let meters = begin.timeIntervalSince(try trip.arrival())
      _ = before
      trip.test.clock.advance(seconds: meters)
      trip.unit.reportedAt = trip.test.clock.now
      _ = try trip.test.engine.putUnits([trip.unit])
      told += try trip.events()
    }
    #expect(!told.contains { $0.kind == .offRoute || $0.kind == .stopped })
    #expect(told.filter { $0.kind == .threshold }.map(\.thresholdSeconds) == [100, 40])
  }

  @Test func aLateUnitIsNews() throws {
    var trip = try Trip()
    let first = try #require(try trip.events().first?.arrivalAt)
    try trip.report(at: "A", after: 30)
    let events = try trip.events()
    #expect(events.map(\.kind) == [.eta])
    #expect(events[0].arrivalBefore == first)
    #expect(events[0].arrivalAt == (try trip.arrival()))
  }

  @Test func aClosureAheadIsNews() throws {
    let trip = try Trip()
    let first = try #require(try trip.events().first?.arrivalAt)
    _ = try trip.town.put(trip.town.circle("f", 20))
    let events = try trip.events()
    #expect(events.map(\.kind) == [.eta])
    #expect(try #require(events[0].arrivalAt) > first)
  }

  @Test func whereNoWayLeadsIsNewsToo() throws {
    let trip = try Trip()
    _ = try trip.events()
    _ = try trip.town.put(trip.town.circle("c", 20))
    let events = try trip.events()
    #expect(events.map(\.kind) == [.eta])
    #expect(events[0].arrivalAt == nil)
    #expect(events[0].etaSeconds == nil)
    _ = try trip.test.engine.liftClosures(["x"])
    #expect(try trip.events().map(\.kind) == [.eta])
  }

  @Test func whoLeavesTheWayIsTold() throws {
    var trip = try Trip()
    _ = try trip.events()
    try trip.report(at: "B", after: 40)
    _ = try trip.events()
    try trip.report(at: "D", after: 20, heading: 180)
    #expect(try !trip.events().contains { $0.kind == .offRoute })
    try trip.report(
      at: trip.town.map.coordinate("D").interpolated(to: trip.town.map.coordinate("E"), fraction: 0.3), after: 15)
    #expect(try trip.events().contains { $0.kind == .offRoute })
  }

  @Test func whoTurnsBackIsTold() throws {
    var trip = try Trip()
    _ = try trip.events()
    try trip.report(at: "d", after: 40, heading: 90)
    _ = try trip.events()
    try trip.report(at: "c", after: 10, heading: 270)
    _ = try trip.events()
    try trip.report(at: "b", after: 10, heading: 270)
    #expect(try trip.events().contains { $0.kind == .offRoute })
  }

  @Test func whoStandsForAMinuteHasStopped() throws {
    var trip = try Trip { $0.positionAgeSecondsMax = 600 }
    _ = try trip.events()
    var kinds: [FollowEvent.Kind] = []
    for _ in 0..<7 {
      try trip.report(at: "A", after: 10)
      kinds += try trip.events().map(\.kind)
    }
    #expect(kinds.count { $0 == .stopped } == 1)
    try trip.report(at: "b", after: 10)
    #expect(try trip.events().contains { $0.kind == .moving })
  }

  @Test func whoIsNotHeardOfIsStale() throws {
    var trip = try Trip()
    _ = try trip.events()
    trip.test.clock.advance(seconds: 61)
    // Another unit's report makes it look.
    _ = try trip.town.put(trip.town.circle("D", 5))
    #expect(try trip.events().contains { $0.kind == .stale })
    try trip.report(at: "b", after: 1)
    _ = try trip.events()
    trip.test.clock.advance(seconds: 30)
    _ = try trip.test.engine.liftClosures(["x"])
    #expect(try !trip.events().contains { $0.kind == .stale })
  }

  @Test func whoIsNearIsToldOnce() throws {
    var trip = try Trip(to: "a")
    _ = try trip.events()
    let (near, there) = (trip.town.map.coordinate("A"), trip.town.map.coordinate("a"))
    try trip.report(at: near.interpolated(to: there, fraction: 0.9), after: 5)
    #expect(try trip.events().contains { $0.kind == .near })
    try trip.report(at: there, after: 5)
    #expect(try !trip.events().contains { $0.kind == .near })
  }

  /// A report from far away is not believed the first time.
  @Test func aJumpIsDoubtedOnce() throws {
    var trip = try Trip()
    _ = try trip.events()
    try trip.report(at: "E", after: 1)
    #expect(try trip.events().isEmpty)
    try trip.report(at: "E", after: 1)
    #expect(try !trip.events().isEmpty)
  }

  /// Of a unit that boards the turnout runs from the alarm.
  @Test func theTurnoutRunsFromTheAlarm() throws {
    var trip = try Trip(status: .dispatched, turnoutSeconds: 30)
    let events = try trip.events()
    let travel = try trip.arrival().timeIntervalSince(trip.unit.reportedAt)
    let turnout = try #require(events.first?.etaSeconds) - travel
    #expect(turnout == 30)
    trip.unit.statusAt = trip.test.clock.now
    try trip.report(at: "A", after: 5)
    let later = try trip.events()
    // It is expected when it was expected.
    #expect(!later.contains { $0.kind == .eta })
  }

  @Test func whoIsOnSceneIsFollowedNoMore() throws {
    var trip = try Trip()
    _ = try trip.events()
    trip.unit.status = .onScene
    try trip.report(at: "C", after: 200)
    #expect(try trip.events().map(\.kind) == [.ended])
    // And again once it has another task.
    trip.unit.status = .enRoute
    trip.unit.task = UnitTask(incidentID: "2026-8", destination: Place(trip.town.map.coordinate("A")))
    try trip.report(at: "C", after: 10)
    let events = try trip.events()
    #expect(events.first?.kind == .underWay)
    #expect(events.first?.incidentID == "2026-8")
    _ = try trip.test.engine.removeUnits(["E-1"])
    #expect(try trip.events().map(\.kind) == [.ended])
  }

  @Test func allUnitsOfAnIncidentAreFollowed() throws {
    let trip = try Trip { ($0.unitIDs, $0.incidentID) = ([], "2026-7") }
    var other = SpeedUnits.unit("E-2", at: trip.town.map.coordinate("b"), profile: "plain")
    #expect(try trip.events().map(\.unitID) == ["E-1"])
    other.task = UnitTask(incidentID: "2026-7", destination: Place(trip.town.map.coordinate("C")))
    other.status = .enRoute
    _ = try trip.test.engine.putUnits([other])
    #expect(try trip.events().map(\.unitID).contains("E-2"))
  }

  @Test func whatCannotBeFollowedIsRefused() throws {
    let trip = try Trip()
    func code(_ change: (inout FollowRequest) -> Void) -> EngineError.Code? {
      var request = FollowRequest(unitIDs: ["E-1"])
      change(&request)
      return #expect(throws: EngineError.self) { try trip.test.engine.follow(request) }?.code
    }
    #expect(code { $0.unitIDs = ["nobody"] } == .unknownUnit)
    #expect(code { $0.unitIDs = [] } == .invalidArgument)
    #expect(code { $0.thresholdsSeconds = [0] } == .invalidLimit)
    #expect(code { $0.thresholdsSeconds = .init(repeating: 5, count: 11) } == .limitExceeded)
    #expect(code { $0.positionAgeSecondsMax = .nan } == .invalidLimit)
    #expect(code { $0.unitIDs = .init(repeating: "E-1", count: 1_001) } == .limitExceeded)
  }
}
