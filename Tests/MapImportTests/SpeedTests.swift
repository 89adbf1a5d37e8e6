import RoadGraph
import Testing

@testable import MapImport

@Suite struct SpeedTests {
  @Test(arguments: [
    ("50", SpeedTags.Limit.kmh(50)), ("50 km/h", .kmh(50)), ("30 mph", .kmh(48)), ("30mph", .kmh(48)),
    ("10 knots", .kmh(19)), ("walk", .kmh(5)), ("none", .open), ("signals", .open), ("DE:urban", .kmh(50)),
    ("RO:rural", .kmh(90)), ("RU:urban", .kmh(60)), ("GB:nsl_single", .kmh(97)), ("DE:motorway", .open),
    ("FR:zone30", .kmh(30)), ("DE:zone:20", .kmh(20)), ("IT:70", .kmh(70)), ("DE:living_street", .kmh(7)),
    ("27.5", .kmh(28)), ("abc", .notUnderstood), ("", .notUnderstood), ("0", .notUnderstood), ("-50", .notUnderstood),
    ("50;60", .notUnderstood), ("1e9", .notUnderstood), ("9999999999999999999999", .notUnderstood),
    ("nan", .notUnderstood), ("inf", .notUnderstood), ("XX:rural", .notUnderstood), (":", .notUnderstood),
    ("50 furlongs", .notUnderstood), (".", .notUnderstood), ("٥٠", .notUnderstood), ("DE:zonenan", .notUnderstood),
  ])
  func readsLimits(value: String, limit: SpeedTags.Limit) {
    #expect(SpeedTags.limit(of: value) == limit)
  }

  @Test func directionsCanDiffer() throws {
    var drawn = DrawnMap()
    drawn.line(3)
    drawn.way(1, [1, 2], ["highway": "primary", "maxspeed": "70", "maxspeed:backward": "50"])
    drawn.way(2, [2, 3], ["highway": "primary", "maxspeed": "abc"])
    drawn.restriction(1, "w1@from,n2@via,w1@to", "no_u_turn")
    let map = try drawn.imported()
    #expect(map.direction(1, 2)?.maxspeedKmh == 70)
    #expect(map.direction(2, 1)?.maxspeedKmh == 50)
    #expect(map.direction(2, 3)?.maxspeedKmh == 0)
    #expect(map.report.dropped.first?.reason == .unparsableMaxspeed)
    #expect(map.report.dropped.first?.examples == [ImportReport.Example(osmID: 2, value: "abc")])
  }

  @Test(arguments: [
    (["lanes": "4"], 2, 2), (["lanes": "3"], 1, 1), (["lanes": "1"], 1, 1), (["lanes": "3", "oneway": "yes"], 3, 0),
    (["lanes": "3", "oneway": "-1"], 0, 3), (["lanes:forward": "3", "lanes:backward": "1"], 3, 1),
    (["lanes": "5", "lanes:forward": "3"], 3, 2), ([:], 0, 0), (["lanes": "many"], 0, 0), (["lanes": "1e300"], 0, 0),
  ])
  func countsLanes(tags: [String: String], forward: UInt8, backward: UInt8) throws {
    var drawn = DrawnMap()
    drawn.line(2)
    drawn.way(1, [1, 2], tags.merging(["highway": "primary"]) { $1 })
    let map = try drawn.imported()
    #expect(map.attributes(1)?.forward.laneCount == forward)
    #expect(map.attributes(1)?.backward.laneCount == backward)
  }
}
