import API
import Fleet
import Foundation

/// What somebody says about a unit.
///
/// A unit has two times, one for where it is and one for what it is and does. Each half of a report is held against the
/// time of its own half: what comes late, by another line or after a repetition, undoes nothing that is newer.
enum UnitReport: Sendable {
  /// All of it: adds the unit if it is new.
  case whole(ResponseUnit)
  case position(PositionReport)
  case status(StatusReport)

  var id: String {
    switch self {
    case .whole(let unit): unit.id
    case .position(let report): report.id
    case .status(let report): report.id
    }
  }

  /// A unit after a report.
  struct Outcome: Sendable {
    var unit: ResponseUnit
    /// The unit is known where it was later.
    var isPositionOlder = false
    /// The unit is known with a later status.
    var isStatusOlder = false
  }

  /// What the unit becomes; `nil` if it would have to be known and isn't.
  func outcome(on known: ResponseUnit?, by clock: ReportClock) -> Outcome? {
    switch self {
    case .whole(let report): return Self.outcome(of: report, on: known, by: clock)
    case .position(let report):
      guard let known else { return nil }
      let reportedAt = clock.time(report.reportedAt, after: known.reportedAt)
      if clock.isOlder(reportedAt, than: known.reportedAt) { return Outcome(unit: known, isPositionOlder: true) }
      var unit = known
      (unit.coordinate, unit.reportedAt) = (report.coordinate, reportedAt)
      if !report.isStanding { unit.headingDegrees = report.headingDegrees }
      return Outcome(unit: unit)
    case .status(let report):
      guard let known else { return nil }
      let statusAt = clock.time(report.statusAt, after: known.statusAt)
      if clock.isOlder(statusAt, than: known.statusAt) { return Outcome(unit: known, isStatusOlder: true) }
      var unit = known
      (unit.status, unit.statusAt) = (report.status, statusAt)
      if report.status != .available {
        unit.idleSince = nil
      } else if known.status != .available {
        (unit.task, unit.idleSince) = (nil, statusAt)
      }
      return Outcome(unit: unit)
    }
  }

  private static func outcome(of report: ResponseUnit, on known: ResponseUnit?, by clock: ReportClock) -> Outcome {
    var unit = report
    unit.statusAt = clock.time(report.statusAt, after: known?.statusAt)
    guard let known else { return Outcome(unit: unit) }
    let isStatusOlder = unit.statusAt.map { clock.isOlder($0, than: known.statusAt) } ?? false
    let isPositionOlder = clock.isOlder(report.reportedAt, than: known.reportedAt)
    if isStatusOlder { unit = known }
    let place = isPositionOlder ? known : report
    (unit.coordinate, unit.headingDegrees, unit.reportedAt) =
      (place.coordinate, place.headingDegrees, place.reportedAt)
    return Outcome(unit: unit, isPositionOlder: isPositionOlder, isStatusOlder: isStatusOlder)
  }
}

/// The clock by which the times of reports are judged: the server's, when the call came.
struct ReportClock: Sendable {
  private let arrival: Date
  private let aheadSecondsMax: Double

  init(now: Date, _ limits: EngineLimits) {
    // Whole milliseconds, as the wire has them: a unit that was listed can be put again as it is.
    arrival = Date(timeIntervalSince1970: (now.timeIntervalSince1970 * 1000).rounded(.down) / 1000)
    aheadSecondsMax = limits.clockAheadSecondsMax
  }

  /// The time of a report: without one of its own it is of now, and later than what is known.
  func time(_ given: Date?, after known: Date?) -> Date {
    given ?? known.map { isPossible($0) ? max($0, arrival) : arrival } ?? arrival
  }

  /// True if a report comes too late; never if nothing is known.
  func isOlder(_ time: Date, than known: Date?) -> Bool {
    known.map { isPossible($0) && time < $0 } ?? false
  }

  /// False for what was true by a clock that was put back since: nobody has to wait until it is that late again.
  private func isPossible(_ known: Date) -> Bool { known <= arrival + aheadSecondsMax }
}
