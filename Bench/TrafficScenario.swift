import API
import Dispatch
import Engine
import Fleet
import Foundation
import Geometry
import Hierarchy
import Ledger
import LedgerFile
import Profiles
import RoadGraph
import Synchronization
import TestSupport
import Traffic

/// Live traffic on four profiles while dispatchers ask: closures, batches, measured speeds, watchers, imagined
/// closures.
///
/// All of it under 200 questions a second, which come at their times whether the engine is ready or not.
struct TrafficScenario {
  let world: World
  static let profileNames = ["ambulance", "fire_engine", "police", "car"]
  static let questionsPerSecond = 200.0
  private static let closures = 1_000
  private static let batchSize = 1_000
  private static let batches = 20
  private static let bulkPuts = 6
  private static let quietQuestions = 4_000
  private static let imagined = 500
  private static let radiusMeters = 40.0

  func run() throws -> [Measurement] {
    let folder = TemporaryFolder()
    let links = Self.links(of: world.network)
    let durable = try world.engine(
      profiles: Self.profileNames, links: links, ledger: SQLiteLedger(path: folder.path("ledger")))
    let memory = try world.engine(profiles: Self.profileNames, links: links)
    var random = world.random("traffic")
    let places = (0..<max(Self.closures, Self.batchSize)).map { _ in world.randomPlace(&random) }
    let questions = try TrafficQuestions(world, &random)
    var lines = [try questions.measure("traffic, question, no updates", memory, count: Self.quietQuestions)]
    lines.append(try steady(questions, memory, places))
    let asking = AskingThread(questions, memory, perSecond: Self.questionsPerSecond)
    lines += try single("durable", durable, places) + single("in memory", memory, places)
    lines += try batch("durable", durable, places) + batch("in memory", memory, places)
    lines += try bulk("durable", durable) + bulk("in memory", memory)
    lines += try linkSpeeds(durable, memory)
    lines.append(asking.stop("traffic, question, updates back to back"))
    lines.append(try imagine(memory, places, &random))
    lines += try WatchBench(world).run(memory, places, &random)
    try checkEmpty(durable)
    try checkEmpty(memory)
    return lines
  }

  /// A busy day: twenty closures a second are put or lifted while dispatchers ask.
  private func steady(_ questions: TrafficQuestions, _ engine: TocsinEngine, _ places: [Coordinate]) throws
    -> Measurement
  {
    let asking = AskingThread(questions, engine, perSecond: Self.questionsPerSecond)
    for index in 0..<Self.steadyChanges {
      if index % 2 == 0 {
        let selector = RoadSelector.point(places[index / 2], radiusMeters: Self.radiusMeters)
        _ = try engine.putClosures([RoadClosure(id: "s", selector: selector)])
      } else {
        _ = try engine.liftClosures(["s"])
      }
      Thread.sleep(forTimeInterval: 1 / Self.steadyChangesPerSecond)
    }
    return asking.stop("traffic, question, 20 changes a second")
  }

  private static let steadyChanges = 400
  private static let steadyChangesPerSecond = 20.0

  /// One closure after the other, each put and lifted; a few are in force beside it.
  private func single(_ name: String, _ engine: TocsinEngine, _ places: [Coordinate]) throws -> [Measurement] {
    let put = try Measurement("traffic, closure put, \(name)", 0..<Self.closures) { index in
      let selector = RoadSelector.point(places[index], radiusMeters: Self.radiusMeters)
      return try engine.putClosures([RoadClosure(id: "c\(index)", selector: selector)]).closures.count
    }
    let lifted = try Measurement("traffic, closure lifted, \(name)", 0..<Self.closures) { index in
      try engine.liftClosures(["c\(index)"]).closures.count
    }
    return [put, lifted]
  }

  /// A thousand closures in one call.
  private func batch(_ name: String, _ engine: TocsinEngine, _ places: [Coordinate]) throws -> [Measurement] {
    let closures = places.prefix(Self.batchSize).enumerated().map { index, place in
      RoadClosure(id: "b\(index)", selector: .point(place, radiusMeters: Self.radiusMeters))
    }
    let measured = try Measurement("traffic, \(Self.batchSize) closures put and lifted, \(name)", 0..<Self.batches) {
      index in
      if index % 2 == 0 { return try engine.putClosures(closures).closures.count }
      return try engine.liftClosures(closures.map(\.id)).closures.count
    }
    return [measured]
  }

  /// The speed of every arc, named line by line by the OSM nodes at its ends, as OSRM's files do; others in each call.
  private func bulk(_ name: String, _ engine: TocsinEngine) throws -> [Measurement] {
    let roads = Self.roads(of: world.network)
    let feeds = (0..<Self.bulkPuts).map { index in
      var random = SeededGenerator(seed: UInt64(index))
      return roads.map { RoadSpeed($0, kmh: Double(Int.random(in: 50...900, using: &random)) / 10) }
    }
    let put = try Measurement("traffic, \(roads.count) lines of all arcs, \(name)", feeds) { speeds in
      try self.put(speeds, on: engine).matchedCount
    }
    _ = try self.put([], on: engine)
    return [put]
  }

  /// The speed of every arc, each a link of an external network, as national centres publish them.
  private func linkSpeeds(_ durable: TocsinEngine, _ memory: TocsinEngine) throws -> [Measurement] {
    let arcs = world.network.arcHead.indices.filter { !world.network.isShadow($0) }
    return try [("durable", durable), ("in memory", memory)].map { name, engine in
      let feeds = (0..<Self.bulkPuts).map { index in
        var random = SeededGenerator(seed: UInt64(index))
        return arcs.map { RoadSpeed(.link(id: "\($0)"), kmh: Double(Int.random(in: 50...900, using: &random)) / 10) }
      }
      let measured = try Measurement("traffic, speeds of \(arcs.count) links, \(name)", feeds) { speeds in
        try self.put(speeds, on: engine).matchedCount
      }
      _ = try put([], on: engine)
      return measured
    }
  }

  /// Every arc as a link, piece by piece.
  static func links(of network: RoadNetwork) -> [LinkStretch] {
    let nodes = network.pointOSMNodes()
    return network.arcHead.indices.filter { !network.isShadow($0) }.flatMap { arc -> [LinkStretch] in
      let course = network.arcCourse[arc]
      return network.pieceIDs(along: arc).compactMap { piece in
        guard let way = network.way(of: piece) else { return nil }
        let start = network.firstPoint[course.segment].lowerBound
        let range = network.pointRange(of: piece, in: course.segment)
        let (one, other) = (
          nodes[ShapePointID(start + range.lowerBound)], nodes[ShapePointID(start + range.upperBound - 1)]
        )
        let pair = course.isBackward ? OSMNodePair(from: other, to: one) : OSMNodePair(from: one, to: other)
        return LinkStretch(linkID: "\(arc)", wayOSMID: network.ways[way].osmID, nodes: pair)
      }
    }
  }

  private func put(_ speeds: [RoadSpeed], on engine: TocsinEngine) throws -> SpeedsAnswer {
    let update = SpeedUpdate(source: "bench", speeds: speeds, timeToLiveSeconds: 3_600, isComplete: true)
    return try engine.putSpeeds(SpeedsRequest(update), by: .local)
  }

  /// Every line of every arc.
  static func roads(of network: RoadNetwork) -> [RoadSpeed.Road] {
    let nodes = network.pointOSMNodes()
    var roads: [RoadSpeed.Road] = []
    for arc in network.arcHead.indices where !network.isShadow(arc) {
      let course = network.arcCourse[arc]
      let points = network.firstPoint[course.segment]
      for point in points.dropLast() {
        let (one, other) = (nodes[ShapePointID(point)], nodes[ShapePointID(point + 1)])
        roads.append(.nodes(course.isBackward ? OSMNodePair(from: other, to: one) : OSMNodePair(from: one, to: other)))
      }
    }
    return roads
  }

  /// Three closures of the question's own, other ones each time.
  private func imagine(_ engine: TocsinEngine, _ places: [Coordinate], _ random: inout SeededGenerator) throws
    -> Measurement
  {
    let questions = (0..<Self.imagined).map { index in
      var request = RouteRequest(
        places: [Place(world.randomPlace(&random)), Place(world.randomPlace(&random))], profile: "ambulance")
      request.whatIf = (0..<3).map { number in
        let place = places[(3 * index + number) % places.count]
        return RoadClosure(id: "w\(number)", selector: .point(place, radiusMeters: Self.radiusMeters))
      }
      return request
    }
    return try Measurement("traffic, route with three imagined closures", questions) { request in
      do throws(EngineError) {
        return Int(try engine.route(request).route.travelSeconds * 1000)
      } catch {
        try BenchFailure.check(error.code == .noRoute, "imagined closures", "\(error)")
        return -1
      }
    }
  }

  /// Nothing is left of anything: the weights are those of the start.
  private func checkEmpty(_ engine: TocsinEngine) throws {
    let status = engine.status()
    try BenchFailure.check(
      status.closureCount == 0 && status.speedSources.allSatisfy { $0.speedCount == 0 }, "traffic",
      "closures or speeds are left")
  }
}
