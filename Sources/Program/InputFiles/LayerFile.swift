import API
import Foundation
import Geometry

/// A layer as departments keep it: GeoJSON with points and polygons, or CSV with points.
public enum LayerFile {
  /// What a file has for a layer.
  public struct Contents: Sendable {
    public var features: [LayerFeature] = []
    /// What no layer has, such as lines: how many of which type.
    public var leftOut: [String: Int] = [:]
  }

  /// Reads a file by its name's ending: `.csv`, or else GeoJSON.
  ///
  /// - Throws: `FILE_UNREADABLE`, `GEOJSON_UNREADABLE`, or `INVALID_LAYER_FILE` with all faults; also for a file that
  ///   has nothing for a layer: put, it would empty the one that is known.
  public static func contents(path: String) throws(InputFileError) -> Contents {
    let contents = try read(path: path)
    guard contents.features.isEmpty else { return contents }
    let others = contents.leftOut.isEmpty ? "" : ", but \(GeoJSONReader.text(contents.leftOut))"
    let fault = FileFault(
      message: "there is no point and no area in the file\(others); `layers remove` removes a layer")
    throw InputFileError(code: .invalidLayerFile, faults: [fault], value: path)
  }

  private static func read(path: String) throws(InputFileError) -> Contents {
    guard path.lowercased().hasSuffix(".csv") else {
      let features = try GeoJSONReader.features(path: path)
      let (contents, faults) = read(features)
      guard faults.isEmpty else { throw InputFileError(code: .invalidLayerFile, faults: faults, value: path) }
      return contents
    }
    let (features, faults) = try InputFileError.reading(path, .invalidLayerFile) { bytes throws(FileFault) in
      try read(csv: bytes)
    }
    guard faults.isEmpty else { throw InputFileError(code: .invalidLayerFile, faults: faults, value: path) }
    return Contents(features: features)
  }

  /// The columns of CSV that mean something; what stands in others is tags.
  private enum Column: String, CSVColumn {
    case id, name, lat, lon, weight, heading
    case viewDegrees = "view_degrees"
    case rangeMeters = "range_meters"

    static let ignoresOthers = true
    var isRequired: Bool { self == .lat || self == .lon }
  }

  /// Reads the bytes of CSV: the features are good if there are no faults. A line without an id has its number.
  /// O(bytes).
  ///
  /// - Throws: what makes the rest unreadable: no CSV, a wrong first line.
  public static func read(csv bytes: [UInt8]) throws(FileFault) -> (features: [LayerFeature], faults: [FileFault]) {
    var (features, faults): ([LayerFeature], [FileFault]) = ([], [])
    for (number, row) in try CSVTable<Column>(bytes).rows.enumerated() {
      switch row.fields {
      case .failure(let fault): faults.append(fault)
      case .success(let texts):
        var fields = FieldReader<Column>(line: row.line)
        var feature = feature(texts, &fields, ordinal: number + 1)
        feature.tags = row.others.filter { !$0.text.isEmpty }.map { LayerTag($0.name, $0.text) }
        faults += fields.faults + (fields.faults.isEmpty ? Self.faults(of: feature, line: row.line) : [])
        features.append(feature)
      }
    }
    return (features, faults)
  }

  private static func feature(
    _ texts: [Column: String], _ fields: inout FieldReader<Column>, ordinal: Int
  ) -> LayerFeature {
    func text(_ column: Column) -> String { texts[column] ?? "" }
    func number(_ column: Column, _ range: ClosedRange<Double>) -> Double? {
      text(column).isEmpty && !column.isRequired ? nil : fields.number(column, text(column), in: range)
    }
    if text(.heading).isEmpty, let column = [Column.viewDegrees, .rangeMeters].first(where: { !text($0).isEmpty }) {
      fields.fault(column, text(column), "there is no heading")
    }
    let place = Coordinate(
      latitude: number(.lat, -90...90) ?? 0, longitude: number(.lon, -180...180) ?? 0)
    let heading = number(.heading, 0...360)
    let view = heading.map {
      LayerView(
        headingDegrees: $0, viewDegrees: number(.viewDegrees, 0...360),
        rangeMeters: number(.rangeMeters, 0...Limits.layerRangeMetersMax))
    }
    return LayerFeature(
      id: text(.id).isEmpty ? "\(ordinal)" : text(.id), name: text(.name),
      .point(place ?? Coordinate(latitudeE7: 0, longitudeE7: 0)),
      weight: number(.weight, 0...Limits.layerWeightMax) ?? 1, view: view)
  }

  /// What the features of GeoJSON are in a layer: points, and polygons with their holes. O(features).
  public static func read(_ features: [GeoJSONReader.Feature]) -> (contents: Contents, faults: [FileFault]) {
    var (contents, faults) = (Contents(), [FileFault]())
    for (number, feature) in features.enumerated() {
      let areas = feature.shapes.compactMap(\.area)
      let points = feature.shapes.compactMap(\.point)
      let isWhole = areas.isEmpty ? points.count == 1 && feature.shapes.count == 1 : areas.count == feature.shapes.count
      if isWhole {
        let made = self.feature(feature, areas.isEmpty ? .point(points[0]) : .areas(areas), ordinal: number + 1)
        faults += self.faults(of: made, line: nil)
        contents.features.append(made)
      } else {
        for shape in feature.shapes { contents.leftOut[shape.type, default: 0] += 1 }
      }
    }
    return (contents, faults)
  }

  /// Its id is that of the feature, its property `id`, or its number; other properties that mean nothing are tags.
  private static func feature(
    _ feature: GeoJSONReader.Feature, _ shape: LayerFeature.Shape, ordinal: Int
  ) -> LayerFeature {
    var properties = feature.properties.filter { !($0.value is NSNull) }
    // Converters write numbers as texts.
    func number(_ key: String) -> Double? {
      let value = properties[key]
      guard let number = (value as? NSNumber)?.doubleValue ?? (value as? String).flatMap({ Double($0) }) else {
        return nil
      }
      properties[key] = nil
      return number
    }
    func text(_ key: String) -> String? { properties.removeValue(forKey: key).map { "\($0)" } }
    let own = text("id")
    let view = number("heading").map {
      LayerView(headingDegrees: $0, viewDegrees: number("view_degrees"), rangeMeters: number("range_meters"))
    }
    var made = LayerFeature(
      id: feature.id ?? own ?? "\(ordinal)", name: text("name") ?? "", shape, weight: number("weight") ?? 1, view: view)
    if feature.id != nil, let own, own != feature.id { properties["id"] = own }
    made.tags = properties.sorted { $0.key < $1.key }.map { LayerTag($0.key, Self.text(of: $0.value)) }
    return made
  }

  private static func text(of value: Any) -> String {
    guard value is [Any] || value is [String: Any],
      let data = try? JSONSerialization.data(withJSONObject: value, options: [.sortedKeys, .withoutEscapingSlashes])
    else { return "\(value)" }
    return String(decoding: data, as: UTF8.self)
  }

  /// What the server would refuse of a feature.
  private static func faults(of feature: LayerFeature, line: Int?) -> [FileFault] {
    do throws(EngineError) {
      try Validation.feature(feature)
      return []
    } catch {
      return [FileFault(line: line, message: "\(error.code.rawValue): \(error.message)", value: error.value)]
    }
  }
}

extension GeoJSONReader.Shape {
  /// Its place, if it is a point.
  fileprivate var point: Coordinate? {
    guard case .point(let place) = self else { return nil }
    return place
  }
}
