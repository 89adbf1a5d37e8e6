import API
import Foundation
import Ledger

/// For how much of the time units were busy, by the statuses that an audit trail has.
public struct BusyTimes: Sendable {
  /// What is known of one unit.
  public struct UnitTime: Hashable, Sendable {
    public var unitID: String
    public var agency = ""
    /// On a call: dispatched, on its way there, there, or on its way to a hospital.
    public var busySeconds = 0.0
    /// All but what it was out of service.
    public var seconds = 0.0
  }

  /// What of a unit is looked at.
  private struct Seen: Decodable {
    var status: UnitStatus
    var statusAt: Date?
    var agency: String?
    var task: UnitTask?

    /// Who moves up to a post is under way, and free.
    var isBusy: Bool {
      switch status {
      case .dispatched, .enRoute: task?.postID.isEmpty ?? true || task?.incidentID.isEmpty == false
      case .onScene, .transporting: true
      case .available, .returning, .outOfService: false
      }
    }
  }

  private struct Span {
    var seen: Seen
    var since: Date
  }

  private var times: [String: UnitTime] = [:]
  private var spans: [String: Span] = [:]
  /// Values that can't be read.
  public private(set) var unreadableCount = 0

  init() {}

  /// By id.
  public var units: [UnitTime] { times.values.sorted { $0.unitID < $1.unitID } }

  /// Of all units together; `nil` if nothing is known.
  public var share: Double? {
    let seconds = times.values.reduce(0) { $0 + $1.seconds }
    return seconds > 0 ? times.values.reduce(0) { $0 + $1.busySeconds } / seconds : nil
  }

  /// Takes the next change of a unit; `nil` for one that was removed.
  mutating func add(_ id: String, _ value: Data?, at moment: Date) {
    guard let value else { return close(id, at: moment) }
    guard let seen = try? JSONDecoder().decode(Seen.self, from: value) else {
      unreadableCount += 1
      return
    }
    let since = seen.statusAt ?? moment
    close(id, at: since)
    times[id, default: UnitTime(unitID: id)].agency = seen.agency ?? ""
    spans[id] = Span(seen: seen, since: since)
  }

  /// The time up to which the last statuses hold.
  mutating func close(at moment: Date) { for id in spans.keys { close(id, at: moment) } }

  private mutating func close(_ id: String, at moment: Date) {
    guard let span = spans.removeValue(forKey: id), span.seen.status != .outOfService else { return }
    let seconds = max(moment.timeIntervalSince(span.since), 0)
    times[id]?.seconds += seconds
    if span.seen.isBusy { times[id]?.busySeconds += seconds }
  }
}

extension LedgerReader {
  /// For how much of the time units were busy.
  ///
  /// - Parameters:
  ///   - since: by what they have reported from this moment on; `nil` is all.
  ///   - now: until when the last reports hold.
  /// - Throws: ``LedgerError``. O(changes of units).
  public func busyTimes(since: Date?, now: Date) throws(LedgerError) -> BusyTimes {
    var times = BusyTimes()
    try visitUnits(since: since) { times.add($0, $1, at: $2) }
    times.close(at: now)
    return times
  }
}
