import API
import TestSupport
import Testing

@Suite struct NearestTests {
  @Test func nearestRoads() throws {
    var town = try Town(
      """
      A---B
      |   |
      C---D
      """)
    town.road("AB", kmh: 36, tags: ["name": "Say \"North\""])
    let place = town.map.middle("A", "B").moved(30, headingDegrees: 180)
    let desk = try Desk(town)
    let url = "/nearest/v1/driving/\(place.longitude),\(place.latitude)"
    let answer = try desk.json(url)
    #expect(answer.names == ["code", "waypoints"])
    #expect(answer["waypoints"].list.count == 1)
    let nearest = answer["waypoints"][0]
    #expect(nearest.names == ["distance", "hint", "location", "name", "nodes"])
    #expect(nearest["name"].text == "Say \"North\"")
    #expect(abs((nearest["distance"].number ?? 0) - 30) < 0.1)
    #expect(nearest["nodes"].list.map(\.number).sorted { ($0 ?? 0) < ($1 ?? 0) } == [1, 2])
    let all = try desk.json(url + "?number=9")["waypoints"].list.map { $0["distance"].number ?? 0 }
    #expect(all.count >= 2 && all == all.sorted())
    #expect(try desk.json(url + "?radiuses=20")["code"].text == "NoSegment")
    #expect(try desk.json(url + "?radiuses=31.5")["code"].text == "Ok")
  }
}
