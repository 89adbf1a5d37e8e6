import API
import Fleet
import Foundation
import Geometry
import Ledger
import TestSupport
import Testing
import Traffic

@testable import Engine

/// What the engine refuses, with which code, and that a refusal changes nothing.
@Suite struct ErrorTests {
  private let town: Town
  private let engine: TocsinEngine
  private let here: Coordinate

  init() throws {
    town = try Town(
      """
      A--a--B-----C
            |     |
            D-----E
      """)
    engine = try town.testEngine().engine
    here = town.map.coordinate("B")
  }

  private func expect(_ code: EngineError.Code, value: String? = nil, _ body: () throws -> Void) {
    let error = #expect(throws: EngineError.self) { try body() }
    #expect(error?.code == code)
    #expect(error?.message.isEmpty == false)
    if let value { #expect(error?.value == value) }
    #expect(engine.listUnits().units.map(\.unit.id) == ["a"], "\(code) changed the fleet")
    #expect(engine.listClosures().closures.isEmpty, "\(code) changed the closures")
  }

  private static let impossible = [
    Coordinate(latitudeE7: 900_000_001, longitudeE7: 0), Coordinate(latitudeE7: .min, longitudeE7: 0),
    Coordinate(latitudeE7: 0, longitudeE7: 1_800_000_001), Coordinate(latitudeE7: 0, longitudeE7: .max),
  ]

  @Test func coordinatesOutOfRange() {
    for coordinate in Self.impossible {
      expect(.invalidCoordinate) { _ = try engine.fastestUnits(.init(incident: Place(coordinate), count: 1)) }
      expect(.invalidCoordinate) {
        _ = try engine.route(.init(places: [Place(here), Place(coordinate)], profile: "plain"))
      }
      expect(.invalidCoordinate) { _ = try engine.snap(.init(place: Place(coordinate), profile: "plain")) }
      expect(.invalidCoordinate) { _ = try engine.putUnits([unit("b") { $0.coordinate = coordinate }]) }
      expect(.invalidCoordinate) {
        _ = try engine.putClosures([RoadClosure(id: "x", selector: .point(coordinate, radiusMeters: 5))])
      }
    }
  }

  @Test(arguments: [-1, 360.1, .nan, .infinity, -.infinity])
  func headingsOutOfRange(_ heading: Double) {
    let place = Place(here, headingDegrees: heading)
    expect(.invalidHeading) { _ = try engine.fastestUnits(.init(incident: place, count: 1)) }
    expect(.invalidHeading) { _ = try engine.route(.init(places: [place, Place(here)], profile: "plain")) }
    expect(.invalidHeading) { _ = try engine.snap(.init(place: place, profile: "plain")) }
    expect(.invalidHeading) { _ = try engine.putUnits([unit("b") { $0.headingDegrees = heading }]) }
  }

  @Test(arguments: [0, -1, Int.min])
  func countsBelowOne(_ count: Int) {
    expect(.invalidCount, value: "\(count)") { _ = try engine.fastestUnits(.init(incident: Place(here), count: count)) }
    expect(.invalidCount, value: "\(count)") {
      var request = SnapRequest(place: Place(here), profile: "plain")
      request.count = count
      _ = try engine.snap(request)
    }
  }

  @Test(arguments: [0, -5, .nan, .infinity])
  func radiiOutOfRange(_ radius: Double) {
    expect(.invalidRadius) {
      var request = SnapRequest(place: Place(here), profile: "plain")
      request.reach.radiusMeters = radius
      _ = try engine.snap(request)
    }
    expect(.invalidRadius) {
      _ = try engine.putClosures([RoadClosure(id: "x", selector: .point(here, radiusMeters: radius))])
    }
  }

  @Test(arguments: [-1, .nan, .infinity, 1e308])
  func limitsThatAreNoNumbers(_ seconds: Double) {
    expect(.invalidArgument) {
      var request = FastestUnitsRequest(incident: Place(here), count: 1)
      request.travelSecondsMax = seconds
      _ = try engine.fastestUnits(request)
    }
    expect(.invalidArgument) {
      var request = FastestUnitsRequest(incident: Place(here), count: 1)
      request.positionAgeSecondsMax = seconds
      _ = try engine.fastestUnits(request)
    }
    expect(.invalidUnit) { _ = try engine.putUnits([unit("b") { $0.turnoutSeconds = seconds }]) }
  }

  @Test func routesNeedTwoPlaces() {
    for places in [[], [Place(here)]] {
      expect(.invalidArgument) { _ = try engine.route(.init(places: places, profile: "plain")) }
    }
  }

  @Test func placesFarFromAllRoads() {
    let far = Place(Coordinate(latitudeE7: -450_000_000, longitudeE7: 900_000_000))
    expect(.offMap) { _ = try engine.fastestUnits(.init(incident: far, count: 1)) }
    expect(.offMap) { _ = try engine.route(.init(places: [Place(here), far], profile: "plain")) }
    expect(.offMap) { _ = try engine.snap(.init(place: far, profile: "plain")) }
    expect(.nothingMatched) {
      _ = try engine.putClosures([RoadClosure(id: "x", selector: .point(far.coordinate, radiusMeters: 10))])
    }
  }

  @Test func namesThatNobodyKnows() {
    expect(.unknownProfile, value: "hovercraft") {
      _ = try engine.route(.init(places: [Place(here), Place(here)], profile: "hovercraft"))
    }
    expect(.unknownProfile) { _ = try engine.snap(.init(place: Place(here), profile: "")) }
    expect(.unknownProfile) { _ = try engine.putUnits([unit("b") { $0.profile = "hovercraft" }]) }
    expect(.unknownWay, value: "404") {
      _ = try engine.putClosures([RoadClosure(id: "x", selector: .way(osmID: 404, direction: .both))])
    }
    expect(.unknownUnit, value: "zz") { _ = try engine.removeUnits(["a", "zz"]) }
    expect(.unknownClosure, value: "zz") { _ = try engine.liftClosures(["zz"]) }
  }

  @Test func idsThatAreMissingTooLongOrDoubled() {
    let long = String(repeating: "é", count: Limits.textBytesMax / 2 + 1)
    for id in ["", long] {
      expect(.invalidUnit) { _ = try engine.putUnits([unit(id)]) }
      expect(.invalidClosure) { _ = try engine.putClosures([RoadClosure(id: id, selector: town.selector("BC"))]) }
    }
    expect(.invalidUnit, value: "b") { _ = try engine.putUnits([unit("b"), unit("c"), unit("b")]) }
    expect(.invalidUnit, value: "a") { _ = try engine.removeUnits(["a", "a"]) }
    let closure = RoadClosure(id: "x", selector: town.selector("BC"))
    expect(.invalidClosure, value: "x") { _ = try engine.putClosures([closure, closure]) }
    expect(.invalidUnit) { _ = try engine.putUnits([unit("b") { $0.agency = long }]) }
    expect(.invalidClosure) {
      _ = try engine.putClosures([RoadClosure(id: "x", selector: town.selector("BC"), reason: long)])
    }
  }

  /// A closure that is over, or that never begins, is a mistake of whoever closes the road.
  @Test func closuresThatHoldAtNoTime() throws {
    let now = try town.clock.now
    let day = 86_400.0
    func closure(_ from: Double?, _ until: Double?, _ hours: String = "") -> RoadClosure {
      RoadClosure(
        id: "x", selector: town.selector("BC"), from: from.map { now + $0 }, until: until.map { now + $0 },
        hours: hours)
    }
    // It is Tuesday, November 14, 2023.
    let never = [
      closure(60, 59), closure(60, 60), closure(nil, -1), closure(nil, 0), closure(-day, -1),
      closure(nil, day / 2, "Fr 08:00-10:00"), closure(nil, nil, "2019 Mo-Fr 08:00-10:00"), closure(nil, nil, "off"),
      closure(nil, 60, "Jun 01-Jul 31"),
    ]
    for closure in never {
      expect(.nothingInTime) { _ = try engine.putClosures([closure]) }
      expect(.nothingInTime) { _ = try engine.previewClosures(ClosuresRequest([closure])) }
    }
    let error = #expect(throws: EngineError.self) { try engine.putClosures([closure(60, 0, "Fr 08:00-10:00")]) }
    #expect(error?.value == "from 2023-11-14T22:14:20Z until 2023-11-14T22:13:20Z hours Fr 08:00-10:00")
    #expect(error?.message.contains("closure x") == true)
    for closure in [closure(nil, 1), closure(day, day + 1), closure(nil, nil, "Jun 01-Jul 31")] {
      #expect(try engine.putClosures([closure]).closures.count == 1)
    }
  }

  /// What a source says is over ends, also where it was to last longer; the others of the call are put.
  @Test func aFeedThatSaysThatAClosureIsOverEndsIt() throws {
    let now = try town.clock.now
    var over = RoadClosure(id: "x", source: "f", selector: town.selector("BC"), until: now + 3_600)
    _ = try engine.putClosures([over])
    over.until = now - 1
    var request = ClosuresRequest([over, RoadClosure(id: "y", source: "f", selector: town.selector("DE"))])
    (request.completeSource, request.strictness) = ("f", .skipRefused)
    request.feed = FeedReport(source: "f", intervalSeconds: 60, recordCount: 2)
    let answer = try engine.putClosures(request, by: .local)
    #expect(answer.refused.map(\.error.code) == [.nothingInTime] && answer.liftedIDs == ["x"])
    #expect(engine.listClosures().closures.map(\.closure.id) == ["y"])
  }

  @Test func areasAndLinesThatAreNone() {
    let corners = ["A", "B", "C"].map { town.map.coordinate($0) }
    let far = Coordinate(latitudeE7: 0, longitudeE7: 0)
    let selectors: [(RoadSelector, EngineError.Code)] = [
      (.areas([]), .invalidClosure), (.areas([Area(corners), Area([here])]), .invalidClosure),
      (.areas([Area(corners, holes: [[here, here]])]), .invalidClosure),
      (.polylines([], direction: .both), .invalidClosure),
      (.polylines([corners, [here]], direction: .both), .invalidClosure),
      (.areas([Area(corners), Area([here, far, here])]), .limitExceeded),
      (.polylines([corners, [here, far]], direction: .both), .limitExceeded),
      (.areas([[Coordinate]](repeating: corners, count: 4_000).map { Area($0) }), .limitExceeded),
    ]
    for (selector, code) in selectors {
      expect(code) { _ = try engine.putClosures([RoadClosure(id: "x", selector: selector)]) }
    }
  }

  @Test func limitsCanBeChanged() throws {
    var limits = EngineLimits()
    (limits.unitsMax, limits.closuresMax, limits.rankedUnitsMax, limits.closurePointsMax) = (2, 1, 3, 4)
    limits.subscriptionsMax = 1
    let small = try TocsinEngine(map: engine.map, profiles: TestProfiles.all, limits: limits)
    func refuses(_ body: () throws -> Void) {
      #expect(#expect(throws: EngineError.self) { try body() }?.code == .limitExceeded)
    }
    _ = try small.putUnits([unit("a"), unit("b")])
    refuses { _ = try small.putUnits([unit("c")]) }
    _ = try small.fastestUnits(.init(incident: Place(here), count: 3))
    refuses { _ = try small.fastestUnits(.init(incident: Place(here), count: 4)) }
    let line = ["A", "B", "C", "E", "D"].map { town.map.coordinate($0) }
    refuses { _ = try small.putClosures([RoadClosure(id: "x", selector: .polygon(line))]) }
    _ = try small.putClosures([RoadClosure(id: "x", selector: town.selector("BC"))])
    refuses { _ = try small.putClosures([RoadClosure(id: "y", selector: town.selector("CE"))]) }
    let watch = try small.watch(.fastestUnits(.init(incident: Place(here), count: 1)))
    refuses { _ = try small.watch(.fastestUnits(.init(incident: Place(here), count: 1))) }
    _ = watch
  }

  @Test func limitsAreKept() {
    expect(.limitExceeded) {
      _ = try engine.fastestUnits(.init(incident: Place(here), count: engine.limits.rankedUnitsMax + 1))
    }
    expect(.limitExceeded) {
      let places = [Place](repeating: Place(here), count: Limits.viaPointsMax + 3)
      _ = try engine.route(.init(places: places, profile: "plain"))
    }
    expect(.limitExceeded) {
      var request = SnapRequest(place: Place(here), profile: "plain")
      request.count = Limits.snapCandidatesMax + 1
      _ = try engine.snap(request)
    }
    expect(.limitExceeded) {
      let capabilities = (0...Limits.capabilitiesMax).map(String.init)
      _ = try engine.putUnits([unit("b") { $0.capabilities = capabilities }])
    }
    expect(.limitExceeded) { _ = try engine.putUnits((0...engine.limits.unitsMax).map { unit("u\($0)") }) }
    expect(.invalidRadius) {
      let selector = RoadSelector.point(here, radiusMeters: Limits.closureRadiusMetersMax + 1)
      _ = try engine.putClosures([RoadClosure(id: "x", selector: selector)])
    }
  }

  /// Extreme values that are allowed do no harm.
  @Test func extremesAreSurvived() throws {
    let now = try town.clock.now
    let slow = unit("slow") { $0.turnoutSeconds = Limits.durationSecondsMax }
    let old = unit("old") { $0.reportedAt = .distantPast }
    let early = unit("early") { $0.reportedAt = now + 60 }
    _ = try engine.putUnits([slow, old, early])
    let answer = try engine.fastestUnits(.init(incident: Place(here), count: 10))
    #expect(Set(answer.units.map(\.unit.id)).isSuperset(of: ["a", "old", "early"]))
    #expect(answer.units.allSatisfy { $0.positionAgeSeconds >= 0 })
    let forever = RoadClosure(
      id: "forever", selector: town.selector("BC"), from: .distantPast, until: .distantFuture, revision: .max)
    #expect(try engine.putClosures([forever]).closures.map(\.isActive) == [true])
    let later = RoadClosure(id: "later", selector: town.selector("BC"), from: now + 1e12, until: now + 1e13)
    #expect(try engine.putClosures([later]).closures.map(\.isActive) == [false])
    #expect(engine.status().closureCount == 2)
  }

  /// What the ledger can't keep does not happen.
  @Test func aFailingLedgerChangesNothing() throws {
    let ledger = FailingLedger()
    let engine = try TocsinEngine(map: engine.map, profiles: TestProfiles.all, ledger: ledger)
    _ = try engine.putUnits([unit("a")])
    _ = try engine.putClosures([RoadClosure(id: "x", selector: town.selector("BC"))])
    let version = engine.status().version
    ledger.isFailing = true
    for change in [
      { _ = try engine.putUnits([unit("b")]) }, { _ = try engine.removeUnits(["a"]) },
      { _ = try engine.putClosures([RoadClosure(id: "y", selector: town.selector("BC"))]) },
      { _ = try engine.liftClosures(["x"]) },
    ] as [() throws -> Void] {
      let error = #expect(throws: EngineError.self) { try change() }
      #expect(error?.code == .ledgerFailed)
    }
    #expect(engine.listUnits().units.map(\.unit.id) == ["a"])
    #expect(engine.listClosures().closures.map(\.closure.id) == ["x"])
    #expect(engine.status().version == version)
  }

  @Test func aLedgerOfGarbageIsRefused() throws {
    // Of maps only the trail tells.
    for kind in LedgerKey.Kind.allCases where kind != .map {
      let ledger = MemoryLedger()
      let garbage = LedgerChange.put(LedgerKey(kind: kind, id: "x"), Data("garbage".utf8))
      _ = ledger.record([LedgerBatch([garbage], origin: .local, moment: Date(), version: 1)])
      let error = #expect(throws: EngineError.self) {
        try TocsinEngine(map: engine.map, profiles: TestProfiles.all, ledger: ledger)
      }
      #expect(error?.code == .ledgerDamaged)
      #expect(error?.value == "x")
    }
  }

  private func unit(_ id: String, _ change: (inout ResponseUnit) -> Void = { _ in }) -> ResponseUnit {
    var unit = ResponseUnit(id: id, profile: "plain", coordinate: here, reportedAt: TestClock().now)
    change(&unit)
    return unit
  }
}

/// A ledger whose disk is full from some moment on.
private final class FailingLedger: OperationalLedger, @unchecked Sendable {
  // Unchecked: used by one thread.
  var isFailing = false
  private let memory = MemoryLedger()

  func record(_ batches: [LedgerBatch]) throws(LedgerError) -> UInt64 {
    if isFailing { throw LedgerError(.failed, "the disk is full") }
    return memory.record(batches)
  }

  func recordSoon(_ values: [LedgerKey: Data]) { memory.recordSoon(values) }

  func contents() throws(LedgerError) -> LedgerContents { memory.contents() }
}
