import Foundation
import Ledger
import RoadGraph
import Traffic

extension TocsinEngine {
  public func putClosures(_ closures: [RoadClosure]) throws(EngineError) -> ClosuresAnswer {
    try Validation.atMost(Limits.closuresMax, closures.count, "too many closures in one call")
    try Validation.unique(closures.map(\.id), .invalidClosure)
    for closure in closures { try Validation.closure(closure) }
    let resolver = ClosureResolver(map.network)
    let resolved = try closures.map { closure throws(EngineError) in
      let pieces = try translating { () throws(TrafficError) in try resolver.pieces(of: closure.selector) }
      return (closure: closure, pieces: pieces)
    }
    return try writer.withLock { writer throws(EngineError) in
      var registry = currentState().closures
      for (closure, pieces) in resolved {
        try translating { () throws(TrafficError) in try registry.put(closure, pieces: pieces) }
      }
      try Validation.atMost(Limits.closuresMax, registry.count, "too many closures")
      try record(
        try closures.map { closure throws(EngineError) in try .put(.closure(closure.id), encoded(closure)) })
      let moment = now()
      let version = publish(registry, by: &writer, at: moment)
      let entries = resolved.map { ClosureRegistry.Entry(closure: $0.closure, pieces: $0.pieces) }
      return ClosuresAnswer(version: version, closures: entries.map { listed($0, at: moment) })
    }
  }

  public func liftClosures(_ ids: [String]) throws(EngineError) -> ClosuresAnswer {
    try Validation.unique(ids, .invalidClosure)
    return try writer.withLock { writer throws(EngineError) in
      var registry = currentState().closures
      let lifted = try ids.map { id throws(EngineError) in
        try translating { () throws(TrafficError) in try registry.lift(id) }
      }
      try record(ids.map { .remove(.closure($0)) })
      let moment = now()
      let version = publish(registry, by: &writer, at: moment)
      return ClosuresAnswer(version: version, closures: lifted.map { listed($0, at: moment) })
    }
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
      var registry = currentState().closures
      let moment = now()
      let expired = registry.expired(at: moment)
      for id in expired { _ = try? registry.lift(id) }
      // A ledger that can't forget them now is asked again when it is read: they are over then, too.
      try? record(expired.map { .remove(.closure($0)) })
      _ = publish(registry, by: &writer, at: moment)
    }
  }

  /// Makes the closures of `registry` the ones that queries see, and returns the first version that knows them.
  func publish(_ registry: ClosureRegistry, by writer: inout EngineWriter, at moment: Date) -> UInt64 {
    let start = ContinuousClock.now
    writer.rules.advance(to: moment)
    let snapshot = writer.publisher.publish(
      closedPieces: registry.closedPieces(at: moment), adjustments: writer.rules.adjustments, at: moment)
    let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
    let before = currentState()
    // On roads that changed a unit may stand elsewhere, and what lies behind it weighs something else.
    let fleet =
      snapshot.roadsVersion == before.snapshot.roadsVersion
      ? before.fleet : before.fleet.mapped { stationed($0.unit, in: snapshot) }
    state.withLock { state in
      state.snapshot = snapshot
      state.fleet = fleet
      state.closures = registry
      state.lastUpdateMilliseconds = milliseconds
    }
    schedule([registry.nextChange(after: moment), writer.rules.nextChange].compactMap { $0 }.min())
    return snapshot.version
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
