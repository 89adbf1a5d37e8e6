import Foundation
import Geometry
import InputFiles

extension GeoJSONReader {
  /// The places of the first geometry of a kind; of a polygon those of its outline.
  static func places(path: String, kind: String) throws(CommandFailure) -> [Coordinate] {
    for geometry in try geometries(path: path) where geometry.type == kind { return geometry.places }
    throw CommandFailure("GEOJSON_UNREADABLE", "the file has no \(kind)", value: path)
  }

  /// All lines and polygons of a file, in their order.
  static func geometries(path: String) throws(CommandFailure) -> [Geometry] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw CommandFailure("GEOJSON_UNREADABLE", "the file can't be read", value: path)
    }
    do throws(GeoJSONError) {
      return try geometries(in: data)
    } catch {
      if error.value.isEmpty { throw CommandFailure("GEOJSON_UNREADABLE", error.message, value: path) }
      throw CommandFailure("GEOJSON_UNREADABLE", "\(path): \(error.message)", value: error.value)
    }
  }
}
