import AnswerJSON
import Checks
import Fleet
import Foundation
import Geometry
import InputFiles
import TestSupport
import Testing

@testable import tocsin

/// Files of stations, and what a check says of them.
@Suite struct CheckTests {
  // MARK: Stations

  private func read(_ text: String) throws -> [Station] { try StationFile.stations(Array(text.utf8)) }

  private func fault(_ text: String) -> String {
    do {
      return "\(try read(text).count) stations"
    } catch let error as FileFault {
      return "\(error)"
    } catch {
      return "\(error)"
    }
  }

  @Test func readsStations() throws {
    let text = "name,kind,lat,lon,gu,dong\n관악소방서,소방서,37.473943,126.952355,관악구,봉천동\n\"Hall 3, north\",,-1,2,,\n"
    let stations = try read(text)
    #expect(stations.map(\.name) == ["관악소방서, 관악구", "Hall 3, north"])
    #expect(stations.map(\.id) == stations.map(\.name))
    #expect(stations.first?.coordinate == Coordinate(latitude: 37.473943, longitude: 126.952355))
    #expect(try read("lon,id,lat,name\n2,S-1,1,Hall\n").first?.id == "S-1")
  }

  @Test(arguments: [
    ("", "line 1: the file is empty; its first line must name the columns"),
    ("name,lat\nA,1\n", "line 1, lon: the column is missing"),
    ("lat,lon\n1,2\n", "line 1, name: the column is missing"),
    ("name,lat,lon,lat\nA,1,2,3\n", "line 1, lat: the column occurs twice"),
    ("name,lat,lon,gu,district\nA,1,2,x,y\n", "line 1, district: the column occurs twice"),
    ("name,lat,lon\n", "line 1: the file names no station"),
    ("name,lat,lon\nA,1,2\nB,1\n", "line 3: 3 fields are needed, as in the first line, not (2)"),
    ("name,lat,lon\n,1,2\n", "line 2, name: the field is empty"),
    ("name,lat,lon\nA,91,2\n", "line 2, lat, lon: no place on earth (91,2)"),
    ("name,lat,lon\nA,north,2\n", "line 2, lat, lon: no place on earth (north,2)"),
    ("name,lat,lon\nA,nan,2\n", "line 2, lat, lon: no place on earth (nan,2)"),
  ])
  func refusesFiles(_ text: String, _ message: String) { #expect(fault(text) == message) }

  // MARK: Findings

  private static let findings = [
    Finding(.closureUnmatched, .warning, subject: "c-1", "the closure blocks no road of the map"),
    Finding(
      .stationOffMap, .error, subject: "관악소방서", "no road is near",
      shape: [Coordinate(latitudeE7: 374_000_000, longitudeE7: 1_270_000_000)]),
    Finding(
      .pairOneSided, .notice, subject: "A to B", "far longer",
      shape: [
        Coordinate(latitudeE7: 10_000_000, longitudeE7: 20_000_000),
        Coordinate(latitudeE7: 30_000_000, longitudeE7: -40_000_000),
      ], osmID: 7),
  ]

  private func object(_ value: some Encodable) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(try JSONLine.bytes(of: value))) as? [String: Any])
  }

  /// RFC 7946: longitude comes first, a feature without a place has a geometry of null.
  @Test func geoJSON() throws {
    let json = try object(GeoJSON.collection(CheckJSON.geoJSON(Self.findings)))
    #expect(json["type"] as? String == "FeatureCollection")
    let features = try #require(json["features"] as? [[String: Any]])
    #expect(features.allSatisfy { $0["type"] as? String == "Feature" })
    #expect(features.map { $0["geometry"] is NSNull } == [true, false, false])
    let geometries = features.map { $0["geometry"] as? [String: Any] }
    #expect(geometries.map { $0?["type"] as? String } == [nil, "Point", "LineString"])
    #expect(geometries[1]?["coordinates"] as? [Double] == [127, 37.4])
    #expect(geometries[2]?["coordinates"] as? [[Double]] == [[2, 1], [-4, 3]])
    let properties = try #require(features[2]["properties"] as? [String: Any])
    #expect(properties["kind"] as? String == "pair_one_sided")
    #expect(properties["severity"] as? String == "notice")
    #expect(properties["subject"] as? String == "A to B")
    #expect(properties["message"] as? String == "far longer")
    #expect(properties["osm"] as? Int == 7)
  }

  @Test func json() throws {
    let json = try object(CheckJSON.object(Self.findings, stations: 2, profile: "ambulance"))
    #expect(json["stations"] as? Int == 2)
    #expect(json["profile"] as? String == "ambulance")
    #expect(json["counts"] as? [String: Int] == ["closure_unmatched": 1, "pair_one_sided": 1, "station_off_map": 1])
    let first = try #require((json["findings"] as? [[String: Any]])?.first)
    #expect(first["kind"] as? String == "closure_unmatched" && first["osm"] == nil)
  }

  @Test func tableAndSummary() {
    let lines = CheckText.text(Self.findings, stations: 2).split(separator: "\n").map(String.init)
    #expect(lines.last == "2 stations checked: 1 error, 1 warning, 1 notice")
    let columns = lines.dropLast().map { line in
      DisplayWidth.of(
        line[..<(line.ranges(of: /finding|the closure|no road|far longer/).first?.lowerBound ?? line.startIndex)])
    }
    #expect(Set(columns).count == 1, "\(lines)")
    #expect(CheckText.text([], stations: 1) == "1 station checked: 0 errors, 0 warnings, 0 notices\n")
  }

  // MARK: The program

  @Test(.enabled(if: Program.path != nil, "\(Program.hint)"))
  func checksACity() throws {
    let folder = TemporaryFolder()
    let (city, map) = (folder.path("city.osm.pbf"), folder.path("city.tocsin"))
    #expect(try Program.run("make-city", "--junctions", "300", "-o", city).status == 0)
    #expect(try Program.run("import", city, "-o", map, "--json").status == 0)
    try Data("name,lat,lon\nnowhere,-80,0\n".utf8).write(to: folder.url("stations.csv"))
    try Data("[[way]]\nid = 999999999999\nspeed_kmh = 30\n".utf8).write(to: folder.url("o.toml"))
    let arguments = [
      "check", map, "--stations", folder.path("stations.csv"), "--overrides", folder.path("o.toml"), "--geojson",
      folder.path("found.geojson"), "--json",
    ]
    let plain = try Program.run(arguments)
    #expect(plain.status == 0, "\(plain.complaint)")
    #expect(plain.output.contains("\"station_off_map\"") && plain.output.contains("\"override_unmatched\""))
    #expect(try folder.contents("found.geojson").starts(with: Data("{\"features\":[".utf8)))
    #expect(try Program.run(arguments + ["--strict"]).status == 1)
    try Data("name,lat\n".utf8).write(to: folder.url("stations.csv"))
    let refused = try Program.run(arguments)
    #expect(refused.status == 1)
    #expect(refused.complaint.hasPrefix("INVALID_STATION_FILE: line 1, lon: the column is missing"))
    #expect(try Program.run(arguments + ["--ratio", "0.5"]).status == 64)
  }
}
