import API
import Foundation
import GRDB
import Ledger

/// How long units took from the alarm to the scene, by the statuses that an audit trail has.
public struct ResponseTimes: Sendable {
  /// A unit that was dispatched and came.
  public struct Response: Hashable, Sendable {
    public var unitID: String
    public var agency: String
    public var station: String
    public var alarmAt: Date
    /// From the alarm to the scene.
    public var seconds: Double
  }

  /// In the order in which the units came.
  public private(set) var responses: [Response] = []
  /// Alarms after which a unit didn't come: called off, or sent elsewhere.
  public private(set) var calledOffCount = 0
  /// Units that were on scene without an alarm that the trail has.
  public private(set) var withoutAlarmCount = 0
  /// Values that can't be read.
  public private(set) var unreadableCount = 0

  /// What of a unit is looked at.
  private struct Seen: Decodable {
    var status: UnitStatus
    var statusAt: Date?
    var agency: String?
    var station: String?
  }

  private struct UnderWay {
    var status: UnitStatus
    var alarmAt: Date?
  }

  private var units: [String: UnderWay] = [:]

  init() {}

  /// Units that have had an alarm and are still under way.
  public var underWayCount: Int { units.values.count { $0.alarmAt != nil } }

  /// Takes the next change of a unit; `nil` for one that was removed.
  mutating func add(_ id: String, _ value: Data?, at moment: Date) {
    guard let value else {
      if units.removeValue(forKey: id)?.alarmAt != nil { calledOffCount += 1 }
      return
    }
    guard let seen = try? JSONDecoder().decode(Seen.self, from: value) else {
      unreadableCount += 1
      return
    }
    add(id, seen, since: seen.statusAt ?? moment)
  }

  private mutating func add(_ id: String, _ seen: Seen, since statusAt: Date) {
    let before = units[id]
    // The same status again is news of something else.
    if before?.status == seen.status { return }
    var unit = UnderWay(status: seen.status, alarmAt: before?.alarmAt)
    switch seen.status {
    case .dispatched:
      if unit.alarmAt != nil { calledOffCount += 1 }
      unit.alarmAt = statusAt
    case .enRoute: break
    case .onScene:
      if let alarmAt = unit.alarmAt {
        responses.append(
          Response(
            unitID: id, agency: seen.agency ?? "", station: seen.station ?? "", alarmAt: alarmAt,
            seconds: max(statusAt.timeIntervalSince(alarmAt), 0)))
      } else if before != nil {
        withoutAlarmCount += 1
      }
      unit.alarmAt = nil
    case .available, .transporting, .returning, .outOfService:
      if unit.alarmAt != nil { calledOffCount += 1 }
      unit.alarmAt = nil
    }
    units[id] = unit
  }
}

extension LedgerReader {
  /// How long units took from the alarm to the scene.
  ///
  /// - Parameter since: alarms from this moment on; `nil` is all.
  /// - Throws: ``LedgerError``. O(changes of units).
  public func responseTimes(since: Date?) throws(LedgerError) -> ResponseTimes {
    var times = ResponseTimes()
    try visitUnits(since: since) { times.add($0, $1, at: $2) }
    return times
  }

  /// Calls `body` with each change of a unit: its id, its value if it was not removed, and when it was.
  func visitUnits(since: Date?, _ body: (String, Data?, Date) -> Void) throws(LedgerError) {
    let first = since.map { Int64(($0.timeIntervalSince1970 * 1_000).rounded(.up)) } ?? Int64.min
    try visit(
      "SELECT moment_ms, id, value FROM audit WHERE kind = ? AND moment_ms >= ? ORDER BY sequence",
      [LedgerKey.Kind.unit.rawValue, first]
    ) { row in
      let milliseconds: Int64 = try row.decode(atIndex: 0)
      body(
        try row.decode(atIndex: 1), try row.decode(atIndex: 2),
        Date(timeIntervalSince1970: Double(milliseconds) / 1_000))
    }
  }
}
