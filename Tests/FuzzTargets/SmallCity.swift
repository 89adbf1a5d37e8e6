import Engine
import Foundation
import Hierarchy
import Ledger
import MapImport
import Profiles
import TestSupport
import Traffic

/// A town of a few streets, as a map file and as an engine.
struct SmallCity: Sendable {
  static let town = RandomTown(seed: 4, junctionCount: 12)
  static let profiles = ProfileSet([TestProfiles.plain, TestProfiles.siren])
  /// When it is, for the engine.
  static let moment = Date(timeIntervalSince1970: 1_700_000_000)

  private static let made = Result {
    let folder = TemporaryFolder()
    let imported = try MapImporter(source: .text(opl: town.text.opl)).run()
    let hierarchy = ContractionHierarchy.build(imported.network.turnExpanded)
    let path = folder.path("small.tocsin")
    try CityMap.write(network: imported.network, hierarchy: hierarchy, importReport: imported.report.json, to: path)
    return (bytes: [UInt8](try folder.contents("small.tocsin")), map: try CityMap(path: path))
  }

  /// The map file.
  static var file: [UInt8] { get throws { try made.get().bytes } }
  static var map: CityMap { get throws { try made.get().map } }

  /// A new engine on the town.
  static func engine(
    links: [LinkStretch] = [], ledger: any OperationalLedger = MemoryLedger()
  ) throws -> TocsinEngine {
    let moment = moment
    return try TocsinEngine(map: map, profiles: profiles, links: links, ledger: ledger, now: { moment })
  }
}
