import API
import Geometry
import TestSupport
import Testing
import Traffic

@testable import Engine

/// If the bridge goes, who comes first? Closures that hold for one question only.
@Suite struct WhatIfStories {
  private static func town() throws -> Town {
    var town = try Town(
      """
      A---B---C
      |   |   |
      D---E---F
      u       v
      """)
    for road in ["ABC", "DEF", "AD", "BE", "CF"] { town.road(road) }
    return town
  }

  @Test func onlyTheAskerSeesThem() throws {
    let town = try Self.town()
    let engine = try town.testEngine().engine
    var request = RouteRequest(
      places: [Place(town.map.coordinate("A")), Place(town.map.coordinate("C"))], profile: "plain")
    let before = try engine.route(request)
    request.whatIf = [RoadClosure(id: "x", selector: town.selector("ABC"))]
    let imagined = try engine.route(request)
    #expect(imagined.route.travelSeconds > before.route.travelSeconds)
    #expect(imagined.version == before.version)
    request.whatIf = []
    #expect(try engine.route(request).route == before.route)
    #expect(engine.listClosures().closures.isEmpty)
  }

  @Test func whatItMeansIsChecked() throws {
    let town = try Self.town()
    let engine = try town.testEngine().engine
    var request = RouteRequest(
      places: [Place(town.map.coordinate("A")), Place(town.map.coordinate("C"))], profile: "plain")
    request.whatIf = [RoadClosure(id: "x", selector: .way(osmID: 4711, direction: .both))]
    #expect(throws: EngineError.self) { try engine.route(request) }
    request.whatIf = Array(repeating: RoadClosure(id: "x", selector: town.selector("ABC")), count: 101)
    let error = #expect(throws: EngineError.self) { try engine.route(request) }
    #expect(error?.code == .limitExceeded)
  }

  /// Imagined closures give what put ones give, one question after the other, on changing traffic.
  @Test(arguments: 0..<8) func imaginedIsAsGoodAsReal(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let town = RandomTown(seed: UInt64(seed), junctionCount: 60)
    let engine = try TestEngine(.text(opl: town.text.opl)).engine
    let twin = try TestEngine(.text(opl: town.text.opl)).engine
    let units = town.junctions.prefix(12).enumerated().map { index, place in
      SpeedUnits.unit("\(index)", at: place, profile: ["plain", "siren"][index % 2])
    }
    _ = try (engine.putUnits(units), twin.putUnits(units))
    let resolver = RoadResolver(engine.map.network)
    let closures = PropertyTests.closures(in: town, count: 10, &random).filter { (try? resolver.resolve($0)) != nil }
    for round in 0..<6 {
      if let real = closures.randomElement(using: &random) {
        _ = try? (engine.putClosures([real]), twin.putClosures([real]))
      }
      let imagined = closures.shuffled(using: &random).prefix(3).enumerated().map { index, closure in
        var other = closure
        other.id = "imagined \(index)"
        return other
      }
      _ = try twin.putClosures(imagined)
      defer { _ = try? twin.liftClosures(imagined.map(\.id)) }
      for profile in ["plain", "siren"] {
        let places = (0..<2).map { _ in Place(town.place(&random)) }
        var request = RouteRequest(places: places, profile: profile)
        let real = Result { () throws(EngineError) in try twin.route(request) }
        request.whatIf = imagined
        let answer = Result { () throws(EngineError) in try engine.route(request) }
        #expect(answer.map(\.route) == real.map(\.route), "seed \(seed), round \(round), \(profile)")
      }
      var request = FastestUnitsRequest(incident: Place(town.junctions[round]), count: 5)
      let real = Result { () throws(EngineError) in try twin.fastestUnits(request).units }
      request.whatIf = imagined
      let answer = Result { () throws(EngineError) in try engine.fastestUnits(request).units }
      #expect(answer == real, "seed \(seed), round \(round)")
    }
  }
}
