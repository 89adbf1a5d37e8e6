import AnswerJSON
import Foundation
import LedgerFile

/// How long units took from the alarm to the scene: in all, by agency, station and hour.
struct ResponseTimesReport {
  private let times: ResponseTimes
  private var table: TimeTable

  /// - Parameter timeZone: of the hours.
  init(_ times: ResponseTimes, within limitsSeconds: [Double], timeZone: TimeZone) {
    self.times = times
    table = TimeTable(within: limitsSeconds)
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = timeZone
    add(by: TimeTable.all) { _ in TimeTable.all }
    add(by: "agency") { $0.agency }
    add(by: "station") { $0.station }
    add(by: "hour") { TimeTable.hourName(calendar.component(.hour, from: $0.alarmAt)) }
  }

  private mutating func add(by: String, _ name: (ResponseTimes.Response) -> String) {
    table.add(by: by, Dictionary(grouping: times.responses, by: name).mapValues { $0.map(\.seconds) })
  }

  var json: JSONObject {
    [
      "responses": times.responses.count, "calledOff": times.calledOffCount, "underWay": times.underWayCount,
      "withoutAlarm": times.withoutAlarmCount, "unreadable": times.unreadableCount,
    ] + table.json
  }

  var text: String {
    let others = [
      (times.calledOffCount, "called off"), (times.underWayCount, "under way"),
      (times.withoutAlarmCount, "on scene without an alarm"), (times.unreadableCount, "not readable"),
    ].filter { $0.0 > 0 }.map { "\(Figures.count($0.0)) \($0.1)" }
    let summary =
      ([Figures.count(times.responses.count, of: "response")] + others).joined(separator: ", ") + "\n"
    return times.responses.isEmpty ? summary : table.text + "\n" + summary
  }
}
