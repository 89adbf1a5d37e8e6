import DemoCity
import Testing

@Suite struct UnitRosterTests {
  @Test func placesUnits() throws {
    let plan = try CityPlan(seed: 1, junctions: 4_000)
    let units = plan.unitRoster(count: 120)
    #expect(units.count == 120)
    #expect(Set(units.map(\.id)).count == 120)
    #expect(Set(units.map(\.profile)) == ["ambulance", "fire_engine", "police"])
    #expect(Set(units.map(\.status)) == ["available", "on_scene", "out_of_service"])
    #expect(units.count { $0.status == "available" } > 80)
    let stations = Set((plan.summary.stations + plan.summary.hospitals).map(\.name))
    for unit in units {
      #expect(stations.contains(unit.station))
      #expect(!unit.capabilities.isEmpty)
      #expect(unit.turnoutSeconds >= (unit.profile == "police" ? 10 : 60), "\(unit.id)")
      #expect(unit.turnoutSeconds <= (unit.profile == "police" ? 30 : 80), "\(unit.id)")
      #expect(abs(unit.coordinate.latitude - 12) < 0.2 && abs(unit.coordinate.longitude - 100) < 0.2)
    }
    #expect(units.prefix(3).map(\.id) == ["A-01", "E-01", "P-01"])
    #expect(Array(units.prefix(50)) == plan.unitRoster(count: 50))
    #expect(plan.unitRoster(count: 0).isEmpty)
  }

  @Test func writesLines() throws {
    let plan = try CityPlan(seed: 3, junctions: 1_000)
    let columns = RosterUnit.csvHeader.split(separator: ",").count
    for unit in plan.unitRoster(count: 30) {
      let fields = unit.csvLine.split(separator: ",", omittingEmptySubsequences: false)
      #expect(fields.count == columns, "\(unit.csvLine)")
      #expect(fields[0] == unit.id && fields[3] == unit.capabilities.joined(separator: ";"))
      #expect(Double(fields[6]) == unit.coordinate.latitude && Double(fields[7]) == unit.coordinate.longitude)
    }
  }
}
