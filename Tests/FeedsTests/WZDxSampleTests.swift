import Feeds
import Foundation
import Geometry
import Profiles
import Testing
import Traffic

/// The examples of the US DOT, record by record.
@Suite struct WZDxSampleTests {
  @Test(arguments: ["linestring", "multipoint"])
  func simpleWorkZones(_ shape: String) throws {
    let content = try content(of: "wzdx-scenario1_simple_\(shape).geojson", .wzdx)
    #expect(content.recordCount == 5 && content.idleCount == 0 && content.problems.isEmpty && content.addsUp)
    #expect(
      content.closures.map(\.id) == [
        "s/af2e3f51-611f-4ce0-9282-2f28ca68e62f", "s/af2e3f51-611f-4ce0-9282-2f28ca68e62f#speed",
        "s/edf2162b-1f5d-4ddd-a731-78fb81a22e6a", "s/edf2162b-1f5d-4ddd-a731-78fb81a22e6a#size",
        "s/6f57aded-7291-462e-9892-607b2b7d116c", "s/6f57aded-7291-462e-9892-607b2b7d116c#speed",
        "s/8bfb0ce0-98cd-4e92-924d-f0a9d3a4ba8f", "s/8bfb0ce0-98cd-4e92-924d-f0a9d3a4ba8f#speed",
        "s/e6c2abad-04e2-41fd-bd66-4cc41e4bb6e7", "s/e6c2abad-04e2-41fd-bd66-4cc41e4bb6e7#speed",
      ])
    // Points that are given twice in a row are one.
    let isLine = shape == "linestring"
    let counts = isLine ? [6, 6, 65, 65, 4, 4, 8, 8, 21, 21] : [2, 2, 2, 2, 2, 2, 2, 2, 2, 2]
    #expect(content.closures.map(\.selector.points.count) == counts)
    #expect(content.closures.allSatisfy { $0.selector.direction == .forward && $0.source == "s" && $0.hours.isEmpty })
    let first = content.closures[0]
    #expect(first.effect == .factor(1.5) && first.scope == .everybody)
    #expect(first.selector.points.first == Coordinate(41.617961698, -93.776684051))
    #expect(first.selector.points.last == Coordinate(41.622297226, -93.776688975))
    #expect(try first.from == date("2010-01-01T01:00:00Z") && first.until == date("2010-01-02T01:00:00Z"))
    #expect(first.reason == "I-80, I-35: Single direction work zone without lane-level information.")
    #expect(content.closures[1].effect == .speed(kmh: 88.514))
  }

  /// The only lane that is open is 10 feet wide.
  @Test func widthOfTheOpenLane() throws {
    let content = try content(of: "wzdx-scenario1_simple_linestring.geojson", .wzdx)
    let narrow = try #require(content.closure("s/edf2162b-1f5d-4ddd-a731-78fb81a22e6a#size"))
    #expect(narrow.effect == .closed)
    guard case .largerThan(let limits) = narrow.scope else {
      Issue.record("\(narrow.scope)")
      return
    }
    #expect(abs(limits.widthMeters - 3.048) < 1e-9)
    #expect(limits.heightMeters == 0 && limits.lengthMeters == 0 && limits.weightTonnes == 0)
  }

  @Test func detoursAreIdle() throws {
    let content = try content(of: "wzdx-scenario4_detour_linestring.geojson", .wzdx)
    #expect(content.recordCount == 4 && content.idleCount == 3 && content.addsUp)
    #expect(content.problems.map(\.code) == [.noEffect, .noEffect, .noEffect])
    let zone = "s/a15f7570-b7e6-4367-8ad9-3a462eea65dd"
    #expect(content.closures.map(\.id) == [zone, zone + "#speed", zone + "#size"])
    #expect(content.closures.map(\.effect) == [.factor(1.5), .speed(kmh: 88.5), .closed])
    #expect(content.closures.allSatisfy { $0.selector.points.count == 41 })
    guard case .largerThan(let limits) = content.closures[2].scope else {
      Issue.record("\(content.closures[2].scope)")
      return
    }
    #expect(abs(limits.widthMeters - 11 * 0.3048) < 1e-9)
  }

  /// Each occurrence has dates of its own. Only the first day has a reduced speed; on the others all lanes are open.
  @Test func recurringWorkHasDatesInsteadOfHours() throws {
    let content = try content(of: "wzdx-scenario5_recurring_linestring.geojson", .wzdx)
    #expect(content.recordCount == 4 && content.idleCount == 3 && content.addsUp)
    #expect(content.problems.map(\.code) == [.noEffect, .noEffect, .noEffect])
    let day = try #require(content.closure("s/a2100c5b-58b9-4593-992d-0795bafe3d8d#speed"))
    #expect(content.closures == [day])
    #expect(day.effect == .speed(kmh: 55) && day.hours.isEmpty && day.scope == .everybody)
    #expect(try day.from == date("2022-01-01T08:30:00Z") && day.until == date("2022-01-01T17:00:00Z"))
  }

  @Test func severalLanesClosed() throws {
    let content = try content(of: "wzdx-scenario6_multi_lane_closure_linestring.geojson", .wzdx)
    #expect(content.recordCount == 1 && content.problems.isEmpty && content.addsUp)
    #expect(content.closures.map(\.effect) == [.factor(1.5), .speed(kmh: 88.5), .closed])
    guard case .largerThan(let limits) = content.closures[2].scope else {
      Issue.record("\(content.closures[2].scope)")
      return
    }
    #expect(abs(limits.widthMeters - 4.8768) < 1e-9 && abs(limits.weightTonnes - 70.76040972) < 1e-8)
    let engine = VehicleProfile.Size(heightMeters: 3.5, widthMeters: 2.5, lengthMeters: 10, weightTonnes: 18)
    #expect(!engine.exceeds(limits))
  }

  @Test func localAccessBindsCivilTraffic() throws {
    let content = try content(of: "wzdx-scenario8_local_access_only_bidirectional_linestring.geojson", .wzdx)
    #expect(content.recordCount == 2 && content.problems.isEmpty && content.addsUp)
    #expect(
      content.closures.map(\.id) == [
        "s/de3de57b-33fb-40e5-a6f2-a17828f82fb9#access", "s/defbbd71-3f7e-4ddb-99de-86a48532ae57#access",
      ])
    #expect(content.closures.allSatisfy { $0.effect == .closed && $0.scope == .civil })
    #expect(content.closures.map(\.selector.points.count) == [6, 8])
  }

  @Test func whatIsOverIsIdle() throws {
    let content = try content(
      of: "wzdx-scenario1_simple_linestring.geojson", .wzdx, at: "2010-01-06T00:00:00Z")
    #expect(content.closures.map(\.id).allSatisfy { $0.hasPrefix("s/edf2162b") })
    #expect(content.closures.count == 2 && content.idleCount == 4 && content.addsUp)
    let over = content.problems.filter { $0.code == .over }
    #expect(over.count == 4 && over.allSatisfy { $0.severity == .ignored && $0.value.hasPrefix("2010-01-0") })
  }
}
