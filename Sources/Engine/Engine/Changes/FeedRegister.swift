import API
import Foundation

/// The feeds that have put something, and when.
struct FeedRegister: Sendable {
  /// What is kept of a feed.
  struct Entry: Codable, Sendable {
    var report: FeedReport
    var lastPutAt: Date
  }

  private(set) var entries: [String: Entry] = [:]

  mutating func note(_ entry: Entry) { entries[entry.report.source] = entry }

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
