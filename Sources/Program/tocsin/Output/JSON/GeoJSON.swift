import Geometry

/// Things for a map: a feature collection of RFC 7946.
enum GeoJSON {
  static func collection(_ features: [JSONObject]) -> JSONObject {
    ["type": "FeatureCollection", "features": features]
  }

  /// A point, or a line of two positions or more. A feature without a place has a geometry of null.
  static func feature(_ shape: [Coordinate], _ properties: JSONObject) -> JSONObject {
    ["type": "Feature", "geometry": geometry(shape) as any Encodable, "properties": properties]
  }

  /// Areas that are one thing: of each the exterior ring and those of its holes, their first points not repeated.
  static func areas(_ areas: [[[Coordinate]]], _ properties: JSONObject) -> JSONObject {
    let rings = areas.map { area in
      area.map { ring in (ring + ring.prefix(1)).map { [$0.longitude, $0.latitude] } }
    }
    let geometry: JSONObject = ["type": "MultiPolygon", "coordinates": rings]
    return ["type": "Feature", "geometry": geometry, "properties": properties]
  }

  /// A position is longitude and latitude.
  private static func geometry(_ shape: [Coordinate]) -> JSONObject? {
    let positions = shape.map { [$0.longitude, $0.latitude] }
    guard let first = positions.first else { return nil }
    return positions.count == 1
      ? ["type": "Point", "coordinates": first] : ["type": "LineString", "coordinates": positions]
  }
}
