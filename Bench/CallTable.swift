import API
import Engine
import Foundation
import Geometry

/// When the units of stations come to calls.
struct CallTable {
  struct Station {
    var id: String
    /// The units that it has.
    var kinds: [String]
    var coordinate: Coordinate
  }

  /// Who comes when to each call: milliseconds from the alarm, ascending, of all stations under "any" and of those with
  /// a unit of a kind under its name.
  typealias Times = [[String: [Int]]]

  let stations: [Station]
  let calls: [Coordinate]
  let profile: String
  let turnoutSeconds: Double
  let limitsSeconds: [Double]

  private static let plans: [(name: String, lines: KeyValuePairs<String, Int>)] = [
    ("3 engines, 1 ladder, 1 rescue, 1 chief", ["engine": 3, "ladder": 1, "rescue": 1, "chief": 1]),
    ("4 engines, 2 ladders, 1 rescue, 1 chief", ["engine": 4, "ladder": 2, "rescue": 1, "chief": 1]),
  ]
  private static let coverageDepth = 3

  // MARK: In four ways

  func matrix(_ engine: TocsinEngine) throws -> MatrixAnswer {
    try engine.matrix(
      MatrixRequest(
        origins: stations.map { Place($0.coordinate) }, destinations: calls.map { Place($0) }, profile: profile))
  }

  func compareRoutes(_ matrix: MatrixAnswer, _ engine: TocsinEngine, each: Int) throws {
    for cell in stride(from: 0, to: stations.count * calls.count, by: max(each, 1)) {
      let (row, column) = cell.quotientAndRemainder(dividingBy: calls.count)
      let places = [Place(stations[row].coordinate), Place(calls[column])]
      let route = try? engine.route(RouteRequest(places: places, profile: profile)).route
      try BenchFailure.check(
        matrix.travelSeconds(from: row, to: column) == route?.travelSeconds, "calls",
        "the route from station \(row) to call \(column) takes \(route?.travelSeconds ?? -1) s")
    }
  }

  func sortedTimes(_ matrix: MatrixAnswer) -> Times {
    let lastResorts = Set(matrix.lastResorts.map(Int.init))
    return calls.indices.map { column in
      var times: [String: [Int]] = [:]
      for (row, station) in stations.enumerated() {
        guard let seconds = matrix.travelSeconds(from: row, to: column),
          !lastResorts.contains(row * calls.count + column)
        else { continue }
        let milliseconds = Int(((seconds + turnoutSeconds) * 1000).rounded())
        for kind in station.kinds + ["any"] { times[kind, default: []].append(milliseconds) }
      }
      return times.mapValues { $0.sorted() }
    }
  }

  func compareCoverage(_ times: Times, _ engine: TocsinEngine) throws {
    let now = Date()
    _ = try engine.putUnits(
      stations.map { station in
        ResponseUnit(
          id: station.id, capabilities: ["any"], profile: profile, coordinate: station.coordinate, reportedAt: now,
          turnoutSeconds: turnoutSeconds)
      })
    let features = calls.enumerated().map { LayerFeature(id: "\($0)", .point($1)) }
    _ = try engine.putLayer(Layer("calls", features: features), by: .local, within: .none)
    var request = CoverageRequest(limitsSeconds: limitsSeconds)
    (request.depth, request.demandLayer, request.detail.gapCount) = (Self.coverageDepth, "calls", 0)
    let levels = try engine.coverage(request).levels
    for level in levels {
      let expected = count(times, "any", level.depth, level.limitSeconds)
      try BenchFailure.check(
        Int(level.demandWeight) == expected, "calls",
        "coverage by unit \(level.depth) in \(level.limitSeconds) s is \(level.demandWeight), by the matrix \(expected)"
      )
    }
    _ = try engine.removeUnits(stations.map(\.id))
  }

  func comparePlans(_ times: Times, _ engine: TocsinEngine) throws {
    let now = Date()
    let units = stations.flatMap { station in
      station.kinds.map { kind in
        ResponseUnit(
          id: "\(kind)-\(station.id)", capabilities: [kind], profile: profile, coordinate: station.coordinate,
          reportedAt: now, turnoutSeconds: turnoutSeconds)
      }
    }
    _ = try engine.putUnits(units)
    for plan in Self.plans {
      let level = PlanLevel(plan.lines.map { PlanLine($0, count: $1, needs: [UnitNeed([$0])]) })
      for (number, call) in calls.enumerated() {
        let answer = try engine.recommend(RecommendRequest(incident: Place(call), wanted: .lines(level)))
        guard let expected = complete(plan.lines, times[number]) else { continue }
        let found = answer.completeSeconds.map { Int(($0 * 1000).rounded()) }
        try BenchFailure.check(
          found == expected && answer.open.isEmpty, "calls",
          "\(plan.name) at call \(number): complete after \(found ?? -1) ms, by the matrix \(expected)")
      }
    }
  }

  // MARK: What comes out

  /// When all lines are complete; `nil` if they never are without a last resort.
  private func complete(_ lines: KeyValuePairs<String, Int>, _ times: [String: [Int]]) -> Int? {
    let last = lines.map { kind, count in time(times, kind, count) }
    return last.contains(nil) ? nil : last.compactMap(\.self).max()
  }

  private func time(_ times: [String: [Int]], _ kind: String, _ number: Int) -> Int? {
    times[kind].flatMap { number <= $0.count ? $0[number - 1] : nil }
  }

  private func count(_ times: Times, _ kind: String, _ number: Int, _ seconds: Double) -> Int {
    times.count { call in (time(call, kind, number)).map { Double($0) <= seconds * 1000 } ?? false }
  }

  func text(_ times: Times, _ matrix: MatrixAnswer) -> String {
    func row(_ name: String, _ time: ([String: [Int]]) -> Int?) -> String {
      let found = times.map(time)
      let counts = limitsSeconds.map { limit in found.count { $0.map { Double($0) <= limit * 1000 } ?? false } }
      let sorted = found.map { $0 ?? .max }.sorted()
      func quantile(_ share: Double) -> String {
        let value = sorted[min(Int((share * Double(sorted.count)).rounded(.up)), sorted.count) - 1]
        return value == .max ? "never" : String(format: "%.1f s", Double(value) / 1000)
      }
      return "| \(name) | \(counts.map(String.init).joined(separator: " | ")) | \(quantile(0.5)) | \(quantile(0.9)) |\n"
    }
    let limits = limitsSeconds.map { "<= \(Int($0)) s" }.joined(separator: " | ")
    var text = "| | \(limits) | median | 90th of 100 |\n|---|\(limitsSeconds.map { _ in "---:|" }.joined())---:|---:|\n"
    for (name, kind, number) in [
      ("1st station", "any", 1), ("2nd", "any", 2), ("3rd", "any", 3), ("1st engine", "engine", 1),
      ("3rd engine", "engine", 3), ("ladder", "ladder", 1), ("rescue", "rescue", 1),
    ] { text += row(name) { time($0, kind, number) } }
    for plan in Self.plans { text += row(plan.name) { complete(plan.lines, $0) } }
    let lastResorts = Set(matrix.lastResorts.map(Int.init))
    let clean = matrix.travelSeconds.indices.filter { matrix.travelSeconds[$0] >= 0 && !lastResorts.contains($0) }
    let sum = clean.reduce(0) { $0 + Int((matrix.travelSeconds[$1] * 1000).rounded()) }
    return text
      + "\n\(stations.count) x \(calls.count): \(clean.count) ways without a last resort, together \(sum) ms\n"
  }
}
