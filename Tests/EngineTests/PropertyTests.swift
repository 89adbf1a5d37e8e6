import API
import Fleet
import Foundation
import Geometry
import Profiles
import RoadGraph
import TestSupport
import Testing
import Traffic

@testable import Engine

/// Random towns, random traffic, random questions: every answer is compared with Dijkstra's algorithm.
@Suite struct PropertyTests {
  /// Closures of all kinds at random junctions' surroundings and on random ways, some of them over again.
  static func closures(in town: RandomTown, count: Int, _ random: inout SeededGenerator) -> [RoadClosure] {
    (0..<count).map { index in
      let way = town.text.ways.keys.sorted().randomElement(using: &random)!
      let isWay = random.oneIn(2)
      let selector: RoadSelector =
        isWay
        ? .way(osmID: way, direction: WayDirection.allCases.randomElement(using: &random)!)
        : .point(town.junctions.randomElement(using: &random)!, radiusMeters: .random(in: 1...60, using: &random))
      return RoadClosure(
        id: "closure \(index)", selector: selector, effect: effect(onWay: isWay, &random), scope: scope(&random))
    }
  }

  /// Half of the closures close; in an area a delay counts for each OSM way, which the oracle does not look at.
  private static func effect(onWay: Bool, _ random: inout SeededGenerator) -> RoadEffect {
    if random.oneIn(2) { return .closed }
    let effects: [RoadEffect] = [
      .factor(.random(in: 1...5, using: &random)), .speed(kmh: .random(in: 1...40, using: &random)),
      .delay(seconds: .random(in: 0...300, using: &random)),
    ]
    return (onWay ? effects : Array(effects.dropLast())).randomElement(using: &random)!
  }

  private static func scope(_ random: inout SeededGenerator) -> ClosureScope {
    if random.oneIn(2) { return .everybody }
    let scopes: [ClosureScope] = [
      .civil, .profiles(["plain", "ambulance"]), .largerThan(.init(heightMeters: 3)),
      .largerThan(.init(weightTonnes: 7.5)),
    ]
    return scopes.randomElement(using: &random)!
  }

  /// Puts closures one by one; those that close nothing that the map has are left out.
  static func put(_ closures: [RoadClosure], on engine: TestEngine) throws {
    for closure in closures {
      do {
        try engine.change { _ = try $0.putClosures([closure]) }
      } catch let error as EngineError where error.code == .nothingMatched || error.code == .unknownWay {
        continue
      }
    }
  }

  static func heading(_ random: inout SeededGenerator) -> Double? {
    random.oneIn(4) ? .random(in: 0..<360, using: &random) : nil
  }

  @Test(arguments: EngineSetup.allCases, 0..<6)
  func routesAreShortest(_ setup: EngineSetup, _ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let town = RandomTown(seed: UInt64(seed), junctionCount: [12, 40, 120][seed % 3])
    let engine = try TestEngine(.text(opl: town.text.opl), setup: setup)
    try Self.compareRoutes(engine, town, &random)
    try Self.put(Self.closures(in: town, count: 4, &random), on: engine)
    try Self.compareRoutes(engine, town, &random)
  }

  private static func compareRoutes(_ test: TestEngine, _ town: RandomTown, _ random: inout SeededGenerator) throws {
    for profile in test.profiles.profiles {
      let oracle = EngineOracle(test.engine, profile: profile)
      for _ in 0..<12 {
        let places = (0..<2).map { _ in Place(town.place(&random), headingDegrees: heading(&random)) }
        let question = "seed \(town.seed), \(test.setup), \(profile.name): \(places)"
        try compareRoute(test.engine, oracle, places, question)
      }
    }
  }

  static func compareRoute(_ engine: TocsinEngine, _ oracle: EngineOracle, _ places: [Place], _ question: String) throws
  {
    let profile = oracle.costs.profile
    let roads = try #require(engine.roadsByProfile[profile.name])
    let origin = engine.sites.site(places[0], role: .origin, on: roads)
    let destination = engine.sites.site(places[1], role: .destination, on: roads)
    let request = RouteRequest(places: places, profile: profile.name)
    guard let origin, let destination else {
      let error = #expect(throws: EngineError.self, "\(question)") { try engine.route(request) }
      #expect(error?.code == .offMap, "\(question)")
      return
    }
    let ends = meant(request, engine, oracle, [origin, destination], roads)
    let weight = oracle.weight(from: ends[0].places, to: ends[1].places)
    guard weight < .infinity else {
      let error = #expect(throws: EngineError.self, "\(question)") { try engine.route(request) }
      #expect(error?.code == .noRoute, "\(question)")
      return
    }
    let route = try engine.route(request).route
    let milliseconds = Weight((route.travelSeconds * 1000).rounded())
    // Weight is time plus reluctance. Reluctance comes with exemptions, of which one for residents' streets is not
    // named at the ends of a trip, and with narrow roads and the like.
    let isPlain =
      route.exemptions.isEmpty && profile.exemptions.destinationOnly.use != .lastResort
      && profile.reluctance == VehicleProfile.ReluctanceFactors()
    #expect(isPlain ? milliseconds == weight : milliseconds <= weight, "\(question): \(milliseconds), not \(weight)")
    let snapshot = try engine.profileSnapshot(profile.name, of: engine.currentState().snapshot)
    let trip = engine.paths.withWorkspace {
      TripSearch(to: ends[1].places, in: snapshot).fastestTrip(from: ends[0].places.map { TripOrigin($0) }, with: $0)
    }
    #expect(trip?.weight == weight, "\(question)")
  }

  /// The ends of a trip: those on one island, if there is a way between them, else those on the main roads.
  static func meant(
    _ request: RouteRequest, _ engine: TocsinEngine, _ oracle: EngineOracle, _ stops: [Site], _ roads: ProfileRoads
  ) -> [Site] {
    guard let islands = engine.islands(request, nearerThan: stops, on: roads),
      oracle.weight(from: islands[0].places, to: islands[1].places) < .infinity
    else { return stops }
    return islands
  }

  @Test(arguments: EngineSetup.allCases, 0..<6)
  func unitsAreTheFastest(_ setup: EngineSetup, _ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) + 100)
    let town = RandomTown(seed: UInt64(seed), junctionCount: [12, 40, 120][seed % 3])
    let test = try TestEngine(.text(opl: town.text.opl), setup: setup)
    let units = Self.units(in: town, profiles: test.profiles.names, count: 60, now: test.clock.now, &random)
    try test.change { _ = try $0.putUnits(units) }
    try Self.put(Self.closures(in: town, count: 4, &random), on: test)
    let oracles = Dictionary(
      uniqueKeysWithValues: test.profiles.profiles.map { ($0.name, EngineOracle(test.engine, profile: $0)) })
    for _ in 0..<15 {
      var request = FastestUnitsRequest(
        incident: Place(town.place(&random), headingDegrees: Self.heading(&random)),
        count: [1, 3, 8, 60, 1_000].randomElement(using: &random)!)
      if random.oneIn(3) { request.capabilities = ["als"] }
      if random.oneIn(3) { request.agencies = ["north", "south"] }
      if random.oneIn(3) { request.positionAgeSecondsMax = 60 }
      if random.oneIn(3) { request.statuses = [.available, .returning] }
      try Self.compareUnits(test, oracles, request, "seed \(seed), \(setup), \(request)")
    }
  }

  private static func units(
    in town: RandomTown, profiles: [String], count: Int, now: Date, _ random: inout SeededGenerator
  ) -> [ResponseUnit] {
    (0..<count).map { index in
      ResponseUnit(
        id: "unit \(index)", agency: ["north", "south", "east"].randomElement(using: &random)!,
        capabilities: [["als"], ["ladder", "als"], []].randomElement(using: &random)!,
        profile: profiles.randomElement(using: &random)!,
        status: random.oneIn(4) ? UnitStatus.allCases.randomElement(using: &random)! : .available,
        coordinate: random.oneIn(30) ? Coordinate(latitudeE7: 0, longitudeE7: 0) : town.place(&random),
        headingDegrees: heading(&random), reportedAt: now - Double.random(in: 0...120, using: &random),
        turnoutSeconds: random.oneIn(2) ? nil : Double.random(in: 0...90, using: &random))
    }
  }

  private static func compareUnits(
    _ test: TestEngine, _ oracles: [String: EngineOracle], _ request: FastestUnitsRequest, _ question: String
  ) throws {
    let engine = test.engine
    guard
      engine.roadsByProfile.values.contains(where: {
        engine.sites.site(request.incident, role: .destination, on: $0) != nil
      })
    else {
      let error = #expect(throws: EngineError.self, "\(question)") { try engine.fastestUnits(request) }
      #expect(error?.code == .offMap, "\(question)")
      return
    }
    let answer = try engine.fastestUnits(request)
    var able: [(id: String, weight: Weight)] = []
    var leftOut: [LeftOutReason: Int] = [:]
    for stationed in engine.currentState().fleet.sorted {
      let unit = stationed.unit
      if let reason = reason(unit, isOnMap: !stationed.starts.isEmpty, request, now: test.clock.now) {
        leftOut[reason, default: 0] += 1
        continue
      }
      let (roads, oracle) = try (#require(engine.roadsByProfile[unit.profile]), #require(oracles[unit.profile]))
      let site = engine.sites.site(request.incident, role: .destination, on: roads)
      let weight = site.map { oracle.weight(of: stationed, to: $0) } ?? .infinity
      if weight < .infinity { able.append((unit.id, weight)) } else { leftOut[.unreachable, default: 0] += 1 }
    }
    able.sort { ($0.weight, $0.id) < ($1.weight, $1.id) }
    #expect(answer.units.map(\.unit.id) == able.prefix(request.count).map(\.id), "\(question)")
    for (unit, expected) in zip(answer.units, able) {
      let milliseconds = unit.etaSeconds * 1000 - Double(expected.weight)
      #expect(
        unit.route.exemptions.isEmpty ? abs(milliseconds) < 1.5 : milliseconds < 1.5, "\(question): \(unit.unit.id)")
    }
    try compareLeftOut(answer.leftOut, leftOut, outranked: max(0, able.count - request.count), question)
    #expect(answer.leftOut.values.reduce(0, +) + answer.units.count == engine.listUnits().units.count, "\(question)")
  }

  private static func reason(_ unit: ResponseUnit, isOnMap: Bool, _ request: FastestUnitsRequest, now: Date)
    -> LeftOutReason?
  {
    if !request.statuses.contains(unit.status) { return .status }
    if !request.agencies.isEmpty, !request.agencies.contains(unit.agency) { return .agency }
    if !Set(request.capabilities).isSubset(of: unit.capabilities) { return .capability }
    if let limit = request.positionAgeSecondsMax, now.timeIntervalSince(unit.reportedAt) > limit {
      return .stalePosition
    }
    return isOnMap ? nil : .offMap
  }

  /// A unit that can't be among the best is not searched for, so whether it has a way at all is not known then.
  private static func compareLeftOut(
    _ found: [LeftOutReason: Int], _ wanted: [LeftOutReason: Int], outranked: Int, _ question: String
  ) throws {
    for reason in [LeftOutReason.status, .agency, .capability, .stalePosition, .offMap, .tooFar] {
      #expect(found[reason] == wanted[reason], "\(question): \(reason)")
    }
    let (unreachable, all) = (wanted[.unreachable] ?? 0, (wanted[.unreachable] ?? 0) + outranked)
    #expect((found[.unreachable] ?? 0) <= unreachable, "\(question)")
    #expect((found[.unreachable] ?? 0) + (found[.outranked] ?? 0) == all, "\(question)")
    if outranked == 0 { #expect((found[.unreachable] ?? 0) == unreachable, "\(question)") }
  }
}
