import COsmium
import Foundation
import RoadGraph
import TestSupport
import Testing

@testable import MapImport

/// A folder that goes away with its test.
private final class Folder {
  private let path = FileManager.default.temporaryDirectory.path + "/tocsin-import-\(UUID().uuidString)"

  init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(atPath: path) }

  func path(_ name: String) -> String { path + "/" + name }
  var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? [] }

  func write(_ bytes: some Sequence<UInt8>, _ name: String) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
    return path(name)
  }

  func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path(name)))) }
}

/// A city block with everything that an import reads.
private func sampleMap() -> DrawnMap {
  var drawn = DrawnMap()
  for id in Int64(0)..<100 {
    let tags = id % 7 == 0 ? ["barrier": "gate"] : id % 5 == 0 ? ["highway": "traffic_signals"] : [:]
    drawn.node(id + 1, Double(id % 10) * 80, Double(id / 10) * 80, tags)
  }
  for row in Int64(0)..<10 {
    drawn.way(row + 1, (1...10).map { row * 10 + $0 }, ["highway": "primary", "oneway": "yes", "name": "\(row)번길"])
  }
  for column in Int64(1)...10 { drawn.way(column + 100, (0..<10).map { $0 * 10 + column }) }
  drawn.restriction(1, "w1@from,n5@via,w105@to", "no_left_turn")
  return drawn
}

private func failure(_ source: OSMSource) -> ImportError? {
  do throws(ImportError) {
    _ = try MapImporter(source: source).run()
    return nil
  } catch {
    return error
  }
}

@Suite struct SourceTests {
  @Test func mapsHaveLimits() throws {
    var importer = MapImporter(source: .text(opl: sampleMap().opl))
    let turns = try importer.run().report.turns
    importer.limits.turnsMax = turns
    #expect(try importer.run().report.turns == turns)
    importer.limits.turnsMax = turns - 1
    let error = #expect(throws: ImportError.self) { try importer.run() }
    #expect(error?.code == .tooLarge)
    #expect(error?.message == "the roads have \(turns) turns, more than \(turns - 1): split the source")
    importer.limits = ImportLimits(wayNodesMax: 199)
    #expect(throws: ImportError.self) { try importer.run() }
  }

  /// 3,000 roads from one junction.
  @Test func junctionsHaveLimits() throws {
    let opl =
      (0...3_000).map { "n\($0) x\(127 + Double($0) / 10_000) y37.5" }
      + (1...3_000).map { "w\($0) Thighway=residential Nn0,n\($0)" }
    let error = failure(.text(opl: opl.joined(separator: "\n") + "\n"))
    #expect(error?.code == .tooLarge)
    #expect(error?.message == "3000 roads meet at node 0, more than 256: mend or remove them")
  }

  /// A way that comes past 500 places again and again.
  @Test func waysThatCrossThemselvesHaveLimits() throws {
    let nodes = (0..<500).map { "n\($0 + 1) x\(127 + Double($0 % 25) / 1_000) y\(37.5 + Double($0 / 25) / 1_000)" }
    let visits = (0..<20_000).map { "n\($0 * 7 % 500 + 1)" }.joined(separator: ",")
    let error = failure(.text(opl: nodes.joined(separator: "\n") + "\nw1 Thighway=residential N\(visits)\n"))
    #expect(error?.code == .tooLarge)
    #expect(error?.message.contains("more than 24 turns for each arc, which no map has: at node") == true)
  }

  @Test func missingFilesAreNotFound() throws {
    let folder = try Folder()
    for name in ["nothing.osm.pbf", "", "-"] {
      let error = try #require(failure(.file(name.isEmpty ? "" : folder.path(name))))
      #expect(error.code == .notFound)
    }
    #expect(failure(.file(folder.path("")))?.code == .notFound, "a folder is not a file")
    #expect(failure(.file("http://127.0.0.1:9/city.osm.pbf"))?.code == .notFound, "a path is never fetched")
    #expect(failure(.file("-"))?.code == .notFound, "a path is never standard input")
  }

  @Test func unknownSuffixesAreRefused() throws {
    let folder = try Folder()
    for name in ["map.txt", "map", "map.osm.o5m", "map.osc", "map.osh.pbf"] {
      let error = failure(.file(try folder.write("n1 x1 y1\n".utf8, name)))
      #expect(error?.code == .unknownFormat, "\(name)")
      #expect(error?.path == folder.path(name))
    }
  }

  @Test(arguments: ["map.osm.pbf", "map.osm", "map.osm.opl", "map.osm.gz", "map.osm.bz2", "map.osm.opl.gz"])
  func foreignContentsAreUnreadable(name: String) throws {
    let folder = try Folder()
    let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D] + Array("IHDR\n".utf8)
    for bytes in [[], png, Array("what is this?\n".utf8), [UInt8](repeating: 0, count: 1000), [0, 0, 0, 0], [0x0A]] {
      let error = failure(.file(try folder.write(bytes, name)))
      // Empty lines are valid OPL, but have no roads; zlib lets uncompressed text pass.
      let isEmptyText = name.contains("opl") && !bytes.isEmpty && bytes.allSatisfy { $0 == 0 || $0 == 0x0A }
      let expected: Set<ImportError.Code?> = isEmptyText ? [.noRoads, .unreadable] : [.unreadable]
      #expect(expected.contains(error?.code), "\(name): \(bytes.prefix(20))")
    }
  }

  @Test func truncatedPBFIsNeverTakenForAMap() throws {
    let folder = try Folder()
    try OSMSource.text(opl: sampleMap().opl).writePBF(to: folder.path("whole.osm.pbf"))
    let whole = try folder.bytes("whole.osm.pbf")
    #expect(failure(.file(folder.path("whole.osm.pbf"))) == nil)
    let blockEnds = Self.blockEnds(whole)
    #expect(blockEnds.last == whole.count)
    // Cut between two blocks it is a valid file, of fewer objects: nothing in the format tells.
    for length in 0..<whole.count where !blockEnds.contains(length) {
      let error = failure(.file(try folder.write(whole[..<length], "cut.osm.pbf")))
      #expect(error?.code == .unreadable, "cut to \(length) of \(whole.count) bytes")
    }
  }

  /// Where the blocks of a PBF file end: a length, a header of that length with the size of the data as its last field.
  private static func blockEnds(_ file: [UInt8]) -> [Int] {
    var ends: [Int] = []
    var position = 0
    while position + 4 <= file.count {
      let headerEnd = position + 4 + file[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
      let sizeStart = (file[..<headerEnd].lastIndex(of: 0x18) ?? headerEnd) + 1
      let size = file[sizeStart..<headerEnd].reversed().reduce(0) { $0 << 7 | Int($1 & 0x7F) }
      position = headerEnd + size
      ends.append(position)
    }
    return ends
  }

  @Test func truncatedTextIsUnreadable() throws {
    let folder = try Folder()
    let opl = Array(sampleMap().opl.utf8)
    for length in [1, opl.count / 3, opl.count / 2, opl.count - 1] where opl[length - 1] != UInt8(ascii: "\n") {
      #expect(failure(.file(try folder.write(opl[..<length], "cut.osm.opl")))?.code == .unreadable, "\(length)")
    }
    let xml = Array("<osm version=\"0.6\"><node id=\"1\" lat=\"1\" lon=\"1\"/><way id=\"1\">".utf8)
    #expect(failure(.file(try folder.write(xml, "cut.osm")))?.code == .unreadable)
  }

  @Test func damagedPBFNeverCrashes() throws {
    let folder = try Folder()
    try OSMSource.text(opl: sampleMap().opl).writePBF(to: folder.path("whole.osm.pbf"))
    let whole = try folder.bytes("whole.osm.pbf")
    var outcomes: [Bool: Int] = [:]
    for position in whole.indices {
      var damaged = whole
      damaged[position] ^= 0x55
      outcomes[failure(.file(try folder.write(damaged, "bad.osm.pbf"))) == nil, default: 0] += 1
    }
    #expect(outcomes[false, default: 0] > outcomes[true, default: 0], "zlib's checksums catch most of it")
  }

  @Test(arguments: [
    "gibberish", "n7 xABC y1\n", "w7 Thighway\n", "w7 Nn1,\u{1F600}\n", "n99999999999999999999 x1 y1\n",
    "w7 Thighway=residential Nn1,w2\n", "r7 Mw1\n", "n7 T%zz%=1\n",
  ])
  func brokenTextIsUnreadable(line: String) {
    let road = "n1 x1 y1\nn2 x1.001 y1\nw1 Thighway=residential Nn1,n2\n"
    #expect(failure(.text(opl: road)) == nil)
    #expect(failure(.text(opl: road + line))?.code == .unreadable)
    #expect(failure(.text(opl: line + road))?.code == .unreadable)
  }

  @Test(arguments: [
    "\n", "n1 x1 y1\n", "w1 Tbuilding=yes Nn1,n2\nn1 x1 y1\nn2 x2 y2\n",
    "w1 Thighway=footway Nn1,n2\nn1 x1 y1\nn2 x2 y2\n",
    "w1 Thighway=residential Nn1,n2\n", "w1 Thighway=residential N\n", "w1 Thighway=residential Nn1\nn1 x1 y1\n",
    "w1 Thighway=residential Nn1,n2\nn1 x1 y1\nn2 x200 y2\n", "w1 Thighway=residential Nn1,n2\nn1 x1 y1\nn2\n",
  ])
  func mapsWithoutRoadsAreRefused(opl: String) {
    #expect(failure(.text(opl: opl))?.code == .noRoads)
  }

  @Test func nodesWithoutAPlaceAreReported() throws {
    var drawn = DrawnMap()
    drawn.line(2)
    drawn.way(1, [1, 2, 3])
    let report = try MapImporter(source: .text(opl: drawn.opl + "n3 x200 y0\n")).run().report
    #expect(report.dropped.map(\.reason) == [.wayWithGaps, .nodeWithoutCoordinate])
  }

  @Test func allFormatsGiveTheSameMap() throws {
    let folder = try Folder()
    let text = try sampleMap().imported()
    let opl = try folder.write(sampleMap().opl.utf8, "map.osm.opl")
    try OSMSource.file(opl).writePBF(to: folder.path("map.osm.pbf"))
    for name in ["map.osm.opl", "map.osm.pbf"] {
      let map = try MapImporter(source: .file(folder.path(name))).run()
      #expect(isEqual(map.network, text.network), "\(name)")
      #expect(map.report == text.report)
    }
    let xml = """
      <osm version="0.6"><node id="1" lat="0" lon="0"/><node id="2" lat="0" lon="0.001"/>
      <way id="7"><nd ref="1"/><nd ref="2"/><tag k="highway" v="service"/></way></osm>

      """
    let map = TestMap(try MapImporter(source: .file(try folder.write(xml.utf8, "map.osm"))).run())
    #expect(map.pieces(1, 2) == ["w7 0-1 111m"])
  }

  /// JOSM keeps what was deleted until it is uploaded.
  @Test func whatJOSMHasDeletedIsGone() throws {
    let folder = try Folder()
    let way = "<nd ref=\"1\"/><nd ref=\"2\"/><tag k=\"highway\" v=\"service\"/></way>"
    let xml = """
      <osm version="0.6" upload="false"><node id="1" lat="0" lon="0" action='modify'/><node id="2" lat="0" lon="0.001"/>
      <node id="3" lat="0" lon="0.002" action='delete'><tag k="barrier" v="gate"/></node>
      <way id="7" action="modify">\(way)<way id="8" action='delete'>\(way)<way id="-9" action = "delete">\(way)
      <relation id="7" action="delete"/></osm>

      """
    let path = try folder.write(xml.utf8, "map.osm")
    let map = try MapImporter(source: .file(path)).run()
    #expect(map.network.ways.buffer.map(\.osmID) == [7])
    #expect((map.report.osmNodes, map.report.osmWays, map.report.osmRelations) == (2, 1, 0))
    try OSMSource.file(path).writePBF(to: folder.path("map.osm.pbf"))
    #expect(try MapImporter(source: .file(folder.path("map.osm.pbf"))).run().report == map.report)
  }

  /// A history under a plain name is no map: nobody knows which version was meant to count.
  @Test(arguments: [
    // Sorted, as histories are; a version that is gone; out of order; of each kind of object.
    "w1 v1 Thighway=residential Nn1,n2\nw1 v2 Thighway=footway Nn1,n2\n",
    "w1 v1 Thighway=residential Nn1,n2\nw1 v2 dD\n", "w1 v2 dD\nw1 v1 Thighway=residential Nn1,n2\n",
    "w1 v1 Thighway=residential Nn1,n2\nw2 v1 Thighway=residential Nn1,n2\nw1 v2 Tbuilding=yes Nn1,n2\n",
    "w1 v1 Thighway=residential Nn1,n2\nn1 v2 x1.002 y1\n",
    "w1 v1 Thighway=residential Nn1,n2\nr5 v1 Ttype=restriction Mw1@from\nr5 v2 Ttype=route Mw1@from\n",
  ])
  func severalVersionsAreRefused(objects: String) throws {
    let folder = try Folder()
    let opl = "n1 v1 x1 y1\nn2 v1 x1.001 y1\n" + objects
    for source in [OSMSource.text(opl: opl), .file(try folder.write(opl.utf8, "map.osm.opl"))] {
      let error = failure(source)
      #expect(error?.code == .unknownFormat)
      #expect(error?.message.hasSuffix("has several versions: history and change files are not maps") == true)
      #expect(throws: ImportError.self) { try source.writePBF(to: folder.path("map.osm.pbf")) }
    }
    #expect(failure(.text(opl: opl.replacing("v2", with: "v1").replacing(" dD", with: ""))) == nil)
  }

  /// In a PBF file the versions' numbers aren't read: what differs is another version.
  @Test func severalVersionsInAPBFFileAreRefused() throws {
    let folder = try Folder()
    let road = PBFFile.block(wayWithTag: Array("highway".utf8), Array("primary".utf8))
    let path = PBFFile.block(wayWithTag: Array("highway".utf8), Array("path".utf8))
    let name = "map.osm.pbf"
    #expect(failure(.file(try folder.write(PBFFile.file(withBlock: road, path), name)))?.code == .unknownFormat)
    #expect(failure(.file(try folder.write(PBFFile.file(withBlock: path, road), name)))?.code == .unknownFormat)
    #expect(failure(.file(try folder.write(PBFFile.file(withBlock: road, road), name)))?.code == .noRoads)
    let features = ["OsmSchema-V0.6", "DenseNodes", "HistoricalInformation"]
    let history = PBFFile.file(withBlock: road, features: features)
    #expect(failure(.file(try folder.write(history, name)))?.message == "history and change files are not maps")
  }

  @Test func changesUnderAPlainNameAreRefused() throws {
    let folder = try Folder()
    let xml = """
      <osmChange version="0.6"><create><node id="1" lat="0" lon="0"/><node id="2" lat="0" lon="0.001"/>
      <way id="7"><nd ref="1"/><nd ref="2"/><tag k="highway" v="service"/></way></create></osmChange>

      """
    #expect(failure(.file(try folder.write(xml.utf8, "map.osm")))?.code == .unknownFormat)
  }

  @Test func writingIsAllOrNothing() throws {
    let folder = try Folder()
    #expect(throws: ImportError.self) { try OSMSource.text(opl: "gibberish").writePBF(to: folder.path("a.osm.pbf")) }
    #expect(folder.names.isEmpty)
    do throws(ImportError) {
      try OSMSource.text(opl: sampleMap().opl).writePBF(to: folder.path("no/such/folder.osm.pbf"))
      Issue.record("a folder that does not exist was written to")
    } catch {
      #expect(error.code == .writeFailed)
      #expect(error.path == folder.path("no/such/folder.osm.pbf"))
    }
    try OSMSource.text(opl: sampleMap().opl).writePBF(to: folder.path("a.osm.pbf"))
    let first = try folder.bytes("a.osm.pbf")
    // Broken behind the first buffer: what was there stays.
    let late = sampleMap().opl + String(repeating: "n7 x1 y1 Tname=long\n", count: 200_000) + "gibberish\n"
    #expect(throws: ImportError.self) { try OSMSource.text(opl: late).writePBF(to: folder.path("a.osm.pbf")) }
    #expect(try folder.bytes("a.osm.pbf") == first)
    #expect(folder.names == ["a.osm.pbf"])
    try OSMSource.text(opl: sampleMap().opl).writePBF(to: folder.path("a.osm.pbf"))
    #expect(try folder.bytes("a.osm.pbf") == first, "two writes give the same bytes")
  }

  @Test func progressGoesThroughAllPhases() throws {
    var seen: [ImportPhase] = []
    var parts: [Double] = []
    _ = try MapImporter(source: .text(opl: sampleMap().opl)) { phase, part in
      if seen.last != phase { seen.append(phase) }
      parts.append(part)
    }.run()
    #expect(seen == ImportPhase.allCases)
    #expect(parts.allSatisfy { (0...1).contains($0) })
  }

  @Test func theCallbackCanStopTheRead() {
    let opl = Array(sampleMap().opl.utf8CString.dropLast())
    var options = tocsin_osm_options(kinds: Int32(TOCSIN_OSM_NODES), way_keys: nil, relation_keys: nil)
    var error = tocsin_osm_error()
    let code = tocsin_osm_read_buffer(opl, opl.count, "opl", &options, { _, _ in 1 }, nil, &error)
    #expect(code == TOCSIN_OSM_STOPPED)
    #expect(tocsin_osm_read_buffer(nil, 0, "opl", &options, { _, _ in 0 }, nil, &error) == TOCSIN_OSM_UNREADABLE)
    #expect(
      tocsin_osm_read_buffer(opl, opl.count, "json", &options, { _, _ in 0 }, nil, nil) == TOCSIN_OSM_UNKNOWN_FORMAT)
  }
}

@Suite struct DeterminismTests {
  @Test func orderOfTheSourceDoesNotMatter() throws {
    let lines = sampleMap().opl.split(separator: "\n")
    let sorted = try MapImporter(source: .text(opl: sampleMap().opl)).run()
    for order in [Array(lines.reversed()), lines.sorted { ($0.count, $0) < ($1.count, $1) }] {
      let map = try MapImporter(source: .text(opl: order.joined(separator: "\n") + "\n")).run()
      #expect(map.network.arcHead.buffer.elementsEqual(sorted.network.arcHead.buffer))
      #expect(map.network.vertexOSMNode.buffer.elementsEqual(sorted.network.vertexOSMNode.buffer))
      #expect(map.network.turnHead.buffer.elementsEqual(sorted.network.turnHead.buffer))
      #expect(map.network.points.buffer.elementsEqual(sorted.network.points.buffer))
    }
  }

  @Test func reportsRoundTripThroughJSON() throws {
    var drawn = sampleMap()
    drawn.way(500, [1, 2], ["highway": "footway"])
    drawn.way(501, [1, 2], ["highway": "service", "maxspeed": "ab\"c"])
    let report = try drawn.imported().report
    #expect(report.dropped.count == 2)
    let decoded = try JSONDecoder().decode(ImportReport.self, from: Data(report.json))
    #expect(decoded == report)
    #expect(try drawn.imported().report.json == report.json)
  }

  @Test func onlyAFewExamplesAreKept() throws {
    var drawn = sampleMap()
    for id in Int64(500)..<520 { drawn.way(id, [1, 2], ["highway": "steps"]) }
    let report = try drawn.imported().report
    #expect(report.count(of: .wayNotDriven) == 20)
    #expect(report.dropped[0].examples.map(\.osmID) == [500, 501, 502, 503, 504])
  }

  /// Keys and values end with one, so that the last pair would be looked for behind the tags.
  @Test(arguments: [("highway", "pri\0mary"), ("high\0way", "primary"), ("highway\0", "primary")])
  func aTagWithAZeroByteIsRefused(_ key: String, _ value: String) throws {
    let folder = try Folder()
    let block = PBFFile.block(wayWithTag: Array(key.utf8), Array(value.utf8))
    let path = try folder.write(PBFFile.file(withBlock: block), "a.osm.pbf")
    let refused = #expect(throws: ImportError.self) { try MapImporter(source: .file(path)).run() }
    #expect(refused?.code == .unreadable && refused?.message == "a tag has a zero byte")
    #expect(throws: ImportError.self) { try OSMSource.file(path).writePBF(to: folder.path("b.osm.pbf")) }
    #expect(folder.names == ["a.osm.pbf"])
  }

  @Test func aBlockThatIsWrittenByHandIsRead() throws {
    let folder = try Folder()
    let block = PBFFile.block(wayWithTag: Array("highway".utf8), Array("primary".utf8))
    let path = try folder.write(PBFFile.file(withBlock: block), "a.osm.pbf")
    try OSMSource.file(path).writePBF(to: folder.path("b.osm.pbf"))
    #expect(folder.names == ["a.osm.pbf", "b.osm.pbf"])
  }
}
