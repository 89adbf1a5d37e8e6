import API
import Engine
import Geometry
import MapImport
import TestSupport
import Testing

/// +180 and -180 degrees are one meridian: for roads, places and closures.
@Suite struct MeridianStories {
  private func place(_ longitudeE7: Int32, north: Int32 = 0) -> Coordinate {
    Coordinate(latitudeE7: -168_000_000 + north, longitudeE7: longitudeE7)
  }

  /// A coast road over the meridian: one way, three, or two that end on it, with another node on each side; a side
  /// street in the west.
  private func engine(_ nodes: [(id: Int64, longitudeE7: Int32)], _ ways: [[Int64]]) throws -> TestEngine {
    var text = OSMText()
    for node in nodes { text.addNode(node.id, at: place(node.longitudeE7)) }
    text.addNode(99, at: place(1_799_960_000, north: 50_000))
    for (index, way) in (ways + [[nodes[0].id, 99]]).enumerated() {
      text.addWay(Int64(index) + 1, nodes: way, tags: ["highway": "residential", "name": "Coast \(index)"])
    }
    return try TestEngine(.text(opl: text.opl))
  }

  private func engines() throws -> [TestEngine] {
    let (far, near): (Int32, Int32) = (1_799_960_000, 1_799_990_000)
    let over = [(Int64(1), far), (2, near), (5, -near), (6, -far)]
    let ended = [(Int64(1), far), (2, near), (3, 1_800_000_000), (4, -1_800_000_000), (5, -near), (6, -far)]
    return [
      try engine(over, [[1, 2, 5, 6]]), try engine(over, [[1, 2], [2, 5], [5, 6]]),
      try engine(ended, [[1, 2, 3], [4, 5, 6]]),
    ]
  }

  @Test func roadsGoOnBeyondIt() throws {
    for test in try engines() {
      let ends = [place(1_799_970_000), place(-1_799_970_000)]
      let found = try test.engine.route(RouteRequest(places: ends.map { Place($0) }, profile: "plain"))
      #expect(abs(found.route.lengthMeters - ends[0].distanceMeters(to: ends[1])) < 1)
    }
    #expect(try engines().map { $0.report.count(of: .nodeOnMeridian) } == [0, 0, 1])
  }

  @Test func placesLieBesideTheRoadOnTheOtherSide() throws {
    for test in try engines() {
      for longitudeE7: Int32 in [1_800_000_000, -1_800_000_000, 1_799_999_000, -1_799_999_000] {
        let asked = place(longitudeE7, north: 1_000)
        let found = try #require(try test.engine.snap(SnapRequest(place: Place(asked), profile: "plain")).places.first)
        #expect(abs(found.distanceMeters - 11.1) < 0.2)
        #expect(found.coordinate.distanceMeters(to: place(longitudeE7)) < 0.2)
      }
    }
  }

  @Test func closuresSpanIt() throws {
    let (west, east): (Int32, Int32) = (1_799_995_000, -1_799_995_000)
    let selectors: [RoadSelector] = [
      .polygon([
        place(west, north: -9_000), place(east, north: -9_000), place(east, north: 9_000), place(west, north: 9_000),
      ]),
      .point(place(-1_799_999_000), radiusMeters: 30),
      .nearest(place(1_799_999_000, north: 500), radiusMeters: 100),
      .polyline([place(1_799_992_000), place(-1_799_992_000)], direction: .forward),
    ]
    for test in try engines() {
      for selector in selectors {
        let closure = RoadClosure(id: "x", selector: selector)
        let ways = try test.engine.previewClosures(ClosuresRequest([closure])).closures.flatMap(\.ways)
        #expect(ways.contains { $0.name.hasPrefix("Coast") }, "\(selector)")
        #expect(ways.reduce(0) { $0 + $1.lengthMeters } < 1_000, "\(selector)")
      }
    }
  }
}
