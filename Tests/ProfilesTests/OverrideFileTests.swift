import Foundation
import Geometry
import Profiles
import TOMLText
import Testing

@Suite struct OverrideFileTests {
  private static var examplePath: String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Maps/overrides.example.toml").path
  }

  private func fault(_ toml: String) -> FileError? {
    do {
      _ = try RoadOverrides(toml: toml, file: "o.toml")
      return nil
    } catch {
      return error
    }
  }

  @Test func theExampleIsReadAndMeansWhatItSays() throws {
    let overrides = try RoadOverrides.load(Self.examplePath)
    #expect(overrides.ways.map(\.osmID) == [4_301_234, 4_305_678, 4_309_999])
    #expect(overrides.ways.map(\.change.speedKmh) == [20, nil, nil])
    #expect(overrides.ways.map(\.change.use) == [nil, .allowed, .never])
    #expect(overrides.ways.map(\.direction) == [.both, .backward, .both])
    #expect(overrides.ways[1].head.profiles == ["ambulance", "fire_engine"])
    #expect(overrides.ways[0].head.note.hasPrefix("Sett"))
    #expect(overrides.nodes.map(\.change.delaySeconds) == [8, 45, nil])
    #expect(overrides.nodes.map(\.change.use) == [nil, .allowed, .never])
    #expect(overrides.turns.map(\.rule) == [.allow, .forbid])
    #expect(overrides.turns[0].viaNode == 260_001_122)
    let doors = try #require(overrides.stations.first)
    #expect(doors.station == "Brera")
    #expect(doors.coordinate == Coordinate(latitude: 45.4721, longitude: 9.1881))
    #expect(doors.wayOSMID == 4_301_111)
    #expect(doors.headingDegrees == 90)
    #expect(doors.withinMeters == 80)
    let names = Set(ProfileSet.builtIn.names)
    let used = (overrides.ways.map(\.head) + overrides.nodes.map(\.head) + overrides.turns.map(\.head))
    #expect(used.flatMap(\.profiles).allSatisfy(names.contains))
  }

  /// Lines are told for what can't be found on a map much later.
  @Test func entriesKnowTheirLines() throws {
    let text = try String(contentsOfFile: Self.examplePath, encoding: .utf8)
    let heads = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .filter { $0.element.hasPrefix("[[") }.map { $0.offset + 1 }
    let overrides = try RoadOverrides(toml: text, file: "o.toml")
    let lines =
      overrides.ways.map(\.head.line) + overrides.nodes.map(\.head.line) + overrides.turns.map(\.head.line)
      + overrides.stations.map(\.line)
    #expect(lines == heads)
  }

  @Test func anEmptyFileSaysNothing() throws {
    #expect(try RoadOverrides(toml: "# nothing yet\n", file: "o.toml") == RoadOverrides())
  }

  /// A map that was drawn and never sent to OSM has ids below 0.
  @Test func readsIDsOfDrawnMaps() throws {
    let toml = """
      [[way]]
      id = -14
      access = "deny"
      [[node]]
      id = -2
      seconds = 3
      [[turn]]
      from = -1
      via = -2
      to = -3
      rule = "allow"
      [[station]]
      name = "a"
      lat = 1
      lon = 2
      way = -14
      """
    let overrides = try RoadOverrides(toml: toml, file: "o.toml")
    #expect(overrides.ways.map(\.osmID) == [-14] && overrides.nodes.map(\.osmID) == [-2])
    #expect(overrides.turns.map(\.viaNode) == [-2] && overrides.stations.map(\.wayOSMID) == [-14])
  }

  @Test(arguments: [
    ("[[way]]\nid = 3\nspeed_kmh = 10\n[[way]]\nid = 4\nspeed = 3", "way[2].speed", 6),
    ("[[street]]\nid = 3", "street", 1),
    ("\n[[node]]\nid = 3\nseconds = 1\nspeed_kmh = 3", "node[1].speed_kmh", 5),
    ("[[turn]]\nfrom = 1\nvia = 2\nto = 3\nrule = \"allow\"\naccess = \"deny\"", "turn[1].access", 6),
  ])
  func refusesUnknownKeys(_ toml: String, _ key: String, _ line: Int) throws {
    let error = try #require(fault(toml))
    #expect(error.code == .init(.overrides, .unknownKey))
    #expect(error.key == key)
    #expect(error.line == line)
    #expect(error.file == "o.toml")
  }

  @Test(arguments: [
    ("way = 3", "way", 1),
    ("way = [3]", "way[1]", 1),
    ("[[way]]\nspeed_kmh = 3", "way[1].id", 1),
    ("[[way]]\nid = 0\nspeed_kmh = 3", "way[1].id", 2),
    ("[[way]]\nid = 3.5\nspeed_kmh = 3", "way[1].id", 2),
    ("[[way]]\nid = 3", "way[1].id", 2),
    ("[[way]]\nid = 3\nspeed_kmh = 301", "way[1].speed_kmh", 3),
    ("[[way]]\nid = 3\naccess = \"yes\"", "way[1].access", 3),
    ("[[way]]\nid = 3\naccess = \"deny\"\ndirection = \"left\"", "way[1].direction", 4),
    ("[[way]]\nid = 3\naccess = \"deny\"\nprofiles = \"car\"", "way[1].profiles", 4),
    ("[[way]]\nid = 3\naccess = \"deny\"\nprofiles = []", "way[1].profiles", 4),
    ("[[way]]\nid = 3\naccess = \"deny\"\nprofiles = [1]", "way[1].profiles", 4),
    ("[[node]]\nid = 3", "node[1].id", 2),
    ("[[node]]\nid = 3\nseconds = -1", "node[1].seconds", 3),
    ("[[turn]]\nfrom = 1\nvia = 2\nto = 3", "turn[1].rule", 1),
    ("[[turn]]\nfrom = 1\nto = 3\nrule = \"allow\"", "turn[1].via", 1),
    ("[[station]]\nlat = 1\nlon = 2", "station[1].name", 1),
    ("[[station]]\nname = \"a\"\nlat = 91\nlon = 2", "station[1].lat", 3),
    ("[[station]]\nname = \"a\"\nlon = 2", "station[1].lat", 1),
    ("[[station]]\nname = \"a\"\nlat = 1\nlon = 2\nway = 0", "station[1].way", 5),
    ("[[station]]\nname = \"a\"\nlat = 1\nlon = 2\nwithin_meters = 0", "station[1].within_meters", 5),
  ])
  func refusesBadValues(_ toml: String, _ key: String, _ line: Int) throws {
    let error = try #require(fault(toml))
    #expect(error.code == .init(.overrides, .badValue))
    #expect(error.key == key)
    #expect(error.line == line)
  }

  @Test func refusesTooMany() throws {
    let many = "way = [" + String(repeating: "{id=1,speed_kmh=3},", count: 20_001) + "]"
    #expect(try #require(fault(many)).message.contains("20000"))
  }

  @Test func refusesWhatIsNoFileOfOverrides() throws {
    #expect(try #require(fault("[[way]\n")).code == .init(.overrides, .unreadable))
    #expect { try RoadOverrides.load("/no/such/file") } throws: {
      ($0 as? FileError)?.code == .init(.overrides, .unreadable) && ($0 as? FileError)?.file == "/no/such/file"
    }
  }

  @Test func errorsSayWhere() throws {
    let error = try #require(fault("[[way]]\nid = 3\nspeed_kmh = 301"))
    #expect(error.value == "301")
    #expect(error.description.hasPrefix("OVERRIDES_BAD_VALUE: o.toml:3:way[1].speed_kmh: must be a number"))
  }
}
