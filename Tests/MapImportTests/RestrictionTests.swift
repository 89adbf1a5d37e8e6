import RoadGraph
import Testing

@testable import MapImport

/// What the tags of a turn restriction mean, for cars and for responders, always and at times.
@Suite struct RestrictionTests {
  /// What a relation from way 1 over the crossing 5 to way 3, a left turn, does to the map.
  struct Story: CustomStringConvertible, Sendable {
    var tags: [String: String]
    var banned: [String] = []
    var timed: [String] = []
    var dropped: [DropReason] = []

    var description: String { tags.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: " ") }
  }

  private func imported(_ tags: [String: String]) throws -> TestMap {
    var drawn = DrawnMap.crossing()
    drawn.relation(1, "w1@from,n5@via,w3@to", ["type": "restriction"].merging(tags) { $1 })
    return try drawn.imported()
  }

  private func expect(_ story: Story) throws {
    let map = try imported(story.tags)
    #expect(map.bannedTurns == story.banned)
    #expect(map.timedTurns == story.timed)
    #expect(map.report.conditionalRules == story.timed.count)
    #expect(map.report.dropped.map(\.reason) == story.dropped)
  }

  @Test(arguments: [
    Story(tags: ["restriction": "no_left_turn"], banned: ["1>5>3"]),
    Story(tags: ["restriction:motorcar": "no_left_turn"], banned: ["1>5>3"]),
    Story(tags: ["restriction:motor_vehicle": "no_left_turn"], banned: ["1>5>3"]),
    Story(tags: ["restriction:vehicle": "no_left_turn"], banned: ["1>5>3"]),
    Story(tags: ["restriction": "no_left_turn", "type": "restriction:motorcar"], banned: ["1>5>3"]),
    Story(tags: ["restriction": "only_left_turn"], banned: ["1>5>1", "1>5>2", "1>5>4"]),
    Story(
      tags: ["restriction": "only_left_turn", "restriction:motorcar": "no_left_turn"], banned: ["1>5>3"]),
    // Members that name one turn count more than the word for its bend.
    Story(tags: ["restriction": "no_u_turn"], banned: ["1>5>3"]),
    Story(tags: ["restriction": "no_left_turn", "except": "motorcar"], dropped: [.restrictionExceptsCars]),
    Story(tags: ["restriction": "no_left_turn", "except": "bus; motor_vehicle"], dropped: [.restrictionExceptsCars]),
    Story(
      tags: ["restriction": "no_left_turn", "restriction:motorcar": "none"], dropped: [.restrictionExceptsCars]),
    Story(tags: ["restriction": "no_left_turn", "except": "psv;bicycle"], banned: ["1>5>3"]),
    // Members name the turn, whatever the word behind `no_` or `only_`.
    Story(tags: ["restriction": "no_idea"], banned: ["1>5>3"]),
    Story(tags: ["restriction": "no_turn"], banned: ["1>5>3"]),
    Story(tags: ["restriction": "no_left_turn;no_u_turn"], banned: ["1>5>3"]),
    Story(tags: ["restriction": "only_here"], banned: ["1>5>1", "1>5>2", "1>5>4"]),
    Story(tags: ["restriction": "no_left_turn_on_red"], dropped: [.restrictionUnknown]),
    Story(tags: ["restriction": "no_turn_on_red"], dropped: [.restrictionUnknown]),
    Story(tags: ["restriction": "give_way"], dropped: [.restrictionUnknown]),
    Story(tags: ["restriction": "No_Left_Turn"], dropped: [.restrictionUnknown]),
    Story(tags: ["restriction": "no_right_turn"], banned: ["1>5>3"], dropped: [.restrictionBendsOtherwise]),
    Story(
      tags: ["restriction": "only_right_turn"], banned: ["1>5>1", "1>5>2", "1>5>4"],
      dropped: [.restrictionBendsOtherwise]),
    Story(tags: ["restriction": "no_left_turn", "type": "restrictions"]),
    Story(tags: ["restriction": "no_left_turn", "type": "route"]),
  ])
  func holdsForCars(_ story: Story) throws { try expect(story) }

  @Test(arguments: [
    Story(tags: ["restriction:hgv": "no_left_turn"], dropped: [.restrictionOtherVehicles]),
    Story(tags: ["restriction:bus": "only_left_turn"], dropped: [.restrictionOtherVehicles]),
    Story(tags: ["restriction:hgv:conditional": "no_left_turn @ (Mo-Fr)"], dropped: [.restrictionOtherVehicles]),
    Story(tags: ["restriction": "no_left_turn", "type": "restriction:hgv"], dropped: [.restrictionOtherVehicles]),
  ])
  func otherVehiclesAreCounted(_ story: Story) throws { try expect(story) }

  @Test(arguments: [
    Story(tags: ["restriction": "no_left_turn", "except": "emergency"], banned: ["1>5>3!"]),
    Story(tags: ["restriction": "no_left_turn", "except": "psv; emergency"], banned: ["1>5>3!"]),
    Story(tags: ["restriction": "no_left_turn", "except": "psv,emergency"], banned: ["1>5>3!"]),
    Story(tags: ["restriction": "no_left_turn", "restriction:emergency": "none"], banned: ["1>5>3!"]),
    Story(
      tags: ["restriction:conditional": "no_left_turn @ (Mo-Fr)", "except": "emergency"],
      timed: ["ban 1>5>3! Mo-Fr"]),
  ])
  func respondersAreExcepted(_ story: Story) throws { try expect(story) }

  @Test func someRestrictionsAreForResponders() throws {
    for tags in [
      ["restriction:emergency": "no_left_turn"], ["restriction": "no_left_turn", "type": "restriction:emergency"],
    ] {
      let map = try imported(tags)
      #expect(map.bans(1, 5, 3) == .bannedForEmergency)
      #expect(map.report.restrictions == ["no_left_turn:emergency": 1])
    }
    let only = try imported(["restriction:emergency": "only_left_turn", "restriction": "no_left_turn"])
    #expect(only.bans(1, 5, 3) == .banned)
    #expect(only.bans(1, 5, 2) == .bannedForEmergency)
    #expect(only.report.restrictions == ["no_left_turn": 1, "only_left_turn:emergency": 1])
  }

  @Test(arguments: [
    Story(tags: ["restriction:conditional": "no_left_turn @ (Mo-Fr)"], timed: ["ban 1>5>3 Mo-Fr"]),
    Story(
      tags: ["restriction:motorcar:conditional": "no_left_turn @ (Mo-Fr 07:00-09:00,16:00-18:00; Sa 10:00-12:00)"],
      timed: ["ban 1>5>3 Mo-Fr 07:00-09:00,16:00-18:00; Sa 10:00-12:00"]),
    Story(
      tags: ["restriction:conditional": "only_left_turn @ (07:00-09:00)"],
      timed: ["ban 1>5>4 07:00-09:00", "ban 1>5>1 07:00-09:00", "ban 1>5>2 07:00-09:00"]),
    Story(
      tags: ["restriction": "no_left_turn", "restriction:conditional": "none @ (Su)"], banned: ["1>5>3"],
      timed: ["free 1>5>3 Su"]),
    Story(
      tags: ["restriction:conditional": "no_left_turn @ (07:00-19:00); none @ (Su)"],
      timed: ["ban 1>5>3 07:00-19:00", "free 1>5>3 Su"]),
    // What is banned always needs no rule.
    Story(
      tags: ["restriction": "no_left_turn", "restriction:conditional": "no_left_turn @ (Mo-Fr)"], banned: ["1>5>3"]),
    Story(tags: ["restriction:conditional": "no_left_turn @ wet"], dropped: [.conditionNotUnderstood]),
    Story(tags: ["restriction:conditional": "no_left_turn"], dropped: [.conditionNotUnderstood]),
    Story(
      tags: ["restriction": "no_left_turn", "restriction:conditional": "none @ (weight<3.5)"], banned: ["1>5>3"],
      dropped: [.conditionNotUnderstood]),
    Story(tags: ["restriction:conditional": "no_idea @ (Mo-Fr)"], timed: ["ban 1>5>3 Mo-Fr"]),
    Story(tags: ["restriction:conditional": "stop @ (Mo-Fr)"], dropped: [.restrictionUnknown]),
    Story(
      tags: ["restriction:conditional": "no_left_turn @ (Mo-Fr)", "except": "motorcar"],
      dropped: [.restrictionExceptsCars]),
  ])
  func holdsAtTimes(_ story: Story) throws { try expect(story) }

  @Test(arguments: [
    Story(
      tags: ["day_on": "Monday", "day_off": "Friday", "hour_on": "07:30", "hour_off": "09:30"],
      timed: ["ban 1>5>3 Mo-Fr 07:30-09:30"]),
    Story(tags: ["day_on": "Monday", "day_off": "Friday"], timed: ["ban 1>5>3 Mo-Fr"]),
    Story(
      tags: ["hour_on": "07:00;16:00", "hour_off": "09:00;18:00"], timed: ["ban 1>5>3 07:00-09:00,16:00-18:00"]),
    Story(tags: ["hour_on": "07:30-09:30,17:30-19:30"], timed: ["ban 1>5>3 07:30-09:30,17:30-19:30"]),
    Story(tags: ["hour_on": "07:00"], dropped: [.conditionNotUnderstood]),
    Story(tags: ["hour_on": "7.00 - 17.00", "hour_off": "9.00 - 19.00"], dropped: [.conditionNotUnderstood]),
    Story(tags: ["hour_on": "07:00;16:00", "hour_off": "09:00"], dropped: [.conditionNotUnderstood]),
    Story(tags: ["day_on": "Monday"], dropped: [.conditionNotUnderstood]),
    Story(tags: ["day_on": "Lundi", "day_off": "Vendredi"], dropped: [.conditionNotUnderstood]),
  ])
  func olderTagsTellTimes(_ story: Story) throws {
    var story = story
    story.tags["restriction"] = "no_left_turn"
    try expect(story)
  }

  @Test func conditionsThatAreNotUnderstoodAreListed() throws {
    let map = try imported(["restriction:conditional": "no_left_turn @ (wet)"])
    #expect(map.report.dropped.first?.examples == [ImportReport.Example(osmID: 1, value: "no_left_turn @ (wet)")])
    #expect(map.report.restrictions.isEmpty)
  }

  @Test func aTurnThatAnotherRelationBansStaysBanned() throws {
    var drawn = DrawnMap.crossing()
    drawn.restriction(1, "w1@from,n5@via,w3@to", "no_left_turn", ["restriction:conditional": "none @ (Su)"])
    drawn.restriction(2, "w1@from,n5@via,w2@to", "only_straight_on")
    let map = try drawn.imported()
    #expect(map.timedTurns.isEmpty)
    #expect(map.bannedTurns == ["1>5>1", "1>5>3", "1>5>4"])
  }

  @Test func theStricterTimedBanComesLast() throws {
    var drawn = DrawnMap.crossing()
    drawn.relation(
      1, "w1@from,n5@via,w3@to", ["type": "restriction", "restriction:conditional": "no_left_turn @ (Mo-Fr)"])
    drawn.relation(
      2, "w1@from,n5@via,w3@to",
      ["type": "restriction", "restriction:conditional": "no_left_turn @ (Sa)", "except": "emergency"])
    #expect(try drawn.imported().timedTurns == ["ban 1>5>3! Sa", "ban 1>5>3 Mo-Fr"])
  }

  /// Only `no_entry` has several roads to come from, only `no_exit` several to go to.
  @Test(
    arguments: [
      ("no_entry", "w1@from,w2@from,n5@via,w3@to", ["1>5>3", "2>5>3"]),
      ("no_exit", "w1@from,n5@via,w3@to,w4@to", ["1>5>3", "1>5>4"]), ("no_entry", "w1@from,n5@via,w3@to", ["1>5>3"]),
      ("no_entry", "w1@from,n5@via,w3@to,w4@to", []), ("no_exit", "w1@from,w2@from,n5@via,w3@to", []),
      ("no_left_turn", "w1@from,w2@from,n5@via,w3@to", []), ("no_left_turn", "w1@from,n5@via,w3@to,w4@to", []),
      ("no_idea", "w1@from,n5@via,w3@to,w4@to", []), ("no_left_turn", "w1@from,w1@from,n5@via,w3@to", ["1>5>3"]),
      ("only_left_turn", "w1@from,n5@via,w3@to,w2@to", ["1>5>1", "1>5>2", "1>5>4"]),
      ("only_these", "w1@from,n5@via,w3@to,w2@to", ["1>5>1", "1>5>4"]),
    ] as [(String, String, [String])])
  func aBanHasAsManyRoadsAsItsKind(kind: String, members: String, banned: [String]) throws {
    var drawn = DrawnMap.crossing()
    drawn.restriction(7, members, kind)
    let map = try drawn.imported()
    #expect(map.bannedTurns == banned)
    #expect(map.report.dropped.map(\.reason) == (banned.isEmpty ? [.restrictionMembers] : []))
  }

  /// A road that runs through the via is two roads there: its bend tells which is meant, or nobody knows.
  @Test(
    arguments: [
      ("no_left_turn", "w1@from,n5@via,w3@to", ["1>5>3"]), ("no_right_turn", "w1@from,n5@via,w3@to", ["2>5>3"]),
      ("only_right_turn", "w1@from,n5@via,w3@to", ["2>5>1", "2>5>2", "2>5>4"]),
      ("no_entry", "w1@from,n5@via,w3@to", []),
      ("no_exit", "w3@from,n5@via,w1@to", []), ("no_idea", "w1@from,n5@via,w3@to", []),
      ("no_straight_on", "w1@from,n5@via,w1@to", []), ("no_u_turn", "w1@from,n5@via,w1@to", ["1>5>1", "2>5>2"]),
    ] as [(String, String, [String])])
  func aRoadThroughTheViaIsAmbiguous(kind: String, members: String, banned: [String]) throws {
    var drawn = DrawnMap()
    for (id, east, north) in [(Int64(1), -100.0, 0.0), (2, 100, 0), (3, 0, 100), (4, 0, -100), (5, 0, 0)] {
      drawn.node(id, east, north)
    }
    drawn.way(1, [1, 5, 2])
    drawn.way(3, [5, 3])
    drawn.way(4, [5, 4])
    drawn.restriction(7, members, kind)
    let map = try drawn.imported()
    #expect(map.bannedTurns == banned)
    #expect(map.report.dropped.map(\.reason) == (banned.isEmpty ? [.restrictionAmbiguous] : []))
  }

  /// Who names one road twice hardly means that everybody turns back there.
  @Test(arguments: [("only_straight_on", false), ("only_these", false), ("only_u_turn", true)])
  func nobodyIsSentBackUnderAnotherName(kind: String, turnsBack: Bool) throws {
    var drawn = DrawnMap.crossing()
    drawn.restriction(7, "w1@from,n5@via,w1@to", kind)
    let map = try drawn.imported()
    #expect(map.bannedTurns == (turnsBack ? ["1>5>2", "1>5>3", "1>5>4"] : []))
    #expect(map.report.dropped.map(\.reason) == (turnsBack ? [] : [.restrictionTurnsBack]))
  }

  /// Cars would have nowhere to go.
  @Test(arguments: [["oneway": "yes"], ["access": "no"], ["motor_vehicle": "psv"]])
  func nobodyIsSentWhereCarsMayNotDrive(tags: [String: String]) throws {
    for kind in ["only_left_turn", "only_these"] {
      var drawn = DrawnMap.crossing([3: tags.merging(["highway": "primary"]) { $1 }])
      drawn.restriction(7, "w1@from,n5@via,w3@to", kind)
      let map = try drawn.imported()
      #expect(map.bannedTurns.isEmpty)
      #expect(map.report.dropped.map(\.reason) == [.restrictionCommandsClosed])
    }
  }

  /// Both together would let nobody go on: what is commanded counts.
  @Test func aTurnThatIsCommandedIsNotBanned() throws {
    var drawn = DrawnMap.crossing()
    drawn.restriction(1, "w1@from,n5@via,w2@to", "only_straight_on")
    drawn.restriction(2, "w1@from,n5@via,w2@to", "no_straight_on")
    drawn.restriction(3, "w1@from,n5@via,w3@to", "no_left_turn")
    let map = try drawn.imported()
    #expect(map.bannedTurns == ["1>5>1", "1>5>3", "1>5>4"])
    #expect(map.report.dropped.map(\.reason) == [.restrictionContradicted])
    #expect(map.report.dropped.first?.examples.map(\.osmID) == [2])
  }

  @Test(arguments: [
    ("w1@from,w3@to", DropReason.restrictionIncomplete), ("n5@via,w3@to", .restrictionIncomplete),
    ("w1@from,n5@via", .restrictionIncomplete), ("r1@from,n5@via,w3@to", .restrictionIncomplete),
    ("w1@from,n5@via,n4@via,w3@to", .restrictionSeveralNodes), ("w1@from,n5@via,w99@to", .restrictionMemberMissing),
    ("w99@from,n5@via,w1@to", .restrictionMemberMissing), ("w1@from,n99@via,w3@to", .restrictionMemberMissing),
    ("w1@from,w99@via,w3@to", .restrictionMemberMissing), ("w1@from,w2@via,w99@via,w3@to", .restrictionMemberMissing),
    ("w1@from,n1@via,w3@to", .restrictionDisconnected), ("w1@from,w2@via,w3@to", .restrictionDisconnected),
    ("w1@from,w2@via,w4@via,w3@to", .restrictionDisconnected),
  ])
  func brokenRestrictionsAreReported(members: String, reason: DropReason) throws {
    var drawn = DrawnMap.crossing()
    drawn.restriction(7, members, "no_left_turn")
    let map = try drawn.imported()
    #expect(map.bannedTurns.isEmpty)
    #expect(map.report.dropped.map(\.reason) == [reason])
    #expect(map.report.dropped.first?.examples.first?.osmID == 7)
    #expect(map.report.shadowArcs == 0)
  }
}
