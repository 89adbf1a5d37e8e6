import API
import CMessages

extension HospitalStatus: WireEnum {
  var wire: Tocsin__V1__HospitalStatus {
    switch self {
    case .unknown: TOCSIN__V1__HOSPITAL_STATUS__HOSPITAL_STATUS_UNKNOWN
    case .open: TOCSIN__V1__HOSPITAL_STATUS__HOSPITAL_STATUS_OPEN
    case .diversion: TOCSIN__V1__HOSPITAL_STATUS__HOSPITAL_STATUS_DIVERSION
    case .closed: TOCSIN__V1__HOSPITAL_STATUS__HOSPITAL_STATUS_CLOSED
    }
  }
}

extension HospitalState: WireValue {
  static let initialize = tocsin__v1__hospital_state__init
  static func read(_ message: Tocsin__V1__HospitalState) throws(CallStatus) -> HospitalState {
    HospitalState(
      try .read(message.status, "status", .invalidHospital), for: try message.capability.text("capability"),
      freeBeds: given(message.has_free_beds, Int(message.free_beds)),
      until: try given(message.has_until_unix_milliseconds, message.until_unix_milliseconds)?
        .moment("until_unix_milliseconds", .invalidHospital))
  }

  func write(to message: inout Tocsin__V1__HospitalState, in arena: MessageArena) {
    message.capability = arena.text(capability)
    message.status = status.wire
    (message.has_free_beds, message.free_beds) = given(freeBeds.map { UInt32(clamping: $0) })
    (message.has_until_unix_milliseconds, message.until_unix_milliseconds) = given(until?.unixMilliseconds)
  }
}

extension Hospital: WireValue {
  static let initialize = tocsin__v1__hospital__init
  static func read(_ message: Tocsin__V1__Hospital) throws(CallStatus) -> Hospital {
    Hospital(
      id: try message.id.text("id"), name: try message.name.text("name"), place: try .required(message.place, "place"),
      capabilities: try .read(message.capabilities, message.n_capabilities, "capabilities"),
      offloadSeconds: try message.offload_seconds.finite("offload_seconds", .invalidHospital),
      states: try .read(message.states, message.n_states),
      reportedAt: try given(message.has_reported_at_unix_milliseconds, message.reported_at_unix_milliseconds)?
        .moment("reported_at_unix_milliseconds", .invalidHospital),
      source: try message.source.text("source"))
  }

  func write(to message: inout Tocsin__V1__Hospital, in arena: MessageArena) {
    message.id = arena.text(id)
    message.name = arena.text(name)
    message.place = arena.message(place)
    (message.n_capabilities, message.capabilities) = arena.texts(capabilities)
    message.offload_seconds = offloadSeconds
    (message.n_states, message.states) = arena.messages(states)
    (message.has_reported_at_unix_milliseconds, message.reported_at_unix_milliseconds) = given(
      reportedAt?.unixMilliseconds)
    message.source = arena.text(source)
  }
}

extension HospitalReport: WireValue {
  static let initialize = tocsin__v1__hospital_report__init
  static func read(_ message: Tocsin__V1__HospitalReport) throws(CallStatus) -> HospitalReport {
    HospitalReport(
      id: try message.id.text("id"), states: try .read(message.states, message.n_states),
      reportedAt: try given(message.has_reported_at_unix_milliseconds, message.reported_at_unix_milliseconds)?
        .moment("reported_at_unix_milliseconds", .invalidHospital))
  }

  func write(to message: inout Tocsin__V1__HospitalReport, in arena: MessageArena) {
    message.id = arena.text(id)
    (message.n_states, message.states) = arena.messages(states)
    (message.has_reported_at_unix_milliseconds, message.reported_at_unix_milliseconds) = given(
      reportedAt?.unixMilliseconds)
  }
}

// MARK: Changes

/// Hospitals to put.
public struct PutHospitalsRequest: WireValue, Hashable, Sendable {
  public var put: HospitalsPut

  public init(_ put: HospitalsPut) { self.put = put }

  static let initialize = tocsin__v1__put_hospitals_request__init
  static func read(_ message: Tocsin__V1__PutHospitalsRequest) throws(CallStatus) -> PutHospitalsRequest {
    PutHospitalsRequest(
      HospitalsPut(
        try .read(message.hospitals, message.n_hospitals),
        completeSource: try given(message.has_complete_source, message.complete_source)?.text("complete_source")))
  }

  func write(to message: inout Tocsin__V1__PutHospitalsRequest, in arena: MessageArena) {
    (message.n_hospitals, message.hospitals) = arena.messages(put.hospitals)
    if let source = put.completeSource {
      (message.has_complete_source, message.complete_source) = (1, arena.text(source))
    }
  }
}

/// What hospitals say of themselves.
public struct SetHospitalStatesRequest: WireValue, Hashable, Sendable {
  public var reports: [HospitalReport]

  public init(_ reports: [HospitalReport]) { self.reports = reports }

  static let initialize = tocsin__v1__set_hospital_states_request__init
  static func read(_ message: Tocsin__V1__SetHospitalStatesRequest) throws(CallStatus) -> SetHospitalStatesRequest {
    SetHospitalStatesRequest(try .read(message.reports, message.n_reports))
  }

  func write(to message: inout Tocsin__V1__SetHospitalStatesRequest, in arena: MessageArena) {
    (message.n_reports, message.reports) = arena.messages(reports)
  }
}

/// Hospitals to remove.
public struct RemoveHospitalsRequest: WireValue, Sendable {
  public var ids: [String]

  public init(_ ids: [String]) { self.ids = ids }

  static let initialize = tocsin__v1__remove_hospitals_request__init
  static func read(_ message: Tocsin__V1__RemoveHospitalsRequest) throws(CallStatus) -> RemoveHospitalsRequest {
    RemoveHospitalsRequest(try .read(message.ids, message.n_ids, "ids"))
  }

  func write(to message: inout Tocsin__V1__RemoveHospitalsRequest, in arena: MessageArena) {
    (message.n_ids, message.ids) = arena.texts(ids)
  }
}

extension HospitalChangesAnswer: WireValue {
  static let initialize = tocsin__v1__hospital_changes_answer__init
  static func read(_ message: Tocsin__V1__HospitalChangesAnswer) throws(CallStatus) -> HospitalChangesAnswer {
    var answer = HospitalChangesAnswer(version: message.version, count: Int(message.count))
    (answer.unchangedCount, answer.olderStateCount) = (Int(message.unchanged_count), Int(message.older_state_count))
    answer.removedIDs = try .read(message.removed_ids, message.n_removed_ids, "removed_ids")
    return answer
  }

  func write(to message: inout Tocsin__V1__HospitalChangesAnswer, in arena: MessageArena) {
    (message.version, message.count) = (version, UInt32(clamping: count))
    message.unchanged_count = UInt32(clamping: unchangedCount)
    message.older_state_count = UInt32(clamping: olderStateCount)
    (message.n_removed_ids, message.removed_ids) = arena.texts(removedIDs)
  }
}

extension ListedHospital: WireValue {
  static let initialize = tocsin__v1__listed_hospital__init
  static func read(_ message: Tocsin__V1__ListedHospital) throws(CallStatus) -> ListedHospital {
    ListedHospital(try .required(message.hospital, "hospital"), snapped: try .optional(message.snapped))
  }

  func write(to message: inout Tocsin__V1__ListedHospital, in arena: MessageArena) {
    message.hospital = arena.message(hospital)
    if let snapped { message.snapped = arena.message(snapped) }
  }
}

extension ListHospitalsAnswer: WireValue {
  static let initialize = tocsin__v1__list_hospitals_answer__init
  static func read(_ message: Tocsin__V1__ListHospitalsAnswer) throws(CallStatus) -> ListHospitalsAnswer {
    ListHospitalsAnswer(version: message.version, hospitals: try .read(message.hospitals, message.n_hospitals))
  }

  func write(to message: inout Tocsin__V1__ListHospitalsAnswer, in arena: MessageArena) {
    message.version = version
    (message.n_hospitals, message.hospitals) = arena.messages(hospitals)
  }
}
