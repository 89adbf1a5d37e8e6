import Foundation
import Geometry

/// Why bytes are not GeoJSON.
public struct GeoJSONError: Error, Equatable {
  public var message: String
  /// The value in question; empty if it is the whole.
  public var value = ""
}

/// Reads lines and areas of GeoJSON (RFC 7946).
public enum GeoJSONReader {
  /// A feature's geometry, and what its properties say.
  public struct Geometry {
    public var type: String
    /// Of a line its points, of a polygon the corners of its outline.
    public var places: [Coordinate]
    public var properties: [String: Any]
    public var id: String?
  }

  /// All lines and polygons of a file's bytes, in their order. O(bytes).
  public static func geometries(in data: Data) throws(GeoJSONError) -> [Geometry] {
    guard let root = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else {
      throw GeoJSONError(message: "the file is not GeoJSON")
    }
    var geometries: [Geometry] = []
    for feature in (root["features"] as? [[String: Any]]) ?? [root] {
      let geometry = (feature["geometry"] as? [String: Any]) ?? feature
      let properties = (feature["properties"] as? [String: Any]) ?? [:]
      for (type, places) in try lines(of: geometry) {
        geometries.append(
          Geometry(type: type, places: places, properties: properties, id: feature["id"].map { "\($0)" }))
      }
    }
    return geometries
  }

  private static func lines(
    of geometry: [String: Any]
  ) throws(GeoJSONError) -> [(type: String, places: [Coordinate])] {
    let coordinates = geometry["coordinates"] as? [Any] ?? []
    switch geometry["type"] as? String {
    case "LineString": return [("LineString", try places(coordinates))]
    case "MultiLineString":
      return try coordinates.map { (line) throws(GeoJSONError) in
        ("LineString", try places(line as? [Any] ?? []))
      }
    case "Polygon": return [("Polygon", try places(coordinates.first as? [Any] ?? []))]
    default: return []
    }
  }

  private static func places(_ positions: [Any]) throws(GeoJSONError) -> [Coordinate] {
    try positions.map { (position) throws(GeoJSONError) in
      guard let numbers = position as? [NSNumber], numbers.count >= 2,
        let place = Coordinate(latitude: numbers[1].doubleValue, longitude: numbers[0].doubleValue)
      else { throw GeoJSONError(message: "a position is longitude and latitude", value: "\(position)") }
      return place
    }
  }
}
