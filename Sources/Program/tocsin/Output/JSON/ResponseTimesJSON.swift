import Foundation
import LedgerFile

/// How long units took from the alarm to the scene: in all, by agency, station and hour.
struct ResponseTimesReport {
  private struct Part {
    let by: String
    let groups: [ResponseTimes.Group]
  }

  private let times: ResponseTimes
  private let limitsSeconds: [Double]
  private let parts: [Part]

  /// - Parameter timeZone: of the hours.
  init(_ times: ResponseTimes, within limitsSeconds: [Double], timeZone: TimeZone) {
    (self.times, self.limitsSeconds) = (times, limitsSeconds)
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = timeZone
    parts = [
      Part(by: "all", groups: times.groups(within: limitsSeconds) { _ in "all" }),
      Part(by: "agency", groups: times.groups(within: limitsSeconds) { $0.agency }),
      Part(by: "station", groups: times.groups(within: limitsSeconds) { $0.station }),
      Part(
        by: "hour",
        groups: times.groups(within: limitsSeconds) {
          String(format: "%02d", calendar.component(.hour, from: $0.alarmAt))
        }),
    ]
  }

  var json: JSONObject {
    [
      "responses": times.responses.count, "calledOff": times.calledOffCount, "underWay": times.underWayCount,
      "withoutAlarm": times.withoutAlarmCount, "unreadable": times.unreadableCount, "withinSeconds": limitsSeconds,
      "groups": parts.flatMap { part in
        part.groups.map { group -> JSONObject in
          [
            "by": part.by, "name": group.name, "count": group.count,
            "medianSeconds": Rounded.thousandths(group.medianSeconds),
            "ninthDecileSeconds": Rounded.thousandths(group.ninthDecileSeconds),
            "shares": group.shares.map(Rounded.thousandths),
          ]
        }
      },
    ]
  }

  var text: String {
    let others = [
      (times.calledOffCount, "called off"), (times.underWayCount, "under way"),
      (times.withoutAlarmCount, "on scene without an alarm"), (times.unreadableCount, "not readable"),
    ].filter { $0.0 > 0 }.map { "\(Figures.count($0.0)) \($0.1)" }
    let summary =
      ([Figures.count(times.responses.count, of: "response")] + others).joined(separator: ", ") + "\n"
    guard !times.responses.isEmpty else { return summary }
    let table = TextTable(
      columns: ["of", "", ">count", ">median", ">90%"] + limitsSeconds.map { ">within \(Figures.time(seconds: $0))" })
    let rows = parts.flatMap { part in part.groups.enumerated().map { (part.by, $0.offset == 0, $0.element) } }
    return table.text(of: rows) { by, isFirst, group in
      [
        isFirst && by != "all" ? by : "", group.name, Figures.count(group.count),
        Figures.time(seconds: group.medianSeconds), Figures.time(seconds: group.ninthDecileSeconds),
      ] + group.shares.map { Figures.decimals($0 * 100, 1) + "%" }
    } + "\n" + summary
  }
}
