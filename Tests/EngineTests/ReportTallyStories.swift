import API
import Foundation
import TestSupport
import Testing

@testable import Engine

/// What became of reports is counted, and late ones are told of, but not each.
@Suite struct ReportTallyStories {
  private static let gateway = ChangeOrigin(actor: "avl", peer: "tcp:10.0.0.7:5", method: "m")

  @Test func eachReportIsCountedByWhatBecameOfIt() throws {
    let town = try Town("A---B---C")
    let setup = try ReloadSetup(town)
    let (handle, now) = (setup.handle, setup.clock.now)
    func unit(_ place: Character, _ seconds: Double) -> ResponseUnit {
      var unit = setup.unit("u", at: town.map.coordinate(place))
      (unit.reportedAt, unit.statusAt) = (now + seconds, now + seconds)
      return unit
    }
    _ = try handle.putUnits([unit("A", 0), setup.unit("v", at: town.map.coordinate("A"))])
    _ = try handle.putUnits([unit("B", -5)])
    func position(_ id: String, _ seconds: Double, heading: Double? = nil) -> PositionReport {
      PositionReport(
        id: id, coordinate: town.map.coordinate("C"), headingDegrees: heading, reportedAt: now + seconds)
    }
    _ = try handle.reportPositions([
      position("u", 5), position("u", 4), position("ghost", 5), position("u", 6, heading: -1),
    ])
    // The map is read again, and another engine counts on.
    try setup.reload()
    _ = try handle.setStatus(StatusReport(id: "u", status: .onScene, statusAt: now + 1))
    _ = try handle.setStatus(StatusReport(id: "u", status: .available, statusAt: now - 1))
    #expect(throws: EngineError.self) { try handle.setStatus(StatusReport(id: "ghost", status: .onScene)) }
    var expected = ReportCounts()
    (expected.positions.taken, expected.positions.older) = (3, 2)
    (expected.statuses.taken, expected.statuses.older) = (3, 2)
    (expected.unknownPositions, expected.refusedPositions) = (1, 1)
    #expect(handle.reports.counts == expected)
  }

  @Test func lateReportsAreToldOfOnceAMinute() {
    let told = Shared([LateReports]())
    let tally = ReportTally { late in told.withLock { $0.append(late) } }
    let start = ContinuousClock.now
    func add(positions: Int, statuses: Int, after seconds: Double) {
      var counts = ReportCounts()
      (counts.positions.taken, counts.positions.older, counts.statuses.older) = (7, positions, statuses)
      tally.add(counts, by: Self.gateway, at: start + .seconds(seconds))
    }
    add(positions: 0, statuses: 0, after: 0)
    #expect(told.withLock { $0.isEmpty })
    add(positions: 2, statuses: 1, after: 1)
    add(positions: 3, statuses: 0, after: 30)
    add(positions: 4, statuses: 1, after: 60)
    add(positions: 0, statuses: 0, after: 90)
    add(positions: 5, statuses: 0, after: 100)
    add(positions: 1, statuses: 0, after: 101)
    let all = told.withLock { $0 }
    #expect(all.map(\.positionCount) == [2, 12] && all.map(\.statusCount) == [1, 1])
    #expect(all.allSatisfy { $0.origin == Self.gateway })
    #expect(tally.counts.positions.older == 15 && tally.counts.positions.taken == 49)
  }
}
