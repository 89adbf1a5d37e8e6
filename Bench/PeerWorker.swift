import API
import Engine
import Fleet
import Foundation
import Geometry
import Hierarchy
import MapFile
import Profiles
import RoadGraph

/// Tocsin's side of a comparison with other engines: does jobs and times each call.
struct PeerWorker {
  let world: World
  private let engine: TocsinEngine
  private let builder: MetricBuilder
  private let query: PathQuery
  private let manyToMany: ManyToMany
  private var turnWeights: [Weight]
  private var metric: Metric

  init(world: World) throws {
    self.world = world
    engine = try world.engine()
    builder = MetricBuilder(world.hierarchy)
    query = PathQuery(world.hierarchy)
    manyToMany = ManyToMany(world.hierarchy, WorkspacePool(world.hierarchy))
    turnWeights = world.turnWeights
    metric = builder.customize(turnWeights)
  }

  /// Does a job.
  ///
  /// - Throws: ``BenchFailure`` or the engine's error if the job names what is not on the map.
  mutating func answer(_ job: PeerJob) throws -> any Encodable {
    switch job {
    case .describe: description()
    case .weights(let pairs): try weights(pairs)
    case .customize(let calls, let isParallel): customize(calls: calls, isParallel: isParallel)
    case .update(let changes): try update(changes)
    case .fleet(let places): try fleet(places)
    case .fastest(let places, let count): try fastest(places, count: count)
    case .matrix(let sets): try matrix(sets)
    case .reach(let places, let seconds): try reach(places, seconds: seconds)
    case .routes(let pairs): try routes(pairs)
    }
  }

  private func description() -> PeerDescription {
    let size = world.hierarchy.statistics()
    return PeerDescription(
      vertices: world.network.vertexCount, arcs: world.network.arcCount, turns: world.network.turnCount,
      hierarchyArcs: world.hierarchy.arcCount, triangles: size.triangleCount, treeHeight: size.treeHeight,
      mainArcs: world.arcs.map(\.rawValue))
  }

  private func weights(_ pairs: [[UInt32]]) throws -> PeerAnswer {
    series(try pairs.map(arcPair)) { pair in
      query.weight(from: [Terminal(pair.from)], to: [Terminal(pair.to)], metric: metric)?.weight ?? .infinity
    }
  }

  private func customize(calls: Int, isParallel: Bool) -> PeerAnswer {
    // A builder of its own: the metric that queries use keeps its spare.
    let builder = MetricBuilder(world.hierarchy)
    return series(0..<calls) { _ in
      let made = isParallel ? builder.customize(turnWeights) : builder.customizeOnOneCore(turnWeights)
      return UInt32(clamping: made.byteCount)
    }
  }

  private mutating func update(_ changes: [PeerChange]) throws -> PeerAnswer {
    let changes = try changes.map { (arcs: try $0.arcs.map(arc), factor: $0.factor) }
    return series(changes) { change in
      let changed = change.arcs.flatMap { world.network.turns(from: $0) }
      for turn in changed {
        turnWeights[turn.position] =
          change.factor.map { world.turnWeights[turn.position].multiplied(by: $0) } ?? .infinity
      }
      metric = builder.update(metric, turnWeights: turnWeights, changed: changed)
      return UInt32(changed.count)
    }
  }

  private func fleet(_ places: [[Double]]) throws -> PeerAnswer {
    _ = try engine.removeUnits(engine.listUnits().units.map(\.unit.id))
    let units = try places.enumerated().map { number, place in
      ResponseUnit(
        id: "unit \(number)", profile: world.roads.profile.name, coordinate: try coordinate(place),
        reportedAt: Date(), turnoutSeconds: 0)
    }
    return try series([units]) { units in
      _ = try engine.putUnits(units)
      return UInt32(units.count)
    }
  }

  private func fastest(_ places: [[Double]], count: Int) throws -> PeerAnswer {
    if engine.listUnits().units.isEmpty { throw BenchFailure("no fleet was given") }
    let requests = try places.map { FastestUnitsRequest(incident: Place(try coordinate($0)), count: count) }
    return try series(requests) { request in
      let first = try engine.fastestUnits(request).units.first
      return first.map { Self.milliseconds($0.route.travelSeconds) } ?? .infinity
    }
  }

  /// Sums are taken modulo this, so that they stay numbers as the others are.
  private static let sumModulus = UInt64(Int32.max)

  private func matrix(_ sets: [[[UInt32]]]) throws -> PeerAnswer {
    let tables = try sets.map { set in
      guard set.count == 2 else { throw BenchFailure("\(set.count) sets of arcs are no sources and targets") }
      return try set.map { arcs in try arcs.map { [Terminal(try arc($0))] } }
    }
    return series(tables) { table in
      let weights = manyToMany.weights(from: table[0], to: table[1], metric: metric) { false } ?? []
      return Weight(weights.reduce(UInt64(0)) { ($0 + UInt64($1)) % Self.sumModulus })
    }
  }

  private func reach(_ places: [[Double]], seconds: Double) throws -> PeerAnswer {
    let requests = try places.map { place in
      var request = ReachRequest(
        places: [Place(try coordinate(place))], .from, profile: world.roads.profile.name, limitsSeconds: [seconds])
      request.detail.outlines = true
      return request
    }
    return try series(requests) { request in
      Weight(try engine.reach(request).bands.first?.lengthMeters ?? 0)
    }
  }

  private func routes(_ pairs: [[[Double]]]) throws -> PeerAnswer {
    let requests = try pairs.map { pair in
      var request = RouteRequest(places: try pair.map { Place(try coordinate($0)) }, profile: world.roads.profile.name)
      request.detail = [.shape, .steps]
      return request
    }
    return series(requests) { request in
      (try? engine.route(request)).map { Self.milliseconds($0.route.travelSeconds) } ?? .infinity
    }
  }

  private func series<Input>(_ inputs: some Collection<Input>, _ body: (Input) throws -> Weight) rethrows -> PeerAnswer
  {
    var answers: [Weight] = []
    answers.reserveCapacity(inputs.count)
    let measured = try Measurement("peer", inputs) { input in
      let answer = try body(input)
      answers.append(answer)
      return answer
    }
    return PeerAnswer(
      nanoseconds: measured.nanoseconds, cpuNanoseconds: measured.cpuNanoseconds, answers: answers)
  }

  private func arc(_ number: UInt32) throws -> ArcID {
    if number >= world.network.arcCount { throw BenchFailure("the map has no arc \(number)") }
    return ArcID(number)
  }

  private func arcPair(_ numbers: [UInt32]) throws -> ArcPair {
    guard numbers.count == 2 else { throw BenchFailure("\(numbers) is no pair of arcs") }
    return ArcPair(from: try arc(numbers[0]), to: try arc(numbers[1]))
  }

  private func coordinate(_ place: [Double]) throws -> Coordinate {
    guard place.count == 2, let coordinate = Coordinate(latitude: place[0], longitude: place[1]) else {
      throw BenchFailure("\(place) is no [latitude, longitude]")
    }
    return coordinate
  }

  private static func milliseconds(_ seconds: Double) -> UInt32 { UInt32((seconds * 1_000).rounded()) }
}

extension Weight {
  /// Never above ``infinity``.
  fileprivate func multiplied(by factor: UInt32) -> Weight {
    let (product, isTooLarge) = multipliedReportingOverflow(by: factor)
    return isTooLarge ? .infinity : Swift.min(product, .infinity)
  }
}
