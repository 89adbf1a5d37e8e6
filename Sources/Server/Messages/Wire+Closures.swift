import API
import CMessages
import Geometry

extension RoadClosure: WireValue {
  static let initialize = tocsin__v1__road_closure__init
  static func read(_ message: Tocsin__V1__RoadClosure) throws(CallStatus) -> RoadClosure {
    let id = try message.id.text("id")
    var closure = RoadClosure(
      id: id, source: try message.source.text("source"),
      selector: try RoadSelector.read(message, closureID: id), effect: try RoadEffect.read(message),
      scope: try ClosureScope.read(message), reason: try message.reason.text("reason"),
      hours: try message.hours.text("hours"), revision: message.revision)
    closure.levels = try LevelFilter.optional(message.levels) ?? .all
    closure.from = try given(message.has_from_unix_milliseconds, message.from_unix_milliseconds)?
      .moment("from_unix_milliseconds", .invalidClosure)
    closure.until = try given(message.has_until_unix_milliseconds, message.until_unix_milliseconds)?
      .moment("until_unix_milliseconds", .invalidClosure)
    return closure
  }

  func write(to message: inout Tocsin__V1__RoadClosure, in arena: MessageArena) {
    message.id = arena.text(id)
    message.source = arena.text(source)
    selector.write(to: &message, in: arena)
    effect.write(to: &message)
    scope.write(to: &message, in: arena)
    message.reason = arena.text(reason)
    message.hours = arena.text(hours)
    if levels != .all { message.levels = arena.message(levels) }
    (message.has_from_unix_milliseconds, message.from_unix_milliseconds) = given(from?.unixMilliseconds)
    (message.has_until_unix_milliseconds, message.until_unix_milliseconds) = given(until?.unixMilliseconds)
    message.revision = revision
  }
}

extension RoadEffect {
  fileprivate static func read(_ message: Tocsin__V1__RoadClosure) throws(CallStatus) -> RoadEffect {
    switch message.effect_case {
    case TOCSIN__V1__ROAD_CLOSURE__EFFECT_FACTOR: .factor(try message.factor.finite("factor", .invalidClosure))
    case TOCSIN__V1__ROAD_CLOSURE__EFFECT_DELAY_SECONDS:
      .delay(seconds: try message.delay_seconds.finite("delay_seconds", .invalidClosure))
    case TOCSIN__V1__ROAD_CLOSURE__EFFECT_SPEED_KMH:
      .speed(kmh: try message.speed_kmh.finite("speed_kmh", .invalidClosure))
    default: .closed
    }
  }

  fileprivate func write(to message: inout Tocsin__V1__RoadClosure) {
    switch self {
    case .closed: break
    case .factor(let factor):
      (message.effect_case, message.factor) = (TOCSIN__V1__ROAD_CLOSURE__EFFECT_FACTOR, factor)
    case .delay(let seconds):
      (message.effect_case, message.delay_seconds) = (TOCSIN__V1__ROAD_CLOSURE__EFFECT_DELAY_SECONDS, seconds)
    case .speed(let kmh):
      (message.effect_case, message.speed_kmh) = (TOCSIN__V1__ROAD_CLOSURE__EFFECT_SPEED_KMH, kmh)
    }
  }
}

extension MatchedWay: WireValue {
  static let initialize = tocsin__v1__matched_way__init
  static func read(_ message: Tocsin__V1__MatchedWay) throws(CallStatus) -> MatchedWay {
    var way = MatchedWay(
      osmID: message.osm_id, name: try message.name.text("name"), lengthMeters: message.length_meters,
      // One that is not known is both.
      direction: WayDirection(wire: message.direction) ?? .both)
    let lines = try [String].read(message.polyline6, message.n_polyline6, "polyline6")
    way.shapes = try lines.map { text throws(CallStatus) in try .line(polyline6: text) }
    return way
  }

  func write(to message: inout Tocsin__V1__MatchedWay, in arena: MessageArena) {
    message.osm_id = osmID
    message.name = arena.text(name)
    message.length_meters = lengthMeters
    message.direction = direction.wire
    (message.n_polyline6, message.polyline6) = arena.texts(shapes.map { Polyline.encode($0) })
  }
}

extension ListedClosure: WireValue {
  static let initialize = tocsin__v1__listed_closure__init
  static func read(_ message: Tocsin__V1__ListedClosure) throws(CallStatus) -> ListedClosure {
    ListedClosure(
      closure: try .required(message.closure, "closure"), isActive: message.is_active != 0,
      ways: try .read(message.ways, message.n_ways))
  }

  func write(to message: inout Tocsin__V1__ListedClosure, in arena: MessageArena) {
    message.closure = arena.message(closure)
    message.is_active = isActive ? 1 : 0
    (message.n_ways, message.ways) = arena.messages(ways)
  }
}
