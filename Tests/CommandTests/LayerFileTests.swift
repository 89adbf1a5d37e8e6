import API
import AnswerJSON
import Foundation
import Geometry
import InputFiles
import TestSupport
import Testing

@testable import tocsin

/// Layers as departments keep them.
@Suite struct LayerFileTests {
  private static let place = Coordinate(latitude: 37.5, longitude: 126.9)!

  @Test func readsCSV() throws {
    let text =
      "id,Name,lat,lon,weight,heading,range_meters,pressure_bar\nH-1,a,37.5,126.9,2.5,90,80,7\n,,37.5,126.9,,,,\n"
    let (features, faults) = try LayerFile.read(csv: Array(text.utf8))
    #expect(faults == [])
    #expect(
      features == [
        LayerFeature(
          id: "H-1", name: "a", .point(Self.place), weight: 2.5,
          view: LayerView(headingDegrees: 90, rangeMeters: 80), tags: [LayerTag("pressure_bar", "7")]),
        LayerFeature(id: "2", .point(Self.place)),
      ])
  }

  @Test func faultsOfCSVHaveTheirLine() throws {
    let text = "id,lat,lon,weight\na,91,126.9,1\nb,37.5,,1\nc,37.5,126.9,-1\nd,37.5\n"
    let faults = try LayerFile.read(csv: Array(text.utf8)).faults
    #expect(faults.map(\.line) == [2, 3, 4, 5])
    #expect(faults.map(\.column) == ["lat", "lon", "weight", ""])
    #expect(throws: FileFault.self) { try LayerFile.read(csv: Array("id,lat\n".utf8)) }
  }

  /// Put, it would empty the layer.
  @Test(arguments: [
    ("a.csv", "lat,lon\n", "no area in the file;"),
    (
      "a.json",
      #"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]}}]}"#,
      "but 1 LineString"
    ),
  ])
  func aFileOfOtherThingsIsRefused(_ name: String, _ text: String, _ words: String) throws {
    let folder = TemporaryFolder()
    try text.write(toFile: folder.path(name), atomically: true, encoding: .utf8)
    let error = #expect(throws: InputFileError.self) { try LayerFile.contents(path: folder.path(name)) }
    #expect(error?.code == .invalidLayerFile && error?.message.contains(words) == true, "\(error?.message ?? "")")
  }

  @Test func aViewNeedsAHeading() throws {
    let text = "lat,lon,heading,view_degrees\n37.5,126.9,,60\n"
    #expect(try LayerFile.read(csv: Array(text.utf8)).faults.map(\.column) == ["view_degrees"])
  }

  /// A camera that looks nowhere is told with its line.
  @Test(arguments: ["90,0,80", "90,60,0"])
  func aViewLooksSomewhere(_ view: String) throws {
    let text = "lat,lon,heading,view_degrees,range_meters\n37.5,126.9,\(view)\n"
    let faults = try LayerFile.read(csv: Array(text.utf8)).faults
    #expect(faults.map(\.line) == [2] && faults.first?.message.hasPrefix("INVALID_") == true)
  }

  @Test func numbersMayBeTexts() throws {
    let (contents, faults) = try read(
      #"{"type":"Feature","geometry":{"type":"Point","coordinates":[126.9,37.5]},"properties":{"weight":"7"}}"#)
    #expect(faults == [] && contents.features.first?.weight == 7 && contents.features.first?.tags == [])
  }

  private func read(_ features: String) throws -> (LayerFile.Contents, [FileFault]) {
    let bytes = Array("{\"type\":\"FeatureCollection\",\"features\":[\(features)]}".utf8)
    return LayerFile.read(try GeoJSONReader.features(bytes))
  }

  @Test func readsGeoJSON() throws {
    let ring = "[[126.9,37.5],[127,37.5],[127,37.6],[126.9,37.5]]"
    let (contents, faults) = try read(
      """
      {"type":"Feature","id":7,"geometry":{"type":"Point","coordinates":[126.9,37.5]},
       "properties":{"name":"정문","weight":2,"usable":true,"list":[1,2],"gone":null,"id":"own"}},
      {"type":"Feature","geometry":{"type":"Polygon","coordinates":[\(ring)]},"properties":{"id":"4"}},
      {"type":"Feature","geometry":{"type":"MultiPolygon","coordinates":[[\(ring)],[\(ring)]]},"properties":null},
      {"type":"Feature","geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]},"properties":{}}
      """)
    #expect(faults == [] && contents.leftOut == ["LineString": 1])
    let area = Area([(37.5, 126.9), (37.5, 127), (37.6, 127)].map { Coordinate(latitude: $0.0, longitude: $0.1)! })
    #expect(
      contents.features.map(\.shape) == [.point(Self.place), .areas([area]), .areas([area, area])])
    #expect(contents.features.map(\.id) == ["7", "4", "3"])
    #expect(contents.features[0].name == "정문" && contents.features[0].weight == 2)
    #expect(contents.features[0].tags.map(\.key) == ["id", "list", "usable"])
    #expect(contents.features[0].tags[1].value == "[1,2]")
  }

  /// What is exported reads the same again.
  @Test func exportedLayersReadTheSameAgain() throws {
    let area = Area(
      [(37.5, 126.9), (37.5, 127.2), (37.7, 127)].map { Coordinate(latitude: $0.0, longitude: $0.1)! },
      holes: [[(37.55, 127), (37.55, 127.1), (37.6, 127)].map { Coordinate(latitude: $0.0, longitude: $0.1)! }])
    let features = [PlanSamples.layer.features[0], LayerFeature(id: "D-4", .areas([area]))]
    let text = String(decoding: try JSONLine.bytes(of: GeoJSON.collection(features.map(\.geoJSON))), as: UTF8.self)
    let (contents, faults) = LayerFile.read(try GeoJSONReader.features(Array(text.utf8)))
    #expect(faults == [])
    #expect(contents.features == features)
  }
}
