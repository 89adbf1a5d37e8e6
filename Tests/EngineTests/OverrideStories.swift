import API
import Fleet
import Foundation
import Geometry
import MapImport
import Profiles
import TestSupport
import Testing

@testable import Engine

/// What a department knows better than the map, and that it counts without a restart.
@Suite struct OverrideStories {
  /// An engine on a drawn town, with a file of overrides that a test writes.
  struct Setup {
    let town: Town
    let engine: TocsinEngine
    let folder = TemporaryFolder()
    var path: String { folder.path("overrides.toml") }

    init(_ town: Town, _ overrides: String) throws {
      self.town = town
      try Data(overrides.utf8).write(to: URL(fileURLWithPath: folder.path("overrides.toml")))
      engine = try TocsinEngine(
        map: town.testEngine().engine.map, profiles: TestProfiles.all, overridesPath: folder.path("overrides.toml"))
    }

    func reload(_ overrides: String) throws -> ReloadReport {
      try Data(overrides.utf8).write(to: URL(fileURLWithPath: path))
      return try engine.reload([.overrides], by: .local, within: .none)
    }

    func route(_ from: Character, _ to: Character, profile: String = "plain") throws -> String {
      var request = RouteRequest(
        places: [Place(town.map.coordinate(from)), Place(town.map.coordinate(to))], profile: profile)
      request.detail = [.shape]
      return try town.letters(of: engine.route(request).route.shape)
    }
  }

  static let twoWays = """
    A---B---C
    |   |   |
    D---E---F
    """

  static func way(_ name: String) -> Int64 { TownMap.osmWay(name) }

  @Test func aDeniedWayIsOpenAgainAfterTheNextReading() throws {
    var town = try Town(Self.twoWays)
    town.road("ABC")
    let setup = try Setup(town, "[[way]]\nid = \(Self.way("ABC"))\naccess = \"deny\"\nprofiles = [\"plain\"]\n")
    #expect(try setup.route("A", "C") == "ADEFC")
    #expect(try setup.route("A", "C", profile: "siren") == "ABC")
    let version = setup.engine.status().version
    let answer = try setup.reload("")
    #expect(answer.version == version + 1)
    #expect(answer.overrideCount == 0)
    #expect(try setup.route("A", "C") == "ABC")
  }

  @Test func whatMatchesNothingIsReported() throws {
    let setup = try Setup(try Town(Self.twoWays), "")
    let answer = try setup.reload("[[way]]\nid = 99999999\nspeed_kmh = 20\n\n[[node]]\nid = 424242\nseconds = 8\n")
    #expect(answer.overrideCount == 2)
    #expect(answer.unmatchedOverrides.map(\.line) == [1, 5])
    #expect(answer.unmatchedOverrides.map(\.id) == ["99999999", "424242"])
  }

  /// A file with a fault changes nothing, and says where the fault is.
  @Test func aFaultLeavesTheOverridesInForce() throws {
    var town = try Town(Self.twoWays)
    town.road("ABC")
    let deny = "[[way]]\nid = \(Self.way("ABC"))\naccess = \"deny\"\n"
    let setup = try Setup(town, deny)
    let version = setup.engine.status().version
    let error = #expect(throws: EngineError.self) { try setup.reload(deny + "speed = 20\n") }
    #expect(error?.code == .invalidOverrides)
    #expect(error?.message.contains(":4:") == true, "\(error?.message ?? "")")
    #expect(try setup.route("A", "C") == "ADEFC")
    #expect(setup.engine.status().version == version)
  }

  @Test func aFaultAtTheStartKeepsTheEngineFromStarting() throws {
    let error = #expect(throws: EngineError.self) { try Setup(try Town(Self.twoWays), "nonsense") }
    #expect(error?.code == .invalidOverrides)
  }

  @Test func withoutAFileThereIsNothingToReload() throws {
    let engine = try Town(Self.twoWays).testEngine().engine
    let error = #expect(throws: EngineError.self) { try engine.reload([.overrides], by: .local, within: .none) }
    #expect(error?.code == .invalidOverrides)
  }

  /// The unit is parked beside the street behind its station; its doors open onto the other one.
  @Test func unitsLeaveThroughTheirStationsDoors() throws {
    let town = try Town(
      """
      A---1---B
      |   a   |
      |       |
      D---2---E
      """, metersPerCell: 20)
    let unit = ResponseUnitSample(id: "a", station: "Brera", at: town.map.coordinate("a"))
    let setup = try Setup(town, "")
    _ = try setup.engine.putUnits([unit.unit])
    #expect(setup.engine.listUnits().units.first?.snapped?.wayOSMID == Self.way("AB"))
    let doors = town.map.coordinate("2")
    _ = try setup.reload(
      """
      [[station]]
      name = "Brera"
      lat = \(doors.latitude)
      lon = \(doors.longitude)
      way = \(Self.way("DE"))
      """)
    #expect(setup.engine.listUnits().units.first?.snapped?.wayOSMID == Self.way("DE"))
    // Out on the road, away from the station, it is where it is.
    var away = unit
    away.unit.coordinate = town.map.coordinate("B").interpolated(to: town.map.coordinate("A"), fraction: -1)
    _ = try setup.engine.putUnits([away.unit])
    #expect(setup.engine.listUnits().units.first?.snapped?.wayOSMID != Self.way("DE"))
  }
}

/// A unit of a station.
private struct ResponseUnitSample {
  var unit: ResponseUnit

  init(id: String, station: String, at coordinate: Coordinate) {
    unit = ResponseUnit(
      id: id, station: station, profile: TestProfiles.plain.name, coordinate: coordinate, reportedAt: TestClock().now)
  }
}
