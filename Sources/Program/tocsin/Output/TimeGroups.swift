import AnswerJSON

/// Times of some kind: the middle, the bad ones, and how many were in time. A time that never ended is infinite.
struct TimeGroup: Equatable {
  var name: String
  var count: Int
  /// Half of them took no longer, nine of ten took no longer.
  var medianSeconds: Double
  var ninthDecileSeconds: Double
  /// The share within each limit, 0...1.
  var shares: [Double]

  /// - Parameter seconds: one at least. O(n log n).
  init(_ name: String, _ seconds: [Double], within limitsSeconds: [Double]) {
    let sorted = seconds.sorted()
    func rank(_ share: Double) -> Double { sorted[max(Int((share * Double(sorted.count)).rounded(.up)) - 1, 0)] }
    (self.name, count) = (name, sorted.count)
    (medianSeconds, ninthDecileSeconds) = (rank(0.5), rank(0.9))
    shares = limitsSeconds.map { limit in Double(sorted.count { $0 <= limit }) / Double(sorted.count) }
  }
}

/// Times in all, by station, by hour: for people and for machines.
struct TimeTable {
  /// Groups by one thing, in the order of their names.
  struct Part {
    let by: String
    let groups: [TimeGroup]
  }

  /// Where nobody says which.
  static let limitsUsual = [300.0, 420, 480, 600]
  /// Where everything is one group.
  static let all = "all"

  private let limitsSeconds: [Double]
  private(set) var parts: [Part] = []

  init(within limitsSeconds: [Double]) { self.limitsSeconds = limitsSeconds }

  /// Adds the times of each name.
  mutating func add(by: String, _ seconds: [String: [Double]]) {
    let groups = seconds.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }
    parts.append(Part(by: by, groups: groups.map { TimeGroup($0.key, $0.value, within: limitsSeconds) }))
  }

  /// As an hour of the day is named: in the order of the day.
  static func hourName(_ hour: Int) -> String { hour < 10 ? "0\(hour)" : "\(hour)" }

  var json: JSONObject {
    [
      "withinSeconds": limitsSeconds,
      "groups": parts.flatMap { part in
        part.groups.map { group -> JSONObject in
          [
            "by": part.by, "name": group.name, "count": group.count,
            "medianSeconds": Self.finite(group.medianSeconds),
            "ninthDecileSeconds": Self.finite(group.ninthDecileSeconds),
            "shares": group.shares.map(Rounded.thousandths),
          ]
        }
      },
    ]
  }

  private static func finite(_ seconds: Double) -> Double? { seconds.isFinite ? Rounded.thousandths(seconds) : nil }

  var text: String {
    let table = TextTable(
      columns: ["of", "", ">count", ">median", ">90%"] + limitsSeconds.map { "><=\(Figures.time(seconds: $0))" })
    let rows = parts.flatMap { part in part.groups.enumerated().map { (part.by, $0.offset == 0, $0.element) } }
    return table.text(of: rows) { by, isFirst, group in
      [
        isFirst && by != Self.all ? by : "", group.name, Figures.count(group.count), Self.time(group.medianSeconds),
        Self.time(group.ninthDecileSeconds),
      ] + group.shares.map { Figures.decimals($0 * 100, 1) + "%" }
    }
  }

  private static func time(_ seconds: Double) -> String {
    seconds.isFinite ? Figures.time(seconds: seconds) : "never"
  }
}
