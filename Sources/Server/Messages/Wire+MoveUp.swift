import API
import CMessages
import Geometry

extension CoverObjective: WireEnum {
  var wire: Tocsin__V1__CoverObjective {
    switch self {
    case .expected: TOCSIN__V1__COVER_OBJECTIVE__COVER_OBJECTIVE_EXPECTED
    case .double: TOCSIN__V1__COVER_OBJECTIVE__COVER_OBJECTIVE_DOUBLE
    case .gaps: TOCSIN__V1__COVER_OBJECTIVE__COVER_OBJECTIVE_GAPS
    }
  }
}

extension MoveUpRequest: WireValue {
  static let initialize = tocsin__v1__move_up_request__init
  static func read(_ message: Tocsin__V1__MoveUpRequest) throws(CallStatus) -> MoveUpRequest {
    var request = MoveUpRequest(
      demandLayer: try message.demand_layer.text("demand_layer"),
      limitSeconds: try message.limit_seconds.finite("limit_seconds", .invalidLimit))
    request.units = try UnitFilter.optional(message.units) ?? UnitFilter()
    request.posts = try .read(message.posts, message.n_posts)
    request.farLimitSeconds = try given(message.has_far_limit_seconds, message.far_limit_seconds)?
      .finite("far_limit_seconds", .invalidLimit)
    request.busyShare = try given(message.has_busy_share, message.busy_share)?.finite("busy_share", .invalidBusyShare)
    request.objective = try .read(message.objective, "objective", .invalidArgument)
    if message.moves_max != 0 { request.movesMax = Int(message.moves_max) }
    if let share = given(message.has_gain_share_min, message.gain_share_min) {
      request.gainShareMin = try share.finite("gain_share_min")
    }
    if let seconds = given(message.has_relocation_seconds_max, message.relocation_seconds_max) {
      request.relocationSecondsMax = try seconds.finite("relocation_seconds_max")
    }
    request.stayingUnitIDs = try .read(message.staying_unit_ids, message.n_staying_unit_ids, "staying_unit_ids")
    request.targetPostIDs = try .read(message.target_post_ids, message.n_target_post_ids, "target_post_ids")
    if let count = given(message.has_gap_count, message.gap_count) { request.gapCount = Int(count) }
    request.whatIf = try .read(message.what_if, message.n_what_if)
    return request
  }

  func write(to message: inout Tocsin__V1__MoveUpRequest, in arena: MessageArena) {
    message.units = arena.message(units)
    (message.n_posts, message.posts) = arena.messages(posts)
    message.demand_layer = arena.text(demandLayer)
    message.limit_seconds = limitSeconds
    (message.has_far_limit_seconds, message.far_limit_seconds) = given(farLimitSeconds)
    (message.has_busy_share, message.busy_share) = given(busyShare)
    message.objective = objective.wire
    message.moves_max = UInt32(clamping: movesMax)
    (message.has_gain_share_min, message.gain_share_min) = (1, gainShareMin)
    (message.has_relocation_seconds_max, message.relocation_seconds_max) = (1, relocationSecondsMax)
    (message.n_staying_unit_ids, message.staying_unit_ids) = arena.texts(stayingUnitIDs)
    (message.n_target_post_ids, message.target_post_ids) = arena.texts(targetPostIDs)
    (message.has_gap_count, message.gap_count) = (1, UInt32(clamping: gapCount))
    (message.n_what_if, message.what_if) = arena.messages(whatIf)
  }
}

// MARK: Answers

extension PostMove: WireValue {
  static let initialize = tocsin__v1__post_move__init
  static func read(_ message: Tocsin__V1__PostMove) throws(CallStatus) -> PostMove {
    var move = PostMove(
      unitID: try message.unit_id.text("unit_id"), fromPostID: try message.from_post_id.text("from_post_id"),
      toPostID: try message.to_post_id.text("to_post_id"), from: try Coordinate.read(message.from, of: "the unit"),
      to: try Coordinate.read(message.to, of: "the post"), travelSeconds: message.travel_seconds)
    (move.gainWeight, move.gainShare) = (message.gain_weight, message.gain_share)
    (move.originShareBefore, move.originShareAfter) = (message.origin_share_before, message.origin_share_after)
    return move
  }

  func write(to message: inout Tocsin__V1__PostMove, in arena: MessageArena) {
    message.unit_id = arena.text(unitID)
    (message.from_post_id, message.to_post_id) = (arena.text(fromPostID), arena.text(toPostID))
    (message.from, message.to) = (arena.message(from), arena.message(to))
    message.travel_seconds = travelSeconds
    (message.gain_weight, message.gain_share) = (gainWeight, gainShare)
    (message.origin_share_before, message.origin_share_after) = (originShareBefore, originShareAfter)
  }
}

extension CoverShares: WireValue {
  static let initialize = tocsin__v1__cover_shares__init
  static func read(_ message: Tocsin__V1__CoverShares) -> CoverShares {
    var shares = CoverShares()
    (shares.covered, shares.expected, shares.twice) = (message.covered, message.expected, message.twice)
    shares.barePointCount = Int(message.bare_point_count)
    return shares
  }

  func write(to message: inout Tocsin__V1__CoverShares, in arena: MessageArena) {
    (message.covered, message.expected, message.twice) = (covered, expected, twice)
    message.bare_point_count = UInt32(clamping: barePointCount)
  }
}

extension MoveUpAnswer: WireValue {
  static let initialize = tocsin__v1__move_up_answer__init
  static func read(_ message: Tocsin__V1__MoveUpAnswer) throws(CallStatus) -> MoveUpAnswer {
    var answer = MoveUpAnswer(
      version: message.version, demand: try .required(message.demand, "demand"), busyShare: message.busy_share)
    (answer.unitCount, answer.postCount) = (Int(message.unit_count), Int(message.post_count))
    answer.before = try .required(message.before, "before")
    answer.after = try .required(message.after, "after")
    answer.moves = try .read(message.moves, message.n_moves)
    answer.bestRefused = try .optional(message.best_refused)
    // A reason that is not known here is none.
    answer.refusedFor = MoveRefusal(rawValue: try message.refused_for.text("refused_for"))
    answer.gapsAfter = try .read(message.gaps_after, message.n_gaps_after)
    answer.unfilledPostIDs = try .read(message.unfilled_post_ids, message.n_unfilled_post_ids, "unfilled_post_ids")
    answer.offMapPostIDs = try .read(message.off_map_post_ids, message.n_off_map_post_ids, "off_map_post_ids")
    answer.leftOut = try .read(message.left_out, message.n_left_out)
    answer.isFeltTime = message.felt_time != 0
    return answer
  }

  func write(to message: inout Tocsin__V1__MoveUpAnswer, in arena: MessageArena) {
    (message.version, message.busy_share) = (version, busyShare)
    (message.unit_count, message.post_count) = (UInt32(clamping: unitCount), UInt32(clamping: postCount))
    message.demand = arena.message(demand)
    (message.before, message.after) = (arena.message(before), arena.message(after))
    (message.n_moves, message.moves) = arena.messages(moves)
    if let bestRefused { message.best_refused = arena.message(bestRefused) }
    message.refused_for = arena.text(refusedFor?.rawValue ?? "")
    (message.n_gaps_after, message.gaps_after) = arena.messages(gapsAfter)
    (message.n_unfilled_post_ids, message.unfilled_post_ids) = arena.texts(unfilledPostIDs)
    (message.n_off_map_post_ids, message.off_map_post_ids) = arena.texts(offMapPostIDs)
    (message.n_left_out, message.left_out) = leftOut.column(in: arena)
    message.felt_time = isFeltTime ? 1 : 0
  }
}
