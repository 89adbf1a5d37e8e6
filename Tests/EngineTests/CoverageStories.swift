import API
import Fleet
import Foundation
import Geometry
import Hierarchy
import RoadGraph
import TestSupport
import Testing
import Traffic

@testable import Engine

/// What of all roads the units reach in time.
@Suite struct CoverageStories {
  /// A street of 1,600 m at 10 m/s with a unit at each end; turnout is none.
  private static func street(_ change: (inout Town) -> Void = { _ in }) throws -> Town {
    var town = try Town(
      """
      A-------0-------B
      u               v
      """)
    town.road("AB")
    for unit in "uv" as String { town.unit(unit) { $0.turnoutSeconds = 0 } }
    change(&town)
    return town
  }

  private static func request(_ limits: [Double], depth: Int = 1) -> CoverageRequest {
    var request = CoverageRequest(limitsSeconds: limits)
    request.depth = depth
    return request
  }

  /// Metres by limit and depth.
  private static func meters(_ answer: CoverageAnswer) -> [Int] { answer.levels.map { Int($0.lengthMeters.rounded()) } }

  @Test(arguments: EngineSetup.allCases)
  func eachUnitCoversWhatItReaches(_ setup: EngineSetup) throws {
    var town = try Town(
      """
      A-------0-------B
      u               v
      """, setup: setup)
    town.road("AB")
    for unit in "uv" as String { town.unit(unit) { $0.turnoutSeconds = 0 } }
    let answer = try town.testEngine().engine.coverage(Self.request([40, 100, 400], depth: 2))
    // One direction from each end, then back.
    #expect(Self.meters(answer) == [800, 0, 2_000, 0, 3_200, 3_200], "\(answer.levels)")
    #expect(answer.levels.map(\.depth) == [1, 2, 1, 2, 1, 2] && answer.unitCount == 2)
    #expect(answer.before.isEmpty && answer.leftOut.isEmpty)
  }

  /// From the call on: handling and turnout count.
  @Test func theClockBeginsWithTheCall() throws {
    let town = try Self.street { town in for unit in "uv" as String { town.unit(unit) { $0.turnoutSeconds = 10 } } }
    var request = Self.request([60])
    request.handlingSeconds = 10
    #expect(Self.meters(try town.testEngine().engine.coverage(request)) == [800])
  }

  @Test func whatAUnitAloneCoversIsTold() throws {
    let town = try Self.street()
    let answer = try town.testEngine().engine.coverage(Self.request([40]))
    #expect(answer.sole.map(\.unitID).sorted() == ["u", "v"])
    #expect(answer.sole.allSatisfy { Int($0.lengthMeters.rounded()) == 400 && $0.limitSeconds == 40 })
    // What both reach is nobody's alone.
    #expect(try town.testEngine().engine.coverage(Self.request([400])).sole.isEmpty)
  }

  @Test func unitsMayBeThoughtElsewhereOrAway() throws {
    let town = try Self.street()
    let engine = try town.testEngine().engine
    var request = Self.request([40])
    request.moves = [UnitMove(unitID: "v", place: nil)]
    let without = try engine.coverage(request)
    #expect(Self.meters(without) == [400] && without.before.map { Int($0.lengthMeters.rounded()) } == [800])
    #expect(without.unitCount == 1)
    request.moves = [UnitMove(unitID: "v", place: Place(town.map.coordinate("0")))]
    #expect(Self.meters(try engine.coverage(request)) == [1_200])
    request.moves = [UnitMove(unitID: "w", place: nil)]
    let error = #expect(throws: EngineError.self) { try engine.coverage(request) }
    #expect(error?.code == .unknownUnit)
  }

  @Test func closuresTakeCoverAway() throws {
    let town = try Self.street()
    var request = Self.request([100])
    request.whatIf = [RoadClosure(id: "x", selector: .point(town.map.coordinate("0"), radiusMeters: 20))]
    let answer = try town.testEngine().engine.coverage(request)
    #expect(answer.levels[0].lengthMeters < answer.before[0].lengthMeters)
  }

  /// Without any unit nothing is covered, and that is the answer.
  @Test func anEmptyFleetIsAnAnswer() throws {
    let town = try Self.street()
    var request = Self.request([40], depth: 2)
    request.units.capabilities = ["ladder"]
    let answer = try town.testEngine().engine.coverage(request)
    #expect(Self.meters(answer) == [0, 0] && answer.unitCount == 0 && answer.leftOut == [.capability: 2])
  }

  @Test func gapsAreNamed() throws {
    var town = try Town(
      """
      A---B           C---D
      u
      """)
    town.road("AB")
    town.road("CD", tags: ["name": "Far Street"])
    let answer = try town.testEngine().engine.coverage(Self.request([600]))
    #expect(answer.gaps.map(\.name) == ["Far Street"] && answer.gaps[0].seconds == nil)
    #expect(Int(answer.gaps[0].lengthMeters.rounded()) == 800 && answer.gaps[0].unitID.isEmpty)
  }

  @Test func coveredRoadsAreListed() throws {
    let town = try Self.street()
    var request = Self.request([40, 100], depth: 1)
    request.detail.roads = true
    let answer = try town.testEngine().engine.coverage(request)
    #expect(Self.meters(answer) == [800, 2_000])
    #expect(Set(answer.roads.map(\.band)) == [0, 1] && answer.roads.allSatisfy { $0.endSeconds <= 100 })
    #expect(Set(answer.roads.map(\.unitID)) == ["u", "v"])
    // Eastwards the unit at the western end is first, and the one at the eastern end second.
    func unitsEastwards(_ roads: [ReachedRoad]) -> Set<String> {
      Set(roads.filter { $0.shape[0].longitudeE7 < $0.shape[1].longitudeE7 }.map(\.unitID))
    }
    #expect(unitsEastwards(answer.roads.filter { $0.band == 0 }) == ["u"])
    (request.depth, request.limitsSeconds) = (2, [400])
    #expect(unitsEastwards(try town.testEngine().engine.coverage(request).roads) == ["v"])
  }

  @Test func wrongQuestionsAreRefused() throws {
    let engine = try Self.street().testEngine().engine
    func code(_ change: (inout CoverageRequest) -> Void) -> EngineError.Code? {
      var request = Self.request([60])
      change(&request)
      return #expect(throws: EngineError.self) { try engine.coverage(request) }?.code
    }
    #expect(code { $0.depth = 0 } == .invalidDepth && code { $0.depth = 9 } == .invalidDepth)
    #expect(code { $0.limitsSeconds = [60, 30] } == .invalidLimit)
    #expect(code { $0.handlingSeconds = -1 } == .invalidArgument)
    #expect(code { $0.detail.gapCount = 1_001 } == .limitExceeded)
    #expect(
      code { $0.moves = [UnitMove(unitID: "u", place: nil), UnitMove(unitID: "u", place: nil)] } == .invalidArgument)
    #expect(code { $0.moves = Array(repeating: UnitMove(unitID: "u", place: nil), count: 1_001) } == .limitExceeded)
    let late = #expect(throws: EngineError.self) {
      try engine.coverage(Self.request([60]), within: WorkLimit(deadline: .now))
    }
    #expect(late?.code == .deadlineExceeded)
  }

  /// A watch tells what is covered again when it really changes.
  @Test func aWatchTellsOfChanges() async throws {
    let town = try Self.street()
    let engine = try town.testEngine().engine
    let watch = try engine.watchCoverage(WatchCoverageRequest(Self.request([40])))
    #expect(try watch.next().map(Self.meters) == [800])
    #expect(try watch.next() == nil)
    let moved = try #require(engine.listUnits().units.first { $0.unit.id == "v" }).unit
    _ = try engine.setStatus(StatusReport(id: moved.id, status: .onScene))
    engine.hub.flush()
    // Not within a second of the last answer.
    #expect(try watch.next() == nil)
    try await Task.sleep(for: .milliseconds(1_100))
    #expect(try watch.next().map(Self.meters) == [400])
    // What changes nothing that is covered is not told.
    _ = try engine.setStatus(StatusReport(id: moved.id, status: .transporting))
    engine.hub.flush()
    try await Task.sleep(for: .milliseconds(1_100))
    #expect(try watch.next() == nil)
    #expect(engine.status().subscriptionCount == 1)
    watch.cancel()
    #expect(engine.status().subscriptionCount == 0)
    var wrong = WatchCoverageRequest(Self.request([40]))
    wrong.changeShare = 0
    #expect(throws: EngineError.self) { try engine.watchCoverage(wrong) }
  }

  /// Random towns, units of several profiles: at any point of a road as many units are there in time as trips say.
  @Test(arguments: 0..<8)
  func unitsAreThereWhenTheirTripsEnd(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let town = RandomTown(seed: UInt64(seed), junctionCount: [12, 40][seed % 2])
    let test = try TestEngine(.text(opl: town.text.opl))
    let profiles = seed < 4 ? ["plain"] : ["plain", "siren"]
    let units = (0..<7).map { number in
      var unit = SpeedUnits.unit("\(number)", at: town.place(&random), profile: profiles[number % profiles.count])
      unit.turnoutSeconds = Double(Int.random(in: 0...20, using: &random))
      return unit
    }
    _ = try test.engine.putUnits(units)
    try PropertyTests.put(PropertyTests.closures(in: town, count: 4, &random), on: test)
    let state = test.engine.currentState()
    let covering = state.fleet.sorted.map {
      CoveringUnit(unit: $0, startMilliseconds: Weight(($0.unit.turnoutSeconds ?? 0) * 1000))
    }
    let snapshots = try profiles.map { try test.engine.profileSnapshot($0, of: state.snapshot) }
    let limits: [Weight] = [25_000, 60_000, 120_000]
    for depth in [2, 8] {
      let sweeps = profiles.map { _ in Sweep(test.engine.map.hierarchy) }
      let coverage = try RoadCoverage(
        covering, in: snapshots, depth: depth, limits: limits, with: sweeps, within: .none)
      try Self.compare(coverage, covering, limits, depth, test.engine, state, &random, "seed \(seed), depth \(depth)")
    }
  }

  /// What is added up at a glance is what is added up piece by piece, which listing the roads does.
  @Test(arguments: 0..<8)
  func bothWaysOfAddingUpAgree(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) + 500)
    let town = RandomTown(seed: UInt64(seed), junctionCount: [12, 60][seed % 2])
    let test = try TestEngine(.text(opl: town.text.opl))
    let profiles = seed < 6 ? ["plain"] : ["plain", "siren"]
    _ = try test.engine.putUnits(
      (0..<6).map { SpeedUnits.unit("\($0)", at: town.place(&random), profile: profiles[$0 % profiles.count]) })
    if seed % 2 > 0 { try PropertyTests.put(PropertyTests.closures(in: town, count: 3, &random), on: test) }
    var request = Self.request([20, 45, 90], depth: 3)
    (request.detail.soleCount, request.detail.gapCount) = (100, 100)
    let summed = try test.engine.coverage(request)
    request.detail.roads = true
    let listed = try test.engine.coverage(request)
    // Each part of a road is cut to centimetres.
    let rounding = 0.01 * Double(test.engine.map.network.arcCount) * 9
    #expect(
      zip(summed.levels, listed.levels).allSatisfy { abs($0.lengthMeters - $1.lengthMeters) < rounding },
      "seed \(seed): \(summed.levels), \(listed.levels)")
    func sole(_ answer: CoverageAnswer) -> [String: Double] {
      Dictionary(uniqueKeysWithValues: answer.sole.map { ("\($0.unitID) \($0.limitSeconds)", $0.lengthMeters) })
    }
    let (one, other) = (sole(summed), sole(listed))
    for name in Set(one.keys).union(other.keys) {
      #expect(abs((one[name] ?? 0) - (other[name] ?? 0)) < rounding, "seed \(seed): \(name)")
    }
    let gaps = [summed, listed].map { $0.gaps.reduce(0) { $0 + $1.lengthMeters } }
    #expect(abs(gaps[0] - gaps[1]) < rounding, "seed \(seed)")
  }

  private static func compare(
    _ coverage: RoadCoverage, _ units: [CoveringUnit], _ limits: [Weight], _ depth: Int, _ engine: TocsinEngine,
    _ state: EngineState, _ random: inout SeededGenerator, _ question: String
  ) throws {
    let network = engine.map.network
    for arc in network.segmentArcs.buffer.flatMap({ [$0.forward, $0.backward].compactMap(\.self) }) {
      let parts = coverage.parts(of: arc)
      for piece in network.pieceIDs(along: arc) where network.way(of: piece) != nil {
        let position = RoadPosition(
          segment: network.arcCourse[arc].segment, piece: piece,
          fraction: .random(in: 1..<RoadPosition.fractionMax, using: &random))
        let place = RoadPlace(arc: arc, position: position)
        let times = try units.map { try time(of: $0, to: place, engine, state) }
        let expected = limits.map { limit in min(times.count(where: { $0 <= limit }), depth) }
        let here = parts.first { $0.piece == piece && $0.extent.contains(position.fraction) }
        let found = limits.indices.map { band in here?.arrivals.count(where: { $0.band <= band }) ?? 0 }
        #expect(found == expected, "\(question): \(place), \(times)")
      }
    }
  }

  private static func time(
    of unit: CoveringUnit, to place: RoadPlace, _ engine: TocsinEngine, _ state: EngineState
  ) throws -> Weight {
    let snapshot = try engine.profileSnapshot(unit.unit.unit.profile, of: state.snapshot)
    if snapshot.isInClosedStretch(place.position, on: place.arc) { return .infinity }
    let origins = unit.unit.starts.map { TripOrigin($0.place) }
    let trip = engine.paths.withWorkspace {
      TripSearch(to: [place], in: snapshot).fastestTrip(from: origins, with: $0)
    }
    return trip.map { $0.weight.adding(unit.startMilliseconds) } ?? .infinity
  }
}
