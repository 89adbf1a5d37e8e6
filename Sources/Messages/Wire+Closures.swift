import CMessages
import Engine
import Foundation
import Geometry
import Traffic

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

/// The roads of one OSM way.
struct WaySelector {
  let osmID: Int64
  let direction: WayDirection
}

/// The roads around a place.
struct PointSelector {
  let coordinate: Coordinate
  let radiusMeters: Double
}

extension WaySelector: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__WaySelector>) {
    tocsin__v1__way_selector__init(message)
  }

  static func read(_ message: Tocsin__V1__WaySelector) throws(CallStatus) -> WaySelector {
    WaySelector(osmID: message.osm_id, direction: try WayDirection.read(message.direction))
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__WaySelector>, in arena: MessageArena) {
    message.pointee.osm_id = osmID
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
      radiusMeters: try WireReader.notNegative(message.radius_meters, "radius_meters", .invalidRadius))
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__PointSelector>, in arena: MessageArena) {
    message.pointee.coordinate = arena.message(coordinate)
    message.pointee.radius_meters = radiusMeters
  }
}

extension RoadClosure: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__RoadClosure>) {
    tocsin__v1__road_closure__init(message)
  }

  static func read(_ message: Tocsin__V1__RoadClosure) throws(CallStatus) -> RoadClosure {
    let id = try WireReader.text(message.id, "id")
    var closure = RoadClosure(
      id: id, source: try WireReader.text(message.source, "source"), selector: try selector(message, closureID: id),
      reason: try WireReader.text(message.reason, "reason"), revision: message.revision)
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

  private static func selector(
    _ message: Tocsin__V1__RoadClosure, closureID: String
  ) throws(CallStatus) -> RoadSelector {
    switch message.selector_case {
    case TOCSIN__V1__ROAD_CLOSURE__SELECTOR_WAY:
      let way = try WireReader.required(message.way, "way", of: WaySelector.self)
      return .way(osmID: way.osmID, direction: way.direction)
    case TOCSIN__V1__ROAD_CLOSURE__SELECTOR_POINT:
      let point = try WireReader.required(message.point, "point", of: PointSelector.self)
      return .point(point.coordinate, radiusMeters: point.radiusMeters)
    default:
      throw CallStatus(EngineError(.invalidClosure, "the closure does not say which roads it means", value: closureID))
    }
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__RoadClosure>, in arena: MessageArena) {
    message.pointee.id = arena.text(id)
    message.pointee.source = arena.text(source)
    switch selector {
    case .way(let osmID, let direction):
      message.pointee.selector_case = TOCSIN__V1__ROAD_CLOSURE__SELECTOR_WAY
      message.pointee.way = arena.message(WaySelector(osmID: osmID, direction: direction))
    case .point(let coordinate, let radiusMeters):
      message.pointee.selector_case = TOCSIN__V1__ROAD_CLOSURE__SELECTOR_POINT
      message.pointee.point = arena.message(PointSelector(coordinate: coordinate, radiusMeters: radiusMeters))
    }
    message.pointee.reason = arena.text(reason)
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

// MARK: - Requests and answers

/// Closures to add or replace.
public struct PutClosuresRequest: Sendable {
  public var closures: [RoadClosure]

  public init(_ closures: [RoadClosure]) { self.closures = closures }
}

/// Closures to lift.
public struct LiftClosuresRequest: Sendable {
  public var ids: [String]

  public init(_ ids: [String]) { self.ids = ids }
}

extension PutClosuresRequest: WireRoot {
  static func unpack(
    _ allocator: UnsafeMutablePointer<ProtobufCAllocator>, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> UnsafeMutablePointer<Tocsin__V1__PutClosuresRequest>? {
    tocsin__v1__put_closures_request__unpack(allocator, bytes.count, bytes.baseAddress)
  }

  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__PutClosuresRequest>) {
    tocsin__v1__put_closures_request__init(message)
  }

  static func read(_ message: Tocsin__V1__PutClosuresRequest) throws(CallStatus) -> PutClosuresRequest {
    PutClosuresRequest(try WireReader.messages(message.closures, message.n_closures))
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__PutClosuresRequest>, in arena: MessageArena) {
    (message.pointee.n_closures, message.pointee.closures) = (closures.count, arena.messages(closures))
  }
}

extension LiftClosuresRequest: WireRoot {
  static func unpack(
    _ allocator: UnsafeMutablePointer<ProtobufCAllocator>, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> UnsafeMutablePointer<Tocsin__V1__LiftClosuresRequest>? {
    tocsin__v1__lift_closures_request__unpack(allocator, bytes.count, bytes.baseAddress)
  }

  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__LiftClosuresRequest>) {
    tocsin__v1__lift_closures_request__init(message)
  }

  static func read(_ message: Tocsin__V1__LiftClosuresRequest) throws(CallStatus) -> LiftClosuresRequest {
    LiftClosuresRequest(try WireReader.texts(message.ids, message.n_ids, "ids"))
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__LiftClosuresRequest>, in arena: MessageArena) {
    (message.pointee.n_ids, message.pointee.ids) = (ids.count, arena.texts(ids))
  }
}

extension ClosuresAnswer: WireRoot {
  static func unpack(
    _ allocator: UnsafeMutablePointer<ProtobufCAllocator>, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> UnsafeMutablePointer<Tocsin__V1__ClosuresAnswer>? {
    tocsin__v1__closures_answer__unpack(allocator, bytes.count, bytes.baseAddress)
  }

  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__ClosuresAnswer>) {
    tocsin__v1__closures_answer__init(message)
  }

  static func read(_ message: Tocsin__V1__ClosuresAnswer) throws(CallStatus) -> ClosuresAnswer {
    ClosuresAnswer(
      version: message.version, closures: try WireReader.messages(message.closures, message.n_closures))
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__ClosuresAnswer>, in arena: MessageArena) {
    message.pointee.version = version
    (message.pointee.n_closures, message.pointee.closures) = (closures.count, arena.messages(closures))
  }
}
