import API
import Geometry
import Hierarchy
import MapFile
import Profiles
import RoadGraph
import TestSupport
import Traffic

/// The metrics of four profiles, made together: all weights, and those that closed roads change.
struct FourProfilesScenario {
  let world: World
  /// By profile, without traffic.
  private let free: [[Weight]]
  private static let profiles = ["ambulance", "fire_engine", "police", "car"]
  private static let fullRuns = 10
  private static let batches = 5
  private static let roadsOfBatch = 1_000
  private static let closures = 500
  private static let checkedClosures = 3

  init(world: World) throws {
    self.world = world
    let network = world.network
    free = try Self.profiles.map { name in
      let roads = ProfileRoads(profile: try ProfileSet.builtIn.profile(named: name), network: network)
      return CostModel.turnWeights(
        arcWeights: roads.freeFlowWeights, turnCosts: roads.turnCosts, network: network)
    }
  }

  func run() throws -> [Measurement] {
    var random = world.random("closures")
    let resolver = RoadResolver(world.network)
    let closures = try (0..<max(Self.batches * Self.roadsOfBatch, Self.closures)).map { _ in
      try closure(resolver, &random)
    }
    let batches = (0..<Self.batches).map { batch in
      Array(closures[batch * Self.roadsOfBatch..<(batch + 1) * Self.roadsOfBatch].joined())
    }
    return [try allWeights()] + [try closed("1,000 closures", batches, checked: Self.batches)]
      + [try closed("one closure", Array(closures.prefix(Self.closures)), checked: Self.checkedClosures)]
  }

  /// The turns out of the arcs of two roads at a random place: both directions.
  private func closure(_ resolver: RoadResolver, _ random: inout SeededGenerator) throws -> [TurnID] {
    let place = world.randomPlace(&random)
    let closure = RoadClosure(id: "", selector: .point(place, radiusMeters: Self.closedRadiusMeters))
    let pieces = try resolver.resolve(closure).pieces
    let segments = Set(pieces.map { world.network.segment(of: $0.piece) }).sorted().prefix(Self.roadsOfClosure)
    return segments.flatMap { segment in
      [false, true].flatMap { world.network.arcs(along: ArcCourse(segment: segment, isBackward: $0)) }
        .flatMap { world.network.turns(from: $0) }
    }
  }

  private static let closedRadiusMeters = 40.0
  private static let roadsOfClosure = 2

  private func allWeights() throws -> Measurement {
    let builder = MetricSetBuilder(world.hierarchy, count: free.count)
    var last: [Metric] = []
    let measured = Measurement("customization, 4 profiles, all weights", 0..<Self.fullRuns) { _ in
      last = builder.customize(free)
      return last.count
    }
    try check(last, free, measured.name)
    return measured
  }

  /// Closes roads and lifts them again, each a call of its own.
  private func closed(_ name: String, _ closures: [[TurnID]], checked: Int) throws -> Measurement {
    var writer = MetricSetWriter(world: world, free: free)
    let name = "customization, 4 profiles, " + name
    let changes = closures.flatMap { [(turns: $0, isClosed: true), (turns: $0, isClosed: false)] }
    let measured = Measurement(name, changes) { change in
      writer.set(change.turns, isClosed: change.isClosed)
      return change.turns.count
    }
    try check(writer.metrics, free, name)
    for closure in closures.prefix(checked) {
      writer.set(closure, isClosed: true)
      try check(writer.metrics, writer.turnWeights, name)
      writer.set(closure, isClosed: false)
    }
    return measured
  }

  /// Each profile's metric is the one that is made of its weights alone.
  private func check(_ metrics: [Metric], _ turnWeights: [[Weight]], _ name: String) throws {
    for (metric, weights) in zip(metrics, turnWeights) {
      let alone = MetricBuilder(world.hierarchy).customizeOnOneCore(weights)
      try BenchFailure.check(metric.hasSameWeights(as: alone), name, "together and alone, weights differ")
    }
  }
}

/// Closes and lifts roads for several profiles.
private struct MetricSetWriter {
  private let builder: MetricSetBuilder
  private let free: [[Weight]]
  private(set) var turnWeights: [[Weight]]
  private(set) var metrics: [Metric]

  init(world: World, free: [[Weight]]) {
    builder = MetricSetBuilder(world.hierarchy, count: free.count)
    self.free = free
    turnWeights = free
    metrics = builder.customize(free)
  }

  mutating func set(_ turns: [TurnID], isClosed: Bool) {
    for profile in turnWeights.indices {
      for turn in turns { turnWeights[profile][turn.position] = isClosed ? .infinity : free[profile][turn.position] }
    }
    metrics = builder.update(metrics, turnWeights: turnWeights, changed: turns)
  }
}
