import API
import Calls
import Client
import Foundation
import Logging
import Messages
import Server
import Synchronization
import TestSupport
import Testing
import Traffic

@testable import Engine

/// Several connections push closures while several others ask: every answer is Dijkstra's on the traffic of the version
/// that it names, and none is older than a change that was acknowledged before the question.
@Suite struct SocketTrafficTests {
  private static let profile = TestProfiles.plain
  private static let writers = 3
  private static let readers = 3
  private static let steps = 25

  /// What a writer was told.
  private struct Change: Sendable {
    var version: UInt64
    var closure: RoadClosure
    var isPut: Bool
  }

  /// What a reader was told.
  private struct Observation: Hashable, Sendable {
    var question: Int
    var version: UInt64
    var milliseconds: Int
  }

  @Test(arguments: 0..<2) func answersBelongToTheirVersion(_ seed: Int) async throws {
    let town = RandomTown(seed: UInt64(seed) + 40, junctionCount: 50)
    let engine = try TestEngine(.text(opl: town.text.opl)).engine
    let folder = TemporaryFolder()
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let service = CallService(
      dispatcher: MessageDispatcher(engine: engine), threads: .init(questions: 2), logger: logger)
    let server = TransportServer.frames(
      configuration: .init(addresses: [.unix(path: folder.path("s"))]), service: service, logger: logger)
    let address = try #require(try await server.bind().first)
    let running = Task { try await server.run() }
    var random = SeededGenerator(seed: UInt64(seed))
    let questions = (0..<8).map { _ in (0..<2).map { _ in Place(town.junctions.randomElement(using: &random)!) } }
    let resolver = RoadResolver(engine.map.network)
    let closures = PropertyTests.closures(in: town, count: 12, &random).filter { (try? resolver.resolve($0)) != nil }
    let (changes, observations) = try await Self.pushAndAsk(address, closures, questions, seed: seed)
    running.cancel()
    try await running.value
    #expect(Set(observations.map(\.version)).count > 3, "the writers were not seen at work")
    try Self.check(observations, changes, questions, engine, seed: seed)
  }

  private static func pushAndAsk(
    _ address: ServerAddress, _ closures: [RoadClosure], _ questions: [[Place]], seed: Int
  ) async throws -> ([Change], [Observation]) {
    let acknowledged = Shared<UInt64>(0)
    let isDone = Shared(false)
    return try await withThrowingTaskGroup(of: ([Change], [Observation]).self) { group in
      for writer in 0..<writers {
        group.addTask { (try await push(address, closures, writer, seed, acknowledged), []) }
      }
      for reader in 0..<readers {
        group.addTask { ([], try await ask(address, questions, reader, acknowledged, isDone)) }
      }
      var (changes, observations): ([Change], [Observation]) = ([], [])
      var writersLeft = writers
      for try await part in group {
        changes += part.0
        observations += part.1
        if !part.0.isEmpty {
          writersLeft -= 1
          if writersLeft == 0 { isDone.withLock { $0 = true } }
        }
      }
      return (changes, observations)
    }
  }

  /// Puts and lifts closures of its own, so that their order among the writers does not matter.
  private static func push(
    _ address: ServerAddress, _ closures: [RoadClosure], _ writer: Int, _ seed: Int, _ acknowledged: Shared<UInt64>
  ) async throws -> [Change] {
    let client = try await TocsinClient.connect(to: address)
    var random = SeededGenerator(seed: UInt64(100 * seed + writer))
    var inForce: Set<String> = []
    var changes: [Change] = []
    for _ in 0..<steps {
      var closure = closures.randomElement(using: &random)!
      closure.id = "\(writer) \(closure.id)"
      let isPut = !inForce.contains(closure.id)
      let version =
        isPut
        ? try await client.putClosures([closure]).version : try await client.liftClosures([closure.id]).version
      if isPut { inForce.insert(closure.id) } else { inForce.remove(closure.id) }
      acknowledged.withLock { $0 = max($0, version) }
      changes.append(Change(version: version, closure: closure, isPut: isPut))
    }
    await client.close()
    return changes
  }

  private static func ask(
    _ address: ServerAddress, _ questions: [[Place]], _ reader: Int, _ acknowledged: Shared<UInt64>,
    _ isDone: Shared<Bool>
  ) async throws -> [Observation] {
    let client = try await TocsinClient.connect(to: address)
    var seen: [Observation] = []
    var number = reader
    while !isDone.withLock({ $0 }) {
      let question = number % questions.count
      let before = acknowledged.withLock { $0 }
      do {
        let answer = try await client.route(RouteRequest(places: questions[question], profile: profile.name))
        #expect(answer.version >= before, "an answer older than a change that was acknowledged before it was asked")
        seen.append(
          Observation(
            question: question, version: answer.version,
            milliseconds: Int((answer.route.travelSeconds * 1000).rounded())))
      } catch {
        #expect(["NO_ROUTE", "OFF_MAP"].contains(error.code), "\(error)")
      }
      number += 1
    }
    await client.close()
    return seen
  }

  private static func check(
    _ observations: [Observation], _ changes: [Change], _ questions: [[Place]], _ engine: TocsinEngine, seed: Int
  ) throws {
    let roads = try #require(engine.roadsByProfile[profile.name])
    for (version, seen) in Dictionary(grouping: Set(observations), by: \.version) {
      var inForce: [String: RoadClosure] = [:]
      for change in changes.filter({ $0.version <= version }).sorted(by: { $0.version < $1.version }) {
        inForce[change.closure.id] = change.isPut ? change.closure : nil
      }
      let listed = inForce.values.map { ListedClosure(closure: $0, isActive: true, ways: []) }
      let oracle = EngineOracle(engine, profile: profile, closures: listed)
      for observation in seen {
        let places = questions[observation.question]
        let origin = try #require(engine.sites.site(places[0], role: .origin, on: roads))
        let destination = try #require(engine.sites.site(places[1], role: .destination, on: roads))
        let request = RouteRequest(places: places, profile: profile.name)
        let ends = PropertyTests.meant(request, engine, oracle, [origin, destination], roads)
        let weight = oracle.weight(from: ends[0].places, to: ends[1].places)
        #expect(
          EngineOracle.isTime(observation.milliseconds, of: weight), "seed \(seed), version \(version), \(places)")
      }
    }
  }
}
