import API
import Fleet
import Synchronization
import Traffic

/// What a query sees: one moment of traffic and of the fleet.
struct EngineState: Sendable {
  var snapshot: TrafficSnapshot
  /// What the snapshot was made from.
  var traffic: TrafficState
  var fleet = FleetRegister()
  var feeds = FeedRegister()
  var lastUpdate = UpdateTimes()
}

/// The latest state: readers take a copy in one step, the writer holds the lock for a few assignments.
final class PublishedState: Sendable {
  private let state: Mutex<EngineState>

  init(_ first: EngineState) { state = Mutex(first) }

  /// What a query that begins now sees.
  var current: EngineState { state.withLock { $0 } }

  /// Only the writer calls this.
  func update(_ change: (inout EngineState) -> Void) { state.withLock { change(&$0) } }
}
