import Foundation
import Geometry

/// Reads lines and areas of GeoJSON (RFC 7946).
public enum GeoJSONReader {
  /// A line or an area, and what its properties say.
  public struct Feature {
    public var type: String
    /// Of a line its points, of a polygon the corners of its outline.
    public var places: [Coordinate]
    public var properties: [String: Any]
    public var id: String?
  }

  /// The places of the first feature of a type (`LineString`, `Polygon`) in a file; of a polygon those of its outline.
  public static func places(path: String, type: String) throws(InputFileError) -> [Coordinate] {
    for feature in try features(path: path) where feature.type == type { return feature.places }
    throw InputFileError(
      code: .geoJSONUnreadable, faults: [FileFault(message: "the file has no \(type)")], value: path)
  }

  /// All lines and polygons of a file, in their order. Throws `GEOJSON_UNREADABLE`.
  public static func features(path: String) throws(InputFileError) -> [Feature] {
    try InputFileError.reading(path, .geoJSONUnreadable, unreadable: .geoJSONUnreadable, features)
  }

  /// All lines and polygons of a file's bytes, in their order. O(bytes).
  public static func features(_ bytes: [UInt8]) throws(FileFault) -> [Feature] {
    guard let root = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any] else {
      throw FileFault(message: "the file is not GeoJSON")
    }
    var features: [Feature] = []
    for feature in (root["features"] as? [[String: Any]]) ?? [root] {
      let geometry = (feature["geometry"] as? [String: Any]) ?? feature
      let properties = (feature["properties"] as? [String: Any]) ?? [:]
      for (type, places) in try lines(of: geometry) {
        features.append(
          Feature(type: type, places: places, properties: properties, id: feature["id"].map { "\($0)" }))
      }
    }
    return features
  }

  private static func lines(of geometry: [String: Any]) throws(FileFault) -> [(type: String, places: [Coordinate])] {
    let coordinates = geometry["coordinates"] as? [Any] ?? []
    switch geometry["type"] as? String {
    case "LineString": return [("LineString", try places(coordinates))]
    case "MultiLineString":
      return try coordinates.map { (line) throws(FileFault) in ("LineString", try places(line as? [Any] ?? [])) }
    case "Polygon": return [("Polygon", try places(coordinates.first as? [Any] ?? []))]
    default: return []
    }
  }

  private static func places(_ positions: [Any]) throws(FileFault) -> [Coordinate] {
    try positions.map { (position) throws(FileFault) in
      guard let numbers = position as? [NSNumber], numbers.count >= 2,
        let place = Coordinate(latitude: numbers[1].doubleValue, longitude: numbers[0].doubleValue)
      else { throw FileFault(message: "a position must be longitude and latitude", value: "\(position)") }
      return place
    }
  }
}
