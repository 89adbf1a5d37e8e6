import RoadGraph
import Testing

@testable import MapImport

/// What turns are flagged with, apart from restrictions.
@Suite struct TurnFactTests {
  private func map(_ side: String, onto main: String, signals: [String: String] = [:], mainTags: [String: String] = [:])
    throws -> TestMap
  {
    var drawn = DrawnMap()
    drawn.node(1, -100, 0)
    drawn.node(2, 0, 0, signals)
    drawn.node(3, 100, 0)
    drawn.node(4, 0, -100)
    drawn.way(1, [1, 2, 3], ["highway": main].merging(mainTags) { $1 })
    drawn.way(2, [4, 2], ["highway": side])
    return try drawn.imported()
  }

  @Test(arguments: [
    ("residential", "tertiary", true), ("residential", "secondary", true), ("service", "unclassified", true),
    ("unclassified", "secondary", true), ("tertiary", "primary", true), ("tertiary_link", "primary_link", true),
    ("residential", "unclassified", false), ("service", "residential", false), ("tertiary", "secondary", false),
    ("primary", "primary_link", false), ("primary", "residential", false), ("living_street", "residential", false),
  ])
  func oneYieldsToAGreaterRoad(side: String, main: String, yields: Bool) throws {
    let map = try map(side, onto: main)
    #expect(map.turn(4, 2, 1)?.flags.contains(.yields) == yields)
    #expect(map.turn(4, 2, 3)?.flags.contains(.yields) == yields)
    #expect(map.turn(1, 2, 3)?.flags.contains(.yields) == false)
    if yields { #expect(map.turn(1, 2, 4)?.flags.contains(.yields) == false) }
    #expect(map.turn(4, 2, 4)?.flags.contains(.yields) == false)
  }

  @Test func signalsTellWhoGoes() throws {
    let map = try map("residential", onto: "primary", signals: ["highway": "traffic_signals"])
    #expect(map.turn(4, 2, 1)?.flags.contains(.yields) == false)
  }

  @Test(arguments: [(-30.0, false), (-60.0, true)])
  func signalsAtTheStopLineCount(north: Double, yields: Bool) throws {
    for nodes in [[Int64(4), 5, 2], [2, 5, 4]] {
      var drawn = DrawnMap()
      drawn.line(3)
      drawn.node(4, 100, -100)
      drawn.node(5, 100, north, ["highway": "traffic_signals"])
      drawn.way(1, [1, 2, 3], ["highway": "primary"])
      drawn.way(2, nodes)
      #expect(try drawn.imported().turn(4, 2, 1)?.flags.contains(.yields) == yields)
    }
  }

  @Test func mergingIsNoTurn() throws {
    var drawn = DrawnMap()
    drawn.line(3)
    drawn.node(4, 0, -30)
    drawn.node(5, 100, -100)
    drawn.way(1, [1, 2, 3], ["highway": "primary"])
    drawn.way(2, [4, 2], ["highway": "residential"])
    #expect(try drawn.imported().turn(4, 2, 3)?.flags == [])
  }

  @Test func roundaboutsHaveTheirOwnRules() throws {
    var drawn = DrawnMap()
    drawn.line(3)
    drawn.node(4, 100, -100)
    drawn.way(1, [1, 2, 3], ["highway": "primary", "junction": "roundabout"])
    drawn.way(2, [4, 2])
    #expect(try drawn.imported().turn(4, 2, 3)?.flags == [])
  }

  @Test(arguments: [
    (["highway": "motorway_link", "oneway": "no"], true), (["highway": "trunk_link", "oneway": "no"], true),
    (["highway": "trunk", "oneway": "no"], true), (["highway": "motorway", "oneway": "no"], true),
    (["highway": "primary"], false), (["highway": "primary", "tunnel": "yes"], true),
    (["highway": "primary", "bridge": "yes"], false), (["highway": "primary", "bridge": "yes", "oneway": "yes"], true),
    (["highway": "primary", "oneway": "yes"], false), (["highway": "primary", "junction": "roundabout"], true),
  ])
  func someRoadsHaveNoRoomToTurnRound(tags: [String: String], isConfined: Bool) throws {
    let flags = try DrawnMap.crossing([1: tags]).imported().turn(1, 5, 1)?.flags
    #expect(flags?.contains(.uTurn) == true)
    #expect(flags?.contains(.confined) == isConfined)
  }
}
