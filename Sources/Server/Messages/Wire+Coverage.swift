import API
import CMessages
import Geometry

extension UnitMove: WireValue {
  static let initialize = tocsin__v1__unit_move__init
  static func read(_ message: Tocsin__V1__UnitMove) throws(CallStatus) -> UnitMove {
    UnitMove(unitID: try message.unit_id.text("unit_id"), place: try .optional(message.place))
  }

  func write(to message: inout Tocsin__V1__UnitMove, in arena: MessageArena) {
    message.unit_id = arena.text(unitID)
    if let place { message.place = arena.message(place) }
  }
}

extension CoverageDetail: WireValue {
  static let initialize = tocsin__v1__coverage_detail__init
  static func read(_ message: Tocsin__V1__CoverageDetail) throws(CallStatus) -> CoverageDetail {
    var detail = CoverageDetail()
    detail.roads = message.roads != 0
    if let count = given(message.has_sole_count, message.sole_count) { detail.soleCount = Int(count) }
    if let count = given(message.has_gap_count, message.gap_count) { detail.gapCount = Int(count) }
    return detail
  }

  func write(to message: inout Tocsin__V1__CoverageDetail, in arena: MessageArena) {
    message.roads = roads ? 1 : 0
    (message.has_sole_count, message.sole_count) = (1, UInt32(clamping: soleCount))
    (message.has_gap_count, message.gap_count) = (1, UInt32(clamping: gapCount))
  }
}

extension CoverageRequest: WireValue {
  static let initialize = tocsin__v1__coverage_request__init
  static func read(_ message: Tocsin__V1__CoverageRequest) throws(CallStatus) -> CoverageRequest {
    var request = CoverageRequest(
      limitsSeconds: Array(UnsafeBufferPointer(start: message.limits_seconds, count: message.n_limits_seconds)))
    request.units = try UnitFilter.optional(message.units) ?? UnitFilter()
    request.handlingSeconds = try message.handling_seconds.finite("handling_seconds")
    request.depth = message.depth == 0 ? 1 : Int(message.depth)
    request.demandLayer = try message.demand_layer.text("demand_layer")
    request.moves = try .read(message.moves, message.n_moves)
    request.whatIf = try .read(message.what_if, message.n_what_if)
    request.departAt = try given(message.has_depart_at_unix_milliseconds, message.depart_at_unix_milliseconds)?
      .moment("depart_at_unix_milliseconds", .invalidArgument)
    request.detail = try .optional(message.detail) ?? CoverageDetail()
    return request
  }

  func write(to message: inout Tocsin__V1__CoverageRequest, in arena: MessageArena) {
    message.units = arena.message(units)
    (message.n_limits_seconds, message.limits_seconds) = arena.column(limitsSeconds)
    message.handling_seconds = handlingSeconds
    message.depth = UInt32(clamping: depth)
    message.demand_layer = arena.text(demandLayer)
    (message.n_moves, message.moves) = arena.messages(moves)
    (message.n_what_if, message.what_if) = arena.messages(whatIf)
    (message.has_depart_at_unix_milliseconds, message.depart_at_unix_milliseconds) = given(departAt?.unixMilliseconds)
    message.detail = arena.message(detail)
  }
}

extension WatchCoverageRequest: WireValue {
  static let initialize = tocsin__v1__watch_coverage_request__init
  static func read(_ message: Tocsin__V1__WatchCoverageRequest) throws(CallStatus) -> WatchCoverageRequest {
    var request = WatchCoverageRequest(try .required(message.question, "question"))
    let share = try message.change_share.finite("change_share")
    if share != 0 { request.changeShare = share }
    return request
  }

  func write(to message: inout Tocsin__V1__WatchCoverageRequest, in arena: MessageArena) {
    message.question = arena.message(question)
    message.change_share = changeShare
  }
}

// MARK: Answers

extension CoverageLevel: WireValue {
  static let initialize = tocsin__v1__coverage_level__init
  static func read(_ message: Tocsin__V1__CoverageLevel) -> CoverageLevel {
    var level = CoverageLevel(
      limitSeconds: message.limit_seconds, depth: Int(message.depth), lengthMeters: message.length_meters,
      lengthShare: message.length_share)
    (level.demandWeight, level.demandShare) = (message.demand_weight, message.demand_share)
    return level
  }

  func write(to message: inout Tocsin__V1__CoverageLevel, in arena: MessageArena) {
    (message.limit_seconds, message.depth) = (limitSeconds, UInt32(clamping: depth))
    (message.length_meters, message.length_share) = (lengthMeters, lengthShare)
    (message.demand_weight, message.demand_share) = (demandWeight, demandShare)
  }
}

extension SoleCover: WireValue {
  static let initialize = tocsin__v1__sole_cover__init
  static func read(_ message: Tocsin__V1__SoleCover) throws(CallStatus) -> SoleCover {
    var sole = SoleCover(
      unitID: try message.unit_id.text("unit_id"), limitSeconds: message.limit_seconds,
      lengthMeters: message.length_meters)
    sole.demandWeight = message.demand_weight
    return sole
  }

  func write(to message: inout Tocsin__V1__SoleCover, in arena: MessageArena) {
    message.unit_id = arena.text(unitID)
    (message.limit_seconds, message.length_meters) = (limitSeconds, lengthMeters)
    message.demand_weight = demandWeight
  }
}

extension CoverageGap: WireValue {
  static let initialize = tocsin__v1__coverage_gap__init
  static func read(_ message: Tocsin__V1__CoverageGap) throws(CallStatus) -> CoverageGap {
    var gap = CoverageGap(
      name: try message.name.text("name"), coordinate: try Coordinate.read(message.coordinate, of: "the gap"),
      lengthMeters: message.length_meters, seconds: given(message.has_seconds, message.seconds),
      unitID: try message.unit_id.text("unit_id"))
    gap.demandWeight = message.demand_weight
    return gap
  }

  func write(to message: inout Tocsin__V1__CoverageGap, in arena: MessageArena) {
    message.name = arena.text(name)
    message.coordinate = arena.message(coordinate)
    (message.length_meters, message.demand_weight) = (lengthMeters, demandWeight)
    (message.has_seconds, message.seconds) = given(seconds)
    message.unit_id = arena.text(unitID)
  }
}

extension DemandSummary: WireValue {
  static let initialize = tocsin__v1__demand_summary__init
  static func read(_ message: Tocsin__V1__DemandSummary) throws(CallStatus) -> DemandSummary {
    DemandSummary(
      pointCount: Int(message.point_count), weight: message.weight,
      offMap: try IDList.optional(message.off_map) ?? IDList())
  }

  func write(to message: inout Tocsin__V1__DemandSummary, in arena: MessageArena) {
    (message.point_count, message.weight) = (UInt32(clamping: pointCount), weight)
    message.off_map = arena.message(offMap)
  }
}

extension CoverageAnswer: WireValue {
  static let initialize = tocsin__v1__coverage_answer__init
  static func read(_ message: Tocsin__V1__CoverageAnswer) throws(CallStatus) -> CoverageAnswer {
    var answer = CoverageAnswer(version: message.version, unitCount: Int(message.unit_count))
    answer.levels = try .read(message.levels, message.n_levels)
    answer.sole = try .read(message.sole, message.n_sole)
    answer.gaps = try .read(message.gaps, message.n_gaps)
    answer.leftOut = try .read(message.left_out, message.n_left_out)
    answer.roads = try .read(message.roads, message.n_roads)
    answer.before = try .read(message.before, message.n_before)
    answer.demand = try .optional(message.demand)
    answer.isFeltTime = message.felt_time != 0
    answer.basis = try .read(message.basis, "basis", .invalidArgument)
    return answer
  }

  func write(to message: inout Tocsin__V1__CoverageAnswer, in arena: MessageArena) {
    (message.version, message.unit_count) = (version, UInt32(clamping: unitCount))
    message.basis = basis.wire
    (message.n_levels, message.levels) = arena.messages(levels)
    (message.n_sole, message.sole) = arena.messages(sole)
    (message.n_gaps, message.gaps) = arena.messages(gaps)
    (message.n_left_out, message.left_out) = leftOut.column(in: arena)
    (message.n_roads, message.roads) = arena.messages(roads)
    (message.n_before, message.before) = arena.messages(before)
    if let demand { message.demand = arena.message(demand) }
    message.felt_time = isFeltTime ? 1 : 0
  }
}
