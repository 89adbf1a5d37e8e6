import Foundation
import Ledger
import RoadGraph
import Traffic

extension TocsinEngine {
  public func putClosures(_ closures: [RoadClosure], by origin: ChangeOrigin) throws(EngineError) -> ClosuresAnswer {
    try Validation.atMost(Limits.closuresMax, closures.count, "too many closures in one call")
    try Validation.unique(closures.map(\.id), .invalidClosure)
    for closure in closures { try Validation.closure(closure) }
    let resolver = ClosureResolver(map.network)
    let entries = try closures.map { closure throws(EngineError) in
      let pieces = try translating { () throws(TrafficError) in try resolver.pieces(of: closure.selector) }
      return ClosureRegistry.Entry(closure: closure, pieces: pieces)
    }
    let changes = try closures.map { closure throws(EngineError) -> LedgerChange in
      try .put(.closure(closure.id), encoded(closure))
    }
    let committed = try change(by: origin) { [self] draft, _ throws(EngineError) in
      var registry = draft.closures
      for entry in entries {
        try translating { () throws(TrafficError) in try registry.put(entry.closure, pieces: entry.pieces) }
      }
      try Validation.atMost(Limits.closuresMax, registry.count, "too many closures")
      draft.closures = registry
      draft.areClosuresNew = true
      return DraftedChange(changes: changes, closures: entries)
    }
    return answer(committed)
  }

  public func liftClosures(_ ids: [String], by origin: ChangeOrigin) throws(EngineError) -> ClosuresAnswer {
    try Validation.unique(ids, .invalidClosure)
    let committed = try change(by: origin) { [self] draft, _ throws(EngineError) in
      var registry = draft.closures
      let lifted = try ids.map { id throws(EngineError) in
        try translating { () throws(TrafficError) in try registry.lift(id) }
      }
      draft.closures = registry
      draft.areClosuresNew = true
      return DraftedChange(changes: ids.map { .remove(.closure($0)) }, closures: lifted)
    }
    return answer(committed)
  }

  private func answer(_ committed: CommittedChange) -> ClosuresAnswer {
    ClosuresAnswer(
      version: committed.version, closures: committed.closures.map { listed($0, at: committed.moment) })
  }

  public func listClosures() -> ClosuresAnswer {
    let state = currentState()
    let moment = now()
    return ClosuresAnswer(
      version: state.snapshot.version, closures: state.closures.entries.map { listed($0, at: moment) })
  }

  /// Publishes what begins or ends by itself by now, and forgets closures whose time is over.
  func applyDueChanges() {
    writer.withLock { writer in
      var draft = StateDraft(currentState())
      let moment = now()
      let expired = draft.closures.expired(at: moment)
      for id in expired { _ = try? draft.closures.lift(id) }
      // A ledger that can't forget them now is asked again when it is read: they are over then, too.
      recordIfPossible(
        expired.map { .remove(.closure($0)) }, version: writer.publisher.latest.version + 1, at: moment)
      publish(draft, by: &writer, at: moment)
    }
  }

  /// Makes a draft the state that queries see, with the version after the latest one.
  func publish(_ draft: StateDraft, by writer: inout EngineWriter, at moment: Date) {
    let start = ContinuousClock.now
    writer.rules.advance(to: moment)
    let snapshot = writer.publisher.publish(
      closedPieces: draft.closures.closedPieces(at: moment), adjustments: writer.rules.adjustments, at: moment)
    let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
    // On roads that changed a unit may stand elsewhere, and what lies behind it weighs something else.
    let fleet =
      snapshot.roadsVersion == currentState().snapshot.roadsVersion
      ? draft.fleet : draft.fleet.mapped { stationed($0.unit, in: snapshot) }
    state.withLock { state in
      state.snapshot = snapshot
      state.fleet = fleet
      state.closures = draft.closures
      state.lastUpdateMilliseconds = milliseconds
    }
    schedule([draft.closures.nextChange(after: moment), writer.rules.nextChange].compactMap { $0 }.min())
  }

  private func listed(_ entry: ClosureRegistry.Entry, at moment: Date) -> ListedClosure {
    ListedClosure(
      closure: entry.closure, isActive: entry.closure.isActive(at: moment), ways: matchedWays(of: entry.pieces))
  }

  /// The OSM ways of pieces, in the order of their ids; a piece that is closed in both directions counts once.
  private func matchedWays(of pieces: [DirectedPiece]) -> [MatchedWay] {
    var centimeters: [WayID: Int] = [:]
    for piece in Set(pieces.map(\.piece)) {
      guard let way = map.network.way(of: piece) else { continue }
      centimeters[way, default: 0] += Int(map.network.pieces[piece].lengthCentimeters)
    }
    return centimeters.sorted { $0.key < $1.key }.map { way, centimeters in
      let record = map.network.ways[way]
      return MatchedWay(
        osmID: record.osmID, name: map.network.texts[record.name], lengthMeters: Double(centimeters) / 100)
    }
  }

  private func translating<Value>(_ body: () throws(TrafficError) -> Value) throws(EngineError) -> Value {
    do throws(TrafficError) {
      return try body()
    } catch {
      throw EngineError(error)
    }
  }
}

extension EngineError {
  init(_ error: TrafficError) {
    switch error {
    case .unknownWay(let osmID):
      self.init(.unknownWay, "the map has no road with this OSM way id", value: "\(osmID)")
    case .nothingMatched(.point(let center, let radiusMeters)):
      self.init(.nothingMatched, "no road lies within \(radiusMeters) m", value: "\(center)")
    case .nothingMatched(.way(let osmID, _)):
      self.init(.nothingMatched, "the way has no road in this direction", value: "\(osmID)")
    case .staleRevision(let id, let known, let given):
      self.init(.staleRevision, "closure \(id) is known with revision \(known)", value: "\(given)")
    case .unknownClosure(let id):
      self.init(.unknownClosure, "no closure has this id", value: id)
    }
  }
}
