import API
import Dispatch
import Engine
import Foundation
import Geometry
import Ledger
import Synchronization
import TestSupport
import Testing

/// What late, early and repeated reports do to a unit.
@Suite struct UnitReportStories {
  private let town: Town
  private let test: TestEngine
  private var engine: TocsinEngine { test.engine }
  private var now: Date { test.clock.now }

  init() throws {
    town = try Town(
      """
      A--a--B--1--C--b--D
            |     |
            E-----F
      """)
    test = try town.testEngine()
  }

  private func place(_ letter: Character) -> Coordinate { town.map.coordinate(letter) }

  private func report(
    _ status: UnitStatus, at place: Character, _ seconds: Double, status statusSeconds: Double? = nil
  ) -> ResponseUnit {
    ResponseUnit(
      id: "u", profile: "plain", status: status, coordinate: self.place(place), reportedAt: now + seconds,
      statusAt: statusSeconds.map { now + $0 })
  }

  private func known(_ id: String = "u") throws -> ResponseUnit {
    try #require(engine.listUnits().units.first { $0.unit.id == id }).unit
  }

  private func refusal(_ body: () throws -> Void) -> EngineError? { #expect(throws: EngineError.self) { try body() } }

  // MARK: What a unit is busy with

  /// Home, crew, task and idle time belong to the half that has the status.
  @Test func dutiesGoWithTheStatus() throws {
    var unit = report(.dispatched, at: "A", 0, status: 0)
    (unit.home, unit.crewCount, unit.crewID) = (Place(place("D")), 4, "north-1")
    unit.task = UnitTask(incidentID: "I-1", priority: 2, destination: Place(place("C")), freeAt: now + 900)
    _ = try engine.putUnits([unit])
    #expect(try known() == unit)
    var late = report(.available, at: "C", 5, status: -60)
    late.crewCount = 1
    _ = try engine.putUnits([late])
    #expect(try known().crewCount == 4 && known().task == unit.task && known().coordinate == place("C"))
  }

  /// Who becomes available has nothing to do any more, and is idle from then on.
  @Test func whoBecomesAvailableIsIdle() throws {
    var unit = report(.onScene, at: "A", 0, status: 0)
    unit.task = UnitTask(incidentID: "I-1")
    _ = try engine.putUnits([unit])
    _ = try engine.setStatus(StatusReport(id: "u", status: .available, statusAt: now + 10))
    #expect(try known().task == nil && known().idleSince == now + 10)
    _ = try engine.setStatus(StatusReport(id: "u", status: .available, statusAt: now + 20))
    #expect(try known().idleSince == now + 10)
    _ = try engine.setStatus(StatusReport(id: "u", status: .dispatched, statusAt: now + 30))
    #expect(try known().idleSince == nil)
  }

  @Test func dutiesThatCannotBeAreRefused() throws {
    func refusal(_ change: (inout ResponseUnit) -> Void) -> EngineError.Code? {
      var unit = report(.available, at: "A", 0)
      change(&unit)
      return self.refusal { _ = try engine.putUnits([unit]) }?.code
    }
    #expect(refusal { $0.crewCount = -1 } == .invalidUnit)
    #expect(refusal { $0.crewCount = Limits.crewCountMax + 1 } == .invalidUnit)
    #expect(refusal { $0.crewID = String(repeating: "x", count: Limits.textBytesMax + 1) } == .invalidUnit)
    #expect(refusal { $0.idleSince = now + 3_600 } == .timeAhead)
    #expect(refusal { $0.task = UnitTask(priority: 101) } == .invalidUnit)
    #expect(refusal { $0.home = Place(place("A"), headingDegrees: 400) } == .invalidHeading)
  }

  // MARK: Two times

  @Test func aLateReportUndoesNothing() throws {
    _ = try engine.putUnits([report(.dispatched, at: "C", 0, status: 0)])
    let before = try known()
    var late = report(.available, at: "A", -600, status: -600)
    (late.agency, late.capabilities, late.turnoutSeconds) = ("old", ["als"], 5)
    let answer = try engine.putUnits([late])
    #expect(answer.count == 1 && answer.olderPositionCount == 1 && answer.olderStatusCount == 1)
    #expect(try known() == before)
  }

  @Test func neitherHalfIsJudgedByTheTimeOfTheOther() throws {
    _ = try engine.putUnits([report(.dispatched, at: "A", 0, status: 0)])
    var moved = report(.available, at: "C", 5, status: -60)
    moved.agency = "old"
    let first = try engine.putUnits([moved])
    #expect(first.olderPositionCount == 0 && first.olderStatusCount == 1)
    #expect(try known().status == .dispatched && known().agency.isEmpty && known().coordinate == place("C"))
    var changed = report(.onScene, at: "A", -60, status: 7)
    (changed.agency, changed.profile) = ("new", "siren")
    let second = try engine.putUnits([changed])
    #expect(second.olderPositionCount == 1 && second.olderStatusCount == 0)
    let unit = try known()
    #expect(unit.status == .onScene && unit.agency == "new" && unit.profile == "siren")
    #expect(unit.coordinate == place("C") && unit.reportedAt == now + 5 && unit.statusAt == now + 7)
    // It stands on the roads of its new profile.
    #expect(try engine.fastestUnits(Self.question(place("D"))).units.map(\.unit.id).contains("u"))
  }

  private static func question(_ place: Coordinate) -> FastestUnitsRequest {
    var request = FastestUnitsRequest(incident: Place(place), count: 9)
    request.statuses = Set(UnitStatus.allCases)
    return request
  }

  @Test func aStatusWithoutATimeIsOfNow() throws {
    // By the clock of the vehicle, half a minute ahead.
    _ = try engine.putUnits([report(.available, at: "A", 0, status: 30)])
    let answer = try engine.putUnits([report(.dispatched, at: "A", 0)])
    #expect(answer.olderStatusCount == 0)
    #expect(try known().status == .dispatched && known().statusAt == now + 30)
    test.clock.advance(seconds: 45)
    _ = try engine.putUnits([report(.onScene, at: "A", 0)])
    #expect(try known().status == .onScene && known().statusAt == now)
  }

  @Test func ofEqualTimesTheLaterReportCountsAndARepetitionIsHarmless() throws {
    let first = report(.dispatched, at: "A", 0, status: 0)
    let second = report(.enRoute, at: "B", 0, status: 0)
    _ = try engine.putUnits([first])
    _ = try engine.putUnits([second])
    let after = try known()
    #expect(after.status == .enRoute && after.coordinate == place("B"))
    let again = try engine.putUnits([second])
    #expect(again.olderPositionCount == 0 && again.olderStatusCount == 0)
    #expect(try known() == after)
  }

  @Test func whatIsTrueOnlyLaterIsRefused() throws {
    _ = try engine.putUnits([report(.available, at: "A", 60, status: 60)])
    let before = try known()
    let error = refusal { _ = try engine.putUnits([report(.dispatched, at: "B", 60.5, status: 0)]) }
    #expect(error?.code == .timeAhead && error?.message.contains("unit u") == true)
    #expect(error?.value == "2023-11-14T22:14:20.500Z")
    #expect(refusal { _ = try engine.putUnits([report(.dispatched, at: "B", 0, status: 61)]) }?.code == .timeAhead)
    let late = StatusReport(id: "u", status: .onScene, statusAt: .distantFuture)
    #expect(refusal { _ = try engine.setStatus(late) }?.code == .timeAhead)
    #expect(try known() == before)
  }

  /// Nobody has to wait until it is as late as a clock once said that was put back since.
  @Test func aClockThatIsPutBackFreezesNoUnit() throws {
    _ = try engine.putUnits([report(.available, at: "A", 0, status: 0)])
    test.clock.advance(seconds: -3_600)
    let answer = try engine.putUnits([report(.dispatched, at: "B", 0, status: 0)])
    #expect(answer.olderPositionCount == 0 && answer.olderStatusCount == 0)
    #expect(try known().status == .dispatched && known().coordinate == place("B"))
    _ = try engine.setStatus(StatusReport(id: "u", status: .onScene))
    #expect(try known().status == .onScene && known().statusAt == now)
  }

  @Test func timesSurviveARestart() throws {
    _ = try engine.putUnits([report(.dispatched, at: "C", 0, status: 0)])
    try test.restart()
    let answer = try engine.putUnits([report(.available, at: "A", -1, status: -1)])
    #expect(answer.olderPositionCount == 1 && answer.olderStatusCount == 1)
    #expect(try known().status == .dispatched)
  }

  /// An earlier Tocsin kept no time of the status: whatever comes is later.
  @Test func aUnitOfAnOldLedgerTakesTheNextStatus() throws {
    let ledger = MemoryLedger()
    let kept = try JSONEncoder().encode(report(.dispatched, at: "A", 0))
    #expect(!String(decoding: kept, as: UTF8.self).contains("statusAt"))
    ledger.recordSoon([LedgerKey(kind: .unit, id: "u"): kept])
    let engine = try TocsinEngine(
      map: engine.map, profiles: TestProfiles.all, ledger: ledger, now: { [clock = test.clock] in clock.now })
    let answer = try engine.setStatus(StatusReport(id: "u", status: .available, statusAt: now - 86_400))
    #expect(!answer.isOlder && answer.unit.status == .available && answer.unit.statusAt == now - 86_400)
  }

  /// Whatever the order in which reports get their turn, the latest one of each half counts.
  @Test func reportsThatRaceEndWithTheLatest() throws {
    let engine = engine
    let reports = (0..<64).map { (index: Int) -> ResponseUnit in
      let (place, status): (Character, UnitStatus) = (
        index % 3 == 0 ? "A" : "B", index % 2 == 0 ? .enRoute : .dispatched
      )
      return report(status, at: place, Double(index - 70), status: Double(-7 - index))
    }
    DispatchQueue.concurrentPerform(iterations: reports.count) { index in
      _ = try? engine.putUnits([reports[(index * 37) % reports.count]])
    }
    let unit = try known()
    #expect(unit.coordinate == reports[63].coordinate && unit.reportedAt == reports[63].reportedAt)
    #expect(unit.status == reports[0].status && unit.statusAt == reports[0].statusAt)
  }

  // MARK: Statuses

  @Test func aStatusChangesNothingElse() throws {
    _ = try engine.putUnits([report(.available, at: "A", -5, status: -5)])
    let before = try known()
    let answer = try engine.setStatus(StatusReport(id: "u", status: .dispatched, statusAt: now))
    #expect(try !answer.isOlder && answer.unit == known())
    var expected = before
    (expected.status, expected.statusAt) = (.dispatched, now)
    #expect(answer.unit == expected)
    let late = try engine.setStatus(StatusReport(id: "u", status: .available, statusAt: now - 1))
    #expect(late.isOlder && late.unit == expected)
    let error = refusal { _ = try engine.setStatus(StatusReport(id: "ghost", status: .available)) }
    #expect(error?.code == .unknownUnit && error?.value == "ghost")
  }

  // MARK: Positions

  @Test func positionsMoveUnitsAndNothingElse() throws {
    _ = try engine.putUnits([report(.dispatched, at: "A", -9, status: -9)])
    let answer = try engine.reportPositions([
      PositionReport(id: "u", coordinate: place("B"), headingDegrees: 90, speedKmh: 60, reportedAt: now - 2),
      PositionReport(id: "ghost", coordinate: place("B")), PositionReport(id: "a", coordinate: place("D")),
      PositionReport(id: "u", coordinate: place("A"), reportedAt: now - 3),
      PositionReport(id: "u", coordinate: place("C"), headingDegrees: 361),
      PositionReport(id: "u", coordinate: place("C"), speedKmh: -1),
      PositionReport(id: "b", coordinate: place("C"), reportedAt: now + 61),
      PositionReport(id: "", coordinate: place("C")),
    ])
    #expect(answer.count == 2 && answer.olderCount == 1 && answer.unknown == IDList(["ghost"]))
    #expect(answer.refusedCount == 4 && answer.refused.map(\.id) == ["u", "u", "b", ""])
    #expect(answer.refused.map(\.error.code) == [.invalidHeading, .invalidUnit, .timeAhead, .invalidUnit])
    let unit = try known()
    #expect(unit.status == .dispatched && unit.statusAt == now - 9)
    #expect(unit.coordinate == place("B") && unit.headingDegrees == 90 && unit.reportedAt == now - 2)
    #expect(try known("a").coordinate == place("D") && known("a").reportedAt == now)
    #expect(engine.listUnits().units.map(\.unit.id) == ["a", "b", "u"])
  }

  /// Of a vehicle that stands a receiver knows no heading: the one that it came with is kept.
  @Test func theHeadingOfAVehicleThatStandsIsNoNews() throws {
    _ = try engine.putUnits([report(.available, at: "A", 0)])
    func heading(_ degrees: Double?, _ kmh: Double?) throws -> Double? {
      let report = PositionReport(id: "u", coordinate: place("A"), headingDegrees: degrees, speedKmh: kmh)
      _ = try engine.reportPositions([report])
      return try known().headingDegrees
    }
    #expect(try heading(180, 30) == 180)
    #expect(try heading(0, 0) == 180 && heading(77, 4.9) == 180 && heading(nil, 0) == 180)
    #expect(try heading(77, 5) == 77 && heading(78, nil) == 78 && heading(nil, 50) == nil)
  }

  @Test func positionsNeverWaitForTheDisk() throws {
    let ledger = CountingLedger()
    let engine = try TocsinEngine(
      map: engine.map, profiles: TestProfiles.all, ledger: ledger, now: { [clock = test.clock] in clock.now })
    _ = try engine.putUnits([report(.available, at: "A", -9)])
    let count = ledger.recordCount
    _ = try engine.reportPositions([PositionReport(id: "u", coordinate: place("C"), headingDegrees: 12)])
    // A client that repeats the status with each position, as ever.
    test.clock.advance(seconds: 2)
    _ = try engine.putUnits([report(.available, at: "B", 0)])
    #expect(ledger.recordCount == count)
    _ = try engine.setStatus(StatusReport(id: "u", status: .dispatched))
    #expect(ledger.recordCount == count + 1)
    let kept = try #require(ledger.contents().values[LedgerKey(kind: .unit, id: "u")])
    let unit = try JSONDecoder().decode(ResponseUnit.self, from: kept)
    #expect(unit.status == .dispatched && unit.coordinate == place("B") && unit.statusAt == now)
  }

  @Test func refusedPositionsAreListedUpToALimit() throws {
    let bad = (0...PositionsAnswer.refusedMax).map {
      PositionReport(id: "u\($0)", coordinate: place("A"), speedKmh: 301)
    }
    let lost = (0...IDList.idsMax).map { PositionReport(id: "u\($0)", coordinate: place("A")) }
    let answer = try engine.reportPositions(bad + lost)
    #expect(answer.refusedCount == bad.count && answer.refused.count == PositionsAnswer.refusedMax)
    #expect(answer.unknown.count == lost.count && answer.unknown.ids.count == IDList.idsMax && answer.count == 0)
  }

  // MARK: Names

  @Test func theAnswerNamesWhatNobodyHas() throws {
    var unit = report(.available, at: "A", 0)
    (unit.agency, unit.capabilities, unit.status) = ("EMS", ["als"], .outOfService)
    _ = try engine.putUnits([unit])
    var request = FastestUnitsRequest(incident: Place(place("C")), count: 1)
    (request.agencies, request.capabilities) = (["EMS", "Fier", "Emz"], ["als", "laddre"])
    let answer = try engine.fastestUnits(request)
    #expect(answer.units.isEmpty)
    #expect(answer.unknownAgencies == ["Emz", "Fier"] && answer.unknownCapabilities == ["laddre"])
    let plain = try engine.fastestUnits(FastestUnitsRequest(incident: Place(place("C")), count: 9))
    #expect(plain.unknownAgencies.isEmpty && plain.unknownCapabilities.isEmpty)
  }

  @Test func errorsNameTheUnit() throws {
    var unit = report(.available, at: "A", 0)
    unit.profile = "hovercraft"
    let error = refusal { _ = try engine.putUnits([report(.available, at: "A", 0), renamed(unit, "v")]) }
    #expect(error?.code == .unknownProfile && error?.value == "hovercraft")
    #expect(error?.message.hasPrefix("unit v: ") == true)
  }

  private func renamed(_ unit: ResponseUnit, _ id: String) -> ResponseUnit {
    var unit = unit
    unit.id = id
    return unit
  }
}

/// A ledger that counts for how many changes somebody waited.
private final class CountingLedger: OperationalLedger {
  private let memory = MemoryLedger()
  private let count = Mutex(0)

  var recordCount: Int { count.withLock { $0 } }

  func record(_ batches: [LedgerBatch]) throws(LedgerError) -> UInt64 {
    count.withLock { $0 += batches.count }
    return memory.record(batches)
  }

  func recordSoon(_ values: [LedgerKey: Data]) { memory.recordSoon(values) }
  func contents() throws(LedgerError) -> LedgerContents { memory.contents() }
}
