import API
import CMessages
import Geometry

extension WayDirection {
  /// The direction of a field. Throws `INVALID_CLOSURE`.
  static func read(_ direction: Tocsin__V1__WayDirection) throws(CallStatus) -> WayDirection {
    switch direction {
    case TOCSIN__V1__WAY_DIRECTION__WAY_DIRECTION_BOTH: return .both
    case TOCSIN__V1__WAY_DIRECTION__WAY_DIRECTION_FORWARD: return .forward
    case TOCSIN__V1__WAY_DIRECTION__WAY_DIRECTION_BACKWARD: return .backward
    default: throw CallStatus(EngineError(.invalidClosure, "unknown direction", value: "\(direction.rawValue)"))
    }
  }

  var wire: Tocsin__V1__WayDirection {
    switch self {
    case .both: TOCSIN__V1__WAY_DIRECTION__WAY_DIRECTION_BOTH
    case .forward: TOCSIN__V1__WAY_DIRECTION__WAY_DIRECTION_FORWARD
    case .backward: TOCSIN__V1__WAY_DIRECTION__WAY_DIRECTION_BACKWARD
    }
  }
}

// The cases of `RoadSelector`, each as its message.

struct WaySelector {
  var osmID: Int64
  var direction: WayDirection
  var nodes: OSMNodePair?
}

struct NodesSelector {
  var nodes: OSMNodePair
  var direction: WayDirection
}

struct PointSelector {
  var coordinate: Coordinate
  var radiusMeters: Double
  var headingDegrees: Double?
}

struct PolylineSelector {
  var points: [Coordinate]
  var direction: WayDirection
}

struct PolygonSelector {
  var corners: [Coordinate]
}

struct LinkSelector {
  var id: String
}

extension WaySelector: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__WaySelector>) {
    tocsin__v1__way_selector__init(message)
  }

  static func read(_ message: Tocsin__V1__WaySelector) throws(CallStatus) -> WaySelector {
    let hasFrom = message.has_from_osm_node_case.rawValue != 0
    guard hasFrom == (message.has_to_osm_node_case.rawValue != 0) else {
      throw CallStatus(
        EngineError(.invalidClosure, "from_osm_node and to_osm_node go together", value: "\(message.osm_id)"))
    }
    return WaySelector(
      osmID: message.osm_id, direction: try WayDirection.read(message.direction),
      nodes: hasFrom ? OSMNodePair(from: message.from_osm_node, to: message.to_osm_node) : nil)
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__WaySelector>, in arena: MessageArena) {
    message.pointee.osm_id = osmID
    message.pointee.direction = direction.wire
    guard let nodes else { return }
    message.pointee.has_from_osm_node_case = TOCSIN__V1__WAY_SELECTOR__HAS_FROM_OSM_NODE_FROM_OSM_NODE
    message.pointee.from_osm_node = nodes.from
    message.pointee.has_to_osm_node_case = TOCSIN__V1__WAY_SELECTOR__HAS_TO_OSM_NODE_TO_OSM_NODE
    message.pointee.to_osm_node = nodes.to
  }
}

extension NodesSelector: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__NodesSelector>) {
    tocsin__v1__nodes_selector__init(message)
  }

  static func read(_ message: Tocsin__V1__NodesSelector) throws(CallStatus) -> NodesSelector {
    NodesSelector(
      nodes: OSMNodePair(from: message.from_osm_node, to: message.to_osm_node),
      direction: try WayDirection.read(message.direction))
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__NodesSelector>, in arena: MessageArena) {
    message.pointee.from_osm_node = nodes.from
    message.pointee.to_osm_node = nodes.to
    message.pointee.direction = direction.wire
  }
}

extension PointSelector: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__PointSelector>) {
    tocsin__v1__point_selector__init(message)
  }

  static func read(_ message: Tocsin__V1__PointSelector) throws(CallStatus) -> PointSelector {
    PointSelector(
      coordinate: try Coordinate.read(message.coordinate, of: "the closure"),
      radiusMeters: try WireReader.radius(message.radius_meters),
      headingDegrees: message.has_heading_degrees_case.rawValue == 0
        ? nil : try WireReader.heading(message.heading_degrees, "heading_degrees"))
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__PointSelector>, in arena: MessageArena) {
    message.pointee.coordinate = arena.message(coordinate)
    message.pointee.radius_meters = radiusMeters
    guard let headingDegrees else { return }
    message.pointee.has_heading_degrees_case = TOCSIN__V1__POINT_SELECTOR__HAS_HEADING_DEGREES_HEADING_DEGREES
    message.pointee.heading_degrees = headingDegrees
  }
}

extension PolylineSelector: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__PolylineSelector>) {
    tocsin__v1__polyline_selector__init(message)
  }

  static func read(_ message: Tocsin__V1__PolylineSelector) throws(CallStatus) -> PolylineSelector {
    PolylineSelector(
      points: try WireReader.messages(message.points, message.n_points),
      direction: try WayDirection.read(message.direction))
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__PolylineSelector>, in arena: MessageArena) {
    (message.pointee.n_points, message.pointee.points) = (points.count, arena.messages(points))
    message.pointee.direction = direction.wire
  }
}

extension PolygonSelector: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__PolygonSelector>) {
    tocsin__v1__polygon_selector__init(message)
  }

  static func read(_ message: Tocsin__V1__PolygonSelector) throws(CallStatus) -> PolygonSelector {
    PolygonSelector(corners: try WireReader.messages(message.corners, message.n_corners))
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__PolygonSelector>, in arena: MessageArena) {
    (message.pointee.n_corners, message.pointee.corners) = (corners.count, arena.messages(corners))
  }
}

extension LinkSelector: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__LinkSelector>) {
    tocsin__v1__link_selector__init(message)
  }

  static func read(_ message: Tocsin__V1__LinkSelector) throws(CallStatus) -> LinkSelector {
    LinkSelector(id: try WireReader.text(message.id, "id"))
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__LinkSelector>, in arena: MessageArena) {
    message.pointee.id = arena.text(id)
  }
}

extension LevelFilter.Presence {
  /// The presence of a field. Throws `INVALID_CLOSURE`.
  static func read(_ presence: Tocsin__V1__LevelPresence) throws(CallStatus) -> LevelFilter.Presence {
    switch presence {
    case TOCSIN__V1__LEVEL_PRESENCE__LEVEL_PRESENCE_INCLUDED: return .included
    case TOCSIN__V1__LEVEL_PRESENCE__LEVEL_PRESENCE_EXCLUDED: return .excluded
    case TOCSIN__V1__LEVEL_PRESENCE__LEVEL_PRESENCE_ONLY: return .only
    default: throw CallStatus(EngineError(.invalidClosure, "unknown presence", value: "\(presence.rawValue)"))
    }
  }

  var wire: Tocsin__V1__LevelPresence {
    switch self {
    case .included: TOCSIN__V1__LEVEL_PRESENCE__LEVEL_PRESENCE_INCLUDED
    case .excluded: TOCSIN__V1__LEVEL_PRESENCE__LEVEL_PRESENCE_EXCLUDED
    case .only: TOCSIN__V1__LEVEL_PRESENCE__LEVEL_PRESENCE_ONLY
    }
  }
}

extension LevelFilter: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__LevelFilter>) {
    tocsin__v1__level_filter__init(message)
  }

  static func read(_ message: Tocsin__V1__LevelFilter) throws(CallStatus) -> LevelFilter {
    LevelFilter(
      layers: try layers(message), bridges: try Presence.read(message.bridges),
      tunnels: try Presence.read(message.tunnels))
  }

  private static func layers(_ message: Tocsin__V1__LevelFilter) throws(CallStatus) -> ClosedRange<Int8>? {
    let hasMin = message.has_layer_min_case.rawValue != 0
    if !hasMin, message.has_layer_max_case.rawValue == 0 { return nil }
    guard hasMin, message.has_layer_max_case.rawValue != 0, message.layer_min <= message.layer_max,
      let low = Int8(exactly: message.layer_min), let high = Int8(exactly: message.layer_max)
    else {
      throw CallStatus(
        EngineError(
          .invalidClosure, "layer_min and layer_max belong together, the lower one first, -128 to 127",
          value: "\(message.layer_min) \(message.layer_max)"))
    }
    return low...high
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__LevelFilter>, in arena: MessageArena) {
    message.pointee.bridges = bridges.wire
    message.pointee.tunnels = tunnels.wire
    guard let layers else { return }
    message.pointee.has_layer_min_case = TOCSIN__V1__LEVEL_FILTER__HAS_LAYER_MIN_LAYER_MIN
    message.pointee.layer_min = Int32(layers.lowerBound)
    message.pointee.has_layer_max_case = TOCSIN__V1__LEVEL_FILTER__HAS_LAYER_MAX_LAYER_MAX
    message.pointee.layer_max = Int32(layers.upperBound)
  }
}
