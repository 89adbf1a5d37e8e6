import Engine
import Fleet
import Profiles
import TestSupport
import Testing

@testable import Checks

/// Pairs of stations with one far longer direction, and roads that are cut off.
@Suite struct RoadStories {
  private func findings(_ town: Town, stations: [Character]) throws -> [Finding] {
    let engine = try town.testEngine().engine
    let map = try CheckedMap(map: engine.map, profile: TestProfiles.plain, civilProfile: TestProfiles.plain)
    let stations = stations.map { Station(id: String($0), name: String($0), coordinate: town.map.coordinate($0)) }
    var thresholds = CheckThresholds()
    thresholds.farMeters = .infinity
    return MapCheck(map, stations: stations, thresholds: thresholds).run()
  }

  /// Along the top it is 100 s; back one has to go round.
  @Test func farLongerWayBack() throws {
    var town = try Town(
      """
      1A---------B2
       |         |
       |         |
       |         |
       |         |
       |         |
       D---------C
      """, metersPerCell: 100)
    town.oneway("AB")
    let pair = try #require(try findings(town, stations: ["1", "2"]).first { $0.kind == .pairOneSided })
    #expect(pair.subject == "2 to 1")
    #expect(pair.message == "3:40 min over 2.2 km, but 100 s over 1.0 km back", "\(pair.message)")
    #expect(pair.shape.count >= 4)
    #expect(pair.severity == .notice)
  }

  @Test func bothWaysAlikeIsNoFinding() throws {
    let town = try Town(
      """
      1A---------B2
       |         |
       D---------C--E
      """, metersPerCell: 100)
    #expect(try findings(town, stations: ["1", "2"]) == [])
  }

  /// All ways to one station are far longer than those from it: that is about the station, not about each pair.
  @Test func oneSidedStation() throws {
    var town = try Town(
      """
      1A---------B-2-C-3-E-4-F
       |         |
       |         |
       |         |
       |         |
       |         |
       |         |
       |         |
       |         |
       |         |
       |         |
       |         |
       |         |
       |         |
       D---------G
      """, metersPerCell: 100)
    town.oneway("AB")
    let found = try findings(town, stations: ["1", "2", "3", "4"])
    let about = found.filter { $0.kind == .stationOneSided }
    #expect(about.map(\.subject) == ["1"])
    #expect(about.first?.message.hasPrefix("the way in is far longer than the way out, for 3 of 3 neighbours") == true)
    #expect(!found.contains { $0.kind == .pairOneSided })
  }

  /// The street behind C can be reached over one turn only, and that one is banned.
  @Test func turnRestrictionsCutOff() throws {
    var town = try Town(
      """
      A-1--B-2--C-----D
                |     |
                |     |
                F-----E
      """, metersPerCell: 100)
    town.oneway("BC")
    town.oneway("CDEFC")
    #expect(try !findings(town, stations: ["1"]).contains { $0.kind == .turnRestrictionsCutOff })
    town = try Town(
      """
      A-1--B-2--C-----D
           |          |
           |          |
        G--F----------E
      """, metersPerCell: 100)
    town.oneway("CDEF")
    town.restriction("BCD", "no_straight_on")
    let cutOff = try #require(try findings(town, stations: ["1"]).first { $0.kind == .turnRestrictionsCutOff })
    #expect(cutOff.subject == "CDEF (way \(TownMap.osmWay("CDEF")))")
    #expect(cutOff.message == "turn restrictions forbid every way into 2.0 km of roads for plain", "\(cutOff.message)")
    #expect(cutOff.severity == .warning)
  }

  @Test func islandsAreListed() throws {
    let town = try Town(
      """
      A-1--B----C----D
           |    |
           E----F

      X----Y
      """, metersPerCell: 100)
    let island = try #require(try findings(town, stations: ["1"]).first { $0.kind == .roadsCutOff })
    #expect(island.subject == "XY (way \(TownMap.osmWay("XY")))")
    #expect(island.message == "no way leads into or out of 500 m of roads for plain")
    #expect(island.shape.count == 2)
  }

  /// A motorway that leaves the map can't be driven back from there; nothing is wrong with it.
  @Test func edgeOfTheMapIsNoFinding() throws {
    var town = try Town(
      """
      A-1--B----C----D
                |
                E
      """, metersPerCell: 100)
    town.oneway("CE")
    #expect(try !findings(town, stations: ["1"]).contains { $0.kind == .roadsCutOff })
  }

  @Test func theWorstComesFirst() {
    let kinds: [(Finding.Kind, Finding.Severity)] = [
      (.roadsCutOff, .notice), (.wayOutSlow, .warning), (.stationOffMap, .error), (.stationFarFromRoad, .warning),
    ]
    let findings = kinds.map { Finding($0, $1, subject: "", "") }
    #expect(
      MapCheck.sorted(findings).map(\.kind) == [.stationOffMap, .stationFarFromRoad, .wayOutSlow, .roadsCutOff])
  }
}
