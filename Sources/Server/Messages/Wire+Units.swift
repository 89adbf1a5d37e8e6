import API
import CMessages
import Geometry

extension UnitStatus: WireEnum {
  /// The status of a field. Throws `code`: the status of a unit is never guessed.
  static func read(_ status: Tocsin__V1__UnitStatus, _ code: EngineError.Code) throws(CallStatus) -> UnitStatus {
    guard status != TOCSIN__V1__UNIT_STATUS__UNIT_STATUS_UNSPECIFIED else {
      throw CallStatus(EngineError(code, "the status is missing"))
    }
    return try read(status, "status", code)
  }

  /// The status of a unit. Throws `INVALID_UNIT` with the unit's id.
  static func read(_ status: Tocsin__V1__UnitStatus, ofUnit id: String) throws(CallStatus) -> UnitStatus {
    guard status != TOCSIN__V1__UNIT_STATUS__UNIT_STATUS_UNSPECIFIED else {
      throw CallStatus(EngineError(.invalidUnit, "unit \(id): the status is missing", value: id))
    }
    return try read(status, "the status of unit \(id)", .invalidUnit)
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

extension Set<UnitStatus> {
  /// The statuses of a question; available alone if none is given.
  static func read(
    _ list: UnsafeMutablePointer<Tocsin__V1__UnitStatus>?, _ count: Int
  ) throws(CallStatus) -> Set<UnitStatus> {
    if count == 0 { return [.available] }
    return Set(
      try UnsafeBufferPointer(start: list, count: count).map { status throws(CallStatus) in
        try UnitStatus.read(status, .invalidArgument)
      })
  }

  /// No status at all cannot be asked for; left empty it would come to mean available units.
  var column: [Tocsin__V1__UnitStatus] {
    isEmpty ? [TOCSIN__V1__UNIT_STATUS__UNIT_STATUS_UNSPECIFIED] : map(\.wire)
  }
}

extension ResponseUnit: WireValue {
  static let initialize = tocsin__v1__response_unit__init
  static func read(_ message: Tocsin__V1__ResponseUnit) throws(CallStatus) -> ResponseUnit {
    let id = try message.id.text("id")
    guard let reported = given(message.has_reported_at_unix_milliseconds, message.reported_at_unix_milliseconds) else {
      throw CallStatus(EngineError(.invalidUnit, "unit \(id): reported_at_unix_milliseconds is missing", value: id))
    }
    var unit = ResponseUnit(
      id: id, agency: try message.agency.text("agency"), station: try message.station.text("station"),
      capabilities: try .read(message.capabilities, message.n_capabilities, "capabilities"),
      profile: try message.profile.text("profile"), status: try .read(message.status, ofUnit: id),
      coordinate: try Coordinate.read(message.coordinate, of: "unit \(id)"),
      reportedAt: try reported.moment("reported_at_unix_milliseconds", .invalidUnit))
    unit.statusAt = try given(message.has_status_at_unix_milliseconds, message.status_at_unix_milliseconds)?
      .moment("status_at_unix_milliseconds", .invalidUnit)
    unit.headingDegrees = try given(message.has_heading_degrees, message.heading_degrees)?
      .finite("heading_degrees", .invalidHeading)
    unit.turnoutSeconds = try given(message.has_turnout_seconds, message.turnout_seconds)?
      .finite("turnout_seconds", .invalidUnit)
    unit.home = try .optional(message.home)
    unit.crewCount = given(message.has_crew_count, message.crew_count).map(Int.init)
    unit.crewID = try message.crew_id.text("crew_id")
    unit.task = try .optional(message.task)
    unit.idleSince = try given(message.has_idle_since_unix_milliseconds, message.idle_since_unix_milliseconds)?
      .moment("idle_since_unix_milliseconds", .invalidUnit)
    return unit
  }

  func write(to message: inout Tocsin__V1__ResponseUnit, in arena: MessageArena) {
    message.id = arena.text(id)
    message.agency = arena.text(agency)
    message.station = arena.text(station)
    (message.n_capabilities, message.capabilities) = arena.texts(capabilities)
    message.profile = arena.text(profile)
    message.status = status.wire
    message.coordinate = arena.message(coordinate)
    (message.has_reported_at_unix_milliseconds, message.reported_at_unix_milliseconds) = given(
      reportedAt.unixMilliseconds)
    (message.has_status_at_unix_milliseconds, message.status_at_unix_milliseconds) = given(statusAt?.unixMilliseconds)
    (message.has_heading_degrees, message.heading_degrees) = given(headingDegrees)
    (message.has_turnout_seconds, message.turnout_seconds) = given(turnoutSeconds)
    if let home { message.home = arena.message(home) }
    (message.has_crew_count, message.crew_count) = given(crewCount.map { UInt32(clamping: $0) })
    message.crew_id = arena.text(crewID)
    if let task { message.task = arena.message(task) }
    (message.has_idle_since_unix_milliseconds, message.idle_since_unix_milliseconds) = given(
      idleSince?.unixMilliseconds)
  }
}

extension UnitTask: WireValue {
  static let initialize = tocsin__v1__unit_task__init
  static func read(_ message: Tocsin__V1__UnitTask) throws(CallStatus) -> UnitTask {
    UnitTask(
      incidentID: try message.incident_id.text("incident_id"), priority: Int(message.priority),
      destination: try .optional(message.destination),
      freeAt: try given(message.has_free_at_unix_milliseconds, message.free_at_unix_milliseconds)?
        .moment("free_at_unix_milliseconds", .invalidUnit),
      postID: try message.post_id.text("post_id"))
  }

  func write(to message: inout Tocsin__V1__UnitTask, in arena: MessageArena) {
    message.incident_id = arena.text(incidentID)
    message.priority = UInt32(clamping: priority)
    if let destination { message.destination = arena.message(destination) }
    (message.has_free_at_unix_milliseconds, message.free_at_unix_milliseconds) = given(freeAt?.unixMilliseconds)
    message.post_id = arena.text(postID)
  }
}

extension ListedUnit: WireValue {
  static let initialize = tocsin__v1__listed_unit__init
  static func read(_ message: Tocsin__V1__ListedUnit) throws(CallStatus) -> ListedUnit {
    ListedUnit(unit: try .required(message.unit, "unit"), snapped: try .optional(message.snapped))
  }

  func write(to message: inout Tocsin__V1__ListedUnit, in arena: MessageArena) {
    message.unit = arena.message(unit)
    if let snapped { message.snapped = arena.message(snapped) }
  }
}

// MARK: - Requests and answers

/// Units to add or replace.
public struct PutUnitsRequest: WireValue, Sendable {
  public var units: [ResponseUnit]

  public init(_ units: [ResponseUnit]) { self.units = units }

  static let initialize = tocsin__v1__put_units_request__init
  static func read(_ message: Tocsin__V1__PutUnitsRequest) throws(CallStatus) -> PutUnitsRequest {
    PutUnitsRequest(try .read(message.units, message.n_units))
  }

  func write(to message: inout Tocsin__V1__PutUnitsRequest, in arena: MessageArena) {
    (message.n_units, message.units) = arena.messages(units)
  }
}

/// Units to remove.
public struct RemoveUnitsRequest: WireValue, Sendable {
  public var ids: [String]

  public init(_ ids: [String]) { self.ids = ids }

  static let initialize = tocsin__v1__remove_units_request__init
  static func read(_ message: Tocsin__V1__RemoveUnitsRequest) throws(CallStatus) -> RemoveUnitsRequest {
    RemoveUnitsRequest(try .read(message.ids, message.n_ids, "ids"))
  }

  func write(to message: inout Tocsin__V1__RemoveUnitsRequest, in arena: MessageArena) {
    (message.n_ids, message.ids) = arena.texts(ids)
  }
}

extension UnitsAnswer: WireValue {
  static let initialize = tocsin__v1__units_answer__init
  static func read(_ message: Tocsin__V1__UnitsAnswer) throws(CallStatus) -> UnitsAnswer {
    UnitsAnswer(
      version: message.version, count: Int(message.count), olderPositionCount: Int(message.older_position_count),
      olderStatusCount: Int(message.older_status_count))
  }

  func write(to message: inout Tocsin__V1__UnitsAnswer, in arena: MessageArena) {
    message.version = version
    message.count = UInt32(clamping: count)
    message.older_position_count = UInt32(clamping: olderPositionCount)
    message.older_status_count = UInt32(clamping: olderStatusCount)
  }
}

/// All units by id.
public struct ListUnitsAnswer: WireValue, Sendable {
  public var version: UInt64
  public var units: [ListedUnit]

  public init(version: UInt64, units: [ListedUnit]) { (self.version, self.units) = (version, units) }

  static let initialize = tocsin__v1__list_units_answer__init
  static func read(_ message: Tocsin__V1__ListUnitsAnswer) throws(CallStatus) -> ListUnitsAnswer {
    ListUnitsAnswer(version: message.version, units: try .read(message.units, message.n_units))
  }

  func write(to message: inout Tocsin__V1__ListUnitsAnswer, in arena: MessageArena) {
    message.version = version
    (message.n_units, message.units) = arena.messages(units)
  }
}
