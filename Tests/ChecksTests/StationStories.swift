import Engine
import Fleet
import Profiles
import TestSupport
import Testing

@testable import Checks

/// What is wrong with the stations of a town. Stations are the town's digits.
@Suite struct StationStories {
  /// The kinds of findings about station 1, or about all.
  private func findings(
    _ town: Town, stations: [Character] = ["1", "2", "3"], profile: VehicleProfile = TestProfiles.plain,
    _ change: (inout CheckThresholds) -> Void = { _ in }
  ) throws -> [Finding] {
    var thresholds = CheckThresholds()
    thresholds.detourSeconds = 20
    change(&thresholds)
    let engine = try town.testEngine().engine
    let map = try CheckedMap(map: engine.map, profile: profile, civilProfile: TestProfiles.plain)
    let stations = stations.map { Station(id: String($0), name: String($0), coordinate: town.map.coordinate($0)) }
    return MapCheck(map, stations: stations, thresholds: thresholds).run()
  }

  private func kinds(_ findings: [Finding], of station: String = "1") -> [Finding.Kind] {
    findings.filter { $0.subject == station }.map(\.kind)
  }

  private static let street = """
    A--1--B-----C--2--D
          |     |
          |     |
          E-----F--3--G
    """

  @Test func nothingIsWrongInAnOpenTown() throws {
    #expect(try findings(Town(Self.street)) == [])
  }

  @Test func offTheMap() throws {
    let town = try Town(
      """
      A-----B




              1
      """, metersPerCell: 400)
    let found = try findings(town, stations: ["1"])
    #expect(kinds(found) == [.stationOffMap])
    #expect(found.first?.severity == .error)
    #expect(found.first?.shape == [town.map.coordinate("1")])
  }

  @Test func farFromItsRoad() throws {
    let town = try Town(
      """
      A-----B-----C-----D

         1     2     3
      """, metersPerCell: 50)
    #expect(kinds(try findings(town)) == [.stationFarFromRoad])
    #expect(kinds(try findings(town) { $0.farMeters = 101 }) == [])
  }

  /// The nearest street is private: who may use it stands on it, who may not on the next one.
  @Test func nearestRoadIsForbidden() throws {
    var town = try Town(
      """
      X--1--Y
      |     |
      A-----B---2-C---3-D
      """, metersPerCell: 40)
    town.road("XY", tags: ["access": "no"])
    #expect(kinds(try findings(town)).contains(.stationNearestRoadForbidden))
    let bySiren = try findings(town, profile: TestProfiles.siren)
    #expect(!kinds(bySiren).contains(.stationNearestRoadForbidden))
  }

  @Test func onAnIsland() throws {
    let town = try Town(
      """
      X--1--Y



      A-----B---2-C---3-D
            |     |
            E-----F
      """, metersPerCell: 100)
    let found = try findings(town)
    #expect(kinds(found) == [.stationOnIsland])
    #expect(found.first?.severity == .error)
    #expect(found.first?.message.contains("XY (way \(TownMap.osmWay("XY")))") == true)
    // The others know that the island is not their fault.
    #expect(kinds(found, of: "2") == [])
  }

  /// No other road within reach.
  @Test func onAFarIsland() throws {
    let town = try Town(
      """
      X--1--Y




      A-----B---2-C---3-D
      """, metersPerCell: 300)
    let found = try findings(town)
    #expect(kinds(found) == [.stationWithoutWayOut, .stationWithoutWayIn])
    #expect(found.first?.message.contains("XY (way \(TownMap.osmWay("XY")))") == true)
  }

  /// One may come, but the street leads nowhere else: a trap of a one-way.
  @Test func behindOnewayThatLeadsNowhere() throws {
    var town = try Town(
      """
      A-----B---2-C---3-D
      |
      1
      |
      X
      """, metersPerCell: 300)
    town.oneway("AX")
    #expect(kinds(try findings(town)).contains(.stationWithoutWayOut))
    #expect(!kinds(try findings(town)).contains(.stationWithoutWayIn))
    // With a siren one may drive off against it, and is told that there is nothing else.
    let bySiren = try findings(town, profile: TestProfiles.siren)
    #expect(!kinds(bySiren).contains(.stationWithoutWayOut))
  }

  @Test func everyWayOutIsAgainstAOneway() throws {
    var town = try Town(
      """
      A--B---2-C---3-D
      |
      1
      |
      X
      """, metersPerCell: 100)
    town.oneway("AX")
    let found = try findings(town, profile: TestProfiles.siren)
    let forbidden = try #require(found.first { $0.subject == "1" && $0.kind == .wayOutForbidden })
    #expect(forbidden.message.contains("contraflow at AX"))
    #expect(forbidden.osmID == TownMap.osmWay("AX"))
    #expect(!kinds(found).contains(.wayInForbidden))
  }

  /// To the left it would be at once; the ban sends it round the block.
  private func bannedTurn() throws -> Town {
    var town = try Town(
      """
      D-----A-----B---2-C---3-G
      |     |
      |     1
      |     |
      E-----F
      """, metersPerCell: 100)
    town.restriction("FAB", "no_right_turn")
    return town
  }

  @Test func behindABannedTurn() throws {
    let found = try findings(bannedTurn()) { $0.neighbourCount = 2 }
    let slow = try #require(found.first { $0.subject == "1" && $0.kind == .wayOutSlow })
    #expect(slow.severity == .warning)
    #expect(slow.message.contains("turn_ban"), "\(slow.message)")
    #expect(slow.shape.count > 2)
    // With a siren it turns right at once; there is no other way that its rules don't forbid to civil traffic.
    #expect(kinds(try findings(bannedTurn(), profile: TestProfiles.siren)) == [.wayOutForbidden])
  }

  @Test func housesAreLookedAtOnce() throws {
    let town = try Town(
      """
      X--1--Y



      A-----B---2-C---3-D
            |     |
            E-----F
      """, metersPerCell: 100)
    let engine = try town.testEngine().engine
    let map = try CheckedMap(map: engine.map, profile: TestProfiles.plain, civilProfile: TestProfiles.plain)
    let stations = ["1", "1", "2", "3"].enumerated().map { index, place in
      Station(id: "\(index)", name: "s\(index)", coordinate: town.map.coordinate(Character(place)))
    }
    let found = MapCheck(map, stations: stations).run()
    #expect(found.filter { $0.kind == .stationOnIsland }.map(\.subject) == ["s0 and 1 more"])
  }
}
