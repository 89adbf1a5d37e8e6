import API
import CMessages
import Geometry

extension StagingPlace: WireValue {
  static let initialize = tocsin__v1__staging_place__init
  static func read(_ message: Tocsin__V1__StagingPlace) throws(CallStatus) -> StagingPlace {
    StagingPlace(
      id: try message.id.text("id"), name: try message.name.text("name"),
      try Coordinate.read(message.coordinate, of: "the place to gather in"),
      capacity: given(message.has_capacity, message.capacity).map(Int.init))
  }

  func write(to message: inout Tocsin__V1__StagingPlace, in arena: MessageArena) {
    (message.id, message.name) = (arena.text(id), arena.text(name))
    message.coordinate = arena.message(coordinate)
    (message.has_capacity, message.capacity) = given(capacity.map(UInt32.init(clamping:)))
  }
}

extension StagingRequest: WireValue {
  static let initialize = tocsin__v1__staging_request__init
  static func read(_ message: Tocsin__V1__StagingRequest) throws(CallStatus) -> StagingRequest {
    let layer = try message.layer.text("layer")
    let places = try [StagingPlace].read(message.places, message.n_places)
    var request = StagingRequest(
      scene: try .required(message.scene, "scene"), hazard: try Hazard.read(message), force: try Force.read(message),
      places: layer.isEmpty ? .listed(places) : .layer(layer))
    guard layer.isEmpty || places.isEmpty else {
      throw CallStatus(EngineError(.invalidArgument, "places are those of a layer or given, not both", value: layer))
    }
    request.marginMeters = try message.margin_meters.finite("margin_meters", .invalidRadius)
    request.profile = try message.profile.text("profile")
    request.reserveSeconds = try message.reserve_seconds.finite("reserve_seconds")
    request.windFromDegrees = try given(message.has_wind_from_degrees, message.wind_from_degrees)?
      .finite("wind_from_degrees", .invalidHeading)
    request.whatIf = try .read(message.what_if, message.n_what_if)
    return request
  }

  func write(to message: inout Tocsin__V1__StagingRequest, in arena: MessageArena) {
    message.scene = arena.message(scene)
    switch hazard {
    case .radius(let meters):
      message.hazard_case = TOCSIN__V1__STAGING_REQUEST__HAZARD_HAZARD_RADIUS_METERS
      message.hazard_radius_meters = meters
    case .areas(let areas):
      message.hazard_case = TOCSIN__V1__STAGING_REQUEST__HAZARD_HAZARD_AREAS
      message.hazard_areas = arena.message(tocsin__v1__areas_selector__init) {
        ($0.n_areas, $0.areas) = arena.messages(areas)
      }
    }
    message.margin_meters = marginMeters
    switch force {
    case .units(let ids): (message.n_unit_ids, message.unit_ids) = arena.texts(ids)
    case .incidentType(let type): message.incident_type = arena.text(type)
    case .plan(let id): message.plan_id = arena.text(id)
    }
    switch places {
    case .layer(let name): message.layer = arena.text(name)
    case .listed(let places): (message.n_places, message.places) = arena.messages(places)
    }
    message.profile = arena.text(profile)
    message.reserve_seconds = reserveSeconds
    (message.has_wind_from_degrees, message.wind_from_degrees) = given(windFromDegrees)
    (message.n_what_if, message.what_if) = arena.messages(whatIf)
  }
}

extension StagingRequest.Hazard {
  fileprivate static func read(_ message: Tocsin__V1__StagingRequest) throws(CallStatus) -> Self {
    switch message.hazard_case {
    case TOCSIN__V1__STAGING_REQUEST__HAZARD_HAZARD_RADIUS_METERS:
      return .radius(meters: try message.hazard_radius_meters.finite("hazard_radius_meters", .invalidRadius))
    case TOCSIN__V1__STAGING_REQUEST__HAZARD_HAZARD_AREAS:
      let areas = try present(message.hazard_areas, "hazard_areas")
      return .areas(try .read(areas.areas, areas.n_areas))
    default: throw CallStatus(EngineError(.invalidArgument, "the hazard is missing"))
    }
  }
}

extension StagingRequest.Force {
  /// One of three: what is not given is empty.
  fileprivate static func read(_ message: Tocsin__V1__StagingRequest) throws(CallStatus) -> Self {
    let ids = try [String].read(message.unit_ids, message.n_unit_ids, "unit_ids")
    let (type, plan) = (try message.incident_type.text("incident_type"), try message.plan_id.text("plan_id"))
    guard [!ids.isEmpty, !type.isEmpty, !plan.isEmpty].count(where: \.self) <= 1 else {
      throw CallStatus(
        EngineError(
          .invalidArgument, "units are given, or those of a type of incident or of a plan", value: type + plan))
    }
    if !type.isEmpty { return .incidentType(type) }
    return plan.isEmpty ? .units(ids: ids) : .plan(id: plan)
  }
}

extension WindSide {
  fileprivate var wire: Tocsin__V1__WindSide {
    switch self {
    case .upwind: TOCSIN__V1__WIND_SIDE__WIND_SIDE_UPWIND
    case .crosswind: TOCSIN__V1__WIND_SIDE__WIND_SIDE_CROSSWIND
    case .downwind: TOCSIN__V1__WIND_SIDE__WIND_SIDE_DOWNWIND
    }
  }
}

extension StagingArrival: WireValue {
  static let initialize = tocsin__v1__staging_arrival__init
  static func read(_ message: Tocsin__V1__StagingArrival) throws(CallStatus) -> StagingArrival {
    StagingArrival(try message.unit_id.text("unit_id"), etaSeconds: message.eta_seconds)
  }

  func write(to message: inout Tocsin__V1__StagingArrival, in arena: MessageArena) {
    (message.unit_id, message.eta_seconds) = (arena.text(unitID), etaSeconds)
  }
}

extension StagingSpot: WireValue {
  static let initialize = tocsin__v1__staging_spot__init
  static func read(_ message: Tocsin__V1__StagingSpot) throws(CallStatus) -> StagingSpot {
    StagingSpot(
      try .required(message.place, "place"), road: try .required(message.road, "road"),
      assembleSeconds: message.assemble_seconds, onwardSeconds: message.onward_seconds,
      arrivals: try .read(message.arrivals, message.n_arrivals),
      wind: WindSide.allCases.first { $0.wire == message.wind })
  }

  func write(to message: inout Tocsin__V1__StagingSpot, in arena: MessageArena) {
    (message.place, message.road) = (arena.message(place), arena.message(road))
    (message.assemble_seconds, message.onward_seconds) = (assembleSeconds, onwardSeconds)
    (message.n_arrivals, message.arrivals) = arena.messages(arrivals)
    message.wind = wind?.wire ?? TOCSIN__V1__WIND_SIDE__WIND_SIDE_UNKNOWN
  }
}

extension RefusedStaging: WireValue {
  static let initialize = tocsin__v1__refused_staging__init
  static func read(_ message: Tocsin__V1__RefusedStaging) throws(CallStatus) -> RefusedStaging {
    let word = try message.obstacle.text("obstacle")
    guard let obstacle = StagingObstacle(rawValue: word) else {
      throw CallStatus(.malformedMessage, "unknown obstacle", value: word)
    }
    return RefusedStaging(
      try .required(message.place, "place"), obstacle, about: try message.about.text("about"))
  }

  func write(to message: inout Tocsin__V1__RefusedStaging, in arena: MessageArena) {
    message.place = arena.message(place)
    (message.obstacle, message.about) = (arena.text(obstacle.rawValue), arena.text(about))
  }
}

extension StagingAnswer: WireValue {
  static let initialize = tocsin__v1__staging_answer__init
  static func read(_ message: Tocsin__V1__StagingAnswer) throws(CallStatus) -> StagingAnswer {
    var answer = StagingAnswer(
      version: message.version, scene: try .required(message.scene, "scene"),
      unitIDs: try .read(message.unit_ids, message.n_unit_ids, "unit_ids"))
    answer.spots = try .read(message.spots, message.n_spots)
    answer.refused = try .read(message.refused, message.n_refused)
    return answer
  }

  func write(to message: inout Tocsin__V1__StagingAnswer, in arena: MessageArena) {
    message.version = version
    message.scene = arena.message(scene)
    (message.n_unit_ids, message.unit_ids) = arena.texts(unitIDs)
    (message.n_spots, message.spots) = arena.messages(spots)
    (message.n_refused, message.refused) = arena.messages(refused)
  }
}
