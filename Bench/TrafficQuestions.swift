import API
import Engine
import Fleet
import Foundation
import Geometry
import Synchronization
import TestSupport

/// The questions of dispatchers: the fastest 5 of 1,000 units, and routes, in turns.
struct TrafficQuestions: Sendable {
  private let incidents: [Place]
  private let ends: [[Place]]
  private let units: [ResponseUnit]
  private static let count = 500
  private static let fleet = 1_000

  init(_ world: World, _ random: inout SeededGenerator) throws {
    incidents = (0..<Self.count).map { _ in Place(world.randomPlace(&random)) }
    ends = (0..<Self.count).map { _ in (0..<2).map { _ in Place(world.randomPlace(&random)) } }
    units = (0..<Self.fleet).map { number in
      let profile = TrafficScenario.profileNames[number % 3]
      return ResponseUnit(
        id: "unit \(number)", profile: profile, coordinate: world.randomPlace(&random),
        reportedAt: Date(timeIntervalSince1970: 0), turnoutSeconds: 0)
    }
  }

  func putUnits(on engine: TocsinEngine) throws { _ = try engine.putUnits(units) }

  /// Asks question number `number`; an answer of nobody and no way is one.
  @discardableResult func ask(_ number: Int, _ engine: TocsinEngine) -> Int {
    let index = number / 2 % Self.count
    if number % 2 == 0 {
      return (try? engine.fastestUnits(FastestUnitsRequest(incident: incidents[index], count: 5)))?.units.count ?? 0
    }
    return (try? engine.route(RouteRequest(places: ends[index], profile: "ambulance"))).map {
      Int($0.route.travelSeconds)
    } ?? -1
  }

  /// One question after the other, at their times.
  func measure(_ name: String, _ engine: TocsinEngine, count: Int) throws -> Measurement {
    try putUnits(on: engine)
    let asking = AskingThread(self, engine, perSecond: TrafficScenario.questionsPerSecond)
    Thread.sleep(forTimeInterval: Double(count) / TrafficScenario.questionsPerSecond)
    return asking.stop(name)
  }
}

/// Asks at a given rate until it is stopped. A question that starts late, since the one before it took long, has waited
/// from its own time on.
final class AskingThread: Sendable {
  private struct State {
    var nanoseconds: [UInt64] = []
    var isStopped = false
  }

  private let state = Mutex(State())
  private let isDone = DispatchSemaphore(value: 0)

  init(_ questions: TrafficQuestions, _ engine: TocsinEngine, perSecond: Double) {
    let thread = Thread { [self] in
      let start = Clock.wallNanoseconds()
      var number = 0
      while !state.withLock({ $0.isStopped }) {
        let due = start + UInt64(Double(number) / perSecond * 1e9)
        let now = Clock.wallNanoseconds()
        if now < due { Thread.sleep(forTimeInterval: Double(due - now) / 1e9) }
        questions.ask(number, engine)
        let taken = Clock.wallNanoseconds() - due
        state.withLock { $0.nanoseconds.append(taken) }
        number += 1
      }
      isDone.signal()
    }
    thread.start()
  }

  /// Ends it; the answers depend on when updates came, so their checksum is none.
  func stop(_ name: String) -> Measurement {
    state.withLock { $0.isStopped = true }
    isDone.wait()
    return Measurement(name, nanoseconds: state.withLock { $0.nanoseconds })
  }
}
