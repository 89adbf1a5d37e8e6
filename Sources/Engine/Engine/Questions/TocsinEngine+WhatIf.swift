import API
import Foundation
import Traffic

extension TocsinEngine {
  /// Calls `body` with the state of the moment, in which closures of the caller's own hold as well; or with the traffic
  /// of a moment to come.
  ///
  /// Nobody else sees them. Without closures the state is what it is; with some, each profile that is asked for gets
  /// metrics of its own for as long as `body` runs.
  ///
  /// - Parameters:
  ///   - departure: when vehicles leave; `nil` is now.
  ///   - profile: the one profile that is asked for; `nil` for all that units have.
  ///   - others: profiles that are asked for besides.
  /// - Complexity: that of the hierarchy arcs that the closures change; now and then a copy of a metric. Of another
  ///   moment that of ``Traffic/PlannedTraffic``, too.
  func withTraffic<Answer>(
    of closures: [RoadClosure], at departure: Date? = nil, for profile: String? = nil, and others: [String] = [],
    within limit: WorkLimit, _ body: (EngineState) throws(EngineError) -> Answer
  ) throws(EngineError) -> Answer {
    try withTraffics(of: closures, at: departure, for: profile, and: others, within: limit) {
      _, state throws(EngineError) in
      try body(state)
    }
  }

  /// The same with the state before the closures as well, which is the same one if there are none.
  func withTraffics<Answer>(
    of closures: [RoadClosure], at departure: Date? = nil, for profile: String? = nil, and others: [String] = [],
    within limit: WorkLimit,
    _ body: (_ before: EngineState, _ now: EngineState) throws(EngineError) -> Answer
  ) throws(EngineError) -> Answer {
    try limit.check()
    let current = currentState()
    let names = Set(others + (profile.map { [$0] } ?? Array(current.fleet.profiles))).sorted()
    let before =
      try departure.map { date throws(EngineError) in
        try self.state(current, at: date, for: names, within: limit)
      } ?? current
    var state = before
    if closures.isEmpty { return try whole(within: limit) { () throws(EngineError) in try body(before, state) } }
    try Validation.whatIf(closures, profiles: profileNames, limits)
    let budget = RoadBudget(within: limit)
    let resolved = try closures.map { closure throws(EngineError) in
      try translating { () throws(TrafficError) in try resolver.resolve(closure, within: budget) }
    }
    return try whatIfs.withWorkspace { whatIf throws(EngineError) in
      let snapshot = whatIf.snapshot(state.snapshot, closing: resolved, for: names) { limit.isOver }
      guard let snapshot else {
        try limit.check()
        preconditionFailure("it ends before its end by the limit alone")
      }
      state.snapshot = snapshot
      return try whole(within: limit) { () throws(EngineError) in try body(before, state) }
    }
  }

  /// The state with the traffic of a moment to come.
  ///
  /// - Throws: `DEPART_IN_PAST`, `DEPART_TOO_FAR`.
  private func state(
    _ current: EngineState, at departure: Date, for names: [String], within limit: WorkLimit
  ) throws(EngineError) -> EngineState {
    let now = now()
    try Validation.departure(departure, now: now)
    let found = planned.snapshot(
      at: PlannedTraffic.Moment(departure, now: now), of: current.snapshot, current.traffic, for: names
    ) { limit.isOver }
    guard let found else {
      try limit.check()
      preconditionFailure("it ends before its end by the limit alone")
    }
    var state = current
    (state.snapshot, state.basis) = found
    if state.snapshot.roadsVersion != current.snapshot.roadsVersion {
      state.fleet = current.fleet.mapped { sites.stationed($0.unit, in: found.snapshot) }
    }
    return state
  }

  /// The answer of a search that was not ended in the middle: what comes of one that was is not looked at.
  private func whole<Answer>(
    within limit: WorkLimit, _ body: () throws(EngineError) -> Answer
  ) throws(EngineError) -> Answer {
    let outcome = Result { () throws(EngineError) in try body() }
    try limit.check()
    return try outcome.get()
  }
}
