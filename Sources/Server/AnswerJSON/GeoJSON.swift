import API
import Geometry

/// Things for a map: a feature collection of RFC 7946.
public enum GeoJSON {
  /// Features together.
  public static func collection(_ features: [JSONObject]) -> JSONObject {
    ["type": "FeatureCollection", "features": features]
  }

  /// A point, or a line of two positions or more. A feature without a place has a geometry of null.
  public static func feature(_ shape: [Coordinate], _ properties: JSONObject, id: String? = nil) -> JSONObject {
    feature(geometry: geometry(shape), properties, id: id)
  }

  /// Several lines, each of two positions or more; one is a line by itself.
  public static func feature(lines: [[Coordinate]], _ properties: JSONObject, id: String? = nil) -> JSONObject {
    let lines = lines.filter { $0.count > 1 }
    if lines.count < 2 { return feature(lines.first ?? [], properties, id: id) }
    return feature(
      geometry: ["type": "MultiLineString", "coordinates": lines.map { $0.map(position) }], properties, id: id)
  }

  /// Areas with their holes.
  public static func feature(areas: [Area], _ properties: JSONObject, id: String? = nil) -> JSONObject {
    let polygons = areas.map { area in ([area.corners] + area.holes).map(ring) }
    return feature(
      geometry: polygons.count == 1
        ? ["type": "Polygon", "coordinates": polygons[0]] : ["type": "MultiPolygon", "coordinates": polygons],
      properties, id: id)
  }

  private static func feature(geometry: JSONObject?, _ properties: JSONObject, id: String? = nil) -> JSONObject {
    ["type": "Feature", "id": id, "geometry": geometry as any Encodable, "properties": properties]
  }

  private static func geometry(_ shape: [Coordinate]) -> JSONObject? {
    guard let first = shape.first else { return nil }
    return shape.count == 1
      ? ["type": "Point", "coordinates": position(first)]
      : ["type": "LineString", "coordinates": shape.map(position)]
  }

  /// Longitude and latitude.
  private static func position(_ place: Coordinate) -> [Double] { [place.longitude, place.latitude] }

  /// The last position is the first one again.
  private static func ring(_ corners: [Coordinate]) -> [[Double]] { (corners + corners.prefix(1)).map(position) }
}
