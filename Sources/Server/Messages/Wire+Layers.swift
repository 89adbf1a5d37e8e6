import API
import CMessages
import Geometry

extension LayerTag: WireValue {
  static let initialize = tocsin__v1__layer_tag__init
  static func read(_ message: Tocsin__V1__LayerTag) throws(CallStatus) -> LayerTag {
    LayerTag(try message.key.text("key"), try message.value.text("value"))
  }

  func write(to message: inout Tocsin__V1__LayerTag, in arena: MessageArena) {
    message.key = arena.text(key)
    message.value = arena.text(value)
  }
}

extension LayerFeature: WireValue {
  static let initialize = tocsin__v1__layer_feature__init
  static func read(_ message: Tocsin__V1__LayerFeature) throws(CallStatus) -> LayerFeature {
    let id = try message.id.text("id")
    return LayerFeature(
      id: id, name: try message.name.text("name"), try Shape.read(message, featureID: id),
      weight: try given(message.has_weight, message.weight)?.finite("weight", .invalidLayer) ?? 1,
      view: try LayerView.read(message, featureID: id), tags: try .read(message.tags, message.n_tags))
  }

  func write(to message: inout Tocsin__V1__LayerFeature, in arena: MessageArena) {
    message.id = arena.text(id)
    message.name = arena.text(name)
    shape.write(to: &message, in: arena)
    (message.has_heading_degrees, message.heading_degrees) = given(view?.headingDegrees)
    (message.has_view_degrees, message.view_degrees) = given(view?.viewDegrees)
    (message.has_range_meters, message.range_meters) = given(view?.rangeMeters)
    (message.has_weight, message.weight) = given(weight == 1 ? nil : weight)
    (message.n_tags, message.tags) = arena.messages(tags)
  }
}

extension LayerFeature.Shape {
  fileprivate static func read(
    _ message: Tocsin__V1__LayerFeature, featureID id: String
  ) throws(CallStatus) -> LayerFeature.Shape {
    switch message.shape_case {
    case TOCSIN__V1__LAYER_FEATURE__SHAPE_POINT: return .point(try .read(message.point, of: "feature \(id)"))
    case TOCSIN__V1__LAYER_FEATURE__SHAPE_AREAS:
      let areas = try present(message.areas, "areas")
      return .areas(try .read(areas.areas, areas.n_areas))
    default: throw CallStatus(EngineError(.invalidLayer, "the feature is neither a point nor areas", value: id))
    }
  }

  fileprivate func write(to message: inout Tocsin__V1__LayerFeature, in arena: MessageArena) {
    switch self {
    case .point(let point):
      (message.shape_case, message.point) = (TOCSIN__V1__LAYER_FEATURE__SHAPE_POINT, arena.message(point))
    case .areas(let areas):
      message.shape_case = TOCSIN__V1__LAYER_FEATURE__SHAPE_AREAS
      message.areas = arena.message(tocsin__v1__areas_selector__init) {
        ($0.n_areas, $0.areas) = arena.messages(areas)
      }
    }
  }
}

extension LayerView {
  fileprivate static func read(
    _ message: Tocsin__V1__LayerFeature, featureID id: String
  ) throws(CallStatus) -> LayerView? {
    let heading = try given(message.has_heading_degrees, message.heading_degrees)?
      .finite("heading_degrees", .invalidHeading)
    let view = try given(message.has_view_degrees, message.view_degrees)?.finite("view_degrees", .invalidHeading)
    let range = try given(message.has_range_meters, message.range_meters)?.finite("range_meters", .invalidRadius)
    if let heading { return LayerView(headingDegrees: heading, viewDegrees: view, rangeMeters: range) }
    guard view == nil, range == nil else {
      throw CallStatus(
        EngineError(.invalidLayer, "it looks nowhere: a view or a range needs a heading", value: id))
    }
    return nil
  }
}

extension LayerSide: WireEnum {
  var wire: Tocsin__V1__LayerSide {
    switch self {
    case .nearest: TOCSIN__V1__LAYER_SIDE__LAYER_SIDE_NEAREST
    case .both: TOCSIN__V1__LAYER_SIDE__LAYER_SIDE_BOTH
    case .faced: TOCSIN__V1__LAYER_SIDE__LAYER_SIDE_FACED
    }
  }
}

extension LayerRule: WireValue {
  static let initialize = tocsin__v1__layer_rule__init
  static func read(_ message: Tocsin__V1__LayerRule) throws(CallStatus) -> LayerRule {
    let meters = try message.road_meters_max.finite("road_meters_max", .invalidRadius)
    return LayerRule(
      roadMetersMax: meters == 0 ? LayerRule.roadMetersUsual : meters,
      side: try .read(message.side, "side of a layer", .invalidLayer),
      levels: try LevelFilter.optional(message.levels) ?? .all)
  }

  func write(to message: inout Tocsin__V1__LayerRule, in arena: MessageArena) {
    message.road_meters_max = roadMetersMax
    message.side = side.wire
    if levels != .all { message.levels = arena.message(levels) }
  }
}

/// A layer to put, or to look at what putting it would do.
public struct PutLayerRequest: WireValue, Hashable, Sendable {
  public var layer: Layer
  public var isDryRun: Bool

  public init(_ layer: Layer, isDryRun: Bool = false) { (self.layer, self.isDryRun) = (layer, isDryRun) }

  static let initialize = tocsin__v1__put_layer_request__init
  static func read(_ message: Tocsin__V1__PutLayerRequest) throws(CallStatus) -> PutLayerRequest {
    PutLayerRequest(
      Layer(
        try message.layer.text("layer"), features: try .read(message.features, message.n_features),
        rule: try LayerRule.optional(message.rule) ?? LayerRule(), revision: message.revision),
      isDryRun: message.dry_run != 0)
  }

  func write(to message: inout Tocsin__V1__PutLayerRequest, in arena: MessageArena) {
    message.layer = arena.text(layer.name)
    (message.n_features, message.features) = arena.messages(layer.features)
    if layer.rule != LayerRule() { message.rule = arena.message(layer.rule) }
    message.dry_run = isDryRun ? 1 : 0
    message.revision = layer.revision
  }
}

/// A layer to remove.
public struct RemoveLayerRequest: WireValue, Sendable {
  public var name: String

  public init(_ name: String) { self.name = name }

  static let initialize = tocsin__v1__remove_layer_request__init
  static func read(_ message: Tocsin__V1__RemoveLayerRequest) throws(CallStatus) -> RemoveLayerRequest {
    RemoveLayerRequest(try message.layer.text("layer"))
  }

  func write(to message: inout Tocsin__V1__RemoveLayerRequest, in arena: MessageArena) {
    message.layer = arena.text(name)
  }
}

/// A layer whose features are asked for.
public struct ExportLayerRequest: WireValue, Sendable {
  public var name: String

  public init(_ name: String) { self.name = name }

  static let initialize = tocsin__v1__export_layer_request__init
  static func read(_ message: Tocsin__V1__ExportLayerRequest) throws(CallStatus) -> ExportLayerRequest {
    ExportLayerRequest(try message.layer.text("layer"))
  }

  func write(to message: inout Tocsin__V1__ExportLayerRequest, in arena: MessageArena) {
    message.layer = arena.text(name)
  }
}

extension LayerInfo: WireValue {
  static let initialize = tocsin__v1__layer_info__init
  static func read(_ message: Tocsin__V1__LayerInfo) throws(CallStatus) -> LayerInfo {
    var info = LayerInfo(
      try message.layer.text("layer"), rule: try LayerRule.optional(message.rule) ?? LayerRule(),
      revision: message.revision)
    (info.pointCount, info.areaCount) = (Int(message.point_count), Int(message.area_count))
    info.weight = message.weight
    info.offRoad = try IDList.optional(message.off_road) ?? IDList()
    return info
  }

  func write(to message: inout Tocsin__V1__LayerInfo, in arena: MessageArena) {
    message.layer = arena.text(name)
    message.rule = arena.message(rule)
    message.revision = revision
    (message.point_count, message.area_count) = (UInt32(clamping: pointCount), UInt32(clamping: areaCount))
    message.weight = weight
    message.off_road = arena.message(offRoad)
  }
}

extension LayersAnswer: WireValue {
  static let initialize = tocsin__v1__layers_answer__init
  static func read(_ message: Tocsin__V1__LayersAnswer) throws(CallStatus) -> LayersAnswer {
    LayersAnswer(version: message.version, layers: try .read(message.layers, message.n_layers))
  }

  func write(to message: inout Tocsin__V1__LayersAnswer, in arena: MessageArena) {
    message.version = version
    (message.n_layers, message.layers) = arena.messages(layers)
  }
}

extension LayerAnswer: WireValue {
  static let initialize = tocsin__v1__layer_answer__init
  static func read(_ message: Tocsin__V1__LayerAnswer) throws(CallStatus) -> LayerAnswer {
    LayerAnswer(
      version: message.version,
      layer: Layer(
        try message.layer.text("layer"), features: try .read(message.features, message.n_features),
        rule: try LayerRule.optional(message.rule) ?? LayerRule(), revision: message.revision))
  }

  func write(to message: inout Tocsin__V1__LayerAnswer, in arena: MessageArena) {
    message.version = version
    message.layer = arena.text(layer.name)
    message.rule = arena.message(layer.rule)
    message.revision = layer.revision
    (message.n_features, message.features) = arena.messages(layer.features)
  }
}
