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
  /// Closures of all kinds: of ways and parts of them, of a few metres in the middle of a road, of lines and areas.
  static func closures(in town: RandomTown, count: Int, _ random: inout SeededGenerator) -> [RoadClosure] {
    (0..<count).map { index in
      let selector = selector(in: town, &random)
      return RoadClosure(
        id: "closure \(index)", selector: selector, effect: effect(on: selector, &random), scope: scope(&random))
    }
  }

  static func selector(in town: RandomTown, _ random: inout SeededGenerator) -> RoadSelector {
    let way = town.text.ways.keys.sorted().randomElement(using: &random)!
    let direction = WayDirection.allCases.randomElement(using: &random)!
    let junction = town.junctions.randomElement(using: &random)!
    let (from, to) = town.line(ofWay: way, &random)
    let middle = from.interpolated(to: to, fraction: .random(in: 0...1, using: &random))
    switch Int.random(in: 0..<8, using: &random) {
    case 0, 1: return .way(osmID: way, direction: direction)
    case 2: return .way(osmID: way, direction: direction, nodes: town.nodes(ofWay: way, &random))
    case 3: return .nodes(town.nodes(ofWay: way, &random), direction: direction)
    case 4: return .point(junction, radiusMeters: .random(in: 1...60, using: &random))
    case 5: return .point(middle, radiusMeters: .random(in: 1...15, using: &random))
    case 6:
      let end = from.interpolated(to: to, fraction: .random(in: 0...1, using: &random))
      return .polyline([middle, end], direction: random.oneIn(2) ? nil : direction)
    default:
      return .polygon(
        (0..<Int.random(in: 3...5, using: &random)).map { _ in
          Coordinate(
            latitudeE7: middle.latitudeE7 + .random(in: -9_000...9_000, using: &random),
            longitudeE7: middle.longitudeE7 + .random(in: -9_000...9_000, using: &random))
        })
    }
  }

  /// Half of the closures close. Along a line the oracle does not look at a delay.
  private static func effect(on selector: RoadSelector, _ random: inout SeededGenerator) -> RoadEffect {
    if random.oneIn(2) { return .closed }
    let effects: [RoadEffect] = [
      .factor(.random(in: 1...5, using: &random)), .speed(kmh: .random(in: 1...40, using: &random)),
      .delay(seconds: .random(in: 0...300, using: &random)),
    ]
    if case .polyline = selector { return effects[Int.random(in: 0..<2, using: &random)] }
    return effects.randomElement(using: &random)!
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
      } catch let error as EngineError where [.nothingMatched, .unknownWay, .unknownNodes].contains(error.code) {
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
    let snapshot = try engine.profileSnapshot(profile.name, of: engine.currentState().snapshot)
    let trip = engine.paths.withWorkspace {
      TripSearch(to: ends[1].places, in: snapshot).fastestTrip(from: ends[0].places.map { TripOrigin($0) }, with: $0)
    }
    guard let trip else {
      Issue.record("\(question): no trip, not \(weight)")
      return
    }
    #expect(trip.weight == weight, "\(question)")
    let route = try engine.route(request).route
    compareRoute(route, trip, oracle, question)
  }

  /// Weight is time, plus reluctance for what is a last resort or liked less.
  private static func compareRoute(_ route: Route, _ trip: Trip, _ oracle: EngineOracle, _ question: String) {
    let drive = oracle.drive(trip)
    #expect(Weight((route.travelSeconds * 1000).rounded()) == drive.milliseconds, "\(question)")
    #expect(route.needsLastResort == drive.needsLastResort, "\(question)")
    #expect(drive.isPlain ? drive.milliseconds == trip.weight : drive.milliseconds < trip.weight, "\(question)")
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
    try Self.compareUnits(setup, seed, TestProfiles.all)
  }

  /// What weighs more than it takes changes the ways, never the order by time.
  @Test(arguments: 0..<6)
  func unitsAreTheFastestByTime(_ seed: Int) throws {
    let profiles =
      TestProfiles.all.profiles.filter { ["plain", "ambulance"].contains($0.name) } + [TestProfiles.choosy]
    try Self.compareUnits(.partialCustomization, seed + 10, ProfileSet(profiles))
  }

  private static func compareUnits(_ setup: EngineSetup, _ seed: Int, _ profiles: ProfileSet) throws {
    var random = SeededGenerator(seed: UInt64(seed) + 100)
    let town = RandomTown(seed: UInt64(seed), junctionCount: [12, 40, 120][seed % 3])
    let test = try TestEngine(.text(opl: town.text.opl), setup: setup, profiles: profiles)
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
      if random.oneIn(3) { request.explainCount = [1, 5, 100].randomElement(using: &random)! }
      try Self.compareUnits(test, oracles, request, "seed \(seed), \(setup), \(request)")
    }
  }

  private static func units(
    in town: RandomTown, profiles: [String], count: Int, now: Date, _ random: inout SeededGenerator
  ) -> [ResponseUnit] {
    (0..<count).map { index in
      var unit = ResponseUnit(
        id: "unit \(index)", agency: ["north", "south", "east"].randomElement(using: &random)!,
        capabilities: [["als"], ["ladder", "als"], []].randomElement(using: &random)!,
        profile: profiles.randomElement(using: &random)!,
        status: random.oneIn(4) ? UnitStatus.allCases.randomElement(using: &random)! : .available,
        coordinate: random.oneIn(30) ? Coordinate(latitudeE7: 0, longitudeE7: 0) : town.place(&random),
        headingDegrees: heading(&random), reportedAt: now - Double.random(in: 0...120, using: &random),
        turnoutSeconds: random.oneIn(2) ? nil : Double.random(in: 0...90, using: &random))
      if random.oneIn(3) { unit.home = Place(random.oneIn(2) ? unit.coordinate : town.place(&random)) }
      return unit
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
    var leftOut: [LeftOutReason: Int] = [:]
    var able: Set<String> = []
    var weights: [String: Weight] = [:]
    for (name, units) in Dictionary(grouping: engine.currentState().fleet.sorted, by: \.unit.profile) {
      let asked = units.filter { stationed in
        let reason = reason(
          stationed.unit, isOnMap: !stationed.starts.isEmpty, request, now: test.clock.now)
        if let reason { leftOut[reason, default: 0] += 1 }
        return reason == nil
      }
      let (roads, oracle) = try (#require(engine.roadsByProfile[name]), #require(oracles[name]))
      let site = engine.sites.site(request.incident, role: .destination, on: roads)
      let found =
        site.map { oracle.weights(from: asked.map { $0.starts.map(\.place) }, to: $0.places) }
        ?? asked.map { _ in .infinity }
      for (stationed, weight) in zip(asked, found) {
        weights[stationed.unit.id] = weight
        if weight < .infinity { able.insert(stationed.unit.id) } else { leftOut[.unreachable, default: 0] += 1 }
      }
    }
    var everybody = request
    everybody.count = 1_000
    let ranked = try engine.ranked(everybody, in: engine.currentState(), within: WorkLimit()).best
    #expect(Set(ranked.map(\.unit.unit.id)) == able, "\(question)")
    var keys: [UnitKey] = []
    for found in ranked {
      let (unit, oracle) = try (found.unit.unit, #require(oracles[found.unit.unit.profile]))
      #expect(found.trip.weight == weights[unit.id], "\(question): \(unit.id)")
      compareRoute(found.route, found.trip, oracle, "\(question): \(unit.id)")
      let turnout = Weight(saturating: turnoutSeconds(of: unit, oracle.costs.profile) * 1000)
      let drive = oracle.drive(found.trip)
      keys.append(UnitKey(needsLastResort: drive.needsLastResort, eta: turnout + drive.milliseconds, id: unit.id))
    }
    #expect(keys == keys.sorted(), "\(question)")
    #expect(answer.units.map(\.unit.id) == keys.prefix(request.count).map(\.id), "\(question)")
    for (unit, key) in zip(answer.units, keys) {
      #expect(abs(unit.etaSeconds * 1000 - Double(key.eta)) < 1.5, "\(question): \(unit.unit.id)")
    }
    try compareConsidered(answer, keys, request, engine, question)
    try compareLeftOut(answer.leftOut, leftOut, spare: able.count - request.count, question)
    #expect(answer.leftOut.values.reduce(0, +) + answer.units.count == engine.listUnits().units.count, "\(question)")
  }

  /// The rule of those who are on the road, written once more.
  private static func turnoutSeconds(of unit: ResponseUnit, _ profile: VehicleProfile) -> Double {
    if let seconds = unit.turnoutSeconds { return seconds }
    let isMoving = [UnitStatus.enRoute, .onScene, .transporting, .returning].contains(unit.status)
    let isOut =
      unit.status == .available
      && (unit.home.map { unit.coordinate.distanceMeters(to: $0.coordinate) > 200 } ?? false)
    return isMoving || isOut ? profile.turnoutMobileSeconds : profile.turnoutSeconds
  }

  /// First all that are busy and would be before the last one, then those behind it.
  private static func compareConsidered(
    _ answer: FastestUnitsAnswer, _ keys: [UnitKey], _ request: FastestUnitsRequest, _ engine: TocsinEngine,
    _ question: String
  ) throws {
    if request.explainCount == 0 { return #expect(answer.considered.isEmpty, "\(question)") }
    var others = request
    others.statuses = Set(UnitStatus.allCases).subtracting(request.statuses)
    (others.count, others.explainCount) = (1_000, 0)
    let last = keys.count < request.count ? nil : answer.units.last
    let busy = try engine.fastestUnits(others).units.filter { unit in
      guard let last else { return true }
      if unit.route.needsLastResort != last.route.needsLastResort { return last.route.needsLastResort }
      return unit.etaSeconds < last.etaSeconds
    }.prefix(request.explainCount)
    #expect(
      answer.considered.filter { $0.reason == .status }.map(\.unit.unit.id) == busy.map(\.unit.id), "\(question)")
    let outranked = answer.considered.filter { $0.reason == .outranked }
    #expect(
      outranked.map(\.unit.unit.id)
        == keys.dropFirst(request.count).prefix(request.explainCount - busy.count).map(\.id), "\(question)")
    for unit in outranked {
      let short = last.map { unit.unit.etaSeconds - $0.etaSeconds } ?? 0
      if let seconds = unit.shortBySeconds { #expect(abs(seconds - short) < 0.002, "\(question)") }
    }
  }

  /// What units are ranked by.
  private struct UnitKey: Comparable {
    var needsLastResort: Bool
    var eta: Weight
    var id: String

    static func < (one: UnitKey, other: UnitKey) -> Bool {
      if one.needsLastResort != other.needsLastResort { return other.needsLastResort }
      return (one.eta, one.id) < (other.eta, other.id)
    }
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
    _ found: [LeftOutReason: Int], _ wanted: [LeftOutReason: Int], spare: Int, _ question: String
  ) throws {
    for reason in [LeftOutReason.status, .agency, .capability, .stalePosition, .offMap, .tooFar] {
      #expect(found[reason] == wanted[reason], "\(question): \(reason)")
    }
    let (unreachable, all) = (wanted[.unreachable] ?? 0, (wanted[.unreachable] ?? 0) + max(0, spare))
    #expect((found[.unreachable] ?? 0) <= unreachable, "\(question)")
    #expect((found[.unreachable] ?? 0) + (found[.outranked] ?? 0) == all, "\(question)")
    // As many as were asked for: nobody is looked at any more.
    if spare < 0 { #expect((found[.unreachable] ?? 0) == unreachable, "\(question)") }
  }
}
