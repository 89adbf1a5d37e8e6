import API
import Dispatch
import Foundation
import Profiles
import RoadGraph
import Synchronization
import Traffic

/// Everything that changes an engine's state: drafts are recorded in the ledger, published, and then acknowledged.
///
/// There is one for each engine, behind a lock of its own; readers look at ``published`` and never wait for it. Locks
/// are taken in this order, and none while a later one is held:
///
/// 1. the turn of a ``GroupCommit``, in which the first of several callers commits for all of them;
/// 2. the turn of the ``LedgerBacklog``, for as long as the ledger takes;
/// 3. the writer of the engine, which nobody holds while the ledger records a change;
/// 4. while it hands over, the writer of its successor;
/// 5. ``published``, for a few assignments;
/// 6. the ``WatchHub``, and within it a watcher's own state.
///
/// Those of the ledger, of ``resolver``, of the alarm and of the ``EngineHandle`` are held within one call into them,
/// which takes none of the above.
struct EngineWriter: ~Copyable {
  let map: CityMap
  let context: EngineContext
  let resolver: RoadResolver
  /// What queries see.
  let published: PublishedState
  /// Goes off when the next closure or conditional rule begins or ends by itself.
  let timer = AlarmClock()
  let publisher: TrafficPublisher
  var rules: RoadRules
  var timetable = TrafficTimetable()
  var planHours = PlanHours()
  /// What the map has of speeds that were brought from another engine, by source.
  var speedLosses: [String: SpeedLoss] = [:]
  /// What changes while a successor is being made; `nil` if none is.
  var journal: ChangeJournal?
  /// What the ledger is recording; `nil` if nothing.
  var inFlight: CommitInFlight?
  /// When the clock was looked at last.
  var lastLook: Date
  /// True once another engine has taken its place: nothing changes here any more.
  var isRetired = false

  /// Customizes every profile; nothing is recorded yet.
  init(_ inputs: EngineInputs, _ context: EngineContext, _ resolver: RoadResolver) {
    (map, self.context, self.resolver) = (inputs.map, context, resolver)
    rules = RoadRules(RoadSchedule(map.network))
    if let overrides = inputs.overrides?.overrides {
      rules.overrides = overrides.resolved(on: map.network, profileNames: Set(inputs.profiles.names)).overrides
    }
    let moment = context.now()
    lastLook = moment
    rules.advance(to: moment)
    let profiles = inputs.profiles.profiles
    publisher = TrafficPublisher(
      profiles: Self.roads(of: profiles, on: map.network, rules.adjustments), network: map.network,
      hierarchy: map.hierarchy, version: context.version, at: moment)
    published = PublishedState(
      EngineState(
        snapshot: publisher.latest, traffic: TrafficState(profiles: profiles, network: map.network),
        plans: PlanBook(clock: map.network.clock)))
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

  /// - Throws: `ENGINE_REPLACED` if another engine has taken its place.
  func checkInService() throws(EngineError) {
    // A call through an ``EngineHandle`` is made on that one then.
    if isRetired { throw EngineError(.engineReplaced, "another map is served by now") }
  }
}
