import Foundation
import Geometry

/// Reads lines and areas of GeoJSON files (RFC 7946).
enum GeoJSONReader {
  /// The places of the first geometry of a kind; of a polygon those of its outline.
  static func places(path: String, kind: String) throws -> [Coordinate] {
    for geometry in try geometries(path: path) where geometry.type == kind { return geometry.places }
    throw CommandFailure("GEOJSON_UNREADABLE", "the file has no \(kind)", value: path)
  }

  /// A feature's geometry, and what its properties say.
  struct Geometry {
    var type: String
    /// Of a line its points, of a polygon the corners of its outline.
    var places: [Coordinate]
    var properties: [String: Any]
    var id: String?
  }

  /// All lines and polygons of a file, in their order.
  static func geometries(path: String) throws -> [Geometry] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw CommandFailure("GEOJSON_UNREADABLE", "the file can't be read", value: path)
    }
    guard let root = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else {
      throw CommandFailure("GEOJSON_UNREADABLE", "the file is not GeoJSON", value: path)
    }
    let features = (root["features"] as? [[String: Any]]) ?? [root]
    return try features.flatMap { feature in
      let geometry = (feature["geometry"] as? [String: Any]) ?? feature
      let properties = (feature["properties"] as? [String: Any]) ?? [:]
      return try lines(of: geometry, path: path).map {
        Geometry(type: $0.type, places: $0.places, properties: properties, id: feature["id"].map { "\($0)" })
      }
    }
  }

  private static func lines(of geometry: [String: Any], path: String) throws -> [(type: String, places: [Coordinate])] {
    let coordinates = geometry["coordinates"] as? [Any] ?? []
    switch geometry["type"] as? String {
    case "LineString": return [("LineString", try places(coordinates, path))]
    case "MultiLineString":
      return try coordinates.map { ("LineString", try places($0 as? [Any] ?? [], path)) }
    case "Polygon": return [("Polygon", try places(coordinates.first as? [Any] ?? [], path))]
    default: return []
    }
  }

  private static func places(_ positions: [Any], _ path: String) throws -> [Coordinate] {
    try positions.map { position in
      guard let numbers = position as? [NSNumber], numbers.count >= 2,
        let place = Coordinate(latitude: numbers[1].doubleValue, longitude: numbers[0].doubleValue)
      else {
        throw CommandFailure(
          "GEOJSON_UNREADABLE", "\(path): a position is longitude and latitude", value: "\(position)")
      }
      return place
    }
  }
}
