import API
import CMessages

extension HospitalsRequest: WireValue {
  static let initialize = tocsin__v1__hospitals_request__init
  static func read(_ message: Tocsin__V1__HospitalsRequest) throws(CallStatus) -> HospitalsRequest {
    var request = HospitalsRequest(scene: try .required(message.scene, "scene"), carrier: try Carrier.read(message))
    request.onSceneSeconds = try message.on_scene_seconds.finite("on_scene_seconds")
    request.capabilities = try .read(message.capabilities, message.n_capabilities, "capabilities")
    if message.count != 0 { request.count = Int(message.count) }
    request.preferredCapabilities = try .read(
      message.preferred_capabilities, message.n_preferred_capabilities, "preferred_capabilities")
    request.preferenceSecondsMax = try message.preference_seconds_max.finite("preference_seconds_max")
    if let seconds = given(message.has_state_age_seconds_max, message.state_age_seconds_max) {
      request.stateAgeSecondsMax = try seconds.finite("state_age_seconds_max")
    }
    request.showsDiverted = message.show_diverted != 0
    request.excludedIDs = try .read(message.excluded_ids, message.n_excluded_ids, "excluded_ids")
    request.whatIf = try .read(message.what_if, message.n_what_if)
    request.detail = try RouteDetail.optional(message.detail) ?? []
    request.reach = try SnapReach.read(
      given(message.has_radius_meters, message.radius_meters),
      given(message.has_heading_tolerance_degrees, message.heading_tolerance_degrees))
    return request
  }

  func write(to message: inout Tocsin__V1__HospitalsRequest, in arena: MessageArena) {
    message.scene = arena.message(scene)
    carrier.write(to: &message, in: arena)
    message.on_scene_seconds = onSceneSeconds
    (message.n_capabilities, message.capabilities) = arena.texts(capabilities)
    message.count = UInt32(clamping: count)
    (message.n_preferred_capabilities, message.preferred_capabilities) = arena.texts(preferredCapabilities)
    message.preference_seconds_max = preferenceSecondsMax
    (message.has_state_age_seconds_max, message.state_age_seconds_max) = (1, stateAgeSecondsMax)
    message.show_diverted = showsDiverted ? 1 : 0
    (message.n_excluded_ids, message.excluded_ids) = arena.texts(excludedIDs)
    (message.n_what_if, message.what_if) = arena.messages(whatIf)
    message.detail = arena.message(detail)
    (message.has_radius_meters, message.radius_meters) = (1, reach.radiusMeters)
    (message.has_heading_tolerance_degrees, message.heading_tolerance_degrees) = (1, reach.headingToleranceDegrees)
  }
}

extension HospitalsRequest.Carrier {
  fileprivate static func read(_ message: Tocsin__V1__HospitalsRequest) throws(CallStatus) -> Self {
    switch message.carrier_case {
    case TOCSIN__V1__HOSPITALS_REQUEST__CARRIER_UNIT_ID: return .unit(id: try message.unit_id.text("unit_id"))
    case TOCSIN__V1__HOSPITALS_REQUEST__CARRIER_PROFILE: return .profile(try message.profile.text("profile"))
    case TOCSIN__V1__HOSPITALS_REQUEST__CARRIER_UNITS: return .units(try .required(message.units, "units"))
    default: throw CallStatus(EngineError(.invalidArgument, "the request doesn't say who takes the patient"))
    }
  }

  fileprivate func write(to message: inout Tocsin__V1__HospitalsRequest, in arena: MessageArena) {
    switch self {
    case .unit(let id):
      (message.carrier_case, message.unit_id) = (TOCSIN__V1__HOSPITALS_REQUEST__CARRIER_UNIT_ID, arena.text(id))
    case .profile(let name):
      (message.carrier_case, message.profile) = (TOCSIN__V1__HOSPITALS_REQUEST__CARRIER_PROFILE, arena.text(name))
    case .units(let filter):
      (message.carrier_case, message.units) = (TOCSIN__V1__HOSPITALS_REQUEST__CARRIER_UNITS, arena.message(filter))
    }
  }
}

extension RankedHospital: WireValue {
  static let initialize = tocsin__v1__ranked_hospital__init
  static func read(_ message: Tocsin__V1__RankedHospital) throws(CallStatus) -> RankedHospital {
    var ranked = RankedHospital(
      try .required(message.hospital, "hospital"), status: try .read(message.status, "status", .invalidHospital),
      stateAgeSeconds: given(message.has_state_age_seconds, message.state_age_seconds),
      route: try .required(message.route, "route"))
    (ranked.travelSeconds, ranked.arrivalSeconds) = (message.travel_seconds, message.arrival_seconds)
    (ranked.handoverSeconds, ranked.extraSeconds) = (message.handover_seconds, message.extra_seconds)
    (ranked.unitID, ranked.isPreferred) = (try message.unit_id.text("unit_id"), message.is_preferred != 0)
    ranked.tooFarSeconds = given(message.has_too_far_seconds, message.too_far_seconds)
    return ranked
  }

  func write(to message: inout Tocsin__V1__RankedHospital, in arena: MessageArena) {
    message.hospital = arena.message(hospital)
    message.status = status.wire
    (message.has_state_age_seconds, message.state_age_seconds) = given(stateAgeSeconds)
    message.route = arena.message(route)
    (message.travel_seconds, message.arrival_seconds) = (travelSeconds, arrivalSeconds)
    (message.handover_seconds, message.extra_seconds) = (handoverSeconds, extraSeconds)
    (message.unit_id, message.is_preferred) = (arena.text(unitID), isPreferred ? 1 : 0)
    (message.has_too_far_seconds, message.too_far_seconds) = given(tooFarSeconds)
  }
}

extension HospitalsAnswer: WireValue {
  static let initialize = tocsin__v1__hospitals_answer__init
  static func read(_ message: Tocsin__V1__HospitalsAnswer) throws(CallStatus) -> HospitalsAnswer {
    var answer = HospitalsAnswer(version: message.version, scene: try .required(message.scene, "scene"))
    answer.unit = try .optional(message.unit)
    answer.hospitals = try .read(message.hospitals, message.n_hospitals)
    answer.leftOut = try .read(message.left_out, message.n_left_out)
    answer.areAllDiverted = message.all_diverted != 0
    return answer
  }

  func write(to message: inout Tocsin__V1__HospitalsAnswer, in arena: MessageArena) {
    message.version = version
    message.scene = arena.message(scene)
    if let unit { message.unit = arena.message(unit) }
    (message.n_hospitals, message.hospitals) = arena.messages(hospitals)
    (message.n_left_out, message.left_out) = leftOut.column(in: arena)
    message.all_diverted = areAllDiverted ? 1 : 0
  }
}
