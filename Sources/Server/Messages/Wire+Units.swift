import API
import CMessages
import Foundation
import Geometry

extension UnitStatus {
  /// The status of a field. Throws `code`: the status of a unit is never guessed.
  static func read(_ status: Tocsin__V1__UnitStatus, _ code: EngineError.Code) throws(CallStatus) -> UnitStatus {
    switch status {
    case TOCSIN__V1__UNIT_STATUS__UNIT_STATUS_AVAILABLE: return .available
    case TOCSIN__V1__UNIT_STATUS__UNIT_STATUS_DISPATCHED: return .dispatched
    case TOCSIN__V1__UNIT_STATUS__UNIT_STATUS_EN_ROUTE: return .enRoute
    case TOCSIN__V1__UNIT_STATUS__UNIT_STATUS_ON_SCENE: return .onScene
    case TOCSIN__V1__UNIT_STATUS__UNIT_STATUS_TRANSPORTING: return .transporting
    case TOCSIN__V1__UNIT_STATUS__UNIT_STATUS_RETURNING: return .returning
    case TOCSIN__V1__UNIT_STATUS__UNIT_STATUS_OUT_OF_SERVICE: return .outOfService
    case TOCSIN__V1__UNIT_STATUS__UNIT_STATUS_UNSPECIFIED:
      throw CallStatus(EngineError(code, "the status is missing"))
    default: throw CallStatus(EngineError(code, "unknown status", value: "\(status.rawValue)"))
    }
  }

  var wire: Tocsin__V1__UnitStatus {
    switch self {
    case .available: TOCSIN__V1__UNIT_STATUS__UNIT_STATUS_AVAILABLE
    case .dispatched: TOCSIN__V1__UNIT_STATUS__UNIT_STATUS_DISPATCHED
    case .enRoute: TOCSIN__V1__UNIT_STATUS__UNIT_STATUS_EN_ROUTE
    case .onScene: TOCSIN__V1__UNIT_STATUS__UNIT_STATUS_ON_SCENE
    case .transporting: TOCSIN__V1__UNIT_STATUS__UNIT_STATUS_TRANSPORTING
    case .returning: TOCSIN__V1__UNIT_STATUS__UNIT_STATUS_RETURNING
    case .outOfService: TOCSIN__V1__UNIT_STATUS__UNIT_STATUS_OUT_OF_SERVICE
    }
  }
}

extension ResponseUnit: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__ResponseUnit>) {
    tocsin__v1__response_unit__init(message)
  }

  static func read(_ message: Tocsin__V1__ResponseUnit) throws(CallStatus) -> ResponseUnit {
    let id = try WireReader.text(message.id, "id")
    guard message.has_reported_at_unix_milliseconds_case.rawValue != 0 else {
      throw CallStatus(EngineError(.invalidUnit, "reported_at_unix_milliseconds is missing", value: id))
    }
    var unit = ResponseUnit(
      id: id, agency: try WireReader.text(message.agency, "agency"),
      station: try WireReader.text(message.station, "station"),
      capabilities: try WireReader.texts(message.capabilities, message.n_capabilities, "capabilities"),
      profile: try WireReader.text(message.profile, "profile"),
      status: try UnitStatus.read(message.status, .invalidUnit),
      coordinate: try Coordinate.read(message.coordinate, of: "unit \(id)"),
      reportedAt: try Date.read(
        unixMilliseconds: message.reported_at_unix_milliseconds, "reported_at_unix_milliseconds", .invalidUnit))
    if message.has_heading_degrees_case.rawValue != 0 {
      unit.headingDegrees = try WireReader.heading(message.heading_degrees, "heading_degrees")
    }
    if message.has_turnout_seconds_case.rawValue != 0 {
      unit.turnoutSeconds = try WireReader.notNegative(message.turnout_seconds, "turnout_seconds", .invalidUnit)
    }
    return unit
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__ResponseUnit>, in arena: MessageArena) {
    message.pointee.id = arena.text(id)
    message.pointee.agency = arena.text(agency)
    message.pointee.station = arena.text(station)
    (message.pointee.n_capabilities, message.pointee.capabilities) = (capabilities.count, arena.texts(capabilities))
    message.pointee.profile = arena.text(profile)
    message.pointee.status = status.wire
    message.pointee.coordinate = arena.message(coordinate)
    message.pointee.has_reported_at_unix_milliseconds_case =
      TOCSIN__V1__RESPONSE_UNIT__HAS_REPORTED_AT_UNIX_MILLISECONDS_REPORTED_AT_UNIX_MILLISECONDS
    message.pointee.reported_at_unix_milliseconds = reportedAt.unixMilliseconds
    if let headingDegrees {
      message.pointee.has_heading_degrees_case = TOCSIN__V1__RESPONSE_UNIT__HAS_HEADING_DEGREES_HEADING_DEGREES
      message.pointee.heading_degrees = headingDegrees
    }
    if let turnoutSeconds {
      message.pointee.has_turnout_seconds_case = TOCSIN__V1__RESPONSE_UNIT__HAS_TURNOUT_SECONDS_TURNOUT_SECONDS
      message.pointee.turnout_seconds = turnoutSeconds
    }
  }
}

extension ListedUnit: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__ListedUnit>) {
    tocsin__v1__listed_unit__init(message)
  }

  static func read(_ message: Tocsin__V1__ListedUnit) throws(CallStatus) -> ListedUnit {
    var snapped: SnappedPlace?
    if let place = message.snapped { snapped = try SnappedPlace.read(place.pointee) }
    return ListedUnit(unit: try WireReader.required(message.unit, "unit"), snapped: snapped)
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__ListedUnit>, in arena: MessageArena) {
    message.pointee.unit = arena.message(unit)
    if let snapped { message.pointee.snapped = arena.message(snapped) }
  }
}

// MARK: - Requests and answers

/// Units to add or replace.
public struct PutUnitsRequest: Sendable {
  public var units: [ResponseUnit]

  public init(_ units: [ResponseUnit]) { self.units = units }
}

/// Units to remove.
public struct RemoveUnitsRequest: Sendable {
  public var ids: [String]

  public init(_ ids: [String]) { self.ids = ids }
}

/// All units by id.
public struct ListUnitsAnswer: Sendable {
  public var version: UInt64
  public var units: [ListedUnit]

  public init(version: UInt64, units: [ListedUnit]) {
    self.version = version
    self.units = units
  }
}

extension PutUnitsRequest: WireRoot {
  static func unpack(
    _ allocator: UnsafeMutablePointer<ProtobufCAllocator>, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> UnsafeMutablePointer<Tocsin__V1__PutUnitsRequest>? {
    tocsin__v1__put_units_request__unpack(allocator, bytes.count, bytes.baseAddress)
  }

  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__PutUnitsRequest>) {
    tocsin__v1__put_units_request__init(message)
  }

  static func read(_ message: Tocsin__V1__PutUnitsRequest) throws(CallStatus) -> PutUnitsRequest {
    PutUnitsRequest(try WireReader.messages(message.units, message.n_units))
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__PutUnitsRequest>, in arena: MessageArena) {
    (message.pointee.n_units, message.pointee.units) = (units.count, arena.messages(units))
  }
}

extension RemoveUnitsRequest: WireRoot {
  static func unpack(
    _ allocator: UnsafeMutablePointer<ProtobufCAllocator>, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> UnsafeMutablePointer<Tocsin__V1__RemoveUnitsRequest>? {
    tocsin__v1__remove_units_request__unpack(allocator, bytes.count, bytes.baseAddress)
  }

  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__RemoveUnitsRequest>) {
    tocsin__v1__remove_units_request__init(message)
  }

  static func read(_ message: Tocsin__V1__RemoveUnitsRequest) throws(CallStatus) -> RemoveUnitsRequest {
    RemoveUnitsRequest(try WireReader.texts(message.ids, message.n_ids, "ids"))
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__RemoveUnitsRequest>, in arena: MessageArena) {
    (message.pointee.n_ids, message.pointee.ids) = (ids.count, arena.texts(ids))
  }
}

extension UnitsAnswer: WireRoot {
  static func unpack(
    _ allocator: UnsafeMutablePointer<ProtobufCAllocator>, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> UnsafeMutablePointer<Tocsin__V1__UnitsAnswer>? {
    tocsin__v1__units_answer__unpack(allocator, bytes.count, bytes.baseAddress)
  }

  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__UnitsAnswer>) {
    tocsin__v1__units_answer__init(message)
  }

  static func read(_ message: Tocsin__V1__UnitsAnswer) throws(CallStatus) -> UnitsAnswer {
    UnitsAnswer(version: message.version, count: Int(message.count))
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__UnitsAnswer>, in arena: MessageArena) {
    message.pointee.version = version
    message.pointee.count = UInt32(clamping: count)
  }
}

extension ListUnitsAnswer: WireRoot {
  static func unpack(
    _ allocator: UnsafeMutablePointer<ProtobufCAllocator>, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> UnsafeMutablePointer<Tocsin__V1__ListUnitsAnswer>? {
    tocsin__v1__list_units_answer__unpack(allocator, bytes.count, bytes.baseAddress)
  }

  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__ListUnitsAnswer>) {
    tocsin__v1__list_units_answer__init(message)
  }

  static func read(_ message: Tocsin__V1__ListUnitsAnswer) throws(CallStatus) -> ListUnitsAnswer {
    ListUnitsAnswer(version: message.version, units: try WireReader.messages(message.units, message.n_units))
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__ListUnitsAnswer>, in arena: MessageArena) {
    message.pointee.version = version
    (message.pointee.n_units, message.pointee.units) = (units.count, arena.messages(units))
  }
}
