import API
import CMessages
import Geometry

extension WayDirection: WireEnum {
  var wire: Tocsin__V1__WayDirection {
    switch self {
    case .both: TOCSIN__V1__WAY_DIRECTION__WAY_DIRECTION_BOTH
    case .forward: TOCSIN__V1__WAY_DIRECTION__WAY_DIRECTION_FORWARD
    case .backward: TOCSIN__V1__WAY_DIRECTION__WAY_DIRECTION_BACKWARD
    }
  }
}

extension RoadSelector {
  static func read(_ message: Tocsin__V1__RoadClosure, closureID: String) throws(CallStatus) -> RoadSelector {
    switch message.selector_case {
    case TOCSIN__V1__ROAD_CLOSURE__SELECTOR_WAY:
      return try way(present(message.way, "way"))
    case TOCSIN__V1__ROAD_CLOSURE__SELECTOR_NODES:
      let pair = try present(message.nodes, "nodes")
      return .nodes(
        OSMNodePair(from: pair.from_osm_node, to: pair.to_osm_node), direction: try .read(pair.direction, "direction"))
    case TOCSIN__V1__ROAD_CLOSURE__SELECTOR_POINT:
      let point = try PointSelector.required(message.point, "point")
      return .point(point.coordinate, radiusMeters: point.radiusMeters, headingDegrees: point.headingDegrees)
    case TOCSIN__V1__ROAD_CLOSURE__SELECTOR_NEAREST:
      let point = try PointSelector.required(message.nearest, "nearest")
      return .nearest(point.coordinate, radiusMeters: point.radiusMeters, headingDegrees: point.headingDegrees)
    case TOCSIN__V1__ROAD_CLOSURE__SELECTOR_POLYLINE:
      let line = try present(message.polyline, "polyline")
      return .polyline(
        try .read(line.points, line.n_points),
        direction: line.as_roads_are != 0 ? nil : try .read(line.direction, "direction"))
    case TOCSIN__V1__ROAD_CLOSURE__SELECTOR_POLYGON:
      let polygon = try present(message.polygon, "polygon")
      return .polygon(try .read(polygon.corners, polygon.n_corners))
    case TOCSIN__V1__ROAD_CLOSURE__SELECTOR_POLYLINES:
      let lines = try present(message.polylines, "polylines")
      return .polylines(
        try [Line].read(lines.lines, lines.n_lines).map(\.points),
        direction: lines.as_roads_are != 0 ? nil : try .read(lines.direction, "direction"))
    case TOCSIN__V1__ROAD_CLOSURE__SELECTOR_AREAS:
      let areas = try present(message.areas, "areas")
      return .areas(try .read(areas.areas, areas.n_areas))
    case TOCSIN__V1__ROAD_CLOSURE__SELECTOR_LINK:
      return .link(id: try present(message.link, "link").id.text("id"))
    default:
      throw CallStatus(EngineError(.invalidClosure, "the closure does not say which roads it means", value: closureID))
    }
  }

  private static func way(_ message: Tocsin__V1__WaySelector) throws(CallStatus) -> RoadSelector {
    let from = given(message.has_from_osm_node, message.from_osm_node)
    let to = given(message.has_to_osm_node, message.to_osm_node)
    guard (from == nil) == (to == nil) else {
      throw CallStatus(
        EngineError(.invalidClosure, "from_osm_node and to_osm_node go together", value: "\(message.osm_id)"))
    }
    let nodes = from.flatMap { from in to.map { OSMNodePair(from: from, to: $0) } }
    return .way(osmID: message.osm_id, direction: try .read(message.direction, "direction"), nodes: nodes)
  }

  func write(to message: inout Tocsin__V1__RoadClosure, in arena: MessageArena) {
    switch self {
    case .way(let osmID, let direction, let nodes):
      message.selector_case = TOCSIN__V1__ROAD_CLOSURE__SELECTOR_WAY
      message.way = arena.message(tocsin__v1__way_selector__init) {
        ($0.osm_id, $0.direction) = (osmID, direction.wire)
        ($0.has_from_osm_node, $0.from_osm_node) = given(nodes?.from)
        ($0.has_to_osm_node, $0.to_osm_node) = given(nodes?.to)
      }
    case .nodes(let nodes, let direction):
      message.selector_case = TOCSIN__V1__ROAD_CLOSURE__SELECTOR_NODES
      message.nodes = arena.message(tocsin__v1__nodes_selector__init) {
        ($0.from_osm_node, $0.to_osm_node, $0.direction) = (nodes.from, nodes.to, direction.wire)
      }
    case .point(let coordinate, let radiusMeters, let headingDegrees):
      message.selector_case = TOCSIN__V1__ROAD_CLOSURE__SELECTOR_POINT
      message.point = arena.message(
        PointSelector(coordinate: coordinate, radiusMeters: radiusMeters, headingDegrees: headingDegrees))
    case .nearest(let coordinate, let radiusMeters, let headingDegrees):
      message.selector_case = TOCSIN__V1__ROAD_CLOSURE__SELECTOR_NEAREST
      message.nearest = arena.message(
        PointSelector(coordinate: coordinate, radiusMeters: radiusMeters, headingDegrees: headingDegrees))
    case .polyline(let points, let direction):
      message.selector_case = TOCSIN__V1__ROAD_CLOSURE__SELECTOR_POLYLINE
      message.polyline = arena.message(tocsin__v1__polyline_selector__init) {
        ($0.n_points, $0.points) = arena.messages(points)
        ($0.direction, $0.as_roads_are) = ((direction ?? .both).wire, direction == nil ? 1 : 0)
      }
    case .polygon(let corners):
      message.selector_case = TOCSIN__V1__ROAD_CLOSURE__SELECTOR_POLYGON
      message.polygon = arena.message(tocsin__v1__polygon_selector__init) {
        ($0.n_corners, $0.corners) = arena.messages(corners)
      }
    case .polylines(let lines, let direction):
      message.selector_case = TOCSIN__V1__ROAD_CLOSURE__SELECTOR_POLYLINES
      message.polylines = arena.message(tocsin__v1__polylines_selector__init) {
        ($0.n_lines, $0.lines) = arena.messages(lines.map(Line.init))
        ($0.direction, $0.as_roads_are) = ((direction ?? .both).wire, direction == nil ? 1 : 0)
      }
    case .areas(let areas):
      message.selector_case = TOCSIN__V1__ROAD_CLOSURE__SELECTOR_AREAS
      message.areas = arena.message(tocsin__v1__areas_selector__init) {
        ($0.n_areas, $0.areas) = arena.messages(areas)
      }
    case .link(let id):
      message.selector_case = TOCSIN__V1__ROAD_CLOSURE__SELECTOR_LINK
      message.link = arena.message(tocsin__v1__link_selector__init) { $0.id = arena.text(id) }
    }
  }
}

/// Points one after the other.
private struct Line: WireValue {
  var points: [Coordinate]

  static let initialize = tocsin__v1__line__init
  static func read(_ message: Tocsin__V1__Line) throws(CallStatus) -> Line {
    Line(points: try .read(message.points, message.n_points))
  }

  func write(to message: inout Tocsin__V1__Line, in arena: MessageArena) {
    (message.n_points, message.points) = arena.messages(points)
  }
}

extension Area: WireValue {
  static let initialize = tocsin__v1__area__init
  static func read(_ message: Tocsin__V1__Area) throws(CallStatus) -> Area {
    Area(
      try .read(message.corners, message.n_corners),
      holes: try [Line].read(message.holes, message.n_holes).map(\.points))
  }

  func write(to message: inout Tocsin__V1__Area, in arena: MessageArena) {
    (message.n_corners, message.corners) = arena.messages(corners)
    (message.n_holes, message.holes) = arena.messages(holes.map(Line.init))
  }
}

/// Roads near a place, all or the nearest one.
private struct PointSelector: WireValue {
  var coordinate: Coordinate
  var radiusMeters: Double
  var headingDegrees: Double?

  static let initialize = tocsin__v1__point_selector__init
  static func read(_ message: Tocsin__V1__PointSelector) throws(CallStatus) -> PointSelector {
    PointSelector(
      coordinate: try .read(message.coordinate, of: "the closure"),
      radiusMeters: try message.radius_meters.finite("radius_meters", .invalidRadius),
      headingDegrees: try given(message.has_heading_degrees, message.heading_degrees)?
        .finite("heading_degrees", .invalidHeading))
  }

  func write(to message: inout Tocsin__V1__PointSelector, in arena: MessageArena) {
    message.coordinate = arena.message(coordinate)
    message.radius_meters = radiusMeters
    (message.has_heading_degrees, message.heading_degrees) = given(headingDegrees)
  }
}

extension LevelFilter.Presence: WireEnum {
  var wire: Tocsin__V1__LevelPresence {
    switch self {
    case .included: TOCSIN__V1__LEVEL_PRESENCE__LEVEL_PRESENCE_INCLUDED
    case .excluded: TOCSIN__V1__LEVEL_PRESENCE__LEVEL_PRESENCE_EXCLUDED
    case .only: TOCSIN__V1__LEVEL_PRESENCE__LEVEL_PRESENCE_ONLY
    }
  }
}

extension LevelFilter: WireValue {
  static let initialize = tocsin__v1__level_filter__init
  static func read(_ message: Tocsin__V1__LevelFilter) throws(CallStatus) -> LevelFilter {
    LevelFilter(
      layers: try layers(message), bridges: try .read(message.bridges, "presence"),
      tunnels: try .read(message.tunnels, "presence"))
  }

  private static func layers(_ message: Tocsin__V1__LevelFilter) throws(CallStatus) -> ClosedRange<Int8>? {
    if message.has_layer_min == 0, message.has_layer_max == 0 { return nil }
    guard message.has_layer_min != 0, message.has_layer_max != 0, message.layer_min <= message.layer_max,
      let low = Int8(exactly: message.layer_min), let high = Int8(exactly: message.layer_max)
    else {
      throw CallStatus(
        EngineError(
          .invalidClosure, "layer_min and layer_max belong together, the lower one first, -128 to 127",
          value: "\(message.layer_min) \(message.layer_max)"))
    }
    return low...high
  }

  func write(to message: inout Tocsin__V1__LevelFilter, in arena: MessageArena) {
    (message.bridges, message.tunnels) = (bridges.wire, tunnels.wire)
    (message.has_layer_min, message.layer_min) = given(layers.map { Int32($0.lowerBound) })
    (message.has_layer_max, message.layer_max) = given(layers.map { Int32($0.upperBound) })
  }
}
