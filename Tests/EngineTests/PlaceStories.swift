import API
import Engine
import Fleet
import Geometry
import TestSupport
import Testing

/// Which of several roads at hand a place means: headings, levels, roads that are as near, networks.
@Suite struct PlaceStories {
  private func route(
    _ town: Town, _ from: Place, _ to: Place, profile: String = "plain"
  ) throws -> RouteAnswer {
    try town.testEngine().engine.route(RouteRequest(places: [from, to], profile: profile))
  }

  private func place(_ town: Town, _ letter: Character, _ heading: Double? = nil) -> Place {
    Place(town.map.coordinate(letter), headingDegrees: heading)
  }

  // MARK: Headings

  /// A heading tells directions apart; where it fits nothing at hand, the place stays where it is.
  @Test(arguments: [nil, 0, 10, 170, 350, 80, 95, 260])
  func aHeadingMovesNobodyToAnotherStreet(_ heading: Double?) throws {
    let town = try Town(
      """
      A-----B-----C
      |     |     |
      D--1--E--2--F
      |     |     |
      G-----H-----I
      """, metersPerCell: 30)
    let found = try route(town, place(town, "1", heading), place(town, "2"))
    #expect(found.from.coordinate.distanceMeters(to: town.map.coordinate("1")) < 0.1)
    // West of the way: round the block, or turned at a junction, but never a detour over streets 90 m off.
    #expect(found.route.lengthMeters < (heading == 260 ? 800 : 190))
  }

  /// Receivers give a heading of 0 where a unit stands: it counts for nothing.
  @Test func aStandingUnitHasNoHeading() throws {
    var town = try Town(
      """
      A---------B
      | a       |
      D---------C--1-E
      """, metersPerCell: 12)
    town.oneway("AB")
    let free = try town.ranking(incident: "1", k: 1).units.map(\.route.lengthMeters)
    town.unit("a") { $0.headingDegrees = 0 }
    #expect(try town.ranking(incident: "1", k: 1).units.map(\.route.lengthMeters) == free)
  }

  /// Of two carriageways the one that runs so is meant, also by vehicles that might drive against the other
  /// one's one-way.
  @Test(arguments: ["plain", "siren", "ambulance", "car"])
  func whoMayDriveAgainstAOnewayHasNoSuchHeading(_ profile: String) throws {
    var town = try Town(
      """
      A---------B---E
      |    1    |
      |    2    |
      D---------C---F
      """, metersPerCell: 5)
    town.oneway("AB", tags: ["name": "North"])
    town.oneway("CD", tags: ["name": "South"])
    for letter in "12" {
      let westward = try route(town, place(town, letter, 270), place(town, "D"), profile: profile)
      #expect(westward.from.wayOSMID == TownMap.osmWay("CD"))
      let eastward = try route(town, place(town, letter, 90), place(town, "B"), profile: profile)
      #expect(eastward.from.wayOSMID == TownMap.osmWay("AB"))
      let incident = try route(town, place(town, "F"), place(town, letter, 270), profile: profile)
      #expect(incident.to.wayOSMID == TownMap.osmWay("CD"))
    }
  }

  // MARK: Roads that are as near

  /// A junction of one-ways: who starts or ends there may use each of its arms.
  @Test func aJunctionHasAllItsArms() throws {
    var town = try Town(
      """
          B
          |
      A---X---C
          |
          D
      """)
    town.oneway("DX")
    for way in ["XA", "XB", "XC"] { town.oneway(way) }
    for end in "ABC" { #expect(town.travelSeconds("X", end) == (end == "B" || end == "D" ? 20 : 40)) }
    #expect(town.travelSeconds("D", "X") == 20)
  }

  /// Two streets that don't meet, and a place between them: the one that gives a way counts.
  @Test func ofTwoStreetsThatDoNotMeetTheOneWithAWayCounts() throws {
    let drawing = """
      A---------------------------------------1---------------------------------------B

                                              2

                                              3
      C---------------------------------------4---------------------------------------D
      """
    let town = try Town(drawing, metersPerCell: 0.25)
    #expect(town.travelSeconds("A", "2") == 1)
    #expect(town.travelSeconds("C", "3") == 1)
    #expect(town.travelSeconds("A", "3") == 1)
    let wide = try Town(drawing, metersPerCell: 1)
    #expect(wide.route("A", "3") == "NO_ROUTE")
  }

  @Test func nobodyStartsOrEndsOnAFerry() throws {
    let town = try Town(
      """
      A---B---------C---D
      |   |    1    |   |
      E---F         G---H
      """, metersPerCell: 20)
    let ferry = TownMap.osmWay("BC")
    let lines = town.map.opl().split(separator: "\n").map { line in
      let isFerry = line.hasPrefix("w\(ferry) ")
      return isFerry ? line.replacing("highway=residential", with: "route=ferry") : line
    }
    let engine = try TestEngine(.text(opl: lines.joined(separator: "\n") + "\n")).engine
    func ends(_ from: Character, _ to: Character) throws -> [Int64] {
      let answer = try engine.route(RouteRequest(places: [place(town, from), place(town, to)], profile: "car"))
      return [answer.from.wayOSMID, answer.to.wayOSMID]
    }
    #expect(try !(ends("A", "1") + ends("1", "D")).contains(ferry))
    // It is driven all the same.
    #expect(try ends("A", "D").count == 2)
  }

  // MARK: Levels

  private func tunnelTown() throws -> Town {
    var town = try Town(
      """
      A---------------B
           1
      C---------------D
      |               |
      E---------------F
      """, metersPerCell: 8)
    town.road("AB", tags: ["tunnel": "yes", "layer": "-2", "highway": "primary"])
    town.road("CD")
    return town
  }

  @Test func theStreetIsMeantBeforeTheTunnel() throws {
    let town = try tunnelTown()
    let engine = try town.testEngine().engine
    func snapped(_ place: Place) throws -> SnappedPlace {
      try #require(try engine.snap(SnapRequest(place: place, profile: "plain")).places.first)
    }
    var above = place(town, "1")
    above.coordinate = above.coordinate.interpolated(to: town.map.coordinate("A"), fraction: 0.1)
    #expect(try snapped(above).wayOSMID == TownMap.osmWay("CD"))
    #expect(try !snapped(above).isInTunnel)
    above.levels = LevelFilter(tunnels: .only)
    let below = try snapped(above)
    #expect(below.wayOSMID == TownMap.osmWay("AB"))
    #expect(below.isInTunnel && !below.isOnBridge && below.layer == -2)
    above.levels = LevelFilter(layers: 5...6)
    #expect(throws: EngineError.self) { try snapped(above) }
  }

  // MARK: Networks

  /// Of equal parts none is an island, in whatever direction they are driven.
  @Test func smallMapsOfOnewaysHaveNoIslands() throws {
    var town = try Town(
      """
          B
          |
          1
      A-2-X-3-C
          4
          |
          D
      """)
    town.oneway("DX")
    for way in ["XA", "XB", "XC"] { town.oneway(way) }
    for place in "123" {
      #expect(town.travelSeconds("4", place) == (place == "1" ? 20 : 30))
    }
    #expect(town.route("1", "2") == "NO_ROUTE")
  }

  @Test func aRingIsOneNetworkInBothDirections() throws {
    let town = try Town(
      """
      A-1---2-B
      |       |
      D-------C
      """)
    #expect(town.travelSeconds("1", "2") == 40)
    #expect(town.travelSeconds("2", "1") == 40)
  }

  /// Behind a chain of one-ways that leads out of the map, a place is reached where it lies.
  @Test func aLongWayOutOfTheMapIsEntered() throws {
    var town = try Town(
      """
      A---B---C
      |   |   |
      D---E---F---G---H-1-I
                  |
                  J
      """)
    for way in ["FG", "GH", "HI"] { town.oneway(way) }
    town.oneway("JG")
    #expect(town.travelSeconds("F", "1") == 100)
  }
}
