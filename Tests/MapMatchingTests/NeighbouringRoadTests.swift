import Foundation
import MapMatching
import RoadGraph
import Testing

/// Roads that lie close together: which one is meant.
@Suite struct NeighbouringRoadTests {
  /// A divided road, 12 m between its carriageways, driven on the right, with crossings at its ends and in the middle.
  private static func divided(_ tags: [String: String] = ["highway": "primary"]) -> StreetPlan {
    var plan = StreetPlan()
    for (index, letter) in "ABC".enumerated() { plan.node(letter, Double(index) * 300, -6) }
    for (index, letter) in "DEF".enumerated() { plan.node(letter, 600 - Double(index) * 300, 6) }
    plan.node("G", 300, 100)
    plan.node("H", 300, -100)
    plan.oneway("ABC", tags)
    plan.oneway("DEF", tags)
    plan.street("GEBH")
    return plan
  }

  /// Wherever between and beside the carriageways the line is drawn.
  @Test(arguments: [-15.0, -12, -9, -6, -3, 0, 3, 6, 9, 12])
  func aDividedRoadIsMatchedToTheCarriagewayOfTheDirection(_ north: Double) throws {
    let (text, match) = try Self.divided().matched([(0, north), (600, north)])
    #expect(text == "ABC")
    #expect(try #require(match).quality.nonCivilShare == 0)
    #expect(try Self.divided().follow([(600, -north), (0, -north)]) == "DEF")
  }

  @Test func turnsAtADividedRoadTakeTheRightSide() throws {
    #expect(try Self.divided().follow([(302, 100), (302, -8), (600, -8)]) == "GEB BC")
    #expect(try Self.divided().follow([(300, -100), (300, 2), (0, 2)]) == "HBE EF")
    // Turned left onto the nearer carriageway, against its direction: the farther one is meant.
    #expect(try Self.divided().follow([(300, -100), (300, -6), (0, -6)]) == "HBE EF")
  }

  /// There is no arc against a motorway.
  @Test func againstAMotorwayThereIsNothing() throws {
    var plan = StreetPlan()
    plan.node("A", 0, 0)
    plan.node("B", 500, 0)
    plan.oneway("AB", ["highway": "motorway"])
    #expect(try plan.follow([(0, 2), (500, 2)]) == "AB")
    #expect(try plan.follow([(500, 2), (0, 2)]) == "-")
  }

  /// Responders may drive there, so it is found; the quality says that others may not.
  @Test func againstAOneWayIsSaid() throws {
    var plan = StreetPlan()
    plan.node("A", 0, 0)
    plan.node("B", 500, 0)
    plan.oneway("AB")
    let (text, match) = try plan.matched([(500, 2), (0, 2)])
    #expect(text == "BA")
    let quality = try #require(match).quality
    #expect(quality.nonCivilShare == 1 && quality.overall <= 0.5 && quality.followedShare == 1)
    #expect(try #require(plan.matched([(0, 2), (500, 2)]).match).quality.nonCivilShare == 0)
  }

  /// A service road 14 m beside the main one, joined at both ends and in the middle.
  private static let service: StreetPlan = {
    var plan = StreetPlan()
    for (index, letter) in "ABC".enumerated() { plan.node(letter, Double(index) * 200, 0) }
    for (index, letter) in "DEF".enumerated() { plan.node(letter, Double(index) * 200, 14) }
    plan.street("ABC", ["highway": "primary"])
    plan.street("DEF", ["highway": "service"])
    for side in ["AD", "BE", "CF"] { plan.street(side) }
    return plan
  }()

  @Test(arguments: [-5.0, 0, 5])
  func theNearerOfTwoParallelRoadsIsMeant(_ north: Double) throws {
    #expect(try Self.service.follow([(0, north), (400, north)]) == "ABC")
    #expect(try Self.service.follow([(0, 14 + north), (400, 14 + north)]) == "DEF")
    #expect(try Self.service.follow([(400, 14 + north), (0, 14 + north)]) == "FED")
  }

  /// The line leans over to the other road for 30 m.
  @Test func aWobbleIsNoChangeOfRoads() throws {
    #expect(try Self.service.follow([(0, 2), (80, 2), (95, 9), (110, 2), (400, 2)]) == "ABC")
  }

  /// A bridge of streets AB over CD: they cross without an OSM node.
  private static let bridge: StreetPlan = {
    var plan = StreetPlan()
    for (letter, east, north) in [("A", -200.0, 0.0), ("B", 200, 0), ("C", 0, -200), ("D", 0, 200)]
      as [(Character, Double, Double)]
    {
      plan.node(letter, east, north)
    }
    plan.street("AB", ["bridge": "yes", "layer": "1"])
    plan.street("CD")
    return plan
  }()

  @Test func bridgesAreNoCrossings() throws {
    #expect(try Self.bridge.follow([(-200, 3), (200, 3)]) == "AB")
    #expect(try Self.bridge.follow([(3, -200), (3, 200)]) == "CD")
    let match = try #require(try Self.bridge.matched([(-200, 0), (0, 0), (0, 200)]).match)
    #expect(!match.isConnected && match.paths.count == 2 && match.quality.followedShare > 0.8)
    #expect(match.pieces.allSatisfy { !$0.isBackward && !$0.isWhole })
  }

  /// A roundabout of 20 m radius in a road from A to B; `a` is its easternmost OSM node, `e` the northernmost one, the
  /// letters run as the traffic does. Streets lead on to the north and the south.
  private static let roundabout: StreetPlan = {
    var plan = StreetPlan()
    let circle = Array("abcdefghijklmnop")
    for (index, letter) in circle.enumerated() {
      let angle = Double(index) / Double(circle.count) * 2 * .pi
      plan.node(letter, 20 * cos(angle), 20 * sin(angle))
    }
    for (letter, east, north) in [("A", -200.0, 0.0), ("B", 200, 0), ("C", 0, 200), ("D", 0, -200)]
      as [(Character, Double, Double)]
    {
      plan.node(letter, east, north)
    }
    plan.street(String(circle + "a"), ["junction": "roundabout"])
    for street in ["Ai", "aB", "Ce", "Dm"] { plan.street(street) }
    return plan
  }()

  private static func arc(_ from: Double, _ to: Double, radius: Double) -> [(Double, Double)] {
    (0...12).map { step in
      let angle = (from + (to - from) * Double(step) / 12) * .pi / 180
      return (radius * cos(angle), radius * sin(angle))
    }
  }

  @Test(arguments: [18.0, 20, 24])
  func followsARoundabout(_ radius: Double) throws {
    let through = [(-200.0, 0.0)] + Self.arc(180, 360, radius: radius) + [(200, 0)]
    #expect(try Self.roundabout.follow(through) == "Ai ijklmnopa aB")
    let left = [(-200.0, 0.0)] + Self.arc(180, 450, radius: radius) + [(0, 200)]
    // Over the first OSM node of the closed way: two runs.
    #expect(try Self.roundabout.follow(left) == "Ai ijklmnopa abcde eC")
  }

  @Test func straightThroughARoundaboutGoesAroundIt() throws {
    let (text, match) = try Self.roundabout.matched([(-200, 0), (200, 0)])
    #expect(text == "Ai ijklmnopa aB")
    #expect(try #require(match).isConnected)
    #expect(try Self.roundabout.follow([(200, 0), (-200, 0)]) == "Ba abcdefghi iA")
  }

  /// The line goes straight on where the road goes around a block: a long way, or a shorter one that leaves the line
  /// far behind all the same.
  @Test(arguments: [(0.0, 90.0, 60.0), (20, 90, 45)])
  func gapsAreNotBridgedAroundBlocks(_ slant: Double, _ width: Double, _ depth: Double) throws {
    var plan = StreetPlan()
    for (letter, east, north) in [
      ("A", -300.0, 0.0), ("B", 0, 0), ("C", slant, depth), ("D", width - slant, depth), ("E", width, 0), ("F", 400, 0),
    ] as [(Character, Double, Double)] {
      plan.node(letter, east, north)
    }
    plan.street("ABCDEF")
    #expect(try plan.follow([(-300, 0), (400, 0)]) == "AB | EF")
  }
}
