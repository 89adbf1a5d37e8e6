import API
import Fleet
import Foundation
import Synchronization
import Traffic

/// What a query sees: one moment of traffic and of the fleet.
struct EngineState: Sendable {
  var snapshot: TrafficSnapshot
  /// What the snapshot was made from.
  var traffic: TrafficState
  var fleet = FleetRegister()
  var feeds = FeedRegister()
  var plans: PlanBook
  var layers = LayerShelf()
  var hospitals = Roster<Hospital>()
  var posts = Roster<Post>()
  var lastUpdate = UpdateTimes()
  /// What the snapshot's weights rest on; live unless a question is about another moment.
  var basis = SpeedBasis.live
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

/// The feeds that have put something, and when.
struct FeedRegister: Sendable {
  /// What is kept of a feed.
  struct Entry: Codable, Sendable {
    var report: FeedReport
    var lastPutAt: Date
    /// Who put it; `nil` in older ledgers.
    var actor: String?
    /// What it brought last that the map lacks, or that was refused; `nil` in what an earlier Tocsin kept.
    var unmatchedCount: Int?
  }

  private(set) var entries: [String: Entry] = [:]

  mutating func note(_ entry: Entry) { entries[entry.report.source] = entry }

  /// How many feeds a caller puts. O(n).
  func count(of actor: String?) -> Int { entries.values.count { $0.actor == actor } }

  /// Forgets the feeds from which nothing came for long.
  ///
  /// - Returns: their names. O(n).
  mutating func forgetSilent(at moment: Date) -> [String] {
    let silent = entries.filter { moment.timeIntervalSince($1.lastPutAt) > Limits.feedSilenceSecondsMax }.keys.sorted()
    for source in silent { entries[source] = nil }
    return silent
  }

  /// All feeds by name, with what is known of them. O(n log n, closures).
  func statuses(on traffic: TrafficState, at moment: Date) -> [FeedStatus] {
    let speeds = Dictionary(
      uniqueKeysWithValues: traffic.speedSources.map { ($0.source, $0.speeds + $0.turnPenalties) })
    return entries.values.sorted { $0.report.source < $1.report.source }.map { entry in
      let source = entry.report.source
      let (closures, active) = traffic.closureCounts(ofSource: source)
      let interval = entry.report.intervalSeconds
      return FeedStatus(
        report: entry.report, lastPutAt: entry.lastPutAt,
        isStale: interval > 0 && moment.timeIntervalSince(entry.lastPutAt) > interval * FeedStatus.staleIntervals,
        knownCount: closures + speeds[source, default: 0], inForceCount: active + speeds[source, default: 0],
        unmatchedCount: entry.unmatchedCount ?? 0)
    }
  }
}
