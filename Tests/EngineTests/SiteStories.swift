import API
import Engine
import TestSupport
import Testing

/// Which roads a place means.
@Suite struct SiteStories {
  private func answer(_ town: Town, _ from: Character, _ to: Character) throws -> RouteAnswer {
    try town.testEngine().engine.route(
      RouteRequest(places: [Place(town.map.coordinate(from)), Place(town.map.coordinate(to))], profile: "plain"))
  }

  /// The far carriageway is taken where it saves the way round, if a place may mean it and it runs the opposite way.
  @Test func aDividedRoadHasTwoCarriageways() throws {
    let drawing = """
      A---------1---------B
      |                   |
      D---------2---------C
      """
    var ring = try Town(drawing, metersPerCell: 4)
    ring.oneway("BA", tags: ["name": "Ring"])
    ring.oneway("DC", tags: ["name": "Ring"])
    // From 1, which lies on the carriageway to the west, one may start on the one to the east.
    #expect(ring.route("1", "C") == "C")
    // Where they are farther apart, who is on one is not on the other.
    var wide = try Town(drawing, metersPerCell: 10)
    wide.oneway("BA", tags: ["name": "Ring"])
    wide.oneway("DC", tags: ["name": "Ring"])
    #expect(wide.route("1", "C") == "ADC")
    var streets = try Town(drawing, metersPerCell: 4)
    streets.oneway("BA", tags: ["name": "North"])
    streets.oneway("DC", tags: ["name": "South"])
    #expect(streets.route("1", "C") == "ADC")
    var nameless = try Town(drawing, metersPerCell: 4)
    nameless.oneway("BA", tags: ["name": ""])
    nameless.oneway("DC", tags: ["name": ""])
    #expect(nameless.route("1", "C") == "ADC")
  }

  /// Behind a barrier in the middle of a street there is no way in: the nearest place in front of it is meant.
  @Test func aPlaceBehindABarrierIsReachedUpToIt() throws {
    var town = try Town(
      """
      A---B-G-1-C
      |   |
      D---E
      """, metersPerCell: 20)
    town.feature(["barrier": "block"], at: "G")
    let there = try answer(town, "D", "1")
    #expect(there.to.distanceMeters.rounded() == 40)
    #expect(there.route.lengthMeters.rounded() == 160)
  }

  /// A car drives through a company's yard if it must, but neither starts nor ends there; a unit does.
  @Test func aYardIsNoPlaceToStop() throws {
    var town = try Town(
      """
      C---1---D
      |
      E-------F
      """, metersPerCell: 10)
    town.road("CD", tags: ["highway": "service", "access": "private"])
    func places(_ from: Character, _ to: Character, _ profile: String) throws -> [Double] {
      let places = [Place(town.map.coordinate(from)), Place(town.map.coordinate(to))]
      return [try town.testEngine().engine.route(RouteRequest(places: places, profile: profile)).to.distanceMeters]
    }
    #expect(try places("E", "1", "car").first?.rounded() == 20)
    #expect(try places("E", "1", "ambulance").first?.rounded() == 0)
    var through = try Town("A---B---C---D")
    through.road("BC", tags: ["highway": "service", "access": "private"])
    #expect(through.route("A", "D", profile: "car") == "ABCD")
  }

  /// Two lanes of one street that run side by side in the same direction are two places.
  @Test func whatRunsTheSameWayIsNoOtherCarriageway() throws {
    var town = try Town(
      """
      A---------1---------B
      |                   |
      D---------2---------C
      """, metersPerCell: 10)
    town.oneway("BA", tags: ["name": "Ring"])
    town.oneway("CD", tags: ["name": "Ring"])
    #expect(town.route("1", "D") == "AD")
    #expect(try answer(town, "1", "D").from.wayOSMID == TownMap.osmWay("BA"))
  }

  /// A place on a one-way does not mean what of the street lies before it.
  @Test func aPlaceOnAOnewayIsOnThatStretch() throws {
    var town = try Town(
      """
      A-1-B-2-C
      |   |   |
      D---E---F
      """, metersPerCell: 10)
    town.oneway("ABC", tags: ["name": "Main"])
    #expect(town.route("2", "1") == "CFEDA")
    #expect(try answer(town, "2", "1").from.coordinate.distanceMeters(to: town.map.coordinate("2")) < 0.1)
  }

  @Test func theFarSideOfARoundaboutIsAnotherPlace() throws {
    var town = try Town(
      """
      A-1-B---E
      |   |
      D-2-C---F
      """, metersPerCell: 10)
    town.oneway("BADCB", tags: ["junction": "roundabout", "name": "Ring"])
    #expect(town.route("1", "B") == "ADCB")
  }

  /// A closed area far from the roads: who goes there from outside is brought to the nearest road of the town.
  @Test func islandsAreNoEndsOfTripsFromOutside() throws {
    let town = try Town(
      """
      A---B---C
      |   |   |
      D---E---F




      G-1---2-H
      """)
    #expect(town.route("A", "1") == "AD")
    #expect(try answer(town, "A", "1").to.distanceMeters > 400)
    #expect(town.route("2", "C") == "FC")
  }

  /// Who stays in the closed area is not sent out of it.
  @Test func tripsWithinAnIslandStayThere() throws {
    let town = try Town(
      """
      A---B---C
      |   |   |
      D---E---F




      G-1---2-H
      """)
    #expect(town.travelSeconds("1", "2") == 40)
    #expect(try answer(town, "1", "2").to.distanceMeters < 0.1)
  }

  @Test func anIslandAloneIsTaken() throws {
    let town = try Town(
      """
      A---B---C                         G-1---2-H
      |   |   |
      D---E---F
      """)
    #expect(town.travelSeconds("1", "2") == 40)
    #expect(town.route("A", "1") == "NO_ROUTE")
  }
}
