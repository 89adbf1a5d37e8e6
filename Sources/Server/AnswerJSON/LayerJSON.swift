import API

extension LayerFeature {
  /// As `tocsin layers put` reads it again.
  public var geoJSON: JSONObject {
    var properties: JSONObject = ["name": name.isEmpty ? nil : name, "weight": weight == 1 ? nil : weight]
    if let view {
      properties =
        properties + [
          "heading": view.headingDegrees, "view_degrees": view.viewDegrees, "range_meters": view.rangeMeters,
        ]
    }
    for tag in tags { properties = properties + JSONObject(tag.key, tag.value) }
    switch shape {
    case .point(let place): return GeoJSON.feature([place], properties, id: id)
    case .areas(let areas): return GeoJSON.feature(areas: areas, properties, id: id)
    }
  }
}
