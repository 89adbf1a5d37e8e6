import API
import Fleet

/// Looks for what ruins rankings: stations that are hard to leave, pairs with one far longer direction, roads cut off.
public struct MapCheck: Sendable {
  let map: CheckedMap
  let stations: [Station]
  let thresholds: CheckThresholds

  public init(_ map: CheckedMap, stations: [Station], thresholds: CheckThresholds = CheckThresholds()) {
    self.map = map
    self.stations = Station.houses(stations)
    self.thresholds = thresholds
  }

  /// All findings, the worst first, those of one kind together.
  ///
  /// - Parameter progress: is told how much is done, 0...1.
  /// - Complexity: O(stations x neighbours) routes, O(arcs + turns).
  public func run(progress: (Double) -> Void = { _ in }) -> [Finding] {
    let neighbours = Station.neighbours(of: stations, count: thresholds.neighbourCount)
    var trips = TripTable()
    var findings: [Finding] = []
    for index in stations.indices {
      progress(Double(index) / Double(stations.count))
      for other in neighbours[index] {
        trips.add(index, other) { map.route(stations[$0].coordinate, stations[$1].coordinate, by: map.profile) }
      }
      findings +=
        StationCheck(
          map: map, station: stations[index], thresholds: thresholds,
          waysOut: neighbours[index].map { trips[index, $0] }, waysIn: neighbours[index].map { trips[$0, index] }
        ).findings
    }
    findings += OneSidedCheck(stations: stations, thresholds: thresholds, neighbours: neighbours, trips: trips).findings
    findings += CutOffCheck(map: map, thresholds: thresholds).findings + map.overrideFindings
    progress(1)
    return Self.sorted(findings)
  }

  /// The worst first, those of one kind together, else in their order.
  public static func sorted(_ findings: [Finding]) -> [Finding] {
    let order = Dictionary(uniqueKeysWithValues: Finding.Kind.allCases.enumerated().map { ($1, $0) })
    return findings.sorted { ($0.severity, order[$0.kind, default: 0]) < ($1.severity, order[$1.kind, default: 0]) }
  }
}

/// The routes between stations, each asked for once, in both directions.
struct TripTable {
  private struct Pair: Hashable {
    var from: Int
    var to: Int
  }

  private var answers: [Pair: RouteAnswer?] = [:]

  /// Asks for both directions, unless that was done before.
  mutating func add(_ one: Int, _ other: Int, route: (_ from: Int, _ to: Int) -> RouteAnswer?) {
    guard answers[Pair(from: one, to: other)] == nil else { return }
    answers[Pair(from: one, to: other)] = .some(route(one, other))
    answers[Pair(from: other, to: one)] = .some(route(other, one))
  }

  /// The route, `nil` if there is none.
  subscript(from: Int, to: Int) -> RouteAnswer? { answers[Pair(from: from, to: to)] ?? nil }
}
