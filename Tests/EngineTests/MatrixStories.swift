import API
import Geometry
import MapFile
import RoadGraph
import TestSupport
import Testing

@testable import Engine

/// How long it takes between many places at once: what a route says, pair by pair.
@Suite struct MatrixStories {
  /// The times of a matrix as text: a row for each origin, tenths of seconds, `-` where there is no way.
  private static func rows(_ answer: MatrixAnswer) -> [String] {
    answer.origins.indices.map { row in
      answer.destinations.indices.map { column in
        answer.travelSeconds(from: row, to: column).map { "\(Town.tenths($0))" } ?? "-"
      }.joined(separator: " ")
    }
  }

  private static func request(_ town: Town, _ from: String, _ to: String) -> MatrixRequest {
    MatrixRequest(
      origins: from.map { Place(town.map.coordinate($0)) }, destinations: to.map { Place(town.map.coordinate($0)) },
      profile: "plain")
  }

  @Test(arguments: EngineSetup.allCases)
  func eachPairHasTheTimeOfItsRoute(_ setup: EngineSetup) throws {
    var town = try Town(
      """
      A-0-B---C
      |   |   |
      D---E-1-F
      """, setup: setup)
    for road in ["ABC", "DEF", "AD", "BE"] { town.road(road) }
    town.oneway("CF")
    let answer = try town.testEngine().engine.matrix(Self.request(town, "0AF", "1CD0"))
    let routes = "0AF".map { from in
      "1CD0".map { town.travelSeconds(from, $0).map { "\($0)" } ?? "-" }.joined(separator: " ")
    }
    #expect(Self.rows(answer) == routes)
    #expect(answer.travelSeconds(from: 0, to: 3) == 0, "where one is already")
    #expect(answer.lastResorts.isEmpty && answer.lengthMeters.isEmpty)
  }

  /// Behind on the same one-way it is the way round, never less than nothing.
  @Test func whatLiesBehindIsReachedByAWayRound() throws {
    var town = try Town(
      """
      A-0-1-B
      |     |
      D-----C
      """)
    for road in ["AB", "BC", "CD", "DA"] { town.oneway(road) }
    let answer = try town.testEngine().engine.matrix(Self.request(town, "01", "01"))
    #expect(Self.rows(answer) == ["0.0 20.0", try #require(town.travelSeconds("1", "0")).description + " 0.0"])
    #expect(answer.travelSeconds.allSatisfy { $0 >= 0 })
  }

  /// One bad place in a list doesn't refuse the others.
  @Test func placesOffTheMapHaveNoWays() throws {
    var town = try Town("A---B---C")
    town.road("ABC")
    var request = Self.request(town, "AB", "C")
    request.origins[0] = Place(Coordinate(latitudeE7: 800_000_000, longitudeE7: 0))
    let answer = try town.testEngine().engine.matrix(request)
    #expect(Self.rows(answer) == ["-", "40.0"])
    #expect(answer.origins.map { $0 == nil } == [true, false])
  }

  @Test func whatIsClosedIsGoneRound() throws {
    var town = try Town(
      """
      A---B
      |   |
      D---C
      """)
    for road in ["AB", "BC", "CD", "DA"] { town.road(road) }
    var request = Self.request(town, "A", "B")
    let engine = try town.testEngine().engine
    #expect(Self.rows(try engine.matrix(request)) == ["40.0"])
    request.whatIf = [RoadClosure(id: "x", selector: town.selector("AB"))]
    let around = try #require(try engine.matrix(request).travelSeconds(from: 0, to: 0))
    #expect(around > 40)
    request.travelSecondsMax = around - 1
    #expect(Self.rows(try engine.matrix(request)) == ["-"])
  }

  /// A last resort is told, and is not in the time.
  @Test func lastResortsAreTold() throws {
    var town = try Town(
      """
      A---B---C
      |
      D
      """)
    town.road("AB")
    town.road("BC")
    town.road("AD")
    let places = try town.testEngine()
    try places.change { _ = try $0.putClosures([RoadClosure(id: "x", selector: town.selector("BC"))]) }
    var request = Self.request(town, "AD", "BC")
    request.wantsLengths = true
    let answer = try places.engine.matrix(request)
    for (row, from) in "AD".enumerated() {
      for (column, to) in "BC".enumerated() {
        let route = try town.line(from, to)
        #expect(answer.travelSeconds(from: row, to: column) == route.travelSeconds)
        #expect(answer.lengthMeters[row * 2 + column] == route.lengthMeters)
        #expect(answer.lastResorts.contains(UInt32(row * 2 + column)) == route.needsLastResort)
      }
    }
  }

  @Test func tooLargeAndEmptyOnesAreRefused() throws {
    var town = try Town("A---B")
    town.road("AB")
    let engine = try town.testEngine().engine
    func code(_ change: (inout MatrixRequest) -> Void) -> EngineError? {
      var request = Self.request(town, "A", "B")
      change(&request)
      return #expect(throws: EngineError.self) { try engine.matrix(request) }
    }
    let place = Place(town.map.coordinate("A"))
    #expect(code { $0.origins = [] }?.code == .invalidArgument)
    let many = code { $0.destinations = Array(repeating: place, count: Limits.matrixPlacesMax + 1) }
    #expect(many?.code == .limitExceeded && many?.message.contains("matrix_places = 10000") == true)
    let cells = code {
      $0.origins = Array(repeating: place, count: 1_001)
      $0.destinations = Array(repeating: place, count: 1_000)
    }
    #expect(cells?.code == .limitExceeded && cells?.message.contains("matrix_cells = 1000000") == true)
    #expect(cells?.value == "1001000")
    let heading = code { $0.origins[0].headingDegrees = 400 }
    #expect(heading?.code == .invalidHeading && heading?.message.contains("origin 0") == true)
    #expect(code { $0.profile = "boat" }?.code == .unknownProfile)
    #expect(code { $0.travelSecondsMax = -1 }?.code == .invalidArgument)
    let over = WorkLimit(deadline: .now)
    let late = #expect(throws: EngineError.self) { try engine.matrix(Self.request(town, "A", "B"), within: over) }
    #expect(late?.code == .deadlineExceeded)
  }

  /// The pieces of an answer are the answer.
  @Test func piecesAddUp() {
    let answer = Samples.largeMatrixAnswer
    let pieces = answer.pieces
    #expect(pieces.count == 4 && pieces.allSatisfy { $0.version == 22 && $0.travelSeconds.count <= 1 << 16 })
    #expect(pieces.flatMap(\.travelSeconds) == answer.travelSeconds)
    #expect(pieces.flatMap(\.lastResorts) == answer.lastResorts)
    #expect(pieces.flatMap(\.origins).count == 200 && pieces.flatMap(\.destinations).count == 1_000)
    #expect(answer.pieces.allSatisfy { $0.lengthMeters.isEmpty })
  }

  /// Random towns, random traffic: every cell is what the route between its places says, or why there is none.
  @Test(arguments: 0..<12)
  func cellsAreRoutes(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let town = RandomTown(seed: UInt64(seed), junctionCount: [12, 40, 120][seed % 3])
    let test = try TestEngine(.text(opl: town.text.opl))
    for round in 0..<2 {
      if round == 1 { try PropertyTests.put(PropertyTests.closures(in: town, count: 6, &random), on: test) }
      for profile in test.profiles.profiles {
        let origins = Self.places(in: town, [3, 9][round], &random)
        var request = MatrixRequest(
          origins: origins, destinations: Self.places(in: town, 5, &random) + origins.prefix(2), profile: profile.name)
        request.wantsLengths = seed.isMultiple(of: 2)
        try Self.compare(test.engine, request, "seed \(seed), round \(round), \(profile.name)")
      }
    }
  }

  /// The same on a real city, between places anywhere on its roads.
  @Test(.enabled(if: RealMaps.path("seoul-centre") != nil, "\(RealMaps.hint)"))
  func cellsOfARealCityAreRoutes() throws {
    var random = SeededGenerator(seed: 5)
    let test = try TestEngine(.file(try #require(RealMaps.path("seoul-centre"))))
    let vertices = test.engine.map.network.vertexCoordinate
    let places = (0..<24).map { _ in Place(vertices[position: .random(in: 0..<vertices.count, using: &random)]) }
    for profile in ["ambulance", "car"] where test.profiles.names.contains(profile) {
      var request = MatrixRequest(
        origins: Array(places.prefix(9)), destinations: Array(places.dropFirst(9)), profile: profile)
      request.wantsLengths = true
      try Self.compare(test.engine, request, profile)
    }
  }

  /// What sweeps measure is what unpacking says.
  @Test(arguments: 0..<12)
  func measuredWaysAreUnpackedOnes(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let town = RandomTown(seed: UInt64(seed), junctionCount: [12, 40, 120][seed % 3])
    let test = try TestEngine(.text(opl: town.text.opl))
    for round in 0..<2 {
      if round == 1 { try PropertyTests.put(PropertyTests.closures(in: town, count: 6, &random), on: test) }
      for profile in test.profiles.profiles {
        let (from, to) = (Self.places(in: town, [4, 9][round], &random), Self.places(in: town, 7, &random))
        var request = MatrixRequest(origins: from, destinations: to, profile: profile.name)
        request.wantsLengths = true
        let (measured, unpacked) = (
          try test.engine.matrix(request, unpackingAtMost: 0, within: .none),
          try test.engine.matrix(request, unpackingAtMost: .max, within: .none)
        )
        let question = "seed \(seed), round \(round), \(profile.name)"
        #expect(measured.travelSeconds == unpacked.travelSeconds, "\(question)")
        #expect(measured.lengthMeters == unpacked.lengthMeters, "\(question)")
        #expect(measured.lastResorts == unpacked.lastResorts, "\(question)")
      }
    }
  }

  private static func places(in town: RandomTown, _ count: Int, _ random: inout SeededGenerator) -> [Place] {
    (0..<count).map { _ in Place(town.place(&random), headingDegrees: PropertyTests.heading(&random)) }
  }

  private static func compare(_ engine: TocsinEngine, _ request: MatrixRequest, _ question: String) throws {
    let answer = try engine.matrix(request)
    var lastResorts: [UInt32] = []
    for (row, from) in request.origins.enumerated() {
      for (column, to) in request.destinations.enumerated() {
        let cell = row * request.destinations.count + column
        let route = Result { () throws(EngineError) in
          try engine.route(RouteRequest(places: [from, to], profile: request.profile))
        }
        switch route {
        case .success(let found):
          #expect(answer.travelSeconds[cell] == found.route.travelSeconds, "\(question): \(from) to \(to)")
          if found.route.needsLastResort { lastResorts.append(UInt32(cell)) }
          if request.wantsLengths {
            #expect(answer.lengthMeters[cell] == found.route.lengthMeters, "\(question): \(from) to \(to)")
          }
        case .failure(let error):
          #expect(answer.travelSeconds[cell] == MatrixAnswer.noWay, "\(question): \(from) to \(to)")
          let isOffMap = answer.origins[row] == nil || answer.destinations[column] == nil
          #expect(error.code == (isOffMap ? .offMap : .noRoute), "\(question): \(from) to \(to)")
        }
      }
    }
    #expect(answer.lastResorts == lastResorts, "\(question)")
  }
}
