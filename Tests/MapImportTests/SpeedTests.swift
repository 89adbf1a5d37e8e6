import RoadGraph
import Testing

@testable import MapImport

@Suite struct SpeedTests {
  @Test(
    arguments: [
      ("50", SpeedTags.Limit.kmh(50)), ("50 km/h", .kmh(50)), ("30 mph", .kmh(48)), ("30mph", .kmh(48)),
      ("10 knots", .kmh(19)), ("walk", .kmh(5)), ("none", .unlimited), ("signals", .open), ("DE:urban", .kmh(50)),
      ("RO:rural", .kmh(90)), ("RU:urban", .kmh(60)), ("RO:trunk", .kmh(100)), ("BE-VLG:rural", .kmh(70)),
      ("variable", .open), ("IT:0x20", .notUnderstood), ("GB:nsl_single", .kmh(97)), ("DE:motorway", .unlimited),
      ("FR:zone30", .kmh(30)), ("DE:zone:20", .kmh(20)), ("IT:70", .kmh(70)), ("DE:living_street", .kmh(7)),
      ("27.5", .kmh(28)), ("abc", .notUnderstood), ("", .notUnderstood), ("0", .notUnderstood), ("-50", .notUnderstood),
      ("50;60", .kmh(50)), ("50; 30 mph", .kmh(48)), ("60;50;signals", .kmh(50)), ("50;abc", .notUnderstood),
      (";", .notUnderstood), ("1e9", .notUnderstood), ("9999999999999999999999", .notUnderstood),
      ("nan", .notUnderstood), ("inf", .notUnderstood), ("XX:rural", .notUnderstood), (":", .notUnderstood),
      ("none;50", .kmh(50)), ("none;signals", .unlimited), ("unlimited", .unlimited),
      ("50 furlongs", .notUnderstood), (".", .notUnderstood), ("٥٠", .notUnderstood), ("DE:zonenan", .notUnderstood),
    ] as [(String, SpeedTags.Limit)])
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

  @Test(
    arguments: [
      (["lanes": "4"], 2, 2), (["lanes": "3"], 1, 1), (["lanes": "1"], 1, 1), (["lanes": "3", "oneway": "yes"], 3, 0),
      (["lanes": "3", "oneway": "-1"], 0, 3), (["lanes:forward": "3", "lanes:backward": "1"], 3, 1),
      (["lanes": "5", "lanes:forward": "3"], 3, 2), ([:], 0, 0), (["lanes": "many"], 0, 0), (["lanes": "1e300"], 0, 0),
    ] as [([String: String], UInt8, UInt8)])
  func countsLanes(tags: [String: String], forward: UInt8, backward: UInt8) throws {
    var drawn = DrawnMap()
    drawn.line(2)
    drawn.way(1, [1, 2], tags.merging(["highway": "primary"]) { $1 })
    let map = try drawn.imported()
    #expect(map.attributes(1)?.forward.laneCount == forward)
    #expect(map.attributes(1)?.backward.laneCount == backward)
  }
}

@Suite struct SpeedSourceTests {
  private func imported(_ tags: [String: String]) throws -> TestMap {
    var drawn = DrawnMap()
    drawn.line(2)
    drawn.way(1, [1, 2], ["highway": "primary"].merging(tags) { $1 })
    return try drawn.imported()
  }

  @Test(
    arguments: [
      (["maxspeed:type": "DE:urban"], 50), (["source:maxspeed": "IT:zone:30"], 30), (["zone:maxspeed": "DE:30"], 30),
      (["zone:maxspeed": "20"], 20), (["zone:traffic": "RO:rural"], 90), (["maxspeed:type": "sign"], 0),
      (["maxspeed:type": "sign", "zone:traffic": "IT:urban"], 50),
      (["maxspeed": "70", "maxspeed:type": "DE:urban"], 70),
      (["maxspeed": "abc", "maxspeed:type": "DE:urban"], 50),
      (["maxspeed": "signals", "maxspeed:type": "DE:urban"], 0),
      (["source:maxspeed": "https://example.org/50"], 0), (["maxspeed:type:forward": "DE:urban"], 50),
      (["maxspeed:type:backward": "DE:urban"], 0),
    ] as [([String: String], UInt8)])
  func reasonsStandInForNumbers(tags: [String: String], kmh: UInt8) throws {
    #expect(try imported(tags).direction(1, 2)?.maxspeedKmh == kmh)
  }

  /// Elsewhere it says that there is no sign, or is a mistake: the road's usual speed counts, and its kind of limit.
  @Test(
    arguments: [
      ("motorway", 140), ("trunk", 140), ("motorway_link", 0), ("primary", 0), ("residential", 0), ("living_street", 0),
      ("service", 0), ("track", 0),
    ] as [(String, UInt8)])
  func noLimitIsBelievedOfGreatRoadsOnly(highway: String, kmh: UInt8) throws {
    for tags in [
      ["maxspeed": "none"], ["maxspeed:forward": "none"], ["maxspeed:type": "DE:motorway"], ["source:maxspeed": "none"],
    ] {
      let map = try imported(tags.merging(["highway": highway]) { $1 })
      #expect(map.direction(1, 2)?.maxspeedKmh == kmh, "\(tags)")
      let isListed = kmh == 0 && tags.keys.contains { $0.hasPrefix("maxspeed") && $0 != "maxspeed:type" }
      #expect(map.report.count(of: .unlimitedSpeed) == (isListed ? 1 : 0), "\(tags)")
    }
    let advised = try imported(["highway": highway, "maxspeed:advisory": "none"])
    #expect(advised.direction(1, 2)?.advisoryKmh == kmh)
  }

  @Test func whereNoLimitIsNotBelievedItsReasonIs() throws {
    let tags = ["highway": "residential", "maxspeed": "none", "maxspeed:type": "DE:urban"]
    #expect(try imported(tags).direction(1, 2)?.maxspeedKmh == 50)
  }

  @Test func advisedSpeedsAreKeptApart() throws {
    let map = try imported(["maxspeed": "70", "maxspeed:advisory": "50", "maxspeed:advisory:backward": "30 mph"])
    #expect(map.direction(1, 2)?.maxspeedKmh == 70)
    #expect(map.direction(1, 2)?.advisoryKmh == 50)
    #expect(map.direction(2, 1)?.advisoryKmh == 48)
    let strange = try imported(["maxspeed:advisory": "slow"])
    #expect(strange.direction(1, 2)?.advisoryKmh == 0)
    #expect(strange.report.count(of: .unparsableMaxspeed) == 1)
  }
}

@Suite struct BusLaneTests {
  private func imported(_ tags: [String: String]) throws -> TestMap {
    var drawn = DrawnMap()
    drawn.line(2)
    drawn.way(1, [1, 2], tags.merging(["highway": "primary"]) { $1 })
    return try drawn.imported()
  }

  @Test(
    arguments: [
      (["lanes": "3", "oneway": "yes", "lanes:psv": "1"], 2, 0), (["lanes": "4", "lanes:bus:forward": "1"], 1, 2),
      (["lanes": "3", "oneway": "yes", "bus:lanes": "designated|yes|yes"], 2, 0),
      (["lanes": "4", "psv:lanes:backward": "yes|designated"], 2, 1), (["lanes": "4", "busway": "lane"], 1, 1),
      (["lanes": "4", "busway:right": "lane"], 1, 2), (["lanes": "2", "oneway": "yes", "busway:left": "lane"], 1, 0),
      (["lanes": "1", "oneway": "yes", "lanes:psv": "1"], 1, 0), (["lanes": "3", "lanes:both_ways": "1"], 1, 1),
      (["lanes": "5", "lanes:both_ways": "1", "lanes:backward": "1"], 3, 1),
      (["lanes": "4", "bus:lanes:forward": "yes|yes"], 2, 2),
    ] as [([String: String], UInt8, UInt8)])
  func busLanesAreNotForCars(tags: [String: String], forward: UInt8, backward: UInt8) throws {
    let map = try imported(tags)
    #expect(map.attributes(1)?.forward.laneCount == forward)
    #expect(map.attributes(1)?.backward.laneCount == backward)
  }

  @Test(
    arguments: [
      (["lanes:psv": "1", "oneway": "yes"], true, false), (["lanes:bus:backward": "1"], false, true),
      (["bus:lanes:forward": "yes|designated"], true, false), (["busway": "lane"], true, true),
      (["busway:right": "lane"], true, false), (["busway:left": "lane"], false, true), ([:], false, false),
      (["access": "no", "bus": "yes", "busway": "lane"], false, false), (["lanes:psv": "0"], false, false),
    ] as [([String: String], Bool, Bool)])
  func roadsHaveBusLanesBesideThem(tags: [String: String], forward: Bool, backward: Bool) throws {
    let map = try imported(tags)
    #expect(map.attributes(1)?.forward.access.contains(.besideBusLane) == forward)
    #expect(map.attributes(1)?.backward.access.contains(.besideBusLane) == backward)
  }
}
