import API
import Foundation
import Ledger
import Synchronization
import TestSupport
import Testing

@testable import Engine

/// While the disk takes its time the clock goes on, and so do reports of positions.
@Suite struct SlowDiskStories {
  private let town: Town
  private let ledger = SlowLedger()
  private let clock = TestClock()
  private let map: CityMap
  private let engine: TocsinEngine

  init() throws {
    town = try Town(
      """
      A---B---C
      |   |   |
      D---E---F
      """, metersPerCell: 100)
    map = try town.testEngine().engine.map
    engine = try Self.engine(map, ledger, clock)
  }

  private static func engine(_ map: CityMap, _ ledger: SlowLedger, _ clock: TestClock) throws -> TocsinEngine {
    try TocsinEngine(map: map, profiles: TestProfiles.all, ledger: ledger, now: { [clock] in clock.now })
  }

  private func closure(_ id: String, _ road: String, seconds: Double? = nil) -> RoadClosure {
    RoadClosure(id: id, selector: town.selector(road), until: seconds.map { clock.now + $0 })
  }

  private func unit(_ id: String, at place: Character, _ status: UnitStatus = .available) -> ResponseUnit {
    ResponseUnit(
      id: id, profile: "plain", status: status, coordinate: town.map.coordinate(place), reportedAt: clock.now)
  }

  /// Makes a change on another thread, and something else while the ledger has it.
  private func whileRecording(
    _ change: @escaping @Sendable (TocsinEngine) throws -> Void, _ body: () throws -> Void
  ) throws -> (any Error)? {
    let before = ledger.callCount
    let outcome = Mutex<(any Error)?>(nil)
    let isOver = DispatchSemaphore(value: 0)
    ledger.isHeld.withLock { $0 = true }
    defer { ledger.isHeld.withLock { $0 = false } }
    Thread.detachNewThread { [engine] in
      do { try change(engine) } catch { outcome.withLock { $0 = error } }
      isOver.signal()
    }
    while ledger.callCount == before { usleep(1_000) }
    try body()
    ledger.isHeld.withLock { $0 = false }
    isOver.wait()
    return outcome.withLock { $0 }
  }

  private func seconds(_ from: Character, _ to: Character) throws -> Double {
    let places = [Place(town.map.coordinate(from)), Place(town.map.coordinate(to))]
    return try engine.route(RouteRequest(places: places, profile: "plain")).route.travelSeconds
  }

  /// The closures in force, here and after a restart.
  private func inForce() throws -> [String] {
    let ids = { (engine: TocsinEngine) in engine.listClosures().closures.filter(\.isActive).map(\.closure.id) }
    engine.recordBacklog()
    #expect(try ids(Self.engine(map, ledger, clock)) == ids(engine))
    return ids(engine)
  }

  @Test func positionsDoNotWait() throws {
    _ = try engine.putUnits([unit("a", at: "A"), unit("b", at: "A")])
    let version = engine.status().version
    let x = closure("x", "BC")
    let error = try whileRecording {
      _ = try $0.putClosures([x])
    } _: { () throws in
      let start = ContinuousClock.now
      _ = try engine.putUnits([unit("a", at: "C")])
      #expect(ContinuousClock.now - start < .seconds(5))
      #expect(engine.listUnits().units.map(\.unit.coordinate) == ["C", "A"].map { town.map.coordinate($0) })
      #expect(engine.status().version == version && engine.listClosures().closures.isEmpty)
    }
    #expect(error == nil)
    #expect(engine.listUnits().units.map(\.unit.coordinate) == ["C", "A"].map { town.map.coordinate($0) })
    #expect(try inForce() == ["x"])
    let restarted = try Self.engine(map, ledger, clock)
    #expect(restarted.listUnits().units.map(\.unit) == engine.listUnits().units.map(\.unit))
  }

  /// A report of a unit whose status is being recorded comes after it.
  @Test func aPositionDoesNotOvertakeItsUnit() throws {
    _ = try engine.putUnits([unit("a", at: "A")])
    let isOver = DispatchSemaphore(value: 0)
    let (sent, moved) = (unit("a", at: "B", .dispatched), unit("a", at: "C"))
    let error = try whileRecording {
      _ = try $0.putUnits([sent])
    } _: { () throws in
      Thread.detachNewThread { [engine] in
        _ = try? engine.putUnits([moved])
        isOver.signal()
      }
      usleep(100_000)
      #expect(Self.said(engine) == Self.said([unit("a", at: "A")]))
    }
    isOver.wait()
    #expect(error == nil)
    // The last word is the report's, which says available again.
    #expect(Self.said(engine) == Self.said([moved]))
    #expect(try Self.said(Self.engine(map, ledger, clock)) == Self.said([moved]))
  }

  /// Where units are and what they do.
  private static func said(_ units: [ResponseUnit]) -> [String] { units.map { "\($0.coordinate) \($0.status)" } }

  private static func said(_ engine: TocsinEngine) -> [String] { said(engine.listUnits().units.map(\.unit)) }

  @Test func closuresEndOnTime() throws {
    let free = try seconds("B", "C")
    _ = try engine.putClosures([closure("short", "BC", seconds: 10)])
    #expect(try seconds("B", "C") > free)
    let version = engine.status().version
    let x = closure("x", "AB")
    let error = try whileRecording {
      _ = try $0.putClosures([x])
    } _: { () throws in
      clock.advance(seconds: 11)
      let start = ContinuousClock.now
      while engine.status().version == version, ContinuousClock.now - start < .seconds(10) { usleep(10_000) }
      #expect(try seconds("B", "C") == free)
      #expect(engine.listClosures().closures.isEmpty)
    }
    #expect(error == nil && engine.status().version == version + 2)
    engine.recordBacklog()
    #expect(try ledger.contents().version == engine.status().version)
    #expect(ledger.removalCount(ofClosure: "short") == 1)
    #expect(try seconds("B", "C") == free && inForce() == ["x"])
  }

  /// What is being prolonged when its time is over is open for as long as the disk takes, and closed again then.
  @Test func aProlongedClosureComesBack() throws {
    _ = try engine.putClosures([closure("long", "BC", seconds: 10)])
    let closed = try seconds("B", "C")
    let prolonged = closure("long", "BC", seconds: 1_000)
    let error = try whileRecording {
      _ = try $0.putClosures([prolonged])
    } _: { () throws in
      clock.advance(seconds: 11)
      engine.writer.withLock { $0.advance() }
      #expect(try seconds("B", "C") < closed)
    }
    #expect(error == nil)
    #expect(try seconds("B", "C") == closed && inForce() == ["long"])
    clock.advance(seconds: 1_000)
    engine.writer.withLock { $0.advance() }
    #expect(try seconds("B", "C") < closed && inForce().isEmpty)
  }

  /// One that is lifted and ends at the same time is lifted.
  @Test func aLiftMeetsAnEnd() throws {
    _ = try engine.putClosures([closure("x", "BC", seconds: 10), closure("y", "AB")])
    let error = try whileRecording {
      _ = try $0.liftClosures(["x", "y"])
    } _: { () throws in
      clock.advance(seconds: 11)
      engine.writer.withLock { $0.advance() }
    }
    #expect(error == nil)
    #expect(try inForce().isEmpty && engine.listClosures().closures.isEmpty)
    #expect(ledger.removalCount(ofClosure: "x") == 1)
  }

  @Test func aRefusalLeavesWhatTheClockDid() throws {
    _ = try engine.putClosures([closure("short", "BC", seconds: 10)])
    let free = try seconds("A", "B")
    let refused = closure(SlowLedger.refusedID, "AB")
    let error = try whileRecording {
      _ = try $0.putClosures([refused])
    } _: { () throws in
      clock.advance(seconds: 11)
      engine.writer.withLock { $0.advance() }
    }
    #expect((error as? EngineError)?.code == .ledgerFailed)
    #expect(try inForce().isEmpty && seconds("A", "B") == free)
  }

  @Test func whatNobodyKnowsIsSaid() throws {
    ledger.outcome.withLock { $0 = .outcomeUnknown }
    let error = #expect(throws: EngineError.self) { try engine.putClosures([closure(SlowLedger.refusedID, "AB")]) }
    #expect(error?.code == .outcomeUnknown)
    #expect(engine.listClosures().closures.isEmpty)
  }

  /// Measured speeds are put, and earlier ones end meanwhile.
  @Test func speedsEndMeanwhile() throws {
    func update(_ road: String, _ seconds: Double) -> SpeedsRequest {
      let speeds = [RoadSpeed(.way(osmID: TownMap.osmWay(road), direction: .both), kmh: 5)]
      return SpeedsRequest(
        SpeedUpdate(source: road, speeds: speeds, timeToLiveSeconds: seconds, isComplete: true))
    }
    let second = update("AB", 1_000)
    let free = try (seconds("B", "C"), seconds("A", "B"))
    _ = try engine.putSpeeds(update("BC", 10), by: .local)
    #expect(try seconds("B", "C") > free.0)
    let error = try whileRecording {
      _ = try $0.putSpeeds(second, by: .local)
    } _: { () throws in
      clock.advance(seconds: 11)
      engine.writer.withLock { $0.advance() }
      #expect(try seconds("B", "C") == free.0)
    }
    #expect(error == nil)
    #expect(try seconds("B", "C") == free.0 && seconds("A", "B") > free.1)
    #expect(engine.status().speedSources.map(\.source) == ["AB"])
    _ = try inForce()
  }
}
