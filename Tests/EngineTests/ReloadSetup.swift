import API
import Fleet
import Foundation
import Geometry
import Ledger
import Profiles
import TestSupport
import Traffic

@testable import Engine

/// An engine that stands on files which a test replaces.
struct ReloadSetup {
  let folder = TemporaryFolder()
  let clock = TestClock()
  let ledger = MemoryLedger()
  let handle: EngineHandle
  /// Those that the next reading finds.
  let profiles = Shared(TestProfiles.all)
  var mapPath: String { folder.path("city.tocsin") }
  var overridesPath: String { folder.path("overrides.toml") }

  init(_ map: CityMap, hasOverrides: Bool = false) throws {
    try Self.write(map, to: folder.path("city.tocsin"))
    if hasOverrides { try Data().write(to: URL(fileURLWithPath: folder.path("overrides.toml"))) }
    let overridesPath = hasOverrides ? folder.path("overrides.toml") : nil
    let sources = EngineSources(
      mapPath: folder.path("city.tocsin"), overridesPath: overridesPath,
      profiles: { [profiles] in profiles.withLock { $0 } })
    handle = EngineHandle(
      try TocsinEngine(
        map: CityMap(path: folder.path("city.tocsin")), profiles: TestProfiles.all, overridesPath: overridesPath,
        ledger: ledger, now: { [clock] in clock.now }), sources: sources)
  }

  init(_ town: Town) throws { try self.init(town.testEngine().engine.map) }

  /// Puts another map in the place of the one that is served.
  func replace(by town: Town) throws { try replace(by: town.testEngine().engine.map) }

  func replace(by map: CityMap) throws { try Self.write(map, to: mapPath) }

  private static func write(_ map: CityMap, to path: String) throws {
    try CityMap.write(network: map.network, hierarchy: map.hierarchy, importReport: map.importReport, to: path)
  }

  @discardableResult func reload(_ parts: Set<ReloadPart> = [.map]) throws -> ReloadReport {
    try handle.reload(parts, by: .local, within: .none)
  }

  /// An engine as the next start of the server makes it.
  func restarted(on map: CityMap? = nil) throws -> TocsinEngine {
    try TocsinEngine(
      map: map ?? CityMap(path: mapPath), profiles: TestProfiles.all, ledger: ledger, now: { [clock] in clock.now })
  }

  func seconds(_ town: Town, _ from: Character, _ to: Character, profile: String = "plain") throws -> Double {
    let places = [Place(town.map.coordinate(from)), Place(town.map.coordinate(to))]
    return Town.tenths(try handle.route(RouteRequest(places: places, profile: profile)).route.travelSeconds)
  }

  func unit(_ id: String, at coordinate: Coordinate, profile: String = "plain") -> ResponseUnit {
    ResponseUnit(id: id, profile: profile, coordinate: coordinate, reportedAt: clock.now)
  }
}
