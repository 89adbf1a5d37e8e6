import AnswerJSON
import LedgerFile

/// For how much of the time units were busy: in all, by agency and by unit.
struct BusyTimesReport {
  private let times: BusyTimes
  private let rows: [(by: String, name: String, seconds: Double, share: Double)]

  init(_ times: BusyTimes) {
    self.times = times
    func row(_ by: String, _ name: String, _ units: [BusyTimes.UnitTime]) -> (String, String, Double, Double) {
      let seconds = units.reduce(0) { $0 + $1.seconds }
      return (by, name, seconds, seconds > 0 ? units.reduce(0) { $0 + $1.busySeconds } / seconds : 0)
    }
    let agencies = Dictionary(grouping: times.units, by: \.agency).sorted { $0.key < $1.key }
    rows =
      [row("all", "all", times.units)] + agencies.map { row("agency", $0.key, $0.value) }
      + times.units.map { row("unit", $0.unitID, [$0]) }
  }

  var json: JSONObject {
    [
      "busyShare": times.share, "unreadable": times.unreadableCount,
      "groups": rows.map { row -> JSONObject in
        ["by": row.by, "name": row.name, "hours": row.seconds / 3_600, "busyShare": row.share]
      },
    ]
  }

  var text: String {
    guard times.share != nil else { return "Nothing is known of any unit.\n" }
    return TextTable("by", "name", ">hours", ">busy").text(of: rows) { row in
      [row.by, row.name, Figures.decimals(row.seconds / 3_600, 1), Figures.decimals(row.share * 100, 1) + "%"]
    }
  }
}
