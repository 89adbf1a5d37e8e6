import Geometry
import RoadGraph
import Testing

@testable import MapImport

@Suite struct TurnTests {
  @Test func everyTurnIsThere() throws {
    let map = try DrawnMap.crossing().imported()
    #expect(map.report.turns == 4 * 4 + 4)
    #expect(map.turn(1, 5, 2)?.angleDegrees == 0)
    #expect(map.turn(1, 5, 4)?.angleDegrees == 90)
    #expect(map.turn(1, 5, 3)?.angleDegrees == -90)
    #expect(map.turn(1, 5, 1)?.angleDegrees == 180)
    #expect(map.turn(1, 5, 1)?.flags == .uTurn)
    #expect(map.turn(5, 1, 5)?.flags == [.uTurn, .deadEnd])
    #expect(map.bannedTurns.isEmpty)
  }

  @Test func aRoadThatOnlyGoesOnAgainstAOnewayIsADeadEnd() throws {
    var drawn = DrawnMap()
    drawn.line(3)
    drawn.node(4, 100, 100)
    drawn.way(1, [1, 2])
    drawn.way(2, [3, 2], ["highway": "primary", "oneway": "yes"])
    drawn.way(3, [4, 2], ["highway": "primary", "oneway": "yes"])
    let map = try drawn.imported()
    #expect(map.turn(1, 2, 1)?.flags == [.uTurn, .deadEnd])
    #expect(map.turn(3, 2, 3)?.flags == .uTurn)
  }

  @Test func anglesAreTakenOverTheFirstMeters() throws {
    // The road to the north leaves 5 with a hook of 2 m to the east.
    var drawn = DrawnMap()
    drawn.node(1, -100, 0)
    drawn.node(2, 100, 0)
    drawn.node(5, 0, 0)
    drawn.node(6, 1, 0)
    drawn.node(7, 1, 100)
    drawn.way(1, [1, 5, 2])
    drawn.way(2, [5, 6, 7])
    let angle = try #require(try drawn.imported().turn(1, 5, 7)?.angleDegrees)
    #expect((-90 ... -80).contains(angle))
  }

  /// A road that is too short for a heading borrows those of the roads that go straightest on over it.
  @Test(arguments: [(0.0, 0.0), (0.03, -0.03), (0.5, 0.5), (-0.4, 0.0)])
  func aShortRoadChangesNoAngle(east: Double, north: Double) throws {
    var drawn = DrawnMap()
    for (id, east, north) in [
      (Int64(1), -100.0, 0.0), (2, 100, 0), (3, 0, 100), (4, 0, -100), (5, 0, 0), (6, east, north),
      (7, -70, -70),
    ] {
      drawn.node(id, east, north)
    }
    drawn.way(1, [1, 5])
    drawn.way(6, [5, 6])
    drawn.way(7, [7, 5])
    for (way, end) in [(Int64(2), Int64(2)), (3, 3), (4, 4)] { drawn.way(way, [6, end]) }
    drawn.restriction(1, "w6@from,n6@via,w4@to", "no_right_turn")
    let map = try drawn.imported()
    func angle(_ tail: Int64, _ via: Int64, _ head: Int64) throws -> Int {
      try #require(map.turn(tail, via, head)?.angleDegrees)
    }
    #expect(try abs(angle(1, 5, 6)) <= 2)
    #expect(try abs(angle(5, 6, 2)) <= 2)
    #expect(try abs(angle(5, 6, 3) + 90) <= 2)
    #expect(try abs(angle(5, 6, 4) - 90) <= 2)
    #expect(try abs(angle(2, 6, 5)) <= 2)
    #expect(try abs(angle(6, 5, 1)) <= 2)
    #expect(map.bannedTurns == ["5>6>4"])
    #expect(map.report.dropped.isEmpty)
  }

  @Test func aShortRoadAtADeadEndHasTheHeadingOfItsOnlyNeighbour() throws {
    var drawn = DrawnMap()
    drawn.node(1, -100, 0)
    drawn.node(2, 0, 0)
    drawn.node(3, 0, 0.1)
    drawn.way(1, [1, 2])
    drawn.way(2, [2, 3], ["highway": "motorway_link", "oneway": "yes"])
    #expect(try drawn.imported().turn(1, 2, 3)?.angleDegrees == 0)
  }

  @Test func noTurnsAreBannedOnce() throws {
    var drawn = DrawnMap.crossing()
    drawn.restriction(1, "w1@from,n5@via,w3@to", "no_left_turn")
    drawn.restriction(2, "w1@from,n5@via,w1@to", "no_u_turn")
    drawn.restriction(3, "w2@from,w4@from,n5@via,w3@to", "no_entry")
    let map = try drawn.imported()
    #expect(map.bannedTurns == ["1>5>1", "1>5>3", "2>5>3", "4>5>3"])
    #expect(map.report.restrictions == ["no_left_turn": 1, "no_u_turn": 1, "no_entry": 1])
    #expect(map.report.bannedTurns == 4)
    #expect(map.turn(1, 5, 1)?.flags == [.uTurn, .banned])
  }

  @Test func onlyTurnsBanAllOthers() throws {
    var drawn = DrawnMap.crossing()
    drawn.restriction(1, "w1@from,n5@via,w2@to", "only_straight_on")
    #expect(try drawn.imported().bannedTurns == ["1>5>1", "1>5>3", "1>5>4"])
  }

  @Test func severalOnlyTurnsAllowAllOfThem() throws {
    var drawn = DrawnMap.crossing()
    drawn.restriction(1, "w1@from,n5@via,w2@to", "only_straight_on")
    drawn.restriction(2, "w1@from,n5@via,w4@to", "only_right_turn", ["except": "emergency"])
    #expect(try drawn.imported().bannedTurns == ["1>5>1", "1>5>3"])
  }

  @Test func respondersAreExcepted() throws {
    var drawn = DrawnMap.crossing()
    drawn.restriction(1, "w1@from,n5@via,w3@to", "no_left_turn", ["except": "psv;emergency"])
    drawn.restriction(2, "w2@from,n5@via,w1@to", "only_straight_on", ["except": "emergency"])
    #expect(try drawn.imported().bannedTurns == ["1>5>3!", "2>5>2!", "2>5>3!", "2>5>4!"])
  }

  @Test func aStricterBanWins() throws {
    var drawn = DrawnMap.crossing()
    drawn.restriction(1, "w1@from,n5@via,w3@to", "no_left_turn", ["except": "emergency"])
    drawn.restriction(2, "w1@from,n5@via,w3@to", "no_entry")
    drawn.restriction(3, "w2@from,n5@via,w3@to", "no_entry")
    drawn.restriction(4, "w2@from,n5@via,w3@to", "no_right_turn", ["except": "emergency"])
    #expect(try drawn.imported().bannedTurns == ["1>5>3", "2>5>3"])
  }

  @Test func aWayThroughTheViaIsReadByItsBend() throws {
    // Way 1 runs 1-5-2, way 2 runs 3-5-4: a left turn from way 1 to way 2 is one of two.
    var drawn = DrawnMap()
    drawn.node(1, -100, 0)
    drawn.node(2, 100, 0)
    drawn.node(3, 0, 100)
    drawn.node(4, 0, -100)
    drawn.node(5, 0, 0)
    drawn.way(1, [1, 5, 2])
    drawn.way(2, [3, 5, 4], ["highway": "primary", "oneway": "yes"])
    drawn.restriction(1, "w1@from,n5@via,w2@to", "no_right_turn")
    drawn.restriction(2, "w1@from,n5@via,w2@to", "no_straight_on")
    let map = try drawn.imported()
    #expect(map.bannedTurns == ["1>5>4"])
    #expect(map.report.count(of: .restrictionAmbiguous) == 1)
  }
}
