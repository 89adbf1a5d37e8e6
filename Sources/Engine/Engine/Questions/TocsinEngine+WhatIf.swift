import API
import Traffic

extension TocsinEngine {
  /// Calls `body` with the state of the moment, in which closures of the caller's own hold as well.
  ///
  /// Nobody else sees them. Without closures the state is what it is; with some, each profile that is asked for gets
  /// metrics of its own for as long as `body` runs.
  ///
  /// - Parameters:
  ///   - profile: the one profile that is asked for; `nil` for all that units have.
  ///   - others: profiles that are asked for besides.
  /// - Complexity: that of the hierarchy arcs that the closures change; now and then a copy of a metric.
  func withTraffic<Answer>(
    of closures: [RoadClosure], for profile: String? = nil, and others: [String] = [], within limit: WorkLimit,
    _ body: (EngineState) throws(EngineError) -> Answer
  ) throws(EngineError) -> Answer {
    try withTraffics(of: closures, for: profile, and: others, within: limit) { _, state throws(EngineError) in
      try body(state)
    }
  }

  /// The same with the state before the closures as well, which is the same one if there are none.
  func withTraffics<Answer>(
    of closures: [RoadClosure], for profile: String? = nil, and others: [String] = [], within limit: WorkLimit,
    _ body: (_ before: EngineState, _ now: EngineState) throws(EngineError) -> Answer
  ) throws(EngineError) -> Answer {
    try limit.check()
    let before = currentState()
    var state = before
    if closures.isEmpty { return try whole(within: limit) { () throws(EngineError) in try body(before, state) } }
    try Validation.whatIf(closures, profiles: profileNames, limits)
    let budget = RoadBudget(within: limit)
    let resolved = try closures.map { closure throws(EngineError) in
      try translating { () throws(TrafficError) in try resolver.resolve(closure, within: budget) }
    }
    let names = Set(others + (profile.map { [$0] } ?? Array(state.fleet.profiles))).sorted()
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

  /// The answer of a search that was not ended in the middle: what comes of one that was is not looked at.
  private func whole<Answer>(
    within limit: WorkLimit, _ body: () throws(EngineError) -> Answer
  ) throws(EngineError) -> Answer {
    let outcome = Result { () throws(EngineError) in try body() }
    try limit.check()
    return try outcome.get()
  }
}
