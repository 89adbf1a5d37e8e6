import RoadGraph
import Testing

@testable import MapImport

/// Turn restrictions over one road or several.
@Suite struct ViaWayTests {
  /// Three streets to the east (4-5-6, 1-2-3, 9-7-10) and roads across them (5-2, 2-7); a street's two halves and each
  /// road across are ways of their own, named by their ends: 45, 56, 12, 23, 97, 710, 52, 27.
  private func ladder(_ tags: [Int64: [String: String]] = [:]) -> DrawnMap {
    var drawn = DrawnMap()
    for (row, nodes) in [[Int64(4), 5, 6], [1, 2, 3], [9, 7, 10]].enumerated() {
      for (column, node) in nodes.enumerated() { drawn.node(node, Double(column) * 100, Double(row) * 30) }
    }
    let ways: [(Int64, [Int64])] = [
      (45, [4, 5]), (56, [5, 6]), (12, [1, 2]), (23, [2, 3]), (97, [9, 7]), (710, [7, 10]), (52, [5, 2]), (27, [2, 7]),
    ]
    for (id, nodes) in ways { drawn.way(id, nodes, ["highway": "primary"].merging(tags[id] ?? [:]) { $1 }) }
    return drawn
  }

  @Test func onlyWhoCameFromTheFirstRoadIsBound() throws {
    var drawn = ladder()
    drawn.restriction(1, "w45@from,w52@via,w12@to", "no_u_turn")
    let map = try drawn.imported()
    #expect(map.bans(4, 5, 2, 1) == .banned)
    #expect(map.bans(4, 5, 2, 3).isEmpty)
    #expect(map.bans(6, 5, 2, 1).isEmpty)
    #expect(map.bans(5, 2, 1).isEmpty)
    #expect(map.bans(7, 2, 5, 4).isEmpty)
    // Turning round on the way in forgets where one came from.
    #expect(map.bans(4, 5, 2, 5, 2, 1).isEmpty)
    #expect(map.report.shadowArcs == 1)
    #expect(map.report.arcs == 17)
    #expect(map.report.restrictions == ["no_u_turn": 1])
    #expect(map.report.dropped.isEmpty)
  }

  @Test func onlyRestrictionsBindBehindTheirViaWay() throws {
    var drawn = ladder()
    drawn.restriction(1, "w45@from,w52@via,w23@to", "only_right_turn")
    let map = try drawn.imported()
    #expect(map.bans(4, 5, 2, 3).isEmpty)
    #expect(map.bans(4, 5, 2, 1) == .banned)
    #expect(map.bans(4, 5, 2, 7) == .banned)
    #expect(map.bans(4, 5, 2, 5) == .banned)
    // One is free not to enter the via way.
    #expect(map.bans(4, 5, 6).isEmpty)
    #expect(map.bans(6, 5, 2, 1).isEmpty)
  }

  @Test func severalOnlyRestrictionsAllowAllOfTheirTurns() throws {
    var drawn = ladder()
    drawn.restriction(1, "w45@from,w52@via,w23@to", "only_right_turn")
    drawn.restriction(2, "w45@from,w52@via,w27@to", "only_straight_on", ["except": "emergency"])
    let map = try drawn.imported()
    #expect(map.bans(4, 5, 2, 3).isEmpty)
    #expect(map.bans(4, 5, 2, 7).isEmpty)
    #expect(map.bans(4, 5, 2, 1) == .banned)
    #expect(map.bans(4, 5, 2, 5) == .banned)
  }

  @Test(arguments: ["w52@via,w27@via", "w27@via,w52@via"])
  func severalViaWaysAreFollowed(vias: String) throws {
    var drawn = ladder()
    drawn.restriction(1, "w45@from,\(vias),w97@to", "no_left_turn")
    let map = try drawn.imported()
    #expect(map.bans(4, 5, 2, 7, 9) == .banned)
    #expect(map.bans(4, 5, 2, 7, 10).isEmpty)
    #expect(map.bans(6, 5, 2, 7, 9).isEmpty)
    #expect(map.bans(1, 2, 7, 9).isEmpty)
    #expect(map.report.shadowArcs == 2)
  }

  @Test func onlyRestrictionsKeepOnAllOfTheirViaWays() throws {
    var drawn = ladder()
    drawn.restriction(1, "w45@from,w52@via,w27@via,w710@to", "only_right_turn")
    let map = try drawn.imported()
    #expect(map.bans(4, 5, 2, 7, 10).isEmpty)
    #expect(map.bans(4, 5, 2, 1) == .banned)
    #expect(map.bans(4, 5, 2, 7, 9) == .banned)
    #expect(map.bans(6, 5, 2, 7, 9).isEmpty)
    #expect(map.bans(4, 5, 6).isEmpty)
  }

  @Test func aViaWayThatIsCutIsOneWayStill() throws {
    var drawn = DrawnMap()
    for (id, east, north) in [
      (1, -100, 0), (2, 0, 0), (3, 0, 50), (4, 0, 100), (5, -100, 100), (6, 100, 50), (7, 100, 0), (8, 100, 100),
    ] {
      drawn.node(Int64(id), Double(east), Double(north))
    }
    for (id, nodes) in [(12, [1, 2]), (27, [2, 7]), (24, [2, 3, 4]), (36, [3, 6]), (45, [4, 5]), (48, [4, 8])] {
      drawn.way(Int64(id), nodes.map(Int64.init), ["highway": "primary"])
    }
    drawn.restriction(1, "w12@from,w24@via,w45@to", "no_u_turn")
    let map = try drawn.imported()
    #expect(map.bans(1, 2, 3, 4, 5) == .banned)
    #expect(map.bans(7, 2, 3, 4, 5).isEmpty)
    #expect(map.bans(6, 3, 4, 5).isEmpty)
    #expect(map.bans(1, 2, 3, 6).isEmpty)
    #expect(map.bans(1, 2, 3, 4, 8).isEmpty)
  }

  @Test func roadsThatWouldBeJoinedAreToldApart() throws {
    // Nothing but the restriction makes vertices of 2 and 3.
    var drawn = DrawnMap()
    drawn.line(4)
    for id in Int64(1)...3 { drawn.way(id, [id, id + 1]) }
    drawn.restriction(1, "w1@from,w2@via,w3@to", "no_straight_on")
    let map = try drawn.imported()
    #expect(map.vertices == [1, 2, 3, 4])
    #expect(map.bans(1, 2, 3, 4) == .banned)
    #expect(map.bans(2, 3, 4).isEmpty)
  }

  @Test func roundaboutsAreDrivenTheirWayRound() throws {
    var drawn = DrawnMap()
    let places: [(Double, Double)] = [(1, 0), (0, 1), (-1, 0), (0, -1)]
    for (index, (east, north)) in places.enumerated() {
      drawn.node(Int64(index) + 11, east * 20, north * 20)
      drawn.node(Int64(index) + 1, east * 100, north * 100)
      drawn.way(Int64(index) + 1, [Int64(index) + 1, Int64(index) + 11], ["highway": "primary"])
    }
    drawn.way(9, [11, 12, 13, 14, 11], ["highway": "primary", "junction": "roundabout"])
    drawn.restriction(1, "w1@from,w9@via,w3@to", "no_straight_on")
    let map = try drawn.imported()
    #expect(map.bans(1, 11, 12, 13, 3) == .banned)
    #expect(map.bans(2, 12, 13, 3).isEmpty)
    #expect(map.bans(1, 11, 12, 13, 14, 4).isEmpty)
    #expect(map.bans(3, 13, 14, 11, 12, 13, 3).isEmpty)
    // Against the roundabout there is no such rule.
    #expect(map.bans(1, 11, 14, 13, 3).isEmpty)
  }

  @Test func restrictionsOverlap() throws {
    var drawn = ladder()
    drawn.restriction(1, "w45@from,w52@via,w27@via,w97@to", "no_left_turn")
    drawn.restriction(2, "w52@from,w27@via,w710@to", "no_right_turn", ["except": "emergency"])
    drawn.restriction(3, "w27@from,n7@via,w27@to", "no_u_turn")
    drawn.restriction(4, "w56@from,w52@via,w27@via,w710@to", "no_right_turn")
    let map = try drawn.imported()
    #expect(map.bans(4, 5, 2, 7, 9) == .banned)
    #expect(map.bans(4, 5, 2, 7, 10) == [.banned, .exceptEmergency])
    #expect(map.bans(5, 2, 7, 10) == [.banned, .exceptEmergency])
    #expect(map.bans(6, 5, 2, 7, 10) == .banned)
    #expect(map.bans(6, 5, 2, 7, 9).isEmpty)
    #expect(map.bans(3, 2, 7, 10).isEmpty)
    #expect(map.bans(4, 5, 2, 7, 2) == .banned)
    #expect(map.bans(3, 2, 7, 2) == .banned)
  }

  @Test func respondersAndTimesAreHeeded() throws {
    var drawn = ladder()
    drawn.restriction(1, "w45@from,w52@via,w12@to", "no_u_turn", ["except": "emergency"])
    drawn.relation(
      2, "w56@from,w52@via,w23@to", ["type": "restriction", "restriction:conditional": "no_u_turn @ (Mo-Fr)"])
    drawn.relation(3, "w97@from,w27@via,w12@to", ["type": "restriction", "restriction:emergency": "no_u_turn"])
    let map = try drawn.imported()
    #expect(map.bans(4, 5, 2, 1) == [.banned, .exceptEmergency])
    #expect(map.bans(6, 5, 2, 3).isEmpty)
    #expect(map.timedTurns == ["ban 5>2>3 Mo-Fr"])
    #expect(map.bans(9, 7, 2, 1) == .bannedForEmergency)
    #expect(map.bans(10, 7, 2, 1).isEmpty)
  }

  @Test func aRoadAgainstTheOnewayIsMeantOnlyIfThereIsNoOther() throws {
    var drawn = ladder([52: ["oneway": "yes"], 12: ["oneway": "yes"]])
    drawn.restriction(1, "w45@from,w52@via,w12@to", "no_u_turn")
    drawn.restriction(2, "w23@from,w52@via,w45@to", "no_u_turn")
    let map = try drawn.imported()
    // Nobody may drive there anyway; responders who do are told.
    #expect(map.bans(4, 5, 2, 1) == .banned)
    #expect(map.bans(3, 2, 5, 4) == .banned)
    #expect(map.report.dropped.map(\.reason) == [.restrictionBendsOtherwise])
  }
}
