import API
import Foundation
import Geometry
import Ledger
import TestSupport
import Testing

@testable import Engine

/// Who moves up on roads, and posts that are kept.
@Suite struct MoveUpStories {
  /// A street of 3,000 m at 10 m/s: posts at A, B, C and D, two units at A, calls at all posts.
  private static func street(_ change: (inout Town) -> Void = { _ in }) throws -> (town: Town, engine: TocsinEngine) {
    var town = try Town(
      """
      A---------B---------C---------D
      u
      v
      """)
    town.road("ABCD")
    let start = town.map.coordinate("A")
    for unit in "uv" as String { town.unit(unit) { ($0.turnoutSeconds, $0.coordinate) = (0, start) } }
    change(&town)
    let engine = try town.testEngine().engine
    _ = try engine.putPosts("ABCD".map { post($0, in: town) }, by: .local)
    let features = "ABCD".map { LayerFeature(id: String($0), .point(town.map.coordinate($0))) }
    _ = try engine.putLayer(Layer("calls", features: features), by: .local, within: .none)
    return (town, engine)
  }

  private static func post(
    _ letter: Character, in town: Town, _ change: (inout Post) -> Void = { _ in }
  ) -> Post {
    var post = Post(id: String(letter), place: Place(town.map.coordinate(letter)), capacity: 2)
    change(&post)
    return post
  }

  private static func request(
    _ seconds: Double = 50, _ change: (inout MoveUpRequest) -> Void = { _ in }
  ) -> MoveUpRequest {
    var request = MoveUpRequest(demandLayer: "calls", limitSeconds: seconds)
    request.gainShareMin = 0
    change(&request)
    return request
  }

  /// `u A B 100.0`: who, from where, to where, how long.
  private static func moves(_ answer: MoveUpAnswer) -> [String] { answer.moves.map(text) }

  private static func text(_ move: PostMove) -> String {
    "\(move.unitID) \(move.fromPostID.isEmpty ? "-" : move.fromPostID) \(move.toPostID) \(Town.tenths(move.travelSeconds))"
  }

  private func refusal(_ body: () throws -> Void) -> EngineError? { #expect(throws: EngineError.self) { try body() } }

  // MARK: Who moves

  /// Two stand where one is enough: the other goes to the nearest of the bare posts.
  @Test func oneOfTwoMoves() throws {
    let (_, engine) = try Self.street()
    let answer = try engine.moveUp(Self.request { $0.movesMax = 1 })
    #expect(Self.moves(answer) == ["u A B 100.0"])
    // Of four calls A's was covered by both; with q = 0.3 it is 0.91, and then 0.7 + 0.7.
    #expect(abs(answer.before.expected - 0.91 / 4) < 1e-9 && abs(answer.after.expected - 1.4 / 4) < 1e-9)
    #expect(abs(answer.moves[0].gainWeight - 0.49) < 1e-9 && abs(answer.moves[0].gainShare - 0.49 / 4) < 1e-9)
    #expect(answer.before.covered == 0.25 && answer.after.covered == 0.5 && answer.before.twice == 0.25)
    #expect(answer.before.barePointCount == 3 && answer.after.barePointCount == 2)
    #expect(answer.moves[0].originShareBefore == 1 && answer.moves[0].originShareAfter == 1)
    #expect(answer.gapsAfter.map(\.demandWeight).reduce(0, +) == 2)
    #expect(answer.unitCount == 2 && answer.postCount == 4 && answer.busyShare == 0.3)
    // What else would be worth it is not told: the other one would leave A bare for as little.
    #expect(answer.demand == DemandSummary(pointCount: 4, weight: 4, offMap: IDList()))
  }

  @Test func whatForbidsAMoveIsSaid() throws {
    let (town, engine) = try Self.street()
    func refused(_ change: @escaping (inout MoveUpRequest) -> Void) throws -> MoveRefusal? {
      let answer = try engine.moveUp(Self.request(50, change))
      #expect(answer.moves.isEmpty && answer.before == answer.after)
      return answer.refusedFor
    }
    func posts(_ change: @escaping (inout Post) -> Void) -> [Post] { "ABCD".map { Self.post($0, in: town, change) } }
    #expect(try refused { $0.stayingUnitIDs = ["u", "v"] } == .staying)
    #expect(try refused { $0.posts = posts { $0.agencies = ["EMS"] } } == .agency)
    #expect(try refused { $0.relocationSecondsMax = 99 } == .time)
    #expect(try refused { $0.posts = posts { $0.keep = [PostKeep(count: 2)] } } == .keep)
    #expect(try refused { $0.gainShareMin = 0.5 } == .gain)
    #expect(try engine.moveUp(Self.request { $0.gainShareMin = 0.5 }).bestRefused.map(Self.text) == "u A B 100.0")
  }

  /// A unit that came from a post isn't sent back within the hour; afterwards it may.
  @Test func nobodyIsSentBackAndForth() throws {
    let (town, _) = try Self.street()
    let test = try town.testEngine()
    let engine = test.engine
    var unit = try #require(engine.listUnits().units.first { $0.unit.id == "u" }).unit
    (unit.task, unit.statusAt) = (UnitTask(postID: "B"), nil)
    (unit.coordinate, unit.reportedAt) = (town.map.coordinate("A"), test.clock.now)
    _ = try engine.putUnits([unit])
    _ = try engine.removeUnits(["v"])
    // It covers B, wherever it is by now, and A is worth as much; to C it may go.
    func question(_ change: @escaping (inout MoveUpRequest) -> Void = { _ in }) throws -> MoveUpAnswer {
      try engine.moveUp(Self.request(50, change))
    }
    let features = [LayerFeature(id: "A", .point(town.map.coordinate("A")), weight: 9)]
    _ = try engine.putLayer(Layer("calls", features: features), by: .local, within: .none)
    let answer = try question()
    #expect(answer.moves.isEmpty && answer.refusedFor == .bounce && answer.bestRefused?.toPostID == "A")
    test.clock.advance(seconds: 3_601)
    #expect(try question().moves.map(\.toPostID) == ["A"])
  }

  /// Who is under way to a post counts there, and stays.
  @Test func whoIsUnderWayCountsAtThePost() throws {
    let (town, engine) = try Self.street { town in
      town.unit("v") { ($0.status, $0.task) = (.enRoute, UnitTask(postID: "D")) }
    }
    let answer = try engine.moveUp(Self.request())
    #expect(answer.unitCount == 2 && answer.before.covered == 0.5 && answer.leftOut.isEmpty)
    #expect(answer.moves.allSatisfy { $0.unitID == "u" })
    // One with an incident is none of those.
    var unit = try #require(engine.listUnits().units.first { $0.unit.id == "v" }).unit
    unit.task = UnitTask(incidentID: "I-1", postID: "D")
    _ = try engine.putUnits([unit])
    let busy = try engine.moveUp(Self.request())
    #expect(busy.unitCount == 1 && busy.leftOut == [.status: 1])
    _ = town
  }

  /// Of a crew with two vehicles one counts.
  @Test func aCrewCountsOnce() throws {
    let (_, engine) = try Self.street { town in for unit in "uv" as String { town.unit(unit) { $0.crewID = "C" } } }
    let answer = try engine.moveUp(Self.request())
    #expect(answer.unitCount == 1 && answer.leftOut == [.crew: 1] && answer.before.twice == 0)
  }

  /// A unit on the road covers what it reaches from where it is.
  @Test func aUnitOnTheRoadIsAtNoPost() throws {
    let (town, engine) = try Self.street { town in
      let (a, b) = (town.map.coordinate("B"), town.map.coordinate("C"))
      let middle = Coordinate(
        latitudeE7: (a.latitudeE7 + b.latitudeE7) / 2, longitudeE7: (a.longitudeE7 + b.longitudeE7) / 2)
      town.unit("u") { $0.coordinate = middle }
      town.unit("v") { $0.status = .outOfService }
    }
    let answer = try engine.moveUp(Self.request(55))
    // From the middle of BC it reaches both: no post does better.
    #expect(answer.before.covered == 0.5 && answer.moves.isEmpty && answer.bestRefused == nil)
    let near = try engine.moveUp(Self.request(49))
    #expect(near.before.covered == 0 && near.moves.map(\.fromPostID) == [""])
    _ = town
  }

  @Test func theDoubleStandard() throws {
    let (town, engine) = try Self.street()
    let features = "AB".map { LayerFeature(id: String($0), .point(town.map.coordinate($0))) }
    _ = try engine.putLayer(Layer("calls", features: features), by: .local, within: .none)
    // Within 50 s both calls can be reached by one each, or A by two; within 110 s each is reached from A.
    let wide = try engine.moveUp(Self.request { ($0.objective, $0.farLimitSeconds) = (.double, 110) })
    #expect(wide.moves.isEmpty)
    let narrow = try engine.moveUp(Self.request { $0.objective = .double })
    #expect(narrow.moves.map(\.toPostID) == ["B"])
    #expect(try engine.moveUp(Self.request { $0.objective = .gaps }).moves.map(\.toPostID) == ["B"])
  }

  /// Posts that are given are filled by the smallest longest drive.
  @Test func aComplianceTable() throws {
    let (_, engine) = try Self.street()
    let answer = try engine.moveUp(Self.request { $0.targetPostIDs = ["B", "A", "C"] })
    #expect(Self.moves(answer) == ["u A B 100.0"] && answer.unfilledPostIDs == ["C"])
    #expect(refusal { _ = try engine.moveUp(Self.request { $0.targetPostIDs = ["Z"] }) }?.code == .unknownPost)
    let often = refusal { _ = try engine.moveUp(Self.request { $0.targetPostIDs = ["B", "B", "B"] }) }
    #expect(often?.code == .invalidPost && often?.value == "B")
  }

  @Test func whatIfARoadIsClosed() throws {
    let (town, engine) = try Self.street()
    var request = Self.request { $0.movesMax = 1 }
    request.whatIf = [RoadClosure(id: "x", selector: town.selector("AB"))]
    let answer = try engine.moveUp(request)
    #expect(answer.moves.isEmpty)
    // Nothing of it is remembered.
    request.whatIf = []
    #expect(try engine.moveUp(request).moves.count == 1)
    // A closure of everybody's counts at once.
    try town.put(.way(osmID: TownMap.osmWay("ABCD"), direction: .both))
    #expect(try engine.moveUp(request).moves.isEmpty)
  }

  /// A post that no road is near is told, and nobody moves there.
  @Test func aPostOffTheMap() throws {
    let (_, engine) = try Self.street()
    let far = Post(id: "far", place: Place(Coordinate(latitudeE7: 800_000_000, longitudeE7: 0)))
    _ = try engine.putPosts([far], by: .local)
    #expect(try engine.moveUp(Self.request()).offMapPostIDs == ["far"])
    #expect(try engine.listPosts(within: .none).posts.map { $0.snapped == nil } == [false, false, false, false, true])
  }

  @Test func wrongQuestionsAreRefused() throws {
    let (_, engine) = try Self.street()
    for (change, code) in [
      ({ $0.demandLayer = "x" }, .unknownLayer), ({ $0.demandLayer = "" }, .unknownLayer),
      ({ $0.busyShare = 0 }, .invalidBusyShare), ({ $0.busyShare = 1 }, .invalidBusyShare),
      ({ $0.busyShare = .nan }, .invalidBusyShare), ({ $0.movesMax = 11 }, .limitExceeded),
      ({ $0.movesMax = 0 }, .invalidCount), ({ $0.limitSeconds = 0 }, .invalidLimit),
      ({ $0.farLimitSeconds = 10 }, .invalidLimit), ({ $0.stayingUnitIDs = ["ghost"] }, .unknownUnit),
      ({ $0.units.travelSecondsMax = 5 }, .invalidArgument), ({ $0.gainShareMin = 2 }, .invalidArgument),
    ] as [((inout MoveUpRequest) -> Void, EngineError.Code)] {
      #expect(refusal { _ = try engine.moveUp(Self.request(50, change)) }?.code == code)
    }
    let limit = WorkLimit(deadline: .now)
    #expect(refusal { _ = try engine.moveUp(Self.request(), within: limit) }?.code == .deadlineExceeded)
    _ = try engine.removePosts(["A", "B", "C", "D"], by: .local)
    #expect(refusal { _ = try engine.moveUp(Self.request()) }?.code == .noPosts)
  }

  // MARK: Against routes

  /// Random towns: before any move each point is covered by those who are there in time as the fastest units say, and
  /// each move drives as long as the unit would to an incident at the post.
  @Test(arguments: 0..<12)
  func coverAndDrivesAreThoseOfRoutes(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) + 911)
    let town = RandomTown(seed: UInt64(seed), junctionCount: [10, 40][seed % 2])
    let test = try TestEngine(.text(opl: town.text.opl))
    if seed % 3 > 0 { try PropertyTests.put(PropertyTests.closures(in: town, count: 4, &random), on: test) }
    let posts = (0..<6).map { Post(id: "\($0)", place: Place(town.place(&random)), capacity: 2) }
    _ = try test.engine.putPosts(posts, by: .local)
    let profiles = ["plain", "siren"]
    let units = (0..<4).map { number in
      var unit = SpeedUnits.unit("\(number)", at: posts[number].place.coordinate, profile: profiles[number % 2])
      unit.turnoutSeconds = Double(number * 5)
      return unit
    }
    _ = try test.engine.putUnits(units)
    let places = (0..<20).map { _ in town.place(&random) }
    let features = places.enumerated().map { LayerFeature(id: "\($0)", .point($1)) }
    _ = try test.engine.putLayer(Layer("calls", features: features), by: .local, within: .none)
    for seconds in [20.0, 45, 45] {
      let answer = try test.engine.moveUp(Self.request(seconds) { $0.gapCount = 0 })
      let counts = places.map { place in
        units.count { unit in
          let fastest = try? test.engine.fastestUnits(FastestUnitsRequest(incident: Place(place), count: 4))
          guard let found = fastest?.units.first(where: { $0.unit.id == unit.id }) else { return false }
          return found.etaSeconds <= seconds && !found.route.needsLastResort
        }
      }
      #expect(Int((answer.before.covered * answer.demand.weight).rounded()) == counts.count { $0 > 0 }, "seed \(seed)")
      #expect(Int((answer.before.twice * answer.demand.weight).rounded()) == counts.count { $0 > 1 }, "seed \(seed)")
      for move in answer.moves {
        let post = try #require(posts.first { $0.id == move.toPostID })
        let fastest = try test.engine.fastestUnits(FastestUnitsRequest(incident: post.place, count: 4))
        let found = try #require(fastest.units.first { $0.unit.id == move.unitID })
        #expect(abs(found.route.travelSeconds - move.travelSeconds) < 0.002, "seed \(seed): \(move)")
      }
    }
  }

  // MARK: Kept

  @Test func postsOutliveARestartAndAReload() throws {
    let town = try Self.street().town
    let setup = try ReloadSetup(town)
    let posts = [
      Self.post("A", in: town) { ($0.name, $0.agencies) = ("서부", ["EMS"]) },
      Self.post("B", in: town) { $0.keep = [PostKeep("engine", count: 1)] },
    ]
    #expect(try setup.handle.putPosts(posts, by: .local).count == 2)
    #expect(try setup.handle.putPosts(posts, by: .local).unchangedCount == 2)
    try setup.reload()
    #expect(try setup.handle.listPosts(within: .none).posts.map(\.post) == posts)
    #expect(try setup.restarted().listPosts(within: .none).posts.map(\.post) == posts)
    #expect(try setup.handle.removePosts(["A"], by: .local).count == 1)
    #expect(try setup.restarted().listPosts(within: .none).posts.map(\.post.id) == ["B"])
    #expect(setup.handle.status().postCount == 1)
  }

  @Test func wrongPostsAreRefused() throws {
    let (town, engine) = try Self.street()
    for (change, code) in [
      ({ $0.id = "" }, .invalidPost), ({ $0.capacity = 0 }, .invalidPost),
      ({ $0.keep = [PostKeep(count: 0)] }, .invalidPost),
      ({ $0.keep = [PostKeep(count: 1), PostKeep(count: 2)] }, .invalidPost),
      ({ $0.place.headingDegrees = -1 }, .invalidHeading),
    ] as [((inout Post) -> Void, EngineError.Code)] {
      let post = Self.post("A", in: town, change)
      #expect(refusal { _ = try engine.putPosts([post], by: .local) }?.code == code)
    }
    #expect(refusal { _ = try engine.removePosts(["A", "ghost"], by: .local) }?.code == .unknownPost)
    #expect(try engine.listPosts(within: .none).posts.count == 4)
  }
}
