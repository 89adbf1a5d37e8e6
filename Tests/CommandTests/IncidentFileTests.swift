import API
import Geometry
import InputFiles
import Testing

/// Files of incidents: all good or nothing.
@Suite struct IncidentFileTests {
  private let lines = PlanLevel([PlanLine("engine", count: 1, needs: [UnitNeed(["engine"])])])

  @Test func readsIncidents() throws {
    let text = """
      id,priority,lat,lon,type,plan,level,committed,heading
      I-1,1,2,3,house-fire,,2,E1; E2,90
      I-2,,4,5,,flood,,,
      I-3,,6,7,,,,,

      """
    let (incidents, faults) = try IncidentFile.read(Array(text.utf8), lines: lines)
    #expect(faults.isEmpty)
    try #require(incidents.count == 3)
    #expect(incidents[0].id == "I-1" && incidents[0].priority == 1 && incidents[0].level == 2)
    #expect(incidents[0].wanted == .incidentType("house-fire") && incidents[0].committedIDs == ["E1", "E2"])
    #expect(incidents[0].place.headingDegrees == 90)
    #expect(incidents[1].wanted == .plan(id: "flood") && incidents[1].level == 1)
    #expect(incidents[2].wanted == .lines(lines))
  }

  @Test func saysWhatIsWrong() throws {
    let text = "id,priority,lat,lon,type,plan\n,x,200,1,,\nI-2,1,1,1,fire,flood\n"
    let (incidents, faults) = try IncidentFile.read(Array(text.utf8), lines: nil)
    #expect(incidents.isEmpty)
    #expect(
      faults.map(\.description) == [
        "line 2, id: the field is empty", "line 2, lat: not a number from -90 to 90 (200)",
        "line 2, priority: not a whole number from 0 to 100 (x)", "line 2, type: neither a type nor a plan",
        "line 3, plan: the incident has a type as well (flood)",
      ])
  }
}
