import API
import Foundation
import Geometry

/// Reads points, lines and areas of GeoJSON (RFC 7946): of every feature, also those of geometries that consist of
/// several.
public enum GeoJSONReader {
  /// A point, a line, an area, or something else.
  public enum Shape: Equatable, Sendable {
    case point(Coordinate)
    case line([Coordinate])
    case area(Area)
    /// The name of its type, or what it has instead of one.
    case other(String)
  }

  /// What lies on the map, and what its properties say.
  public struct Feature {
    public var shapes: [Shape]
    public var properties: [String: Any]
    public var id: String?
  }

  /// All lines of a file. Throws `GEOJSON_UNREADABLE`, also if there are none.
  public static func lines(path: String) throws(InputFileError) -> GeoJSONSelection<[Coordinate]> {
    try GeoJSONSelection(of: features(path: path), \.line).orNone(of: "LineString", in: path)
  }

  /// All areas of a file, with their holes. Throws `GEOJSON_UNREADABLE`, also if there are none.
  public static func areas(path: String) throws(InputFileError) -> GeoJSONSelection<Area> {
    try GeoJSONSelection(of: features(path: path), \.area).orNone(of: "Polygon", in: path)
  }

  /// All features of a file, in their order. Throws `GEOJSON_UNREADABLE`.
  public static func features(path: String) throws(InputFileError) -> [Feature] {
    try InputFileError.reading(path, .geoJSONUnreadable, unreadable: .geoJSONUnreadable, features)
  }

  /// All features of a file's bytes, in their order. O(bytes).
  public static func features(_ bytes: [UInt8]) throws(FileFault) -> [Feature] {
    guard let root = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any] else {
      throw FileFault(message: "the file is not GeoJSON")
    }
    return try (root["features"] as? [Any] ?? [root]).enumerated().map { (number, feature) throws(FileFault) in
      do throws(FileFault) { return try read(feature) } catch {
        throw FileFault(message: "feature \(number + 1): \(error.message)", value: error.value)
      }
    }
  }

  private static func read(_ feature: Any) throws(FileFault) -> Feature {
    let fields = feature as? [String: Any] ?? [:]
    let isFeature = fields["type"] as? String == "Feature" || fields["geometry"] != nil
    let geometry: Any? = isFeature ? fields["geometry"] : feature
    return Feature(
      shapes: try shapes(of: geometry), properties: fields["properties"] as? [String: Any] ?? [:],
      id: fields["id"].map { "\($0)" })
  }

  /// How many shapes of which types, as text: `1 LineString, 2 Point`.
  public static func text(_ counts: [String: Int]) -> String {
    counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
  }

  private static func shapes(of geometry: Any?) throws(FileFault) -> [Shape] {
    guard let geometry = geometry as? [String: Any] else { return [.other("no geometry")] }
    let type = geometry["type"] as? String ?? "no type"
    let parts = geometry[type == "GeometryCollection" ? "geometries" : "coordinates"] as? [Any] ?? []
    guard !parts.isEmpty || !shapeTypes.contains(type) else { return [.other("empty \(type)")] }
    switch type {
    case "Point": return [.point(try place(parts))]
    case "LineString": return [try line(parts)]
    case "Polygon": return [try area(parts)]
    case "MultiLineString": return try parts.map { (part) throws(FileFault) in try line(part) }
    case "MultiPolygon": return try parts.map { (part) throws(FileFault) in try area(part) }
    case "GeometryCollection":
      return try parts.map { (part) throws(FileFault) in try shapes(of: part) }.flatMap(\.self)
    default: return [.other(type)]
    }
  }

  private static let shapeTypes: Set = [
    "Point", "LineString", "Polygon", "MultiLineString", "MultiPolygon", "GeometryCollection",
  ]

  private static func line(_ positions: Any) throws(FileFault) -> Shape {
    let points = try places(positions)
    if points.isEmpty { return .other("empty LineString") }
    guard points.count >= 2 else {
      throw FileFault(message: "a LineString must have two positions or more", value: "\(positions)")
    }
    return .line(points)
  }

  /// The outline, then the holes; the last position of each is the first one again.
  private static func area(_ rings: Any) throws(FileFault) -> Shape {
    let outlines = try (rings as? [Any] ?? []).map { (ring) throws(FileFault) in
      var corners = try places(ring)
      if corners.count > 1, corners.first == corners.last { corners.removeLast() }
      guard corners.count >= 3 else {
        throw FileFault(message: "each ring of a Polygon must have three corners or more", value: "\(ring)")
      }
      return corners
    }
    guard let outline = outlines.first else { return .other("empty Polygon") }
    return .area(Area(outline, holes: Array(outlines.dropFirst())))
  }

  private static func places(_ positions: Any) throws(FileFault) -> [Coordinate] {
    try (positions as? [Any] ?? []).map { (position) throws(FileFault) in try place(position) }
  }

  private static func place(_ position: Any) throws(FileFault) -> Coordinate {
    guard let numbers = position as? [NSNumber], numbers.count >= 2,
      let place = Coordinate(latitude: numbers[1].doubleValue, longitude: numbers[0].doubleValue)
    else { throw FileFault(message: "a position must be longitude and latitude", value: "\(position)") }
    return place
  }
}

extension GeoJSONReader.Shape {
  /// Its points, if it is a line.
  public var line: [Coordinate]? {
    guard case .line(let points) = self else { return nil }
    return points
  }

  /// Itself, if it is an area.
  public var area: Area? {
    guard case .area(let area) = self else { return nil }
    return area
  }

  /// What GeoJSON calls it.
  var type: String {
    switch self {
    case .point: "Point"
    case .line: "LineString"
    case .area: "Polygon"
    case .other(let type): type
    }
  }
}

/// What a command takes of a GeoJSON file, and what it leaves there.
public struct GeoJSONSelection<Taken: Sendable>: Sendable {
  public let shapes: [Taken]
  /// How many shapes of which types were left out.
  public let leftOut: [String: Int]

  /// What doesn't come from a file.
  public init(_ shapes: [Taken]) { (self.shapes, leftOut) = (shapes, [:]) }

  /// Takes what `take` makes of shapes, and leaves those of which it makes nothing.
  public init(of features: [GeoJSONReader.Feature], _ take: (GeoJSONReader.Shape) -> Taken?) {
    let all = features.flatMap(\.shapes)
    shapes = all.compactMap(take)
    leftOut = Dictionary(grouping: all.filter { take($0) == nil }, by: \.type).mapValues(\.count)
  }

  /// Itself, if there is something in it. Throws `GEOJSON_UNREADABLE`.
  fileprivate func orNone(of type: String, in path: String) throws(InputFileError) -> Self {
    guard shapes.isEmpty else { return self }
    let fault = FileFault(message: "the file has no \(type)", value: GeoJSONReader.text(leftOut))
    throw InputFileError(code: .geoJSONUnreadable, faults: [fault], value: path)
  }
}
