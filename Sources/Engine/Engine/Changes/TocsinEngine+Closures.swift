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
    var answer = answer(committed)
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
      return listed(accepted.resolved, accepted.resolved.isActive(at: moment))
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

  public func listClosures() -> ClosuresAnswer {
    let state = currentState()
    return ClosuresAnswer(
      version: state.snapshot.version, closures: state.traffic.entries.map { listed($0.resolved, $0.isInForce) })
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

  private func answer(_ committed: CommittedChange) -> ClosuresAnswer {
    ClosuresAnswer(
      version: committed.version, closures: committed.change.closures.map { listed($0.resolved, $0.isInForce) },
      liftedIDs: committed.change.liftedIDs)
  }

  /// - Parameter isInForce: in the snapshot that the answer comes from, which is what routes go by.
  private func listed(_ resolved: ResolvedClosure, _ isInForce: Bool) -> ListedClosure {
    ListedClosure(closure: resolved.closure, isActive: isInForce, ways: matchedWays(of: resolved.stretches))
  }

  /// The OSM ways of stretches, in the order of their ids, with the metres that are meant in both directions and in one
  /// only.
  private func matchedWays(of stretches: [DirectedStretch]) -> [MatchedWay] {
    struct Part: Hashable {
      var way: WayID
      var direction: WayDirection
    }
    let network = map.network
    var centimeters: [Part: Int] = [:]
    for (piece, stretches) in Dictionary(grouping: stretches, by: \.piece.piece) {
      guard let way = network.way(of: piece) else { continue }
      func meant(_ stretches: [DirectedStretch]) -> Int {
        network.lengthCentimeters(of: piece, stretches.map(\.extent))
      }
      let isReversed = network.pieces[piece].isReversed
      let (all, forward) = (meant(stretches), meant(stretches.filter { $0.piece.isBackward == isReversed }))
      let backward = meant(stretches.filter { $0.piece.isBackward != isReversed })
      // What is meant in both directions is what is in one and the other, and counts once.
      let parts: [(WayDirection, Int)] = [
        (.both, forward + backward - all), (.forward, all - backward), (.backward, all - forward),
      ]
      for (direction, length) in parts where length > 0 || (all == 0 && direction == .both) {
        centimeters[Part(way: way, direction: direction), default: 0] += length
      }
    }
    let order = WayDirection.allCases
    func number(_ part: Part) -> (WayID, Int) { (part.way, order.firstIndex(of: part.direction) ?? 0) }
    return centimeters.sorted { number($0.key) < number($1.key) }.map { part, centimeters in
      let way = network.ways[part.way]
      return MatchedWay(
        osmID: way.osmID, name: network.texts[way.name], lengthMeters: Double(centimeters) / 100,
        direction: part.direction)
    }
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
