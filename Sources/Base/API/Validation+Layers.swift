import Geometry

/// Checks of layers.
extension Validation {
  /// - Throws: ``EngineError`` for the first value of the layer that can't be taken; its message names the feature.
  ///   `INVALID_LAYER`, `DUPLICATE_FEATURE`, `INVALID_COORDINATE`, `INVALID_HEADING`, `LIMIT_EXCEEDED`. O(features).
  public static func layer(_ layer: Layer, _ limits: EngineLimits) throws(EngineError) {
    try layerName(layer.name)
    try named("layer \(layer.name)") { () throws(EngineError) in
      let meters = layer.rule.roadMetersMax
      guard meters > 0, meters <= Limits.snapRadiusMeters else {
        throw EngineError(
          .invalidRadius, "a road is above 0 and at most \(Limits.snapRadiusMeters) m away", value: "\(meters)")
      }
      try atMost(
        limits.layerFeaturesMax, "limits.layer_features", layer.features.count, "too many features in one layer")
      let corners = layer.features.reduce(0) {
        $0 + $1.areas.reduce(0) { $0 + $1.outlines.reduce(0) { $0 + $1.count } }
      }
      try atMost(limits.layerCornersMax, "limits.layer_corners", corners, "too many corners of areas in one layer")
      var seen: Set<String> = []
      seen.reserveCapacity(layer.features.count)
      for feature in layer.features {
        try self.feature(feature)
        guard seen.insert(feature.id).inserted else {
          throw EngineError(.duplicateFeature, "the id is given twice", value: feature.id)
        }
      }
    }
  }

  /// - Throws: `INVALID_LAYER` for a name that is empty, too long, or has a slash.
  public static func layerName(_ name: String) throws(EngineError) {
    try id(name, .invalidLayer)
    // A choice names one area of a layer as `layer/id`.
    guard !name.contains("/") else { throw EngineError(.invalidLayer, "a layer's name has no slash", value: name) }
  }

  /// - Throws: ``EngineError`` for the first value of the feature that can't be taken; its message names it.
  public static func feature(_ feature: LayerFeature) throws(EngineError) {
    try id(feature.id, .invalidLayer)
    do throws(EngineError) {
      try text(feature.name, "the name", .invalidLayer)
      guard feature.weight >= 0, feature.weight <= Limits.layerWeightMax else {
        throw EngineError(.invalidLayer, "a weight is 0 to \(Int(Limits.layerWeightMax))", value: "\(feature.weight)")
      }
      if let view = feature.view { try self.view(view) }
      try tags(feature.tags)
      switch feature.shape {
      case .point(let point): try coordinate(point)
      case .areas(let areas): try self.areas(areas)
      }
    } catch {
      throw EngineError(error.code, "feature \(feature.id): \(error.message)", value: error.value)
    }
  }

  private static func view(_ view: LayerView) throws(EngineError) {
    try heading(view.headingDegrees)
    if let degrees = view.viewDegrees, !(degrees > 0 && degrees <= 360) {
      throw EngineError(
        .invalidHeading, "it looks nowhere: a view is above 0 and at most 360 degrees wide", value: "\(degrees)")
    }
    if let meters = view.rangeMeters { try radius(meters, max: Limits.layerRangeMetersMax) }
  }

  /// What a feature says of itself: a tag of this name would be read as that the next time.
  private static let ownNames: Set = ["name", "weight", "heading", "view_degrees", "range_meters"]

  private static func tags(_ tags: [LayerTag]) throws(EngineError) {
    try atMost(Limits.layerTagsMax, "layer_tags", tags.count, "too many tags")
    if Set(tags.map(\.key)).count < tags.count {
      throw EngineError(.invalidLayer, "a tag is given twice", value: "\(tags.count) tags")
    }
    for tag in tags {
      guard !ownNames.contains(tag.key) else {
        throw EngineError(.invalidLayer, "\(tag.key) is no tag, and not understood as what it is", value: tag.value)
      }
      if tag.key.isEmpty { throw EngineError(.invalidLayer, "a tag has no key", value: tag.value) }
      try atMost(
        Limits.layerTagBytesMax, "layer_tag_bytes", tag.key.utf8.count + tag.value.utf8.count,
        "the tag \(tag.key.prefix(40)) is too long")
    }
  }

  private static func areas(_ areas: [Area]) throws(EngineError) {
    if areas.isEmpty { throw EngineError(.invalidLayer, "it has no area", value: "0") }
    for outline in areas.flatMap(\.outlines) {
      guard outline.count >= 3 else {
        throw EngineError(
          .invalidLayer, "an area, or a hole in one, has at least three corners", value: "\(outline.count)")
      }
      for corner in outline { try coordinate(corner) }
      try extent(outline)
    }
    for area in areas where Coordinate.areOnOneLine(area.corners) {
      throw EngineError(.invalidLayer, "all corners of an area lie on one line", value: "\(area.corners.count) corners")
    }
  }

  private static func extent(_ outline: [Coordinate]) throws(EngineError) {
    let meters = BoundingBox(of: outline).diagonalMeters
    // From corner to corner it is a short way round the earth, too.
    let degrees = Coordinate.degreesEast(along: outline)
    guard meters <= Limits.layerAreaMetersMax, degrees <= Coordinate.halfTurnDegrees else {
      throw EngineError(
        .limitExceeded, "the area is too large: layer_area_meters = \(Int(Limits.layerAreaMetersMax))",
        value: "\(Int(meters)) m, \(Int(degrees)) degrees of longitude")
    }
  }
}
