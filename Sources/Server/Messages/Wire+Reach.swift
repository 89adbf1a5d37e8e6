import API
import CMessages
import Geometry

extension ReachDirection: WireEnum {
  var wire: Tocsin__V1__ReachDirection {
    switch self {
    case .from: TOCSIN__V1__REACH_DIRECTION__REACH_DIRECTION_FROM
    case .to: TOCSIN__V1__REACH_DIRECTION__REACH_DIRECTION_TO
    }
  }
}

extension ReachDetail: WireValue {
  static let initialize = tocsin__v1__reach_detail__init
  static func read(_ message: Tocsin__V1__ReachDetail) throws(CallStatus) -> ReachDetail {
    var detail = ReachDetail()
    (detail.roads, detail.outlines) = (message.roads != 0, message.outlines != 0)
    if let meters = given(message.has_outline_cell_meters, message.outline_cell_meters) {
      detail.outlineCellMeters = try meters.finite("outline_cell_meters")
    }
    detail.layers = try .read(message.layers, message.n_layers, "layers")
    let corners = [message.box_south_west, message.box_north_east]
    guard corners.contains(where: { $0 != nil }) else { return detail }
    let southWest = try Coordinate.read(corners[0], of: "the box")
    let northEast = try Coordinate.read(corners[1], of: "the box")
    detail.box = BoundingBox(
      minLatitudeE7: southWest.latitudeE7, minLongitudeE7: southWest.longitudeE7,
      maxLatitudeE7: northEast.latitudeE7, maxLongitudeE7: northEast.longitudeE7)
    return detail
  }

  func write(to message: inout Tocsin__V1__ReachDetail, in arena: MessageArena) {
    (message.roads, message.outlines) = (roads ? 1 : 0, outlines ? 1 : 0)
    (message.has_outline_cell_meters, message.outline_cell_meters) = (1, outlineCellMeters)
    (message.n_layers, message.layers) = arena.texts(layers)
    guard let box else { return }
    message.box_south_west = arena.message(
      Coordinate(latitudeE7: box.minLatitudeE7, longitudeE7: box.minLongitudeE7))
    message.box_north_east = arena.message(
      Coordinate(latitudeE7: box.maxLatitudeE7, longitudeE7: box.maxLongitudeE7))
  }
}

extension ReachRequest: WireValue {
  static let initialize = tocsin__v1__reach_request__init
  static func read(_ message: Tocsin__V1__ReachRequest) throws(CallStatus) -> ReachRequest {
    var request = ReachRequest(
      places: try .read(message.places, message.n_places),
      try .read(message.direction, "direction", .invalidArgument), profile: try message.profile.text("profile"),
      limitsSeconds: Array(UnsafeBufferPointer(start: message.limits_seconds, count: message.n_limits_seconds)))
    request.detail = try ReachDetail.optional(message.detail) ?? ReachDetail()
    request.whatIf = try .read(message.what_if, message.n_what_if)
    request.departAt = try given(message.has_depart_at_unix_milliseconds, message.depart_at_unix_milliseconds)?
      .moment("depart_at_unix_milliseconds", .invalidArgument)
    request.reach = try SnapReach.read(
      given(message.has_radius_meters, message.radius_meters),
      given(message.has_heading_tolerance_degrees, message.heading_tolerance_degrees))
    return request
  }

  func write(to message: inout Tocsin__V1__ReachRequest, in arena: MessageArena) {
    (message.n_places, message.places) = arena.messages(places)
    message.direction = direction.wire
    message.profile = arena.text(profile)
    (message.n_limits_seconds, message.limits_seconds) = arena.column(limitsSeconds)
    message.detail = arena.message(detail)
    (message.n_what_if, message.what_if) = arena.messages(whatIf)
    (message.has_depart_at_unix_milliseconds, message.depart_at_unix_milliseconds) = given(departAt?.unixMilliseconds)
    (message.has_radius_meters, message.radius_meters) = (1, reach.radiusMeters)
    (message.has_heading_tolerance_degrees, message.heading_tolerance_degrees) = (1, reach.headingToleranceDegrees)
  }
}

extension ReachedRoad: WireValue {
  static let initialize = tocsin__v1__reached_road__init
  static func read(_ message: Tocsin__V1__ReachedRoad) throws(CallStatus) -> ReachedRoad {
    var road = ReachedRoad(
      band: Int(message.band), wayOSMID: message.way_osm_id, name: try message.name.text("name"),
      shape: try message.polyline6.line("polyline6"), beginSeconds: message.begin_seconds,
      endSeconds: message.end_seconds)
    road.unitID = try message.unit_id.text("unit_id")
    return road
  }

  func write(to message: inout Tocsin__V1__ReachedRoad, in arena: MessageArena) {
    message.band = UInt32(clamping: band)
    message.way_osm_id = wayOSMID
    message.name = arena.text(name)
    message.polyline6 = arena.text(Polyline.encode(shape))
    (message.begin_seconds, message.end_seconds) = (beginSeconds, endSeconds)
    message.unit_id = arena.text(unitID)
  }
}

extension ReachOutline: WireValue {
  static let initialize = tocsin__v1__outline__init
  static func read(_ message: Tocsin__V1__Outline) throws(CallStatus) -> ReachOutline {
    let holes = UnsafeBufferPointer(start: message.hole_polyline6, count: message.n_hole_polyline6)
    return ReachOutline(
      exterior: try message.exterior_polyline6.line("exterior_polyline6"),
      holes: try holes.map { hole throws(CallStatus) in try hole.line("hole_polyline6") })
  }

  func write(to message: inout Tocsin__V1__Outline, in arena: MessageArena) {
    message.exterior_polyline6 = arena.text(Polyline.encode(exterior))
    (message.n_hole_polyline6, message.hole_polyline6) = arena.texts(holes.map(Polyline.encode))
  }
}

extension LayerCount: WireValue {
  static let initialize = tocsin__v1__layer_count__init
  static func read(_ message: Tocsin__V1__LayerCount) throws(CallStatus) -> LayerCount {
    LayerCount(try message.layer.text("layer"), count: Int(message.count), weight: message.weight)
  }

  func write(to message: inout Tocsin__V1__LayerCount, in arena: MessageArena) {
    message.layer = arena.text(layer)
    (message.count, message.weight) = (UInt32(clamping: count), weight)
  }
}

extension ReachBand: WireValue {
  static let initialize = tocsin__v1__reach_band__init
  static func read(_ message: Tocsin__V1__ReachBand) throws(CallStatus) -> ReachBand {
    var band = ReachBand(
      limitSeconds: message.limit_seconds, lengthMeters: message.length_meters, lengthShare: message.length_share)
    band.reachFactor = given(message.has_reach_factor, message.reach_factor)
    band.outlines = try .read(message.outlines, message.n_outlines)
    band.layers = try .read(message.layers, message.n_layers)
    return band
  }

  func write(to message: inout Tocsin__V1__ReachBand, in arena: MessageArena) {
    (message.limit_seconds, message.length_meters, message.length_share) = (limitSeconds, lengthMeters, lengthShare)
    (message.has_reach_factor, message.reach_factor) = given(reachFactor)
    (message.n_outlines, message.outlines) = arena.messages(outlines)
    (message.n_layers, message.layers) = arena.messages(layers)
  }
}

extension ReachAnswer: WireValue {
  static let initialize = tocsin__v1__reach_answer__init
  static func read(_ message: Tocsin__V1__ReachAnswer) throws(CallStatus) -> ReachAnswer {
    var answer = ReachAnswer(
      version: message.version, places: try [OptionalPlace].read(message.places, message.n_places).map(\.snapped))
    answer.bands = try .read(message.bands, message.n_bands)
    answer.roads = try .read(message.roads, message.n_roads)
    answer.isFeltTime = message.felt_time != 0
    answer.lostLengthMeters = given(message.has_lost_length_meters, message.lost_length_meters)
    answer.lostRoads = try .read(message.lost_roads, message.n_lost_roads)
    answer.lostLayers = try .read(message.lost_layers, message.n_lost_layers)
    answer.basis = try .read(message.basis, "basis", .invalidArgument)
    return answer
  }

  func write(to message: inout Tocsin__V1__ReachAnswer, in arena: MessageArena) {
    message.version = version
    message.basis = basis.wire
    (message.n_places, message.places) = arena.messages(places.map { OptionalPlace(snapped: $0) })
    (message.n_bands, message.bands) = arena.messages(bands)
    (message.n_roads, message.roads) = arena.messages(roads)
    message.felt_time = isFeltTime ? 1 : 0
    (message.has_lost_length_meters, message.lost_length_meters) = given(lostLengthMeters)
    (message.n_lost_roads, message.lost_roads) = arena.messages(lostRoads)
    (message.n_lost_layers, message.lost_layers) = arena.messages(lostLayers)
  }
}
