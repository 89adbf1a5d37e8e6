import API
import Engine
import Geometry
import TestSupport
import Testing

@Suite struct MatchTests {
  private static func town() throws -> Town {
    try Town(
      """
      A---B---C
          |   |
          D---E
      """)
  }

  /// Points along the way from A over B and C to E, 50 m apart, and 3 m beside it.
  private func points(_ town: Town) -> [Coordinate] {
    zip("ABC", "BCE").flatMap { from, to -> [Coordinate] in
      let (start, end) = (town.map.coordinate(from), town.map.coordinate(to))
      return (0..<8).map {
        start.interpolated(to: end, fraction: Double($0) / 8)
          .moved(3, headingDegrees: start.bearingDegrees(to: end) + 90)
      }
    }
  }

  private func url(_ points: [Coordinate], _ options: String) -> String {
    "/match/v1/driving/" + points.map { "\($0.longitude),\($0.latitude)" }.joined(separator: ";") + "?" + options
  }

  @Test func aTrace() throws {
    let town = try Self.town()
    let points = points(town)
    let times = points.indices.map { "\(1_700_000_000 + 5 * $0)" }.joined(separator: ";")
    let answer = try Desk(town).json(
      url(points, "timestamps=\(times)&geometries=geojson&overview=full&steps=true&annotations=true"))
    #expect(answer.names == ["code", "matchings", "tracepoints"])
    let matching = answer["matchings"][0]
    #expect(
      matching.names == ["confidence", "distance", "duration", "geometry", "legs", "weight", "weight_name"])
    #expect(matching["legs"].list.count == points.count - 1)
    #expect(answer["tracepoints"].list.count == points.count)
    for (number, point) in answer["tracepoints"].list.enumerated() {
      #expect(
        point.names == [
          "alternatives_count", "distance", "hint", "location", "matchings_index", "name", "waypoint_index",
        ])
      #expect(point["waypoint_index"].number == Double(number) && point["matchings_index"].number == 0)
    }
    for leg in matching["legs"].list {
      let kinds = leg["steps"].list.map { $0["maneuver"]["type"].text }
      #expect(kinds.first == "depart" && kinds.last == "arrive")
    }
  }

  /// With few waypoints there are few legs.
  @Test func waypointsJoinLegs() throws {
    let town = try Self.town()
    let points = points(town)
    let answer = try Desk(town).json(
      url(
        points,
        "waypoints=0;\(points.count - 1)&steps=true&radiuses="
          + Array(repeating: "8", count: points.count).joined(separator: ";")))
    #expect(answer["matchings"][0]["legs"].list.count == 1)
    let numbers = answer["tracepoints"].list.map { $0["waypoint_index"].number }
    #expect(numbers.first == 0 && numbers.last == 1 && numbers.dropFirst().dropLast().allSatisfy { $0 == nil })
    let kinds = answer["matchings"][0]["legs"][0]["steps"].list.compactMap { $0["maneuver"]["type"].text }
    #expect(kinds.filter { $0 == "depart" || $0 == "arrive" } == ["depart", "arrive"])
  }

  @Test(arguments: [
    ("timestamps=1;2", "InvalidOptions"), ("timestamps=TIMES;x", "InvalidQuery"), ("timestamps=DOWN", "InvalidValue"),
    ("gaps=some", "InvalidQuery"), ("tidy=1", "InvalidQuery"), ("alternatives=true", "InvalidQuery"),
    ("waypoints=1;2", "InvalidValue"),
  ])
  func refusals(_ options: String, _ code: String) throws {
    let town = try Self.town()
    let points = points(town)
    let up = points.indices.dropLast().map(String.init).joined(separator: ";")
    let down = points.indices.reversed().map(String.init).joined(separator: ";")
    let page = try Desk(town).page(
      url(points, options.replacing("TIMES", with: up).replacing("DOWN", with: down)))
    #expect(page.status == 400)
    #expect(try JSON(parsing: page.body)["code"].text == code)
  }

  @Test func noRoadsAreNoMatch() throws {
    let desk = try Desk(try Self.town())
    #expect(try desk.json("/match/v1/driving/0,0;0,0.001")["code"].text == "NoMatch")
    #expect(try desk.json("/match/v1/driving/0,0;0,0.001?tidy=true&gaps=ignore")["code"].text == "NoMatch")
  }
}
