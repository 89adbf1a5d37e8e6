import API
import Fleet
import Geometry
import TestSupport
import Testing

@testable import Engine

/// How much of a layer's demand the units reach, and what of layers lies on reached roads.
@Suite struct DemandStories {
  /// A street of 1,600 m at 10 m/s with a unit at each end, and three calls along it.
  private static func street() throws -> (town: Town, engine: TocsinEngine) {
    var town = try Town(
      """
      A--1----2-------B
      u               v
                      3
      """)
    town.road("AB")
    for unit in "uv" as String { town.unit(unit) { $0.turnoutSeconds = 0 } }
    let engine = try town.testEngine().engine
    try put("calls", ["1": 4, "2": 1, "B": 2], town, engine)
    return (town, engine)
  }

  private static func put(
    _ name: String, _ weights: KeyValuePairs<Character, Double>, _ town: Town, _ engine: TocsinEngine
  ) throws {
    let features = weights.map { letter, weight in
      LayerFeature(id: "\(letter)", .point(town.map.coordinate(letter)), weight: weight)
    }
    _ = try engine.putLayer(Layer(name, features: features), by: .local, within: .none)
  }

  private static func request(_ limits: [Double], depth: Int = 1) -> CoverageRequest {
    var request = CoverageRequest(limitsSeconds: limits)
    (request.depth, request.demandLayer) = (depth, "calls")
    return request
  }

  @Test func pointsCountByTheirWeights() throws {
    let (_, engine) = try Self.street()
    let answer = try engine.coverage(Self.request([40, 100, 400], depth: 2))
    #expect(answer.levels.map(\.demandWeight) == [6, 0, 7, 1, 7, 7])
    #expect(answer.levels.map { Int(($0.demandShare * 700).rounded()) } == [600, 0, 700, 100, 700, 700])
    #expect(answer.demand == DemandSummary(pointCount: 3, weight: 7, offMap: IDList()))
    #expect(answer.sole.first { $0.limitSeconds == 40 && $0.unitID == "u" }?.demandWeight == 4)
    #expect(answer.sole.first { $0.limitSeconds == 100 && $0.unitID == "v" }?.demandWeight == 2)
    // Road is told as well.
    #expect(answer.levels.map { Int($0.lengthMeters.rounded()) } == [800, 0, 2_000, 0, 3_200, 3_200])
  }

  @Test func whatLiesOffTheMapIsNamed() throws {
    let (town, engine) = try Self.street()
    let far = Coordinate(
      latitudeE7: town.map.coordinate("1").latitudeE7 + 5_000_000, longitudeE7: town.map.coordinate("1").longitudeE7)
    let features = [
      LayerFeature(id: "far", .point(far), weight: 9), LayerFeature(id: "near", .point(town.map.coordinate("1"))),
    ]
    _ = try engine.putLayer(Layer("calls", features: features), by: .local, within: .none)
    let answer = try engine.coverage(Self.request([400]))
    #expect(answer.demand == DemandSummary(pointCount: 2, weight: 1, offMap: IDList(["far"])))
    #expect(answer.levels.map(\.demandShare) == [1])
  }

  @Test func uncoveredPointsNearEachOtherAreOneGap() throws {
    let (town, engine) = try Self.street()
    try Self.put("calls", ["1": 4, "2": 1, "B": 2], town, engine)
    var request = Self.request([10])
    request.units.capabilities = ["ladder"]
    let bare = try engine.coverage(request)
    // 1 and 2 are 500 m from each other, B is 800 m farther.
    #expect(bare.gaps.map(\.demandWeight) == [5, 2])
    #expect(bare.gaps.map(\.coordinate) == [town.map.coordinate("1"), town.map.coordinate("B")])
    #expect(bare.gaps.allSatisfy { $0.seconds == nil && $0.lengthMeters == 0 })
    #expect(bare.unitCount == 0 && bare.levels.map(\.demandWeight) == [0] && bare.demand?.weight == 7)
    let late = try engine.coverage(Self.request([10]))
    #expect(late.gaps.map(\.unitID) == ["u"] && late.gaps[0].seconds.map(Town.tenths) == 30)
  }

  /// Two vehicles with one crew are one.
  @Test func aCrewCountsOnce() throws {
    let (town, engine) = try Self.street()
    var units = engine.listUnits().units.map(\.unit)
    for number in units.indices { units[number].crewID = "C" }
    _ = try engine.putUnits(units)
    let answer = try engine.coverage(Self.request([400], depth: 2))
    #expect(answer.levels.map(\.demandWeight) == [7, 0])
    #expect(answer.levels.map { Int($0.lengthMeters.rounded()) } == [3_200, 0])
    #expect(answer.sole.map(\.unitID) == ["u"])
    _ = town
  }

  @Test func wrongLayersAreRefused() throws {
    let (town, engine) = try Self.street()
    func code(_ layer: String) -> EngineError.Code? {
      var request = Self.request([60])
      request.demandLayer = layer
      return #expect(throws: EngineError.self) { try engine.coverage(request) }?.code
    }
    #expect(code("hydrants") == .unknownLayer)
    let corners = ["A", "1", "3"].map { town.map.coordinate(Character($0)) }
    let area = LayerFeature(id: "area", .areas([Area(corners)]))
    _ = try engine.putLayer(Layer("areas", features: [area]), by: .local, within: .none)
    #expect(code("areas") == .unknownLayer)
  }

  /// Another content counts at once, and a removed layer is none.
  @Test func theLayerOfNowCounts() throws {
    let (town, engine) = try Self.street()
    _ = try engine.coverage(Self.request([400]))
    try Self.put("calls", ["2": 5], town, engine)
    #expect(try engine.coverage(Self.request([400])).demand?.weight == 5)
    _ = try engine.removeLayer("calls", by: .local)
    let error = #expect(throws: EngineError.self) { try engine.coverage(Self.request([400])) }
    #expect(error?.code == .unknownLayer)
  }

  /// Random towns: at each point as many units are there in time as the fastest units say, one question a point.
  @Test(arguments: 0..<12)
  func pointsAreReachedWhenTheFastestUnitsAreThere(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) + 77)
    let town = RandomTown(seed: UInt64(seed), junctionCount: [8, 40][seed % 2])
    let test = try TestEngine(.text(opl: town.text.opl))
    let profiles = seed % 4 < 2 ? ["plain"] : ["plain", "siren"]
    let units = (0..<7).map { number in
      var unit = SpeedUnits.unit("\(number)", at: town.place(&random), profile: profiles[number % profiles.count])
      unit.turnoutSeconds = Double(Int.random(in: 0...20, using: &random))
      return unit
    }
    _ = try test.engine.putUnits(units)
    if seed % 3 > 0 { try PropertyTests.put(PropertyTests.closures(in: town, count: 4, &random), on: test) }
    // Some calls are where units stand.
    let places = (0..<20).map { _ in town.place(&random) } + units.prefix(3).map(\.coordinate)
    let features = places.enumerated().map { LayerFeature(id: "\($0)", .point($1)) }
    _ = try test.engine.putLayer(Layer("calls", features: features), by: .local, within: .none)
    var request = Self.request([25, 60, 120], depth: 7)
    request.detail.gapCount = 0
    let answer = try test.engine.coverage(request)
    var expected = request.limitsSeconds.map { _ in [Double](repeating: 0, count: 7) }
    for place in places {
      guard let found = try? test.engine.fastestUnits(FastestUnitsRequest(incident: Place(place), count: 7)) else {
        continue
      }
      let times = found.units.filter { !$0.route.needsLastResort }.map(\.etaSeconds)
      for (limit, seconds) in request.limitsSeconds.enumerated() {
        for (number, time) in times.enumerated() where time <= seconds { expected[limit][number] += 1 }
      }
    }
    #expect(answer.levels.map(\.demandWeight) == expected.flatMap(\.self), "seed \(seed)")
  }

  // MARK: What a unit leaves bare

  @Test func whatEachUnitLeavesBareIsTold() throws {
    let (town, engine) = try Self.street()
    var units = engine.listUnits().units.map(\.unit)
    for number in units.indices { units[number].capabilities = ["engine"] }
    _ = try engine.putUnits(units)
    var request = RecommendRequest(
      incident: Place(town.map.coordinate("1")),
      wanted: .lines(PlanLevel([PlanLine("engine", count: 1, needs: [UnitNeed(["engine"])])])))
    #expect(try engine.recommend(request).units.map(\.stripsWeight) == [nil])
    request.strips = StripQuestion(limitSeconds: 100, demandLayer: "calls")
    let answer = try engine.recommend(request)
    #expect(answer.units.map(\.unit.unit.id) == ["u"])
    // 1 is u's alone, 2 is reached by both, B by v alone.
    #expect(answer.units.map(\.stripsWeight) == [4])
    request.strips = StripQuestion(limitSeconds: 40)
    #expect(try engine.recommend(request).units.map { $0.stripsWeight.map { Int($0.rounded()) } } == [400])
    // Who is at it covers nothing any more.
    request.committedIDs = ["u"]
    #expect(try engine.recommend(request).units.map(\.stripsWeight) == [nil])
    request.strips = StripQuestion(limitSeconds: 0)
    let error = #expect(throws: EngineError.self) { try engine.recommend(request) }
    #expect(error?.code == .invalidLimit)
  }

  // MARK: What lies on reached roads

  @Test func pointsOnReachedRoadsAreCounted() throws {
    let (town, engine) = try Self.street()
    var request = ReachRequest(
      places: [Place(town.map.coordinate("A"))], .from, profile: "plain", limitsSeconds: [40, 100])
    request.detail.layers = ["calls"]
    let answer = try engine.reach(request)
    #expect(
      answer.bands.map(\.layers) == [
        [LayerCount("calls", count: 1, weight: 4)], [LayerCount("calls", count: 2, weight: 5)],
      ])
    #expect(answer.lostLayers.isEmpty)
    request.whatIf = [RoadClosure(id: "x", selector: .point(town.map.coordinate("2"), radiusMeters: 20))]
    let flooded = try engine.reach(request)
    #expect(flooded.bands.map { $0.layers[0].count } == [1, 1])
    #expect(flooded.lostLayers == [LayerCount("calls", count: 2, weight: 3)])
    request.detail.layers = ["calls", "hydrants"]
    let error = #expect(throws: EngineError.self) { try engine.reach(request) }
    #expect(error?.code == .unknownLayer && error?.value == "hydrants")
  }
}
