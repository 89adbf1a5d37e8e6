import API
import CMessages
import Foundation
import Geometry

extension Coordinate: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__Coordinate>) {
    tocsin__v1__coordinate__init(message)
  }

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

  func write(to message: UnsafeMutablePointer<Tocsin__V1__Coordinate>, in arena: MessageArena) {
    message.pointee.latitude = latitude
    message.pointee.longitude = longitude
  }
}

extension Place: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__Place>) {
    tocsin__v1__place__init(message)
  }

  static func read(_ message: Tocsin__V1__Place) throws(CallStatus) -> Place {
    var place = Place(try Coordinate.read(message.coordinate, of: "the place"))
    if message.has_heading_degrees_case.rawValue != 0 {
      place.headingDegrees = try WireReader.heading(message.heading_degrees, "heading_degrees")
    }
    return place
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__Place>, in arena: MessageArena) {
    message.pointee.coordinate = arena.message(coordinate)
    if let headingDegrees {
      message.pointee.has_heading_degrees_case = TOCSIN__V1__PLACE__HAS_HEADING_DEGREES_HEADING_DEGREES
      message.pointee.heading_degrees = headingDegrees
    }
  }
}

extension StreetSide {
  /// The side of a field; one that is not known is none.
  init(_ side: Tocsin__V1__StreetSide) {
    switch side {
    case TOCSIN__V1__STREET_SIDE__STREET_SIDE_LEFT: self = .left
    case TOCSIN__V1__STREET_SIDE__STREET_SIDE_RIGHT: self = .right
    default: self = .none
    }
  }

  var wire: Tocsin__V1__StreetSide {
    switch self {
    case .none: TOCSIN__V1__STREET_SIDE__STREET_SIDE_NONE
    case .left: TOCSIN__V1__STREET_SIDE__STREET_SIDE_LEFT
    case .right: TOCSIN__V1__STREET_SIDE__STREET_SIDE_RIGHT
    }
  }
}

extension SnappedPlace: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__SnappedPlace>) {
    tocsin__v1__snapped_place__init(message)
  }

  static func read(_ message: Tocsin__V1__SnappedPlace) throws(CallStatus) -> SnappedPlace {
    SnappedPlace(
      coordinate: try Coordinate.read(message.coordinate, of: "the place on the road"),
      distanceMeters: message.distance_meters, wayOSMID: message.way_osm_id,
      name: try WireReader.text(message.name, "name"), headingDegrees: message.heading_degrees,
      side: StreetSide(message.side))
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__SnappedPlace>, in arena: MessageArena) {
    message.pointee.coordinate = arena.message(coordinate)
    message.pointee.distance_meters = distanceMeters
    message.pointee.way_osm_id = wayOSMID
    message.pointee.name = arena.text(name)
    message.pointee.heading_degrees = headingDegrees
    message.pointee.side = side.wire
  }
}

extension Date {
  /// Whole milliseconds since 1970, brought into the years that the wire takes.
  var unixMilliseconds: Int64 {
    let milliseconds = (timeIntervalSince1970 * 1000).rounded()
    let range = WireReader.unixMillisecondsRange
    guard milliseconds > Double(range.lowerBound) else { return range.lowerBound }
    return milliseconds < Double(range.upperBound) ? Int64(milliseconds) : range.upperBound
  }

  /// The moment of a field. Throws `code` outside the years 1970 to 9999.
  static func read(unixMilliseconds: Int64, _ field: String, _ code: EngineError.Code) throws(CallStatus) -> Date {
    guard WireReader.unixMillisecondsRange.contains(unixMilliseconds) else {
      throw CallStatus(
        EngineError(code, "\(field) is milliseconds from 1970 to 9999", value: "\(unixMilliseconds)"))
    }
    return Date(timeIntervalSince1970: Double(unixMilliseconds) / 1000)
  }
}
