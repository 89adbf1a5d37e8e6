import Geometry
import RoadGraph

/// The roads that the points of one way of a trace may lie on, and the cheapest way to each of them.
struct TraceLattice {
  /// A directed road at a point.
  struct State {
    let candidate: Candidate
    let snapped: SnapCandidate
    /// What speaks against it and all on the cheapest way to it.
    var cost = 0.0
    /// The state of the point before; `nil` at the first one.
    var before: Int?
  }

  /// A point with its roads.
  struct Layer {
    let point: TraceMatcher.Point
    let index: Int
    var states: [State]

    init(_ point: TraceMatcher.Point, at index: Int, _ states: [State]) {
      (self.point, self.index, self.states) = (point, index, states)
    }
  }

  /// Against driving where ordinary cars may not.
  static let nonCivilCost = 2.0
  /// Metres that a way may differ from the straight line for one unit of cost: on the scale of both errors.
  private static let differenceMeters = 10.0
  /// Longer ways than this beside the straight line are not looked for.
  private static let (slackMeters, stretchMax) = (150.0, 2.0)
  /// Nobody drives faster.
  private static let speedMax = 70.0
  /// Points farther apart than this belong to different ways.
  private static let apartMetersMax = 3_000.0
  /// Roads that no more than this speaks against than the best one are about as likely.
  private static let doubtCost = 1.0

  private var layers: [Layer]

  /// Begins with a point that has roads.
  init(_ first: Layer) {
    layers = [first]
    for state in first.states.indices { layers[0].states[state].cost = first.states[state].candidate.cost }
  }

  var last: Layer { layers[layers.count - 1] }

  /// Goes on to another point; false, and nothing happens, if no way leads to any of its roads.
  ///
  /// - Complexity: O(roads of the last point · arcs within the distance).
  mutating func append(_ next: Layer, _ search: inout RoadSearch) -> Bool {
    let (last, straight) = (last, last.point.coordinate.distanceMeters(to: next.point.coordinate))
    guard straight <= Self.apartMetersMax else { return false }
    var next = next
    for state in next.states.indices { next.states[state].cost = .infinity }
    let limit = Self.limit(straight, from: last.point, to: next.point)
    for (number, state) in last.states.enumerated() where state.cost < .infinity {
      search.run(from: state.candidate, limitMeters: limit)
      for end in next.states.indices {
        guard let way = search.distance(to: next.states[end].candidate), way.lengthMeters <= limit else { continue }
        let difference = abs(way.lengthMeters - straight) + way.penaltyMeters
        let cost = state.cost + difference / Self.differenceMeters + next.states[end].candidate.cost
        if cost < next.states[end].cost { (next.states[end].cost, next.states[end].before) = (cost, number) }
      }
    }
    guard next.states.contains(where: { $0.cost < .infinity }) else { return false }
    layers.append(next)
    return true
  }

  /// How long a way between two points may be, turns and all.
  private static func limit(
    _ straight: Double, from start: TraceMatcher.Point, to end: TraceMatcher.Point
  ) -> Double {
    let error = TraceMatcher.reachDeviations * (start.deviationMeters + end.deviationMeters)
    let limit = stretchMax * straight + slackMeters + error
    guard let before = start.seconds, let after = end.seconds else { return limit }
    return min(limit, (after - before) * speedMax + slackMeters + error)
  }

  /// The cheapest way through all points; `nil` for less than two. O(points · arcs).
  func match(_ search: inout RoadSearch, _ network: RoadNetwork) -> TraceMatch? {
    guard layers.count >= 2 else { return nil }
    var chosen: [Int] = []
    var state = last.states.indices.min { last.states[$0].cost < last.states[$1].cost }
    for layer in layers.reversed() {
      guard let here = state else { return nil }
      chosen.append(here)
      state = layer.states[here].before
    }
    chosen.reverse()
    var ways: [[ArcID]] = []
    var drivenMeters = 0.0
    for (number, pair) in zip(layers, layers.dropFirst()).enumerated() {
      let (start, end) = (pair.0.states[chosen[number]], pair.1.states[chosen[number + 1]])
      let straight = pair.0.point.coordinate.distanceMeters(to: pair.1.point.coordinate)
      search.run(from: start.candidate, limitMeters: Self.limit(straight, from: pair.0.point, to: pair.1.point))
      guard let arcs = search.arcs(to: end.candidate), let way = search.distance(to: end.candidate) else { return nil }
      drivenMeters += way.lengthMeters
      ways.append([start.candidate.arc] + arcs)
    }
    let points = zip(layers, chosen).map { layer, state in
      TraceMatch.Point(
        index: layer.index, snapped: layer.states[state].snapped, arc: layer.states[state].candidate.arc,
        alternativesCount: Self.alternativesCount(to: state, in: layer))
    }
    return TraceMatch(points: points, ways: ways, confidence: confidence(chosen, drivenMeters))
  }

  private static func alternativesCount(to chosen: Int, in layer: Layer) -> Int {
    let best = layer.states[chosen]
    let others = layer.states.filter {
      $0.snapped.position.segment != best.snapped.position.segment && $0.cost <= best.cost + doubtCost
    }
    return Set(others.map(\.snapped.position.segment)).count
  }

  /// How near the roads are, of how far they might be, times how alike the way and the trace are in length.
  private func confidence(_ chosen: [Int], _ drivenMeters: Double) -> Double {
    let nearness = zip(layers, chosen).map { layer, state in
      let share =
        layer.states[state].candidate.distanceMeters / layer.point.deviationMeters / TraceMatcher.reachDeviations
      return max(0, 1 - share * share)
    }
    let straight = zip(layers, layers.dropFirst())
      .reduce(0) { $0 + $1.0.point.coordinate.distanceMeters(to: $1.1.point.coordinate) }
    let error = last.point.deviationMeters
    let likeness = (min(straight, drivenMeters) + error) / (max(straight, drivenMeters) + error)
    return nearness.reduce(0, +) / Double(nearness.count) * likeness
  }
}
