import API
import CMessages
import Geometry

extension Coordinate: WireValue {
  static let initialize = tocsin__v1__coordinate__init
  static func read(_ message: Tocsin__V1__Coordinate) throws(CallStatus) -> Coordinate {
    guard let coordinate = Coordinate(latitude: message.latitude, longitude: message.longitude) else {
      throw CallStatus(
        EngineError(
          .invalidCoordinate, "latitude is from -90 to 90 degrees, longitude from -180 to 180",
          value: "\(message.latitude),\(message.longitude)"))
    }
    return coordinate
  }

  /// The coordinate of a message that must have one.
  static func read(
    _ message: UnsafeMutablePointer<Tocsin__V1__Coordinate>?, of owner: String
  ) throws(CallStatus) -> Coordinate {
    guard let message else { throw CallStatus(EngineError(.invalidCoordinate, "\(owner) has no coordinate")) }
    return try read(message.pointee)
  }

  func write(to message: inout Tocsin__V1__Coordinate, in arena: MessageArena) {
    message.latitude = latitude
    message.longitude = longitude
  }
}

extension [Coordinate] {
  /// The points of an encoded polyline. Throws `MALFORMED_MESSAGE`.
  static func line(polyline6: String, _ field: String = "polyline6") throws(CallStatus) -> [Coordinate] {
    guard let line = Polyline.decode(polyline6) else {
      throw CallStatus(.malformedMessage, "\(field) is not a line on earth", value: String(polyline6.prefix(40)))
    }
    return line
  }
}

extension Place: WireValue {
  static let initialize = tocsin__v1__place__init
  static func read(_ message: Tocsin__V1__Place) throws(CallStatus) -> Place {
    var place = Place(try Coordinate.read(message.coordinate, of: "the place"))
    place.headingDegrees = try given(message.has_heading_degrees, message.heading_degrees)?
      .finite("heading_degrees", .invalidHeading)
    do throws(CallStatus) {
      place.levels = try LevelFilter.optional(message.levels) ?? .all
    } catch {
      // A place is no closure.
      throw CallStatus(EngineError(.invalidArgument, error.message, value: error.value))
    }
    place.radiusMeters = try given(message.has_radius_meters, message.radius_meters)?
      .finite("radius_meters", .invalidRadius)
    place.headingToleranceDegrees = try given(
      message.has_heading_tolerance_degrees, message.heading_tolerance_degrees)?
      .finite("heading_tolerance_degrees", .invalidHeading)
    let side: StreetSide = try .read(message.side, "side", .invalidArgument)
    if side == .left || side == .right { place.side = side }
    return place
  }

  func write(to message: inout Tocsin__V1__Place, in arena: MessageArena) {
    message.coordinate = arena.message(coordinate)
    (message.has_heading_degrees, message.heading_degrees) = given(headingDegrees)
    if levels != .all { message.levels = arena.message(levels) }
    (message.has_radius_meters, message.radius_meters) = given(radiusMeters)
    (message.has_heading_tolerance_degrees, message.heading_tolerance_degrees) = given(headingToleranceDegrees)
    message.side = (side ?? StreetSide.none).wire
  }
}

extension StreetSide: WireEnum {
  var wire: Tocsin__V1__StreetSide {
    switch self {
    case .none: TOCSIN__V1__STREET_SIDE__STREET_SIDE_NONE
    case .left: TOCSIN__V1__STREET_SIDE__STREET_SIDE_LEFT
    case .right: TOCSIN__V1__STREET_SIDE__STREET_SIDE_RIGHT
    }
  }
}

extension SnappedPlace: WireValue {
  static let initialize = tocsin__v1__snapped_place__init
  static func read(_ message: Tocsin__V1__SnappedPlace) throws(CallStatus) -> SnappedPlace {
    var place = SnappedPlace(
      coordinate: try Coordinate.read(message.coordinate, of: "the place on the road"),
      distanceMeters: message.distance_meters, wayOSMID: message.way_osm_id,
      name: try message.name.text("name"), headingDegrees: message.heading_degrees,
      // One that is not known is none.
      side: StreetSide(wire: message.side) ?? .none)
    (place.isOnBridge, place.isInTunnel) = (message.bridge != 0, message.tunnel != 0)
    place.layer = Int8(clamping: message.layer)
    place.nodes = OSMNodePair(from: message.from_osm_node, to: message.to_osm_node).given
    return place
  }

  func write(to message: inout Tocsin__V1__SnappedPlace, in arena: MessageArena) {
    message.coordinate = arena.message(coordinate)
    message.distance_meters = distanceMeters
    message.way_osm_id = wayOSMID
    message.name = arena.text(name)
    message.heading_degrees = headingDegrees
    message.side = side.wire
    (message.bridge, message.tunnel, message.layer) = (isOnBridge ? 1 : 0, isInTunnel ? 1 : 0, Int32(layer))
    (message.from_osm_node, message.to_osm_node) = (nodes?.from ?? 0, nodes?.to ?? 0)
  }
}

extension OSMNodePair {
  /// `nil` for the pair of zeros that stands for none.
  var given: OSMNodePair? { from == 0 && to == 0 ? nil : self }
}
