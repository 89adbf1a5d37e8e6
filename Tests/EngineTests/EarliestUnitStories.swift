import API
import Profiles
import RoadGraph
import TestSupport
import Testing

@testable import Engine

/// Who comes first is a question of time, whatever ways the profile likes.
@Suite struct EarliestUnitStories {
  /// An alley, which the profile likes less, to the west of the scene; a street to the east.
  private static func test(_ setup: EngineSetup) throws -> (TestEngine, Town) {
    var street = try Town("A--a----C-1----------b--B", setup: setup)
    street.road("AC", tags: ["highway": "service", "service": "alley"])
    street.road("CB")
    let profiles = ProfileSet([TestProfiles.plain, TestProfiles.choosy])
    let test = try TestEngine(.text(opl: street.map.opl()), setup: setup, profiles: profiles)
    let units = ["a", "b"].map { id in
      ResponseUnit(
        id: id, profile: "choosy", coordinate: street.map.coordinate(Character(id)), reportedAt: test.clock.now)
    }
    try test.change { _ = try $0.putUnits(units) }
    return (test, street)
  }

  @Test(arguments: EngineSetup.allCases)
  func theEarliestUnitIsFirst(_ setup: EngineSetup) throws {
    let (test, town) = try Self.test(setup)
    var request = FastestUnitsRequest(incident: Place(town.map.coordinate("1")), count: 2)
    let both = try test.engine.fastestUnits(request)
    #expect(both.units.map(\.unit.id) == ["a", "b"])
    #expect(both.units.map { Town.tenths($0.etaSeconds) } == [70, 110])
    request.count = 1
    #expect(try test.engine.fastestUnits(request).units.map(\.unit.id) == ["a"])
  }

  @Test(arguments: EngineSetup.allCases)
  func aLimitIsOneOfTime(_ setup: EngineSetup) throws {
    let (test, town) = try Self.test(setup)
    var request = FastestUnitsRequest(incident: Place(town.map.coordinate("1")), count: 5)
    request.travelSecondsMax = 71
    let answer = try test.engine.fastestUnits(request)
    #expect(answer.units.map(\.unit.id) == ["a"] && answer.leftOut == [.tooFar: 1])
    request.travelSecondsMax = 69
    #expect(try test.engine.fastestUnits(request).units.isEmpty)
  }

  /// Who stands at the junction of the incident is there, whichever arm it is said to be on, and needn't drive round.
  @Test(arguments: EngineSetup.allCases)
  func whoStandsAtTheJunctionIsThere(_ setup: EngineSetup) throws {
    let town = try Town(
      """
      A-----B-----C
            |     |
            D-----E
      """, setup: setup)
    let junction = town.map.coordinate("B")
    let test = try town.testEngine()
    for heading in [nil, 0, 90, 180, 270] as [Double?] {
      var unit = ResponseUnit(id: "u", profile: "plain", coordinate: junction, reportedAt: test.clock.now)
      unit.headingDegrees = heading
      try test.change { _ = try $0.putUnits([unit]) }
      let answer = try town.ranking(incident: "B", k: 1)
      #expect(answer.units.map(\.route.travelSeconds) == [0] && answer.units.map(\.route.lengthMeters) == [0])
    }
    #expect(town.travelSeconds("B", "B") == 0)
  }

  /// Who needs a last resort comes after all who don't, however early.
  @Test func aLastResortComesLast() throws {
    var town = try Town("A-a-B-1-C---------b-D")
    town.oneway("BA")
    town.unit("a") { $0.profile = "siren" }
    town.unit("b") { $0.profile = "siren" }
    let answer = try town.ranking(incident: "1", k: 2)
    #expect(answer.units.map(\.unit.id) == ["b", "a"])
    #expect(answer.units.map(\.route.needsLastResort) == [false, true])
    #expect(answer.units.map { Town.tenths($0.etaSeconds) } == [120, 40])
  }

  /// A road that one only comes out of: whoever is not on it needs a last resort, and nobody has to look at their ways.
  @Test func aPocketIsReachedByALastResort() throws {
    var town = try Town(
      """
      A-a-B--1---d--D-----C---e---E
          |               |
          F               H
      """)
    town.oneway("DB")
    town.oneway("DC")
    for id in ["a", "d", "e"] { town.unit(Character(id)) { $0.profile = "siren" } }
    let answer = try town.ranking(incident: "1", k: 3)
    #expect(answer.units.map(\.unit.id) == ["d", "a", "e"])
    #expect(answer.units.map(\.route.needsLastResort) == [false, true, true])
    let engine = try town.testEngine().engine
    let snapshot = try engine.profileSnapshot("siren", of: engine.currentState().snapshot)
    func places(_ letter: Character) throws -> [RoadPlace] {
      let place = Place(town.map.coordinate(letter))
      return try #require(engine.sites.site(place, role: .destination, on: snapshot.roads)).places
    }
    let pocket = try #require(LastResortPocket(around: try places("1"), in: snapshot))
    #expect(try places("d").contains(where: pocket.contains) && places("1").contains(where: pocket.contains))
    #expect(try !places("a").contains(where: pocket.contains) && !places("e").contains(where: pocket.contains))
  }

  @Test func ranksAreTheSameInAWhatIf() throws {
    let (test, town) = try Self.test(.partialCustomization)
    var request = FastestUnitsRequest(incident: Place(town.map.coordinate("1")), count: 2)
    let street = TownMap.osmWay("CB")
    request.whatIf = [RoadClosure(id: "x", selector: .way(osmID: street, direction: .both), effect: .speed(kmh: 18))]
    // On the street both take twice as long: a 20 s of its 70 s, b all of its 110 s.
    let etas = try test.engine.fastestUnits(request).units.map { "\($0.unit.id) \(Int($0.etaSeconds.rounded()))" }
    #expect(etas == ["a 90", "b 220"])
  }
}
