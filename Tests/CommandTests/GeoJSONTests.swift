import API
import Foundation
import Geometry
import InputFiles
import TestSupport
import Testing

@testable import tocsin

/// GeoJSON that people give to commands: all of it counts, or what doesn't is told.
@Suite struct GeoJSONTests {
  private let folder = TemporaryFolder()

  private static let ring = "[[1,0],[2,0],[2,1],[1,0]]"
  private static let otherRing = "[[5,0],[6,0],[6,1],[5,0]]"
  private static let hole = "[[1.6,0.1],[1.8,0.1],[1.8,0.2],[1.6,0.1]]"
  private static let corners = places((1, 0), (2, 0), (2, 1))
  private static let otherCorners = places((5, 0), (6, 0), (6, 1))

  private static func places(_ places: (longitude: Double, latitude: Double)...) -> [Coordinate] {
    places.compactMap { Coordinate(latitude: $0.latitude, longitude: $0.longitude) }
  }

  private func write(_ json: String, _ name: String) throws { try Data(json.utf8).write(to: folder.url(name)) }

  private func areas(_ json: String) throws -> GeoJSONSelection<Area> {
    try write(json, "areas.geojson")
    return try GeoJSONReader.areas(path: folder.path("areas.geojson"))
  }

  private func lines(_ json: String) throws -> GeoJSONSelection<[Coordinate]> {
    try write(json, "lines.geojson")
    return try GeoJSONReader.lines(path: folder.path("lines.geojson"))
  }

  private static func polygon(_ rings: String...) -> String {
    "{\"type\":\"Polygon\",\"coordinates\":[\(rings.joined(separator: ","))]}"
  }

  private static func feature(_ geometry: String) -> String {
    "{\"type\":\"Feature\",\"properties\":null,\"geometry\":\(geometry)}"
  }

  private static func collection(_ features: String...) -> String {
    "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ","))]}"
  }

  private static let multiPolygon = "{\"type\":\"MultiPolygon\",\"coordinates\":[[\(ring)],[\(otherRing)]]}"

  @Test(arguments: [
    collection(feature(polygon(ring)), feature(polygon(otherRing))), multiPolygon, feature(multiPolygon),
    collection(feature(multiPolygon)),
    feature("{\"type\":\"GeometryCollection\",\"geometries\":[\(polygon(ring)),\(polygon(otherRing))]}"),
    "{\"type\":\"GeometryCollection\",\"geometries\":[{\"type\":\"GeometryCollection\",\"geometries\":[\(multiPolygon)]}]}",
    "\u{FEFF}" + multiPolygon,
  ])
  func everyAreaOfAFileCounts(_ json: String) throws {
    let areas = try areas(json)
    #expect(areas.shapes == [Area(Self.corners), Area(Self.otherCorners)] && areas.leftOut.isEmpty)
  }

  @Test func holesBelongToTheirAreas() throws {
    let holed = Area(Self.corners, holes: [Self.places((1.6, 0.1), (1.8, 0.1), (1.8, 0.2))])
    #expect(try areas(Self.polygon(Self.ring, Self.hole)).shapes == [holed])
    let two = "{\"type\":\"MultiPolygon\",\"coordinates\":[[\(Self.otherRing)],[\(Self.ring),\(Self.hole)]]}"
    #expect(try areas(two).shapes == [Area(Self.otherCorners), holed])
  }

  @Test func everyLineOfAFileCounts() throws {
    let multi = "{\"type\":\"MultiLineString\",\"coordinates\":[[[1,0],[2,0]],[[3,0],[4,0,12]]]}"
    let two = [Self.places((1, 0), (2, 0)), Self.places((3, 0), (4, 0))]
    #expect(try lines(multi).shapes == two)
    let line = "{\"type\":\"LineString\",\"coordinates\":[[5,0],[6,0]]}"
    let all = try lines(Self.collection(Self.feature(multi), Self.feature(line)))
    #expect(all.shapes == two + [Self.places((5, 0), (6, 0))] && all.leftOut.isEmpty)
  }

  @Test func whatIsLeftOutIsCounted() throws {
    let other = Self.collection(
      Self.feature("{\"type\":\"Point\",\"coordinates\":[1,0]}"), Self.feature("null"), Self.feature(Self.multiPolygon),
      Self.feature("{\"type\":\"MultiPoint\",\"coordinates\":[[1,0],[2,0]]}"),
      Self.feature("{\"type\":\"Point\",\"coordinates\":[2,0]}"), "7", Self.feature("{\"type\":\"Circle\"}"),
      Self.feature("{\"type\":\"MultiLineString\",\"coordinates\":[[[1,0],[2,0]],[]]}"),
      Self.feature("{\"type\":\"Polygon\",\"coordinates\":[]}"))
    let areas = try areas(other)
    #expect(areas.shapes.count == 2)
    #expect(
      GeoJSONReader.text(areas.leftOut)
        == "1 Circle, 1 LineString, 1 MultiPoint, 2 Point, 1 empty LineString, 1 empty Polygon, 2 no geometry")
    let lines = try lines(other)
    #expect(lines.shapes.count == 1 && lines.leftOut["Polygon"] == 2 && lines.leftOut["LineString"] == nil)
  }

  @Test func fileWithoutAreasIsRefusedWithWhatItHas() throws {
    let error = #expect(throws: InputFileError.self) {
      try areas(Self.feature("{\"type\":\"LineString\",\"coordinates\":[[1,0],[2,0]]}"))
    }
    #expect(error?.code == .geoJSONUnreadable && error?.message == "the file has no Polygon (1 LineString)")
    #expect(throws: InputFileError.self) { try lines(Self.collection()) }
  }

  @Test(arguments: [
    polygon("[[1,0],[2,0],[1,0]]"), polygon(ring, "[[1,0],[1,0]]"), polygon("[[1,0],[2,0],[2,100],[1,0]]"),
    polygon("[[1,0],[\"2\",0],[2,1],[1,0]]"), polygon("7"), "{\"type\":\"LineString\",\"coordinates\":[[1,0]]}", "[]",
  ])
  func badShapesAreRefused(_ json: String) throws {
    let error = #expect(throws: InputFileError.self) { try areas(json) }
    #expect(error?.code == .geoJSONUnreadable && error?.faults.first?.message.isEmpty == false)
  }

  // MARK: What a command makes of it

  private func selector(_ arguments: String...) throws -> RoadSelector? {
    let command = try CloseCommand.parse(["--id", "x"] + arguments)
    let closures = command.closures(now: Date(timeIntervalSince1970: 1_700_000_000), newID: "new")
    #expect(closures.map(\.id) == ["x"])
    return closures.first?.selector
  }

  @Test func severalAreasAreOneClosure() throws {
    try write(Self.multiPolygon, "two.geojson")
    try write(Self.polygon(Self.ring, Self.hole), "hole.geojson")
    try write(Self.polygon(Self.ring), "one.geojson")
    let two = try selector("--area", folder.path("two.geojson"))
    #expect(two == .areas([Area(Self.corners), Area(Self.otherCorners)]))
    guard case .areas(let holed)? = try selector("--area", folder.path("hole.geojson")) else {
      return #expect(Bool(false), "not areas")
    }
    #expect(holed.map(\.holes.count) == [1])
    #expect(try selector("--area", folder.path("one.geojson")) == .polygon(Self.corners))
    #expect(try selector("--area", "0,1 0,2 1,2") == .polygon(Self.corners))
  }

  @Test func severalLinesAreOneClosure() throws {
    try write("{\"type\":\"MultiLineString\",\"coordinates\":[[[1,0],[2,0]],[[3,0],[4,0]]]}", "l.geojson")
    let selector = try selector("--line", folder.path("l.geojson"), "--direction", "both")
    #expect(selector == .polylines([Self.places((1, 0), (2, 0)), Self.places((3, 0), (4, 0))], direction: .both))
  }

  @Test func fileThatIsMissingIsNamed() {
    let error = #expect(throws: (any Error).self) { try CloseCommand.parse(["--area", "no-such.geojson"]) }
    #expect(error.map { CloseCommand.message(for: $0) }?.contains("'no-such.geojson' is neither a file nor") == true)
  }
}
