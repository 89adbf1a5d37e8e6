import API
import Fleet
import Foundation
import Ledger
import Traffic

/// The state as it will be once changes are recorded.
struct StateDraft {
  var fleet: FleetRegister
  var traffic: TrafficState
  var feeds: FeedRegister
  var plans: PlanBook { didSet { arePlansNew = true } }
  var layers: LayerShelf { didSet { areLayersNew = true } }
  var hospitals: Roster<Hospital>
  var posts: Roster<Post>
  /// What watchers are told of.
  private(set) var arePlansNew = false
  private(set) var areLayersNew = false
  /// Units that were put or removed.
  var unitChanges: [UnitChange] = []
  /// True if queries need a new snapshot.
  var isTrafficNew: Bool { !traffic.changes.isEmpty }

  init(_ state: EngineState) {
    (fleet, traffic, feeds) = (state.fleet, state.traffic, state.feeds)
    (plans, layers) = (state.plans, state.layers)
    (hospitals, posts) = (state.hospitals, state.posts)
  }

  /// What happened beside the traffic, as watchers see it.
  var causes: [WatchCause] {
    (arePlansNew ? [.plans] : []) + (areLayersNew ? [.layers] : []) + unitChanges.map { .unit(id: $0.id) }
  }
}

/// What a drafted change means for the ledger and for its caller.
struct DraftedChange {
  var changes: [LedgerChange] = []
  /// Units of which nothing is new but where they are and since when.
  var positions: [LedgerKey: Data] = [:]
  /// Those that were reported, in the order of the reports.
  var units: [ReportedUnit] = []
  /// Those that were reported and that the fleet lacks.
  var unknownUnitIDs: Set<String> = []
  /// The closures that were put or lifted, and whether each changes roads from now on.
  var closures: [(resolved: ResolvedClosure, isInForce: Bool)] = []
  /// The closures that a complete source doesn't name any more.
  var liftedIDs: [String] = []
  /// What became of plans.
  var plans: PlansAnswer?
  /// The layers that were put or removed.
  var layers: [LayerInfo] = []
  /// What became of hospitals, and of posts.
  var hospitals: HospitalChangesAnswer?
  var posts: PostsAnswer?
}

/// One call that changes the state.
struct StateChange: Sendable {
  /// What it waits for.
  enum Kind {
    /// The ledger has to have it.
    case kept
    /// It moves units: it waits for the ledger only if other things turn out to be new.
    case move
  }

  let origin: ChangeOrigin
  /// When the call began.
  let start: ContinuousClock.Instant
  /// When its roads were found.
  let ready = ContinuousClock.now
  /// Makes the change in a draft, whole or not at all.
  let draft: @Sendable (inout StateDraft, TrafficSnapshot) throws(EngineError) -> DraftedChange
}

/// A change that is recorded and that every query sees from now on.
struct CommittedChange: Sendable {
  /// The first version whose answers know it.
  var version: UInt64
  var moment: Date
  var change: DraftedChange
}

extension TocsinEngine {
  /// Makes a change together with those that wait at the same time: drafted, recorded, published.
  ///
  /// - Parameters:
  ///   - start: when the call began, for ``UpdateTimes``.
  ///   - limit: looked at a last time when the change's turn has come.
  /// - Throws: what `draft` throws; `LEDGER_FAILED`, `ENGINE_REPLACED`, and then nothing has changed;
  ///   `OUTCOME_UNKNOWN`.
  func change(
    by origin: ChangeOrigin, since start: ContinuousClock.Instant = .now, within limit: WorkLimit = .none,
    as kind: StateChange.Kind = .kept,
    _ draft: @escaping @Sendable (inout StateDraft, TrafficSnapshot) throws(EngineError) -> DraftedChange
  ) throws(EngineError) -> CommittedChange {
    let inTime = { @Sendable (state: inout StateDraft, snapshot: TrafficSnapshot) throws(EngineError) in
      try limit.check()
      return try draft(&state, snapshot)
    }
    let change = StateChange(origin: origin, start: start, draft: inTime)
    if kind == .move {
      let moved = try writer.withLock { writer throws(EngineError) in try writer.commitAtOnce(change) }
      if let moved { return moved }
    }
    return try changes.run(change) { commit($0) }.get()
  }
}
