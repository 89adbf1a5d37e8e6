import API
import AnswerJSON
import InputFiles

/// What the ranking of many calls comes to: a line of CSV for each unit of each call, and times by station and hour.
///
/// Times are from the alarm on: turnout and travel. A call that nobody reaches is never in time.
struct RankReport {
  private let limitsSeconds: [Double]
  private(set) var callCount = 0
  private var lastResortCount = 0
  private var offMap = NamedCalls()
  private var unreached = NamedCalls()
  private var faults: [FileFault] = []
  private var faultCount = 0
  /// Units that go to no call.
  private var leftOut: [LeftOutReason: Int] = [:]
  /// Of the first unit of each call, of the second one ...
  private var secondsByRank: [[Double]]
  /// Of the first units.
  private var secondsByStation: [String: [Double]] = [:]
  private var secondsByHour: [String: [Double]] = [:]

  /// Calls of which the first ones are named.
  private struct NamedCalls {
    var count = 0
    var ids: [String] = []

    mutating func add(_ call: CallFile.Call) {
      count += 1
      if ids.count < RankReport.namedMax { ids.append(call.id) }
    }
  }

  /// More calls of a kind are only counted, and more faults only counted.
  private static let namedMax = 20

  /// The first line of the CSV.
  static let header = csvLine([
    "call", "rank", "unit", "station", "eta_seconds", "travel_seconds", "last_resort", "note",
  ])

  /// - Parameter count: how many units are wanted for each call.
  init(count: Int, within limitsSeconds: [Double]) {
    self.limitsSeconds = limitsSeconds
    secondsByRank = Array(repeating: [], count: count)
  }

  /// Counts lines that can't be read.
  mutating func add(_ faults: [FileFault]) {
    faultCount += faults.count
    self.faults += faults.prefix(Self.namedMax - self.faults.count)
  }

  /// Counts a call; its lines of CSV, one at least.
  mutating func add(_ call: CallFile.Call, _ outcome: CallRanking.Outcome) -> String {
    callCount += 1
    guard case .ranked(let arrivals, let leftOut) = outcome else {
      offMap.add(call)
      return Self.line(call, note: "off the map")
    }
    self.leftOut = leftOut
    for rank in secondsByRank.indices {
      secondsByRank[rank].append(rank < arrivals.count ? arrivals[rank].etaSeconds : .infinity)
    }
    if let hour = call.hour {
      secondsByHour[TimeTable.hourName(hour), default: []].append(arrivals.first?.etaSeconds ?? .infinity)
    }
    guard let first = arrivals.first else {
      unreached.add(call)
      return Self.line(call, note: "nobody comes")
    }
    secondsByStation[first.station, default: []].append(first.etaSeconds)
    if first.needsLastResort { lastResortCount += 1 }
    return arrivals.enumerated().map { Self.line(call, rank: $0 + 1, $1) }.joined()
  }

  private static func line(_ call: CallFile.Call, note: String) -> String {
    csvLine([call.id, "", "", "", "", "", "", note])
  }

  private static func line(_ call: CallFile.Call, rank: Int, _ arrival: CallRanking.Arrival) -> String {
    csvLine([
      call.id, "\(rank)", arrival.unitID, arrival.station, "\(Rounded.thousandths(arrival.etaSeconds))",
      "\(Rounded.thousandths(arrival.travelSeconds))", arrival.needsLastResort ? "yes" : "", "",
    ])
  }

  // MARK: For machines

  var json: JSONObject {
    [
      "calls": callCount, "offMap": offMap.count, "unreached": unreached.count, "lastResort": lastResortCount,
      "unreadable": faultCount, "leftOut": leftOut.json,
    ] + table.json
  }

  private var table: TimeTable {
    var table = TimeTable(within: limitsSeconds)
    if secondsByRank.count == 1 {
      table.add(by: TimeTable.all, [TimeTable.all: secondsByRank[0]])
    } else {
      let width = "\(secondsByRank.count)".count
      for (rank, seconds) in secondsByRank.enumerated() {
        let name = "\(rank + 1)"
        table.add(by: "rank", [String(repeating: " ", count: width - name.count) + name: seconds])
      }
    }
    table.add(by: "station", secondsByStation)
    table.add(by: "hour", secondsByHour)
    return table
  }

  // MARK: For people

  var text: String {
    let others = [
      (offMap.count, "off the map"), (unreached.count, "that nobody reaches"),
      (lastResortCount, "reached by a last resort only"),
    ].filter { $0.0 > 0 }.map { "\(Figures.count($0.0)) \($0.1)" }
    let counts = ([Figures.count(callCount, of: "call")] + others).joined(separator: ", ")
    return table.text + "\n\(counts); turnout and travel of the first unit\n" + FastestText.leftOut(leftOut)
  }

  /// The calls without an answer and the lines that can't be read, named on standard error; empty if there are none.
  var complaints: String {
    let named = [("off the map", offMap), ("nobody comes to", unreached)].filter { $0.1.count > 0 }.map { what, calls in
      let more = calls.count - calls.ids.count
      return "\(what): \(calls.ids.joined(separator: ", "))" + (more > 0 ? " and \(Figures.count(more)) more" : "")
    }
    let unread = faultCount > 0 ? ["\(Figures.count(faultCount, of: "fault")) in the file of calls"] : []
    return (faults.map { "\($0)" } + unread + named).map { Printable.text($0) + "\n" }.joined()
  }
}
