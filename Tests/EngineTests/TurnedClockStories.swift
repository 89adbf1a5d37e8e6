import API
import Foundation
import TestSupport
import Testing

@testable import Engine

/// Somebody sets the machine's clock: what begins and ends by itself does so by the new time, in routes and in lists.
@Suite struct TurnedClockStories {
  private let town: Town
  private let test: TestEngine
  private var engine: TocsinEngine { test.engine }

  init() throws {
    town = try Town(
      """
      A---B---C
      |       |
      D---E---F
      """, metersPerCell: 100)
    test = try town.testEngine()
  }

  private func seconds() throws -> Double {
    let places = [Place(town.map.coordinate("A")), Place(town.map.coordinate("C"))]
    return try engine.route(RouteRequest(places: places, profile: "plain")).route.travelSeconds
  }

  /// What is listed as active once that is so; both are of one snapshot.
  private func waitFor(_ active: [String]) async throws {
    let ids = { self.engine.listClosures().closures.filter(\.isActive).map(\.closure.id) }
    for _ in 0..<200 where ids() != active { try await Task.sleep(for: .milliseconds(25)) }
    #expect(ids() == active)
  }

  @Test func forwardAndBack() async throws {
    let free = try seconds()
    let now = test.clock.now
    let closures = [
      RoadClosure(id: "later", selector: town.selector("BC"), from: now + 600, until: now + 7_200),
      RoadClosure(id: "nightly", selector: town.selector("EF"), hours: "Mo-Su 00:00-00:01"),
    ]
    _ = try engine.putClosures(closures)
    #expect(try seconds() == free)
    test.clock.advance(seconds: 1_000)
    try await waitFor(["later"])
    #expect(try seconds() > free)
    test.clock.advance(seconds: -900)
    try await waitFor([])
    #expect(try seconds() == free)
    test.clock.advance(seconds: 600)
    try await waitFor(["later"])
    #expect(try seconds() > free)
    // Its end is still planned.
    test.clock.advance(seconds: 10_000)
    try await waitFor([])
    #expect(try seconds() == free)
    #expect(engine.listClosures().closures.map(\.closure.id) == ["nightly"])
  }

  /// Before the alarm goes off a list tells what routes go by.
  @Test func aListIsOfItsSnapshot() throws {
    let closure = RoadClosure(id: "x", selector: town.selector("BC"), from: test.clock.now + 10)
    _ = try engine.putClosures([closure])
    engine.writer.withLock { _ in
      test.clock.advance(seconds: 11)
      #expect(engine.listClosures().closures.map(\.isActive) == [false])
      test.clock.advance(seconds: -11)
    }
    #expect(try engine.liftClosures(["x"]).closures.map(\.isActive) == [false])
  }

  /// While the disk takes its time the clock is put back.
  @Test func backWhileTheLedgerRecords() async throws {
    let ledger = SlowLedger()
    let clock = TestClock()
    let engine = try TocsinEngine(
      map: engine.map, profiles: TestProfiles.all, ledger: ledger, now: { [clock] in clock.now })
    let early = RoadClosure(id: "early", selector: town.selector("BC"), from: clock.now + 10)
    let other = RoadClosure(id: "other", selector: town.selector("EF"))
    _ = try engine.putClosures([early])
    clock.advance(seconds: 20)
    engine.writer.withLock { $0.advanceIfDue() }
    ledger.isHeld.withLock { $0 = true }
    let before = ledger.callCount
    let put = Task.detached { try engine.putClosures([other]) }
    while ledger.callCount == before { try await Task.sleep(for: .milliseconds(1)) }
    clock.advance(seconds: -15)
    engine.writer.withLock { $0.advanceIfDue() }
    #expect(engine.listClosures().closures.map(\.isActive) == [false])
    ledger.isHeld.withLock { $0 = false }
    _ = try await put.value
    #expect(engine.listClosures().closures.filter(\.isActive).map(\.closure.id) == ["other"])
  }
}
