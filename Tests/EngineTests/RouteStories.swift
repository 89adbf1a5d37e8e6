import API
import Engine
import TestSupport
import Testing

/// How a vehicle gets from one place of a town to another.
@Suite struct RouteStories {
  @Test(arguments: EngineSetup.allCases)
  func takesTheFasterWay(_ setup: EngineSetup) throws {
    var town = try Town(
      """
      A---B---C
      |   |   |
      D---E---F
      """, setup: setup)
    #expect(town.route("A", "C") == "ABC")
    #expect(town.travelSeconds("A", "C") == 80)
    town.road("ADEFC", kmh: 108)
    #expect(town.route("A", "C") == "ADEFC")
    #expect(town.travelSeconds("A", "C") == 40)
    #expect(town.route("C", "A") == "CFEDA")
    #expect(town.route("B", "E") == "BE")
  }

  @Test func placesLieBetweenJunctions() throws {
    let town = try Town(
      """
      A-1---B----2-C
      """)
    #expect(town.travelSeconds("1", "2") == 90)
    #expect(town.route("1", "2") == "B")
    #expect(town.travelSeconds("2", "1") == 90)
    #expect(town.travelSeconds("1", "A") == 20)
    #expect(town.travelSeconds("1", "1") == 0)
    #expect(town.route("1", "1") == "")
  }

  @Test func onewaysAreDrivenOneWay() throws {
    var town = try Town(
      """
      A-1-2-B
      |     |
      D-----C---E
      """)
    town.oneway("AB")
    #expect(town.route("A", "B") == "AB")
    #expect(town.route("B", "A") == "BCDA")
    // From 2 back to 1: 400 m along the one-way's ends, 1,000 m round the block.
    #expect(town.route("2", "1") == "BCDA")
    #expect(town.travelSeconds("2", "1") == 140)
    #expect(town.route("1", "2") == "")
    #expect(town.travelSeconds("1", "2") == 20)
  }

  @Test func onewaysAgainstTheWayAreTurnedRound() throws {
    var town = try Town(
      """
      A-----B
      |     |
      D-----C---E
      """)
    town.road("AB", tags: ["oneway": "-1"])
    #expect(town.route("A", "B") == "ADCB")
    #expect(town.route("B", "A") == "BA")
  }

  @Test(arguments: EngineSetup.allCases)
  func bannedTurnsBindThoseWithoutSiren(_ setup: EngineSetup) throws {
    var town = try Town(
      """
      A---B---C
          |   |
          D---E
      """, setup: setup)
    town.restriction("ABD", "no_right_turn")
    #expect(town.route("A", "D") == "ABCED")
    #expect(town.route("A", "D", profile: "siren") == "ABD")
    #expect(try town.line("A", "D", profile: "siren").exemptions.map(\.kind) == ["turn_ban"])
    #expect(try town.line("A", "D").exemptions.isEmpty)
    // The ban is for those who come from A.
    #expect(town.route("C", "D") == "CBD" || town.route("C", "D") == "CED")
    #expect(town.route("D", "A") == "DBA")
  }

  @Test func onlyTurnsBanAllOthers() throws {
    var town = try Town(
      """
      A---B---C
          |   |
          D---E
      """)
    town.restriction("ABD", "only_right_turn")
    #expect(town.route("A", "C") == "ABDEC")
    #expect(town.route("A", "C", profile: "siren") == "ABC")
  }

  /// A gate may be opened by those who can; everybody else drives round, or does not get there.
  @Test func gatesStopThoseWhoCannotOpenThem() throws {
    var town = try Town(
      """
      A-G-B
      |   |
      C---D--E
      """)
    town.feature(["barrier": "gate"], at: "G")
    #expect(town.route("A", "B") == "ACDB")
    #expect(town.route("A", "B", profile: "siren") == "AGB")
    #expect(town.travelSeconds("A", "B", profile: "siren") == 50)
    #expect(try town.line("A", "B", profile: "siren").exemptions.map(\.kind) == ["gate"])
  }

  /// Contraflow is a last resort: taken where nothing else leads there, named, and told in true time.
  @Test func contraflowIsALastResort() throws {
    var town = try Town(
      """
      A---B---C
      |   |
      D---E
      """)
    town.oneway("AB")
    town.oneway("CB")
    #expect(town.route("B", "A", profile: "siren") == "BEDA")
    #expect(try town.line("B", "A", profile: "siren").exemptions.isEmpty)
    #expect(town.route("A", "C", profile: "siren") == "ABC")
    #expect(town.travelSeconds("A", "C", profile: "siren") == 80)
    #expect(try town.line("A", "C", profile: "siren").exemptions.map(\.kind) == ["contraflow"])
  }

  @Test func roadsThatPassOverDoNotMeet() throws {
    let town = try Town(
      """
          C
          |
      A---+---B
      |   |   |
      |   D   |
      |   |   |
      E---F---G
      """)
    #expect(town.route("A", "D") == "AEFD")
    #expect(town.route("C", "D") == "CD")
  }

  @Test func stepsFollowTheStreets() throws {
    var town = try Town(
      """
      A---B---C
          |   |
          E   D
      """)
    town.road("ABC", tags: ["name": "Long Street"])
    town.road("CD", tags: ["name": "Side Street", "ref": "S 7"])
    let line = try town.line("A", "D")
    #expect(line.steps.map(\.name) == ["Long Street", "Side Street", "Side Street"])
    #expect(line.steps.map(\.ref) == ["", "S 7", "S 7"])
    #expect(line.steps.map { Town.tenths($0.travelSeconds) } == [80, 20, 0])
    #expect(line.steps.map { $0.lengthMeters.rounded() } == [800, 200, 0])
    #expect(line.steps.map(\.maneuver.angleDegrees) == [0, 90, 0])
    #expect(line.ways.map(\.osmID) == [TownMap.osmWay("ABC"), TownMap.osmWay("CD")])
    #expect(line.lengthMeters.rounded() == 1_000)
    #expect(Town.tenths(line.travelSeconds) == 100)
  }

  /// A place far off the main roads is brought to them, not to an island that happens to be nearer.
  @Test func islandsAreTakenOnlyWhereNothingElseIsNear() throws {
    let town = try Town(
      """
      A---B---C
          |   |
      1   D---E
      G-H
      """)
    #expect(town.route("1", "C") == "ABC" || town.route("1", "C") == "DBC")
  }

  /// Places on the way are passed in their order.
  @Test func routesPassPlacesOnTheWay() throws {
    let town = try Town(
      """
      A---B---C
      |   |   |
      D---E---F
      """)
    var request = RouteRequest(places: "AFB".map { Place(town.map.coordinate($0)) }, profile: "plain")
    request.detail = [.shape]
    let route = try town.testEngine().engine.route(request).route
    #expect(["ABCFEB", "ABCFCB", "ADEFCB", "ADEFEB", "ABEFCB", "ABEFEB"].contains(town.letters(of: route.shape)))
    #expect(Town.tenths(route.travelSeconds) == 100 + 60)
  }

  /// On a divided road the heading chooses the carriageway; without one both are candidates.
  @Test func headingsChooseTheCarriageway() throws {
    var town = try Town(
      """
      A-------------------B
      1
      D-------------------C
      """, metersPerCell: 10)
    town.oneway("BA", tags: ["name": "Ring"])
    town.oneway("DC", tags: ["name": "Ring"])
    let engine = try town.testEngine().engine
    let place = town.map.coordinate("1")
    for (heading, way) in [(90.0, "DC"), (270, "BA")] {
      var request = SnapRequest(place: Place(place, headingDegrees: heading), profile: "plain")
      request.count = 5
      let found = try engine.snap(request).places
      #expect(found.map(\.wayOSMID) == [TownMap.osmWay(way)], "heading \(heading)")
      #expect(found.allSatisfy { abs($0.headingDegrees - heading) < 1 })
    }
  }

  /// One street against its one-way, private as well, with a signal halfway: two uses, not four.
  @Test(arguments: EngineSetup.allCases)
  func listsAUseOnceAlongAStreet(_ setup: EngineSetup) throws {
    var town = try Town("A---B---C", setup: setup)
    town.oneway("CBA", tags: ["access": "private"])
    town.feature(["highway": "traffic_signals"], at: "B")
    let line = try town.line("A", "C", profile: "siren")
    #expect(line.exemptions.map(\.kind) == ["contraflow", "private_road"])
    #expect(line.exemptions.map { $0.lengthMeters.rounded() } == [800, 800])
  }
}
