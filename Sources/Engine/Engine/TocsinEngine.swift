import API
import Dispatch
import Foundation
import Hierarchy
import Ledger
import Profiles
import Synchronization
import TOMLText
import Traffic

/// The engine: one map, its profiles, the traffic on it and the units of all agencies.
///
/// Queries take the latest state in one step (``EngineState``) and then share nothing with anybody. Changes go one by
/// one through the ``EngineWriter``: recorded in the ledger, applied, published; only then are they acknowledged.
public final class TocsinEngine: EngineAPI {
  public let map: CityMap
  let profiles: ProfileSet
  let profileNames: [String]
  let context: EngineContext
  let paths: WorkspacePool<PathQuery>
  let alternativePaths: WorkspacePool<AlternativePaths>
  let manyToOne: WorkspacePool<LazyRPHAST>
  let manyToMany: ManyToMany
  let sweeps: WorkspacePool<WeightSweep>
  let coverageSweeps: WorkspacePool<Sweep>
  let measuredSweeps: WorkspacePool<MeasuredSweep>
  let pathAmounts = PathAmountsCache()
  let drivableLengths = DrivableLengthsCache()
  let demands = DemandCache()
  let hospitalSites = SiteCache(.destination)
  /// Of posts: where units go that move there, and where they drive off.
  let postGoals = SiteCache(.destination)
  let postStarts = SiteCache(.origin)
  let covers = CoverCache()
  let drives = DriveCache()
  let locateIndexes = LocateIndexes()
  let tiles: TileStores
  let whatIfs: WorkspacePool<WhatIfTraffic>
  /// Traffic of moments to come.
  let planned: PlannedTraffic
  /// What became of the file of typical speeds.
  let typicalMatches: SpeedMatches
  /// Finds the roads that closures and speeds mean.
  let resolver: RoadResolver
  /// The department's overrides; `nil` without any.
  let overridesPath: String?
  let published: PublishedState
  let writer: Mutex<EngineWriter>
  /// The changes that wait for the writer, which commits them together.
  let changes = GroupCommit<StateChange, Result<CommittedChange, EngineError>>()

  /// Customizes every profile and restores what the ledger holds. Versions go on from the ledger's last one.
  ///
  /// - Parameters:
  ///   - overridesPath: the file of the department's overrides, read now and at each ``reload(_:by:within:)``.
  ///   - links: the roads of an external network, by which closures and speeds may name roads.
  ///   - typical: how fast traffic usually is.
  ///   - locateLayers: the layers by which places are told.
  ///   - now: the clock by which closures and conditional rules begin and end.
  /// - Throws: ``EngineError`` with `LEDGER_FAILED` if the ledger can't be read or holds what can't be understood, with
  ///   `INVALID_OVERRIDES` if the file of overrides has a fault.
  /// - Complexity: one full customization per profile.
  public convenience init(
    map: CityMap, profiles: ProfileSet, overridesPath: String? = nil, links: [LinkStretch] = [],
    typical: [TypicalRoad] = [], ledger: any OperationalLedger = MemoryLedger(), limits: EngineLimits = EngineLimits(),
    locateLayers: LocateLayers = LocateLayers(), now: @escaping @Sendable () -> Date = { Date() }
  ) throws(EngineError) {
    let contents = try ledger.read()
    let kept = try KeptState(contents.values)
    let overrides = try overridesPath.map { path throws(EngineError) in try OverridesFile(path: path) }
    let inputs = EngineInputs(
      map: map, profiles: profiles, overrides: overrides, links: links, typical: typical)
    let context = EngineContext(
      ledger: ledger, limits: limits, locateLayers: locateLayers, now: now, startedAt: now(),
      hub: WatchHub(subscriptionsMax: limits.subscriptionsMax), generation: 0, version: contents.version + 1)
    self.init(inputs, context)
    hub.move(to: self)
    writer.withLock { $0.restore(kept) }
    recordBacklog()
  }

  /// Customizes every profile. Nothing is restored, nobody watches, and the ledger knows nothing of it yet.
  init(_ inputs: EngineInputs, _ context: EngineContext) {
    (map, profiles, overridesPath) = (inputs.map, inputs.profiles, inputs.overrides?.path)
    profileNames = profiles.names
    self.context = context
    tiles = TileStores(context.limits)
    resolver = RoadResolver(map.network)
    if !inputs.links.isEmpty { resolver.links = resolver.table(of: inputs.links).table }
    paths = WorkspacePool(map.hierarchy)
    alternativePaths = WorkspacePool(map.hierarchy)
    manyToOne = WorkspacePool(map.hierarchy)
    manyToMany = ManyToMany(map.hierarchy, manyToOne)
    sweeps = WorkspacePool(map.hierarchy)
    coverageSweeps = WorkspacePool(map.hierarchy)
    measuredSweeps = WorkspacePool(map.hierarchy)
    whatIfs = WorkspacePool(map.hierarchy)
    let typical = resolver.typicalSpeeds(inputs.typical)
    typicalMatches = typical.matches
    planned = PlannedTraffic(
      typical.speeds, RoadSchedule(map.network), network: map.network, hierarchy: map.hierarchy,
      metricsMax: context.limits.plannedMetricsMax)
    let writer = EngineWriter(inputs, context, resolver)
    let timer = writer.timer
    published = writer.published
    self.writer = Mutex(writer)
    let recorder = DispatchQueue(label: "tocsin.backlog")
    timer.onAlarm { [weak self] in
      guard let self else { return }
      self.writer.withLock { $0.advanceIfDue() }
      // Elsewhere: the next alarm waits for no disk.
      if !self.context.backlog.isEmpty { recorder.async { [weak self] in self?.recordBacklog() } }
    }
  }

  /// How much it keeps and answers.
  public var limits: EngineLimits { context.limits }
  /// Wakes watchers.
  var hub: WatchHub { context.hub }
  var generation: Int { context.generation }
  var sites: SiteFinder { SiteFinder(network: map.network) }

  func now() -> Date { context.now() }

  /// The state that a query runs on.
  func currentState() -> EngineState { published.current }

  public func status() -> StatusAnswer {
    let state = currentState()
    let ledger = context.ledger.condition
    var answer = StatusAnswer(
      version: state.snapshot.version, mapPath: map.path, timeZone: map.network.timeZone,
      startedAt: context.startedAt,
      snapshotPublishedAt: state.snapshot.publishedAt, lastUpdate: state.lastUpdate,
      waitingChangeCount: changes.waitingCount, profiles: profileNames, vertexCount: map.network.vertexCount,
      arcCount: map.network.arcCount, unitCount: state.fleet.count, closureCount: state.traffic.closureCount,
      feeds: state.feeds.statuses(on: state.traffic, at: now()),
      speedSources: state.traffic.speedSources.map {
        SpeedSource(source: $0.source, speedCount: $0.speeds, turnPenaltyCount: $0.turnPenalties)
      },
      linkCount: resolver.links.count, subscriptionCount: hub.count)
    answer.ledgerFault = ledger.fault.map { "\($0)" } ?? ""
    answer.ledgerRefusedCount = ledger.refusedCount
    (answer.planCount, answer.planChoiceCount) = (state.plans.plans.count, state.plans.choices.choices.count)
    (answer.hospitalCount, answer.postCount) = (state.hospitals.count, state.posts.count)
    (answer.layerCount, answer.layerFeatureCount) = (state.layers.layers.count, state.layers.featureCount)
    answer.typicalRoadCount = planned.typical?.roadCount ?? 0
    answer.unmatchedTypicalCount = typicalMatches.unmatchedCount
    return answer
  }
}

/// What an engine is made of: all that is read from files.
struct EngineInputs: Sendable {
  var map: CityMap
  var profiles: ProfileSet
  var overrides: OverridesFile?
  var links: [LinkStretch]
  var typical: [TypicalRoad] = []
}

/// The department's overrides as they were read.
struct OverridesFile: Sendable {
  let path: String
  let overrides: RoadOverrides

  /// - Throws: `INVALID_OVERRIDES`.
  init(path: String) throws(EngineError) {
    self.path = path
    do throws(FileError) {
      overrides = try RoadOverrides.load(path)
    } catch {
      throw EngineError(.invalidOverrides, "\(error)", value: error.value)
    }
  }
}

/// What an engine works with besides its inputs, and leaves to its successor.
struct EngineContext: Sendable {
  let ledger: any OperationalLedger
  /// What waits to be recorded.
  let backlog = LedgerBacklog()
  let limits: EngineLimits
  let locateLayers: LocateLayers
  let now: @Sendable () -> Date
  let startedAt: Date
  /// Where units came from that moved up.
  let postMoves = PostMoveLog()
  /// The watchers, which go on when another engine succeeds this one.
  let hub: WatchHub
  /// How many engines of the same ledger came before this one in the process.
  var generation: Int
  /// Of its first snapshot.
  var version: UInt64
}
