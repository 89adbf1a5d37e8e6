import Fleet
import Foundation
import Geometry
import Hierarchy
import MapImport
import Profiles
import TestSupport
import Testing
import Traffic

@testable import Engine

/// Map files of garbage behind checksums that are right: they are refused, or an engine serves them without a crash.
@Suite struct CraftedMapTests {
  private static let town = RandomTown(seed: 4, junctionCount: 12)

  private static let goodFile = Result {
    let folder = TemporaryFolder()
    let imported = try MapImporter(source: .text(opl: town.text.opl)).run()
    let hierarchy = ContractionHierarchy.build(imported.network.turnExpanded)
    let path = folder.path("good.tocsin")
    try CityMap.write(network: imported.network, hierarchy: hierarchy, importReport: imported.report.json, to: path)
    return [UInt8](try folder.contents("good.tocsin"))
  }

  @Test func theGoodFileIsServed() throws {
    #expect(try Self.serve(CraftedMapFile(Self.goodFile.get())))
  }

  /// Fails by crashing.
  @Test(arguments: 0..<120)
  func survivesGarbage(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    var crafted = CraftedMapFile(try Self.goodFile.get())
    for _ in 0..<Int.random(in: 1...3, using: &random) { crafted.spoilElement(&random) }
    _ = try Self.serve(crafted)
  }

  /// False if the file was refused.
  private static func serve(_ file: CraftedMapFile) throws -> Bool {
    let folder = TemporaryFolder()
    try file.sealed.write(to: folder.url("crafted.tocsin"))
    guard let map = try? CityMap(path: folder.path("crafted.tocsin")) else { return false }
    let profiles = ProfileSet([TestProfiles.plain, TestProfiles.siren])
    let engine = try TocsinEngine(map: map, profiles: profiles)
    let units = town.junctions.enumerated().map { index, place in
      ResponseUnit(id: "\(index)", profile: "siren", coordinate: place, reportedAt: .now)
    }
    _ = try? engine.putUnits(units)
    for place in town.junctions.prefix(4) {
      ask(engine, place)
      _ = try? engine.putClosures([RoadClosure(id: "x", selector: .point(place, radiusMeters: 30))])
      ask(engine, place)
    }
    _ = engine.listUnits()
    _ = engine.listClosures()
    return true
  }

  private static func ask(_ engine: TocsinEngine, _ place: Coordinate) {
    var ranking = FastestUnitsRequest(incident: Place(place), count: 3)
    ranking.detail = [.shape, .steps, .ways]
    _ = try? engine.fastestUnits(ranking)
    for profile in engine.profileNames {
      var route = RouteRequest(places: [Place(place), Place(town.junctions[5])], profile: profile)
      route.detail = [.shape, .steps, .ways]
      _ = try? engine.route(route)
    }
  }
}
