import Foundation
import Geometry
import Testing

@testable import Load

/// Units drive about on the given places; closures come and go.
@Suite struct WorkloadTests {
  private static let places = (0..<1_000).map { Coordinate(latitudeE7: $0, longitudeE7: 0) }

  @Test func unitsReportInTurn() {
    var plan = LoadPlan.test
    plan.unitCount = 7
    var fleet = MovingFleet(plan, places: Self.places)
    let now = Date()
    var last = fleet.units(at: now).map(\.coordinate.latitudeE7)
    let ids = fleet.ids
    var turn = 0
    for _ in 0..<500 {
      for report in fleet.nextReports(3, at: now) {
        #expect(report.id == ids[turn])
        #expect(abs(report.coordinate.latitudeE7 - last[turn]) <= 3)
        last[turn] = report.coordinate.latitudeE7
        turn = (turn + 1) % ids.count
      }
    }
  }

  @Test func noUnitReportsTwiceInOneCall() {
    var plan = LoadPlan.test
    plan.unitCount = 4
    var fleet = MovingFleet(plan, places: Self.places)
    #expect(Set(fleet.nextReports(100, at: Date()).map(\.id)).count == 4)
    #expect(plan.reportsPerCall == 4)
  }

  @Test func liftsOnlyWhatStands() {
    var book = ClosureBook(places: Self.places, seed: 1)
    var standing: Set<String> = []
    var (puts, lifts) = (0, 0)
    for id in UInt64(1)...1_000 {
      switch book.next(id: id) {
      case .put(let closure):
        puts += 1
        let isDone = id % 5 != 0
        if isDone { #expect(standing.insert(closure.id).inserted) }
        book.ended(id: id, isDone: isDone)
      case .lift(let name):
        lifts += 1
        #expect(standing.remove(name) != nil)
        book.ended(id: id, isDone: true)
      }
    }
    #expect(Set(book.standing) == standing)
    #expect(lifts > 350)
    #expect(puts > 350)
  }
}
