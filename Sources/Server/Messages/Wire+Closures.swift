import API
import CMessages
import Foundation

extension RoadClosure: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__RoadClosure>) {
    tocsin__v1__road_closure__init(message)
  }

  static func read(_ message: Tocsin__V1__RoadClosure) throws(CallStatus) -> RoadClosure {
    let id = try WireReader.text(message.id, "id")
    var closure = RoadClosure(
      id: id, source: try WireReader.text(message.source, "source"),
      selector: try RoadSelector.read(message, closureID: id), effect: try RoadEffect.read(message),
      scope: try ClosureScope.read(message), reason: try WireReader.text(message.reason, "reason"),
      hours: try WireReader.text(message.hours, "hours"), revision: message.revision)
    if let levels = message.levels { closure.levels = try LevelFilter.read(levels.pointee) }
    if message.has_from_unix_milliseconds_case.rawValue != 0 {
      closure.from = try Date.read(
        unixMilliseconds: message.from_unix_milliseconds, "from_unix_milliseconds", .invalidClosure)
    }
    if message.has_until_unix_milliseconds_case.rawValue != 0 {
      closure.until = try Date.read(
        unixMilliseconds: message.until_unix_milliseconds, "until_unix_milliseconds", .invalidClosure)
    }
    return closure
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__RoadClosure>, in arena: MessageArena) {
    message.pointee.id = arena.text(id)
    message.pointee.source = arena.text(source)
    selector.write(to: message, in: arena)
    effect.write(to: message)
    scope.write(to: message, in: arena)
    message.pointee.reason = arena.text(reason)
    message.pointee.hours = arena.text(hours)
    if levels != .all { message.pointee.levels = arena.message(levels) }
    if let from {
      message.pointee.has_from_unix_milliseconds_case =
        TOCSIN__V1__ROAD_CLOSURE__HAS_FROM_UNIX_MILLISECONDS_FROM_UNIX_MILLISECONDS
      message.pointee.from_unix_milliseconds = from.unixMilliseconds
    }
    if let until {
      message.pointee.has_until_unix_milliseconds_case =
        TOCSIN__V1__ROAD_CLOSURE__HAS_UNTIL_UNIX_MILLISECONDS_UNTIL_UNIX_MILLISECONDS
      message.pointee.until_unix_milliseconds = until.unixMilliseconds
    }
    message.pointee.revision = revision
  }
}

extension RoadSelector {
  fileprivate static func read(
    _ message: Tocsin__V1__RoadClosure, closureID: String
  ) throws(CallStatus) -> RoadSelector {
    switch message.selector_case {
    case TOCSIN__V1__ROAD_CLOSURE__SELECTOR_WAY:
      let way = try WireReader.required(message.way, "way", of: WaySelector.self)
      return .way(osmID: way.osmID, direction: way.direction, nodes: way.nodes)
    case TOCSIN__V1__ROAD_CLOSURE__SELECTOR_NODES:
      let nodes = try WireReader.required(message.nodes, "nodes", of: NodesSelector.self)
      return .nodes(nodes.nodes, direction: nodes.direction)
    case TOCSIN__V1__ROAD_CLOSURE__SELECTOR_POINT:
      let point = try WireReader.required(message.point, "point", of: PointSelector.self)
      return .point(point.coordinate, radiusMeters: point.radiusMeters, headingDegrees: point.headingDegrees)
    case TOCSIN__V1__ROAD_CLOSURE__SELECTOR_NEAREST:
      let point = try WireReader.required(message.nearest, "nearest", of: PointSelector.self)
      return .nearest(point.coordinate, radiusMeters: point.radiusMeters, headingDegrees: point.headingDegrees)
    case TOCSIN__V1__ROAD_CLOSURE__SELECTOR_POLYLINE:
      let line = try WireReader.required(message.polyline, "polyline", of: PolylineSelector.self)
      return .polyline(line.points, direction: line.direction)
    case TOCSIN__V1__ROAD_CLOSURE__SELECTOR_POLYGON:
      return .polygon(try WireReader.required(message.polygon, "polygon", of: PolygonSelector.self).corners)
    case TOCSIN__V1__ROAD_CLOSURE__SELECTOR_LINK:
      return .link(id: try WireReader.required(message.link, "link", of: LinkSelector.self).id)
    default:
      throw CallStatus(EngineError(.invalidClosure, "the closure names no roads", value: closureID))
    }
  }

  fileprivate func write(to message: UnsafeMutablePointer<Tocsin__V1__RoadClosure>, in arena: MessageArena) {
    switch self {
    case .way(let osmID, let direction, let nodes):
      message.pointee.selector_case = TOCSIN__V1__ROAD_CLOSURE__SELECTOR_WAY
      message.pointee.way = arena.message(WaySelector(osmID: osmID, direction: direction, nodes: nodes))
    case .nodes(let nodes, let direction):
      message.pointee.selector_case = TOCSIN__V1__ROAD_CLOSURE__SELECTOR_NODES
      message.pointee.nodes = arena.message(NodesSelector(nodes: nodes, direction: direction))
    case .point(let coordinate, let radiusMeters, let headingDegrees):
      message.pointee.selector_case = TOCSIN__V1__ROAD_CLOSURE__SELECTOR_POINT
      message.pointee.point = arena.message(
        PointSelector(coordinate: coordinate, radiusMeters: radiusMeters, headingDegrees: headingDegrees))
    case .nearest(let coordinate, let radiusMeters, let headingDegrees):
      message.pointee.selector_case = TOCSIN__V1__ROAD_CLOSURE__SELECTOR_NEAREST
      message.pointee.nearest = arena.message(
        PointSelector(coordinate: coordinate, radiusMeters: radiusMeters, headingDegrees: headingDegrees))
    case .polyline(let points, let direction):
      message.pointee.selector_case = TOCSIN__V1__ROAD_CLOSURE__SELECTOR_POLYLINE
      message.pointee.polyline = arena.message(PolylineSelector(points: points, direction: direction))
    case .polygon(let corners):
      message.pointee.selector_case = TOCSIN__V1__ROAD_CLOSURE__SELECTOR_POLYGON
      message.pointee.polygon = arena.message(PolygonSelector(corners: corners))
    case .link(let id):
      message.pointee.selector_case = TOCSIN__V1__ROAD_CLOSURE__SELECTOR_LINK
      message.pointee.link = arena.message(LinkSelector(id: id))
    }
  }
}

extension RoadEffect {
  fileprivate static func read(_ message: Tocsin__V1__RoadClosure) throws(CallStatus) -> RoadEffect {
    switch message.effect_case {
    case TOCSIN__V1__ROAD_CLOSURE__EFFECT_FACTOR:
      .factor(try WireReader.finite(message.factor, "factor", .invalidClosure))
    case TOCSIN__V1__ROAD_CLOSURE__EFFECT_DELAY_SECONDS:
      .delay(seconds: try WireReader.finite(message.delay_seconds, "delay_seconds", .invalidClosure))
    case TOCSIN__V1__ROAD_CLOSURE__EFFECT_SPEED_KMH:
      .speed(kmh: try WireReader.finite(message.speed_kmh, "speed_kmh", .invalidClosure))
    default: .closed
    }
  }

  fileprivate func write(to message: UnsafeMutablePointer<Tocsin__V1__RoadClosure>) {
    switch self {
    case .closed: break
    case .factor(let factor):
      message.pointee.effect_case = TOCSIN__V1__ROAD_CLOSURE__EFFECT_FACTOR
      message.pointee.factor = factor
    case .delay(let seconds):
      message.pointee.effect_case = TOCSIN__V1__ROAD_CLOSURE__EFFECT_DELAY_SECONDS
      message.pointee.delay_seconds = seconds
    case .speed(let kmh):
      message.pointee.effect_case = TOCSIN__V1__ROAD_CLOSURE__EFFECT_SPEED_KMH
      message.pointee.speed_kmh = kmh
    }
  }
}

extension MatchedWay: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__MatchedWay>) {
    tocsin__v1__matched_way__init(message)
  }

  static func read(_ message: Tocsin__V1__MatchedWay) throws(CallStatus) -> MatchedWay {
    MatchedWay(
      osmID: message.osm_id, name: try WireReader.text(message.name, "name"), lengthMeters: message.length_meters)
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__MatchedWay>, in arena: MessageArena) {
    message.pointee.osm_id = osmID
    message.pointee.name = arena.text(name)
    message.pointee.length_meters = lengthMeters
  }
}

extension ListedClosure: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__ListedClosure>) {
    tocsin__v1__listed_closure__init(message)
  }

  static func read(_ message: Tocsin__V1__ListedClosure) throws(CallStatus) -> ListedClosure {
    ListedClosure(
      closure: try WireReader.required(message.closure, "closure"), isActive: message.is_active != 0,
      ways: try WireReader.messages(message.ways, message.n_ways))
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__ListedClosure>, in arena: MessageArena) {
    message.pointee.closure = arena.message(closure)
    message.pointee.is_active = isActive ? 1 : 0
    (message.pointee.n_ways, message.pointee.ways) = (ways.count, arena.messages(ways))
  }
}
