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

/// The feeds that have put something, and when.
struct FeedRegister: Sendable {
  /// What is kept of a feed.
  struct Entry: Codable, Sendable {
    var report: FeedReport
    var lastPutAt: Date
    /// Who put it; `nil` in older ledgers.
    var actor: String?
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

  /// All feeds by name. O(n log n).
  func statuses(at moment: Date) -> [FeedStatus] {
    entries.values.sorted { $0.report.source < $1.report.source }.map { entry in
      let silentSeconds = moment.timeIntervalSince(entry.lastPutAt)
      return FeedStatus(
        report: entry.report, lastPutAt: entry.lastPutAt,
        isStale: silentSeconds > entry.report.intervalSeconds * FeedStatus.staleIntervals)
    }
  }
}
