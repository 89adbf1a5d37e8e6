import API
import Geometry

/// All layers that are kept, by name.
struct LayerShelf: Sendable {
  private(set) var layers: [String: KeptLayer] = [:]

  subscript(name name: String) -> KeptLayer? { layers[name] }

  /// By name.
  var sorted: [KeptLayer] { layers.values.sorted { $0.layer.name < $1.layer.name } }

  var featureCount: Int { layers.values.reduce(0) { $0 + $1.layer.features.count } }

  var byteCount: Int { layers.values.reduce(0) { $0 + $1.byteCount } }

  mutating func put(_ layer: KeptLayer) { layers[layer.layer.name] = layer }

  mutating func remove(_ name: String) { layers[name] = nil }

  /// A layer with its features.
  ///
  /// - Throws: `UNKNOWN_LAYER`.
  func layer(_ name: String) throws(EngineError) -> KeptLayer {
    if let layer = layers[name] { return layer }
    throw EngineError(.unknownLayer, "no layer has this name", value: name)
  }

  /// The layers that a question names, each once.
  ///
  /// - Throws: `UNKNOWN_LAYER`, `LIMIT_EXCEEDED`.
  func asked(_ names: [String]) throws(EngineError) -> [KeptLayer] {
    try Validation.askedLayers(names)
    var seen: Set<String> = []
    return try names.filter { seen.insert($0).inserted }.map { name throws(EngineError) in try layer(name) }
  }

  /// The area that a choice of plans means: a layer, or one area of it.
  ///
  /// - Throws: `UNKNOWN_LAYER` if there is none.
  func area(_ text: String) throws(EngineError) -> MeantArea {
    let (name, featureID) = Self.parts(of: text)
    let layer = try layer(name)
    guard let featureID else {
      guard !layer.areas.isEmpty else { throw EngineError(.unknownLayer, "the layer has no area", value: text) }
      return MeantArea(layer: layer, feature: nil)
    }
    guard let feature = layer.position(ofFeature: featureID), !layer.layer.features[feature].areas.isEmpty else {
      throw EngineError(.unknownLayer, "the layer has no area of this id", value: text)
    }
    return MeantArea(layer: layer, feature: feature)
  }

  /// The name of a layer, and the id of a feature where one is named.
  static func parts(of area: String) -> (layer: String, feature: String?) {
    guard let slash = area.firstIndex(of: "/") else { return (area, nil) }
    return (String(area[..<slash]), String(area[area.index(after: slash)...]))
  }
}

/// The area of a choice.
struct MeantArea: Sendable {
  let layer: KeptLayer
  /// Position of the feature that is meant; `nil` for all.
  let feature: Int?

  /// Around all of it. O(areas).
  var boundingBox: BoundingBox { layer.areas.boundingBox(of: feature) }

  /// O(log areas).
  func contains(_ place: Coordinate) -> Bool { layer.areas.contains(place, feature: feature) }

  /// A place in both; `nil` if there is none.
  ///
  /// - Parameter check: called again and again; ends the work by throwing.
  func overlap<Failure: Error>(
    with other: MeantArea, check: () throws(Failure) -> Void
  ) throws(Failure) -> Coordinate? {
    try layer.areas.overlap(feature: feature, with: other.layer.areas, feature: other.feature, check: check)
  }
}
