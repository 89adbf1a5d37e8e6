import API
import Traffic

extension TocsinEngine {
  /// Calls `body` with the state of the moment, in which closures of the caller's own hold as well.
  ///
  /// Nobody else sees them. Without closures the state is what it is; with some, each profile that is asked for gets
  /// metrics of its own for as long as `body` runs.
  ///
  /// - Parameter profile: the one profile that is asked for; `nil` for all that units have.
  /// - Complexity: that of the hierarchy arcs that the closures change; now and then a copy of a metric.
  func withTraffic<Answer>(
    of closures: [RoadClosure], for profile: String? = nil, within limit: WorkLimit,
    _ body: (EngineState) throws(EngineError) -> Answer
  ) throws(EngineError) -> Answer {
    try limit.check()
    var state = currentState()
    if closures.isEmpty { return try body(state) }
    try Validation.atMost(
      Limits.whatIfClosuresMax, "what_if_closures", closures.count, "too many closures in one question")
    let resolved = try closures.map { closure throws(EngineError) in
      try limit.check()
      try Validation.closure(closure, profiles: profileNames, limits)
      return try translating { () throws(TrafficError) in try resolver.resolve(closure) }
    }
    let names = profile.map { [$0] } ?? Array(state.fleet.profiles)
    return try whatIfs.withWorkspace { whatIf throws(EngineError) in
      let snapshot = whatIf.snapshot(state.snapshot, closing: resolved, for: names) { limit.isOver }
      guard let snapshot else {
        try limit.check()
        preconditionFailure("it ends before its end by the limit alone")
      }
      state.snapshot = snapshot
      return try body(state)
    }
  }
}
