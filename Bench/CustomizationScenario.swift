import Hierarchy
import MapFile
import RoadGraph
import TestSupport

/// All weights, and those that one closed road changes.
struct CustomizationScenario {
  let world: World
  private static let fullRuns = 10
  private static let closedRoads = 500
  private static let checkedRoads = 3
  private static let checkedPairs = 200

  func run() throws -> [Measurement] {
    let reference = MetricBuilder(world.hierarchy).customizeOnOneCore(world.turnWeights)
    let expected = answers(reference)
    return [try full("customization, one core", expected) { $0.customizeOnOneCore(world.turnWeights) }]
      + [try full("customization, all cores", expected) { $0.customize(world.turnWeights) }]
      + (try closedRoads(reference)) + (try FourProfilesScenario(world: world).run())
  }

  /// What queries answer with a metric.
  private func answers(_ metric: Metric) -> Checksum {
    var random = world.random("customization")
    let query = PathQuery(world.hierarchy)
    var sum = Checksum()
    for pair in world.randomPairs(Self.checkedPairs, &random) {
      sum.add(query.weight(from: [Terminal(pair.from)], to: [Terminal(pair.to)], metric: metric)?.weight ?? .infinity)
    }
    return sum
  }

  private func full(_ name: String, _ expected: Checksum, _ customize: (MetricBuilder) -> Metric) throws -> Measurement
  {
    let builder = MetricBuilder(world.hierarchy)
    var last: Metric?
    var measured = Measurement(name, 0..<Self.fullRuns) { _ in
      last = customize(builder)
      return 0
    }
    if let last { measured.checksum = answers(last) }
    try BenchFailure.check(measured.checksum == expected, name, "the metric answers differently")
    return measured
  }

  /// Closes one road after the other, each in both directions, and lifts it again.
  private func closedRoads(_ open: Metric) throws -> [Measurement] {
    var random = world.random("closed roads")
    let roads = (0..<Self.closedRoads).map { _ in world.network.arcCourse[world.randomArc(&random)].segment }
    var writer = RoadWriter(world: world)
    let closed = Measurement("customization, road closed and lifted", roads) { road in
      writer.close(road)
      writer.lift(road)
      return writer.turnsChanged
    }
    try BenchFailure.check(writer.metric.hasSameWeights(as: open), closed.name, "lifting does not restore the weights")
    for road in roads.prefix(Self.checkedRoads) {
      writer.close(road)
      let full = MetricBuilder(world.hierarchy).customizeOnOneCore(writer.turnWeights)
      try BenchFailure.check(writer.metric.hasSameWeights(as: full), closed.name, "partial and full weights differ")
      writer.lift(road)
    }
    return [closed]
  }
}

/// Closes and lifts roads as the traffic writer does.
private struct RoadWriter {
  let world: World
  private let builder: MetricBuilder
  private(set) var turnWeights: [Weight]
  private(set) var metric: Metric
  private(set) var turnsChanged = 0

  init(world: World) {
    self.world = world
    builder = MetricBuilder(world.hierarchy)
    turnWeights = world.turnWeights
    metric = builder.customize(world.turnWeights)
  }

  mutating func close(_ road: SegmentID) { set(road) { _ in .infinity } }

  mutating func lift(_ road: SegmentID) {
    let free = world.turnWeights
    set(road) { free[$0.position] }
  }

  private mutating func set(_ road: SegmentID, weight: (TurnID) -> Weight) {
    let arcs = world.network.segmentArcs[road]
    var changed: [TurnID] = []
    for arc in [arcs.forward, arcs.backward].compactMap({ $0 }) {
      for turn in world.network.turns(from: arc) {
        turnWeights[turn.position] = weight(turn)
        changed.append(turn)
      }
    }
    turnsChanged += changed.count
    metric = builder.update(metric, turnWeights: turnWeights, changed: changed)
  }
}
