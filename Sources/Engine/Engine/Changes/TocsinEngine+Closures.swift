import API
import Foundation
import RoadGraph
import Traffic

/// Closures: their roads are found before the change has its turn, then they are put or lifted in a draft.
extension TocsinEngine {
  public func putClosures(_ request: ClosuresRequest, by origin: ChangeOrigin, within limit: WorkLimit)
    throws(EngineError) -> ClosuresAnswer
  {
    let start = ContinuousClock.now
    let (accepted, refused) = try resolve(request, within: limit)
    let committed = try change(by: origin, since: start, within: limit) { [self] draft, _ throws(EngineError) in
      var traffic = draft.traffic
      var drafted = DraftedChange()
      let moment = now()
      if let source = request.completeSource {
        let named = Self.named(by: request, refused)
        for id in traffic.closureIDs(ofSource: source) where !named.contains(id) {
          _ = try translating { () throws(TrafficError) in try traffic.lift(id) }
          drafted.changes.append(.remove(.closure(id)))
          drafted.liftedIDs.append(id)
        }
      }
      for (resolved, encoding) in accepted {
        let closure = resolved.closure
        let known = traffic[closureID: closure.id]?.closure
        if known == closure { continue }
        try translating { () throws(TrafficError) in try traffic.put(resolved, at: moment) }
        let isRenewal = known.map { $0.lives(asLongAs: closure) == closure } ?? false
        drafted.changes.append(.put(.closure(closure.id), encoding, trail: isRenewal ? .none : .full))
      }
      try Validation.atMost(limits.closuresMax, "limits.closures", traffic.closureCount, "too many closures")
      try note(request.feed, by: origin, unmatchedCount: refused.count, in: &draft, &drafted, at: moment)
      drafted.closures = accepted.map { ($0.resolved, traffic[closureID: $0.resolved.closure.id]?.isInForce ?? false) }
      draft.traffic = traffic
      return drafted
    }
    var answer = answer(committed, request.detail)
    answer.refused = refused
    return answer
  }

  public func previewClosures(_ request: ClosuresRequest, within limit: WorkLimit) throws(EngineError)
    -> ClosuresAnswer
  {
    let (accepted, refused) = try resolve(request, within: limit)
    let state = currentState()
    let moment = now()
    let named = Self.named(by: request, refused)
    let closures = try accepted.map { accepted throws(EngineError) in
      try limit.check()
      return listed(accepted.resolved, accepted.resolved.isActive(at: moment), request.detail)
    }
    let lifted = request.completeSource.map { state.traffic.closureIDs(ofSource: $0).filter { !named.contains($0) } }
    return ClosuresAnswer(
      version: state.snapshot.version, closures: closures, refused: refused, liftedIDs: lifted ?? [])
  }

  public func liftClosures(_ ids: [String], by origin: ChangeOrigin) throws(EngineError) -> ClosuresAnswer {
    let ids = ids.composed
    try Validation.unique(ids, .invalidClosure)
    let committed = try change(by: origin) { [self] draft, _ throws(EngineError) in
      var traffic = draft.traffic
      let lifted = try ids.map { id throws(EngineError) in
        try translating { () throws(TrafficError) in try traffic.lift(id) }.resolved
      }
      draft.traffic = traffic
      return DraftedChange(changes: ids.map { .remove(.closure($0)) }, closures: lifted.map { ($0, false) })
    }
    return answer(committed)
  }

  public func listClosures(_ detail: ClosureDetail) -> ClosuresAnswer {
    let state = currentState()
    return ClosuresAnswer(
      version: state.snapshot.version, closures: state.traffic.entries.map { listed($0.resolved, $0.isInForce, detail) }
    )
  }

  /// The closures that a source still has; not those that are over, by what it says of their times.
  private static func named(by request: ClosuresRequest, _ refused: [RefusedClosure]) -> Set<String> {
    Set(request.closures.map(\.id)).subtracting(refused.filter { $0.error.code == .nothingInTime }.map(\.id))
  }

  /// The closures of a request with the roads that they mean, and those that are skipped.
  private func resolve(_ request: ClosuresRequest, within limit: WorkLimit) throws(EngineError)
    -> ([Accepted], [RefusedClosure])
  {
    try Validation.atMost(
      limits.closuresMax, "limits.closures", request.closures.count, "too many closures in one call")
    try Validation.unique(request.closures.map(\.id), .invalidClosure)
    try Validation.timeToLive(request.timeToLiveSeconds)
    try Validation.timeToLive(request.endlessTimeToLiveSeconds)
    try Validation.feed(request.feed)
    let moment = now()
    var accepted: [Accepted] = []
    var refused: [RefusedClosure] = []
    for closure in request.closures {
      try limit.check()
      let budget = RoadBudget(within: limit)
      do throws(EngineError) {
        try Validation.named("closure \(closure.id)") { () throws(EngineError) in
          try Validation.closure(closure, profiles: profileNames, limits)
        }
        try translating { () throws(TrafficError) in try resolver.checkTimes(of: closure, at: moment) }
        let lasting = request.lasting(closure, from: moment)
        let resolved = try translating { () throws(TrafficError) in try resolver.resolve(lasting, within: budget) }
        accepted.append((resolved, try lasting.ledgerData()))
      } catch {
        try limit.check()
        if request.strictness == .allOrNone { throw error }
        refused.append(RefusedClosure(id: closure.id, error: error))
      }
    }
    return (accepted, refused)
  }

  /// A closure whose roads were found, and how the ledger keeps it.
  private typealias Accepted = (resolved: ResolvedClosure, encoding: Data)

  private func answer(_ committed: CommittedChange, _ detail: ClosureDetail = []) -> ClosuresAnswer {
    ClosuresAnswer(
      version: committed.version,
      closures: committed.change.closures.map { listed($0.resolved, $0.isInForce, detail) },
      liftedIDs: committed.change.liftedIDs)
  }

  /// - Parameter isInForce: in the snapshot that the answer comes from, which is what routes go by.
  private func listed(_ resolved: ResolvedClosure, _ isInForce: Bool, _ detail: ClosureDetail) -> ListedClosure {
    ListedClosure(
      closure: resolved.closure, isActive: isInForce,
      ways: MatchedStretches(resolved.stretches, on: map.network).ways(detail))
  }

  func translating<Value>(_ body: () throws(TrafficError) -> Value) throws(EngineError) -> Value {
    do throws(TrafficError) {
      return try body()
    } catch {
      throw EngineError(error)
    }
  }
}

extension RoadClosure {
  /// The same closure with the end of another one.
  fileprivate func lives(asLongAs other: RoadClosure) -> RoadClosure {
    var closure = self
    closure.until = other.until
    return closure
  }
}

extension ClosuresRequest {
  /// A closure with the end that its times to live give it.
  fileprivate func lasting(_ closure: RoadClosure, from moment: Date) -> RoadClosure {
    let ending = endlessTimeToLiveSeconds.map { closure.ending(afterSeconds: $0, from: moment) } ?? closure
    return timeToLiveSeconds.map { ending.living(seconds: $0, from: moment) } ?? ending
  }
}
