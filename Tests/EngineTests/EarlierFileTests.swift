import API
import Foundation
import LedgerFile
import MapFile
import MapImport
import Profiles
import TestSupport
import Testing
import Traffic

@testable import Engine

/// A ledger and a map as Tocsin 0.1.0 (57d9702) left them, killed while it served. Every later one opens the ledger;
/// the map, or its refusal names the command that makes it again.
///
/// `Earlier` has the city as OSM data, its map, and the ledger with its log: closures by every selector, effect and
/// scope that the command line has, units, speeds, turn penalties, and some ids in NFD, as a Mac writes them.
@Suite struct EarlierFileTests {
  private let folder = TemporaryFolder()
  private let clock = TestClock(Date(timeIntervalSince1970: 1_796_000_000))

  /// Unpacks a file into the folder.
  private func unpack(_ name: String, as target: String) throws -> String {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let packed = folder.appendingPathComponent("Earlier/\(name).gz")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/gzip")
    process.arguments = ["-dc", packed.path]
    #expect(FileManager.default.createFile(atPath: self.folder.path(target), contents: nil))
    process.standardOutput = try FileHandle(forWritingTo: self.folder.url(target))
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return self.folder.path(target)
  }

  /// The city as this release imports it.
  private func city() throws -> CityMap {
    try TestEngine(.file(unpack("city.osm.pbf", as: "city.osm.pbf"))).engine.map
  }

  private func engine(_ map: CityMap) throws -> (TocsinEngine, SQLiteLedger) {
    let ledger = try SQLiteLedger(path: folder.path("ledger"))
    let stretch = { (from: Int64, to: Int64, way: Int64) in
      LinkStretch(linkID: "링크-1", wayOSMID: way, nodes: OSMNodePair(from: from, to: to))
    }
    let engine = try TocsinEngine(
      map: map, profiles: .builtIn, links: [stretch(430, 321, 10_000_011), stretch(321, 319, 10_000_009)],
      ledger: ledger, now: { [clock] in clock.now })
    return (engine, ledger)
  }

  @Test func theLedgerIsOpened() throws {
    let (map, path) = (try city(), try unpack("ledger", as: "ledger"))
    _ = try unpack("ledger-wal", as: "ledger-wal")
    try open(map, composedCount: 2)
    // Again, as this release leaves it.
    try open(map, composedCount: 0)
    let entries = try LedgerReader(path: path).entries(AuditQuery(countMax: 1_000))
    #expect(entries.first?.sequence == 1 && Set(entries.map(\.sequence)).count == entries.count)
    #expect(entries.contains { $0.what == "remove" && $0.id == "lifted" })
    #expect(try LedgerReader(path: path).entries(AuditQuery(id: "구급-1".composed, countMax: 9)).count == 2)
  }

  private func open(_ map: CityMap, composedCount: Int) throws {
    let (engine, ledger) = try engine(map)
    #expect(ledger.composedIDs.count == composedCount)
    let closures = engine.listClosures().closures
    #expect(
      closures.map(\.closure.id)
        == ["area", "areas", "line", "lines", "link", "nearest", "nodes", "point", "stretch", "way", "통제-1"])
    #expect(closures.allSatisfy { $0.closure.id.isComposed && $0.closure.source.isComposed && !$0.ways.isEmpty })
    #expect(closures.last?.closure.source == "교통정보")
    #expect(closures.filter { !$0.isActive }.map(\.closure.id) == ["line", "link"])
    let units = engine.listUnits().units
    #expect(units.count == 5 && units.allSatisfy { $0.snapped != nil && $0.unit.id.isComposed })
    let status = engine.status()
    #expect(status.version > 16)
    #expect(status.speedSources.map(\.source) == ["osrm-speeds", "osrm-turns"])
    #expect(status.feeds.count == 2)
    let unit = ResponseUnit(id: "new", profile: "car", coordinate: units[0].unit.coordinate, reportedAt: clock.now)
    _ = try engine.putUnits([unit])
    _ = try engine.removeUnits(["new"])
  }

  @Test func theMapIsOpenedOrTheCommandIsNamed() throws {
    let path = try unpack("city.tocsin", as: "city.tocsin")
    do throws(MapFileError) {
      let network = try CityMap(path: path).network
      #expect(network.vertexCount == 218 && network.arcCount == 664)
    } catch {
      #expect(error.code == .wrongVersion && error.message.contains("`tocsin import`"), "\(error)")
    }
    // As the next format sees it.
    var bytes = try folder.contents("city.tocsin")
    bytes[8] = 4
    try bytes.write(to: folder.url("city.tocsin"))
    let error = #expect(throws: MapFileError.self) { try CityMap(path: path) }
    #expect(error?.code == .wrongVersion && error?.message.contains("`tocsin import`") == true)
  }
}
