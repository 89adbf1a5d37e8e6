import Geometry

/// Things for a map: a feature collection of RFC 7946.
struct GeoJSON<Properties: Encodable>: Encodable {
  struct Feature: Encodable {
    let type = "Feature"
    var geometry: GeoJSONGeometry?
    var properties: Properties

    private enum CodingKeys: String, CodingKey { case type, geometry, properties }

    /// A feature without a place has a geometry of null.
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(type, forKey: .type)
      try container.encode(geometry, forKey: .geometry)
      try container.encode(properties, forKey: .properties)
    }
  }

  let type = "FeatureCollection"
  var features: [Feature]
}

/// A point, or a line of two positions or more; a position is longitude and latitude.
enum GeoJSONGeometry: Encodable {
  case point([Double])
  case line([[Double]])

  private enum CodingKeys: String, CodingKey { case type, coordinates }

  init?(_ shape: [Coordinate]) {
    let positions = shape.map { [$0.longitude, $0.latitude] }
    guard let first = positions.first else { return nil }
    self = positions.count == 1 ? .point(first) : .line(positions)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .point(let position):
      try container.encode("Point", forKey: .type)
      try container.encode(position, forKey: .coordinates)
    case .line(let positions):
      try container.encode("LineString", forKey: .type)
      try container.encode(positions, forKey: .coordinates)
    }
  }
}
