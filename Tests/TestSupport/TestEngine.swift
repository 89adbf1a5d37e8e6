import Engine
import Foundation
import Hierarchy
import Ledger
import MapImport
import Profiles
import Synchronization
import Traffic

/// A clock that a test sets.
public final class TestClock: Sendable {
  private let moment: Mutex<Date>

  public init(_ moment: Date = Date(timeIntervalSince1970: 1_700_000_000)) { self.moment = Mutex(moment) }

  public var now: Date { moment.withLock { $0 } }

  public func advance(seconds: Double) { moment.withLock { $0 += seconds } }
}

/// An engine over a made-up or real map, restarted after every change where its setup says so.
public final class TestEngine {
  public let setup: EngineSetup
  public let clock = TestClock()
  public let profiles: ProfileSet
  /// What the import said.
  public let report: ImportReport
  /// The engine as it is now; changes through it alone do not restart it.
  public private(set) var engine: TocsinEngine
  /// How fast traffic usually is, from the next restart on.
  public var typical: [TypicalRoad] = []
  private let ledger = MemoryLedger()
  private let folder = TemporaryFolder()
  private var generation = 0

  /// Imports `source`, writes the map file and starts an engine from it.
  public init(_ source: OSMSource, setup: EngineSetup = .partialCustomization, profiles: ProfileSet = TestProfiles.all)
    throws
  {
    self.setup = setup
    self.profiles = profiles
    let imported = try MapImporter(source: source).run()
    report = imported.report
    let hierarchy = ContractionHierarchy.build(imported.network.turnExpanded)
    try CityMap.write(
      network: imported.network, hierarchy: hierarchy, importReport: imported.report.json, to: folder.path("0.tocsin"))
    let clock = clock
    engine = try TocsinEngine(
      map: CityMap(path: folder.path("0.tocsin")), profiles: profiles, ledger: ledger, now: { clock.now })
  }

  /// Makes a change, and then does what the setup asks for.
  @discardableResult
  public func change<Answer>(_ body: (TocsinEngine) throws -> Answer) throws -> Answer {
    let answer = try body(engine)
    switch setup {
    case .partialCustomization: break
    case .fullCustomization: try restart(engine.map)
    case .reloadedFromDisk: try restart(rewrittenMap())
    }
    return answer
  }

  /// Starts a new engine from the ledger of the old one.
  public func restart() throws { try restart(engine.map) }

  private func restart(_ map: CityMap) throws {
    let clock = clock
    engine = try TocsinEngine(
      map: map, profiles: profiles, typical: typical, ledger: ledger, now: { clock.now })
  }

  /// The map as the engine has it, written to a new file.
  private func rewrittenMap() throws -> CityMap {
    generation += 1
    let path = folder.path("\(generation).tocsin")
    let map = engine.map
    try CityMap.write(
      network: map.network, hierarchy: map.hierarchy, importReport: map.importReport, to: path)
    return try CityMap(path: path)
  }
}
