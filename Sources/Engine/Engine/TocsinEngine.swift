import API
import Dispatch
import Fleet
import Foundation
import Hierarchy
import Ledger
import Profiles
import RoadGraph
import Synchronization
import Traffic

/// The engine: one map, its profiles, the traffic on it and the units of all agencies.
///
/// Queries take the latest state in one step (``EngineState``) and then share nothing with anybody. Changes go one by
/// one through the writer: recorded in the ledger, applied, published; only then are they acknowledged.
public final class TocsinEngine: EngineAPI {
  public let map: CityMap
  /// How much it keeps and answers.
  public let limits: EngineLimits
  let profiles: ProfileSet
  let profileNames: [String]
  let startedAt: Date
  let now: @Sendable () -> Date
  let paths: WorkspacePool<PathQuery>
  let alternativePaths: WorkspacePool<AlternativePaths>
  let manyToOne: WorkspacePool<LazyRPHAST>
  let whatIfs: WorkspacePool<WhatIfTraffic>
  /// Those who watch: they go on when another engine succeeds this one.
  let hub: WatchHub
  /// How many engines of the same ledger came before this one in the process.
  let generation: Int
  let ledger: any OperationalLedger
  let state: Mutex<EngineState>
  let writer: Mutex<EngineWriter>
  let changes = GroupCommit<StateChange, Result<CommittedChange, EngineError>>()
  /// Finds the roads that closures and speeds mean.
  let resolver: RoadResolver
  /// The department's overrides; `nil` without any.
  let overridesPath: String?
  private let timer: AlarmClock

  /// Customizes every profile and restores what the ledger holds. Versions go on from the ledger's last one.
  ///
  /// - Parameters:
  ///   - overridesPath: the file of the department's overrides, read now and at each ``reload(_:by:within:)``.
  ///   - links: the roads of an external network, by which closures and speeds may name roads.
  ///   - now: the clock by which closures and conditional rules begin and end.
  /// - Throws: ``EngineError`` with `LEDGER_FAILED` if the ledger can't be read or holds what can't be understood, with
  ///   `INVALID_OVERRIDES` if the file of overrides has a fault.
  /// - Complexity: one full customization per profile.
  public convenience init(
    map: CityMap, profiles: ProfileSet, overridesPath: String? = nil, links: [LinkStretch] = [],
    ledger: any OperationalLedger = MemoryLedger(), limits: EngineLimits = EngineLimits(),
    now: @escaping @Sendable () -> Date = { Date() }
  ) throws(EngineError) {
    let kept = try Self.contents(of: ledger)
    let overrides = try overridesPath.map { path throws(EngineError) in
      OverridesFile(path: path, overrides: try Self.overrides(at: path))
    }
    let ground = EngineInputs(map: map, profiles: profiles, overrides: overrides, links: links)
    let origin = EngineContext(
      ledger: ledger, limits: limits, now: now, startedAt: now(),
      hub: WatchHub(subscriptionsMax: limits.subscriptionsMax), generation: 0, version: kept.version + 1)
    self.init(ground, origin)
    hub.move(to: self)
    try restore(kept.values)
  }

  /// Customizes every profile. Nothing is restored, nobody watches, and the ledger knows nothing of it yet.
  init(_ ground: EngineInputs, _ origin: EngineContext) {
    (map, profiles, overridesPath) = (ground.map, ground.profiles, ground.overrides?.path)
    profileNames = profiles.names
    (ledger, limits, now, startedAt) = (origin.ledger, origin.limits, origin.now, origin.startedAt)
    (hub, generation) = (origin.hub, origin.generation)
    resolver = RoadResolver(map.network)
    if !ground.links.isEmpty { resolver.links = resolver.table(of: ground.links).table }
    var rules = RoadRules(RoadSchedule(map.network))
    if let overrides = ground.overrides?.overrides {
      rules.overrides = overrides.resolved(on: map.network, profileNames: Set(profiles.names)).overrides
    }
    let moment = now()
    rules.advance(to: moment)
    let roads = Self.roads(of: profiles.profiles, on: map.network, rules.adjustments)
    paths = WorkspacePool(map.hierarchy)
    alternativePaths = WorkspacePool(map.hierarchy)
    manyToOne = WorkspacePool(map.hierarchy)
    whatIfs = WorkspacePool(map.hierarchy)
    let publisher = TrafficPublisher(
      profiles: roads, network: map.network, hierarchy: map.hierarchy, version: origin.version, at: moment)
    state = Mutex(
      EngineState(
        snapshot: publisher.latest, traffic: TrafficState(profiles: profiles.profiles, network: map.network)))
    writer = Mutex(EngineWriter(publisher: publisher, rules: rules))
    timer = AlarmClock()
    timer.onAlarm { [weak self] in self?.lookAtClock() }
  }

  private static func roads(
    of profiles: [VehicleProfile], on network: RoadNetwork, _ adjustments: RoadAdjustments
  ) -> [ProfileRoads] {
    let made = Mutex<[Int: ProfileRoads]>([:])
    DispatchQueue.concurrentPerform(iterations: profiles.count) { index in
      let roads = ProfileRoads(profile: profiles[index], network: network, adjustments: adjustments)
      made.withLock { $0[index] = roads }
    }
    return made.withLock { made in profiles.indices.compactMap { made[$0] } }
  }

  var sites: SiteFinder { SiteFinder(network: map.network) }

  /// The state that a query runs on.
  func currentState() -> EngineState { state.withLock { $0 } }

  /// Wakes the engine when the next closure or conditional rule begins or ends by itself.
  func schedule(_ next: Date?) {
    timer.set(secondsFromNow: next.map { $0.timeIntervalSince(now()) })
  }
}

/// What an engine is made of: all that is read from files.
struct EngineInputs: Sendable {
  var map: CityMap
  var profiles: ProfileSet
  var overrides: OverridesFile?
  var links: [LinkStretch]
}

/// The department's overrides as they were read.
struct OverridesFile: Sendable {
  var path: String
  var overrides: RoadOverrides
}

/// What an engine goes on with.
struct EngineContext: Sendable {
  var ledger: any OperationalLedger
  var limits: EngineLimits
  var now: @Sendable () -> Date
  var startedAt: Date
  var hub: WatchHub
  var generation: Int
  /// Of its first snapshot.
  var version: UInt64
}

/// What a query sees: one moment of traffic and of the fleet.
struct EngineState: Sendable {
  var snapshot: TrafficSnapshot
  /// What the snapshot was made from.
  var traffic: TrafficState
  var fleet = FleetRegister()
  var feeds = FeedRegister()
  var lastUpdate = UpdateTimes()
}

/// What only the writer touches.
struct EngineWriter {
  let publisher: TrafficPublisher
  var rules: RoadRules
  var timetable = TrafficTimetable()
  /// What the map has of speeds that were brought from another engine, by source.
  var speedLosses: [String: SpeedLoss] = [:]
  /// What changes while a successor is being made; `nil` if none is.
  var journal: ChangeJournal?
  /// True once another engine has taken its place: nothing changes here any more.
  var isRetired = false
}

/// What holds on the roads besides closures: the conditional rules of the moment, and the department's overrides.
struct RoadRules {
  private let schedule: RoadSchedule
  private(set) var adjustments = RoadAdjustments.none
  var overrides: ResolvedOverrides {
    get { adjustments.overrides }
    set { adjustments.overrides = newValue }
  }
  /// When the next conditional rule begins or ends.
  private(set) var nextChange: Date?
  private var isEvaluated = false

  init(_ schedule: RoadSchedule) { self.schedule = schedule }

  /// Brings the adjustments up to a moment. O(1) until the next change.
  mutating func advance(to moment: Date) {
    if isEvaluated, nextChange.map({ moment < $0 }) ?? true { return }
    isEvaluated = true
    let overrides = overrides
    adjustments = schedule.adjustments(at: moment)
    adjustments.overrides = overrides
    nextChange = schedule.nextChange(after: moment)
  }
}
