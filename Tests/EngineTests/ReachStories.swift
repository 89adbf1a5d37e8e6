import API
import Geometry
import Hierarchy
import RoadGraph
import TestSupport
import Testing
import Traffic

@testable import Engine

/// How far one gets in some minutes, and from where one gets somewhere.
@Suite struct ReachStories {
  private static func request(
    _ town: Town, _ places: String, _ limits: [Double], _ direction: ReachDirection = .from
  ) -> ReachRequest {
    var request = ReachRequest(
      places: places.map { Place(town.map.coordinate($0)) }, direction, profile: "plain", limitsSeconds: limits)
    request.detail.roads = true
    return request
  }

  /// The roads of an answer as text, sorted: where they begin and end, in tenths of seconds.
  private static func roads(_ answer: ReachAnswer) -> [String] {
    answer.roads.map { "\($0.band): \(Town.tenths($0.beginSeconds))-\(Town.tenths($0.endSeconds))" }.sorted()
  }

  /// A street of 800 m at 10 m/s.
  private static func street() throws -> Town {
    var town = try Town("A---0---B")
    town.road("AB")
    return town
  }

  @Test(arguments: EngineSetup.allCases)
  func partsOfRoadsAreCutAtTheLimits(_ setup: EngineSetup) throws {
    var town = try Town("A---0---B", setup: setup)
    town.road("AB")
    let answer = try town.testEngine().engine.reach(Self.request(town, "0", [10, 25]))
    #expect(Self.roads(answer) == ["0: 0.0-10.0", "0: 0.0-10.0", "1: 10.0-25.0", "1: 10.0-25.0"])
    #expect(answer.bands.map { $0.lengthMeters.rounded() } == [200, 500])
    #expect(zip(answer.bands, [0.125, 0.3125]).allSatisfy { abs($0.lengthShare - $1) < 0.001 })
    #expect(!answer.isFeltTime && answer.lostLengthMeters == nil)
  }

  /// The other way round the same parts count, in the direction towards the place.
  @Test func towardsAPlaceItIsTheWayThere() throws {
    let town = try Self.street()
    let answer = try town.testEngine().engine.reach(Self.request(town, "0", [10, 25], .to))
    #expect(Self.roads(answer) == ["0: 10.0-0.0", "0: 10.0-0.0", "1: 25.0-10.0", "1: 25.0-10.0"])
    for road in answer.roads where road.band == 0 {
      #expect(road.shape.last?.distanceMeters(to: town.map.coordinate("0")) ?? 99 < 1)
    }
  }

  /// A one-way is reached on, never back.
  @Test func onOneWaysOneDirectionCounts() throws {
    var town = try Town("A---0---B")
    town.oneway("AB")
    let engine = try town.testEngine().engine
    #expect(Self.roads(try engine.reach(Self.request(town, "0", [10]))) == ["0: 0.0-10.0"])
    #expect(Self.roads(try engine.reach(Self.request(town, "0", [10], .to))) == ["0: 10.0-0.0"])
  }

  /// A closed stretch ends the way where it lies; what lies behind it is cut off.
  @Test func closuresCutOff() throws {
    let town = try Self.street()
    var request = Self.request(town, "A", [70])
    let closure = RoadClosure(id: "x", selector: .point(town.map.coordinate("0"), radiusMeters: 20))
    request.whatIf = [closure]
    let answer = try town.testEngine().engine.reach(request)
    #expect(answer.roads.allSatisfy { $0.endSeconds < 39 || $0.beginSeconds > 39 })
    #expect(answer.bands[0].lengthMeters < 400)
    let lost = try #require(answer.lostLengthMeters)
    // The closure and what is behind it, and the way back from there.
    #expect((400...1_300).contains(lost), "\(lost)")
    #expect(!answer.lostRoads.isEmpty)
    // Nothing is cut off where nothing is closed, and a closure never adds.
    request.whatIf = []
    let open = try town.testEngine().engine.reach(request)
    #expect(open.bands[0].lengthMeters > answer.bands[0].lengthMeters)
  }

  @Test func theNearestPlaceCounts() throws {
    let town = try Self.street()
    let answer = try town.testEngine().engine.reach(Self.request(town, "AB", [20]))
    #expect(Self.roads(answer) == ["0: 0.0-20.0", "0: 0.0-20.0"])
  }

  @Test func outlinesAreDrawnAroundRoads() throws {
    let town = try Self.street()
    var request = Self.request(town, "0", [10, 30])
    request.detail.roads = false
    request.detail.outlines = true
    let answer = try town.testEngine().engine.reach(request)
    #expect(answer.roads.isEmpty && answer.bands.map(\.outlines.count) == [1, 1])
    let factors = answer.bands.compactMap(\.reachFactor)
    #expect(factors.count == 2 && factors.allSatisfy { $0 > 0 })
    let area = try #require(Polygon(answer.bands[1].outlines[0].exterior))
    #expect(area.contains(town.map.coordinate("0")) && !area.contains(town.map.coordinate("A")))
  }

  @Test func aBoxKeepsRoadsOutOfTheList() throws {
    let town = try Self.street()
    var request = Self.request(town, "0", [10, 100])
    request.detail.box = BoundingBox(of: [town.map.coordinate("A")])
    let answer = try town.testEngine().engine.reach(request)
    #expect(answer.roads.map(\.band) == [1, 1] || answer.roads.map(\.band) == [1])
    #expect(answer.bands[1].lengthShare > 0.5)
  }

  @Test func wrongQuestionsAreRefused() throws {
    let town = try Self.street()
    let engine = try town.testEngine().engine
    func refusal(_ change: (inout ReachRequest) -> Void) -> EngineError? {
      var request = Self.request(town, "A", [60])
      change(&request)
      return #expect(throws: EngineError.self) { try engine.reach(request) }
    }
    for limits in [[], [0], [-1], [3_600], [60, 60], [60, 30], [Double.nan]] {
      #expect(refusal { $0.limitsSeconds = limits }?.code == .invalidLimit, "\(limits)")
    }
    let many = refusal { $0.limitsSeconds = (1...9).map(Double.init) }
    #expect(many?.code == .limitExceeded && many?.message.contains("reach_bands = 8") == true)
    #expect(refusal { $0.places = [] }?.code == .invalidArgument)
    #expect(refusal { $0.places = Array(repeating: $0.places[0], count: 101) }?.code == .limitExceeded)
    #expect(refusal { $0.places = [Place(Coordinate(latitudeE7: 800_000_000, longitudeE7: 0))] }?.code == .offMap)
    #expect(refusal { $0.detail.outlineCellMeters = 5 }?.code == .invalidArgument)
    #expect(refusal { $0.profile = "boat" }?.code == .unknownProfile)
    let late = #expect(throws: EngineError.self) {
      try engine.reach(Self.request(town, "A", [60]), within: WorkLimit(deadline: .now))
    }
    #expect(late?.code == .deadlineExceeded)
  }

  /// Random towns: a point of a road is reached within a limit exactly if the trip there takes no longer.
  @Test(arguments: 0..<12)
  func whatIsReachedIsWhereTripsGo(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let town = RandomTown(seed: UInt64(seed), junctionCount: [12, 40, 80][seed % 3])
    let test = try TestEngine(.text(opl: town.text.opl))
    for round in 0..<2 {
      if round == 1 { try PropertyTests.put(PropertyTests.closures(in: town, count: 6, &random), on: test) }
      for profile in test.profiles.profiles {
        let snapshot = try test.engine.profileSnapshot(profile.name, of: test.engine.currentState().snapshot)
        for direction in [SweepDirection.from, .towards] {
          let role: SiteRole = direction == .from ? .origin : .destination
          let places = (0..<2).map { _ in Place(town.place(&random)) }
          let sites = places.compactMap { test.engine.sites.site($0, role: role, on: snapshot.roads) }
          let limits: [Weight] = [12_000, 40_000, 90_000]
          let sweep = WeightSweep(test.engine.map.hierarchy)
          let reach = try RoadReach(direction, sites, limits: limits, in: snapshot, with: sweep, within: .none)
          try Self.compare(
            reach, limits, direction, sites, test.engine, snapshot, &random,
            "seed \(seed), round \(round), \(profile.name), \(direction)")
        }
      }
    }
  }

  private static func compare(
    _ reach: RoadReach, _ limits: [Weight], _ direction: SweepDirection, _ sites: [Site], _ engine: TocsinEngine,
    _ snapshot: ProfileSnapshot, _ random: inout SeededGenerator, _ question: String
  ) throws {
    let network = engine.map.network
    for arcs in network.segmentArcs.buffer {
      for arc in [arcs.forward, arcs.backward].compactMap(\.self) {
        var parts: [ReachedPart] = []
        reach.visitParts(of: arc) { parts.append($0) }
        for piece in network.pieceIDs(along: arc) where network.way(of: piece) != nil {
          let position = RoadPosition(
            segment: network.arcCourse[arc].segment, piece: piece,
            fraction: .random(in: 1..<RoadPosition.fractionMax, using: &random))
          let place = RoadPlace(arc: arc, position: position)
          // Who would have to turn round before a barrier counts in the other direction.
          if direction == .towards, snapshot.isBlockedByClosure(place) { continue }
          let weight = sites.compactMap { Self.trip(direction, $0, place, engine, snapshot) }.min() ?? Weight.infinity
          let here = parts.filter { $0.piece == piece && $0.extent.contains(position.fraction) }
          let band = limits.firstIndex { weight <= $0 }
          #expect(
            here.contains { $0.band == band } || (band == nil && here.isEmpty), "\(question): \(place), \(weight)")
          for part in here {
            let times = [part.beginMilliseconds, part.endMilliseconds].sorted()
            #expect(times[0] <= weight && weight <= times[1], "\(question): \(place), \(weight), \(part)")
          }
        }
      }
    }
  }

  /// The weight of the trip between a site and a place on one arc.
  private static func trip(
    _ direction: SweepDirection, _ site: Site, _ place: RoadPlace, _ engine: TocsinEngine, _ snapshot: ProfileSnapshot
  ) -> Weight? {
    // A point in a closed stretch is no point of an open road.
    if snapshot.isInClosedStretch(place.position, on: place.arc) { return nil }
    let trip = engine.paths.withWorkspace { query -> Trip? in
      switch direction {
      case .from:
        return TripSearch(to: [place], in: snapshot)
          .fastestTrip(from: site.places.map { TripOrigin($0) }, with: query)
      case .towards:
        return TripSearch(to: site.places, in: snapshot).fastestTrip(from: [TripOrigin(place)], with: query)
      }
    }
    // Who turns round before a barrier goes on in the other direction, which is asked for itself.
    if direction == .towards, let trip, trip.turnRoundMilliseconds > 0 { return nil }
    return trip?.weight
  }
}
