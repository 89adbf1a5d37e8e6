import API
import Dispatch
import Fleet
import Foundation
import Geometry
import Profiles
import Synchronization
import TestSupport
import Testing
import Traffic

@testable import Engine

/// Readers ask while a writer closes and opens roads: every answer is right for the version that it names.
@Suite struct ConcurrencyTests {
  private static let profile = TestProfiles.plain

  /// What a reader was told.
  private struct Observation: Sendable {
    var question: Int
    var version: UInt64
    /// `nil` if there was no route.
    var milliseconds: Int?
  }

  @Test(arguments: 0..<3)
  func answersBelongToTheirVersion(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let town = RandomTown(seed: UInt64(seed), junctionCount: 60)
    let test = try TestEngine(.text(opl: town.text.opl))
    let engine = test.engine
    let questions = Self.questions(in: town, on: engine, count: 12, &random)
    let closures = PropertyTests.closures(in: town, count: 6, &random)
    let history = Shared<[UInt64: [ListedClosure]]>([engine.status().version: []])
    let observations = Shared<[Observation]>([])
    let isDone = Shared(false)
    let steps = (0..<40).map { _ in
      (closure: closures.randomElement(using: &random)!, isPut: Bool.random(using: &random))
    }
    let readers = DispatchGroup()
    for reader in 0..<3 {
      Thread.run(in: readers) {
        var next = reader
        while !isDone.withLock({ $0 }) {
          let number = next % questions.count
          let seen = Self.ask(engine, questions[number], number: number)
          observations.withLock { $0.append(seen) }
          next += 1
        }
      }
    }
    for step in steps {
      Self.change(engine, step.closure, isPut: step.isPut, history)
      Self.waitForAnotherAnswer { observations.withLock { $0.count } }
    }
    isDone.withLock { $0 = true }
    readers.wait()
    try Self.check(observations.withLock { $0 }, history.withLock { $0 }, questions, engine, seed: seed)
  }

  /// Gives the readers their time, also on a machine with a single core.
  private static func waitForAnotherAnswer(_ count: () -> Int) {
    let before = count()
    let deadline = ContinuousClock.now + .seconds(5)
    while count() == before, ContinuousClock.now < deadline { Thread.sleep(forTimeInterval: 0.0005) }
  }

  /// Places that are on the map.
  private static func questions(
    in town: RandomTown, on engine: TocsinEngine, count: Int, _ random: inout SeededGenerator
  ) -> [[Place]] {
    (0..<count).map { _ in (0..<2).map { _ in Place(town.junctions.randomElement(using: &random)!) } }
  }

  private static func change(
    _ engine: TocsinEngine, _ closure: RoadClosure, isPut: Bool, _ history: Shared<[UInt64: [ListedClosure]]>
  ) {
    let version = try? isPut ? engine.putClosures([closure]).version : engine.liftClosures([closure.id]).version
    guard let version else { return }
    // One writer: what is listed now is what this version knows.
    history.withLock { $0[version] = engine.listClosures().closures }
  }

  private static func ask(_ engine: TocsinEngine, _ places: [Place], number: Int) -> Observation {
    let before = engine.currentState().snapshot.version
    guard let answer = try? engine.route(RouteRequest(places: places, profile: profile.name)) else {
      return Observation(question: number, version: before, milliseconds: nil)
    }
    precondition(answer.version >= before, "an answer older than the state before the question")
    return Observation(
      question: number, version: answer.version, milliseconds: Int((answer.route.travelSeconds * 1000).rounded()))
  }

  private static func check(
    _ observations: [Observation], _ history: [UInt64: [ListedClosure]], _ questions: [[Place]], _ engine: TocsinEngine,
    seed: Int
  ) throws {
    let roads = try #require(engine.roadsByProfile[profile.name])
    #expect(Set(observations.map(\.version)).count > 1, "the writer was not seen at work")
    for (version, seen) in Dictionary(grouping: observations, by: \.version) {
      let closures = try #require(history[version], "version \(version) was never acknowledged")
      let oracle = EngineOracle(engine, profile: profile, closures: closures)
      for observation in Set(seen.map { [$0.question, $0.milliseconds ?? -1] }) where observation[1] >= 0 {
        let places = questions[observation[0]]
        let origin = try #require(engine.sites.site(places[0], role: .origin, on: roads))
        let destination = try #require(engine.sites.site(places[1], role: .destination, on: roads))
        let request = RouteRequest(places: places, profile: profile.name)
        let ends = PropertyTests.meant(request, engine, oracle, [origin, destination], roads)
        let weight = oracle.weight(from: ends[0].places, to: ends[1].places)
        #expect(EngineOracle.isTime(observation[1], of: weight), "seed \(seed), version \(version), \(places)")
      }
    }
  }

  /// Many threads put and remove units of their own while others rank them: nothing is lost, nothing is doubled.
  @Test func unitsOfManyThreads() throws {
    let town = RandomTown(seed: 9, junctionCount: 30)
    let engine = try TestEngine(.text(opl: town.text.opl)).engine
    let faults = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: 4) { worker in
      do {
        for round in 0..<20 {
          let units = town.junctions.prefix(10).enumerated().map { index, place in
            ResponseUnit(
              id: "\(worker)/\(index)", profile: "ambulance", coordinate: place,
              reportedAt: Date(timeIntervalSince1970: Double(round)))
          }
          _ = try engine.putUnits(units)
          let answer = try engine.fastestUnits(.init(incident: Place(town.junctions[worker]), count: 100))
          let own = answer.units.filter { $0.unit.id.hasPrefix("\(worker)/") }
          let isFresh = own.allSatisfy { $0.unit.reportedAt == Date(timeIntervalSince1970: Double(round)) }
          if Set(answer.units.map(\.unit.id)).count != answer.units.count || !isFresh {
            faults.withLock { $0.append("worker \(worker), round \(round)") }
          }
          if round % 2 == 1 && round < 19 { _ = try engine.removeUnits(units.map(\.id)) }
        }
      } catch {
        faults.withLock { $0.append("\(error)") }
      }
    }
    #expect(faults.withLock { $0 } == [])
    #expect(engine.listUnits().units.count == 40)
  }
}
