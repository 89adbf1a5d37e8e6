import API
import Engine
import Geometry
import TestSupport
import Testing

/// What a driver is told on the way through a town, and what goes without saying.
@Suite struct ManeuverStories {
  /// The maneuvers of a route, such as `["depart", "turn right", "arrive"]`.
  private func told(_ town: Town, _ from: Character, _ to: Character, profile: String = "plain") throws -> [String] {
    try town.line(from, to, profile: profile).told
  }

  private static let crossing = """
        B
        |
    A---C---D
        |
        E
    """

  @Test func straightOverACrossingNothingIsTold() throws {
    var town = try Town(Self.crossing)
    town.road("ACD", tags: ["name": "Main"])
    town.road("BCE", tags: ["name": "Cross"])
    #expect(try told(town, "A", "D") == ["depart", "arrive"])
    #expect(try told(town, "A", "B") == ["depart", "turn left", "arrive"])
    #expect(try told(town, "A", "E") == ["depart", "turn right", "arrive"])
    let turn = try town.line("A", "E").steps[1]
    #expect(turn.name == "Cross")
    #expect(turn.maneuver.angleDegrees == 90)
    #expect(turn.maneuver.bearingBefore == 90 && turn.maneuver.bearingAfter == 180)
    #expect(turn.maneuver.coordinate.distanceMeters(to: town.map.coordinate("C")) < 0.1)
    #expect(turn.lengthMeters.rounded() == 200)
  }

  /// A road of a few centimetres between two junctions is none to a driver: nothing is told of it, no angle comes of
  /// it.
  @Test(arguments: [0.0, 0.2, 0.5])
  func aRoadWithoutALengthIsNotTold(meters: Double) throws {
    func place(_ east: Double, _ north: Double) -> Coordinate {
      Coordinate(latitudeE7: Int32(north * 90), longitudeE7: Int32(east * 90))
    }
    var text = OSMText()
    let places = [
      place(-200, 0), place(200, 0), place(0, 200), place(0, -200), place(0, 0), place(meters, -meters),
    ]
    for (index, place) in places.enumerated() { text.addNode(Int64(index + 1), at: place) }
    for (way, nodes) in [(Int64(1), [Int64(1), 5]), (2, [6, 2]), (3, [6, 3]), (4, [5, 4]), (9, [5, 6])] {
      text.addWay(way, nodes: nodes, tags: ["highway": "residential", "name": "Road \(way)"])
    }
    let engine = try TestEngine(.text(opl: text.opl)).engine
    for (end, wanted) in [(1, "new name straight"), (2, "turn left"), (3, "turn right")] {
      var request = RouteRequest(places: [Place(places[0]), Place(places[end])], profile: "plain")
      request.detail = [.steps]
      let route = try engine.route(request).route
      #expect(route.told == ["depart", wanted, "arrive"])
      let degrees = [1: 0, 2: -90, 3: 90]
      #expect(abs(route.steps[1].maneuver.angleDegrees - (degrees[end] ?? 0)) <= 2)
    }
  }

  @Test func aNewNameStraightOnIsTold() throws {
    var town = try Town(Self.crossing)
    town.road("AC", tags: ["name": "Old"])
    town.road("CD", tags: ["name": "New"])
    #expect(try told(town, "A", "D") == ["depart", "new name straight", "arrive"])
  }

  /// The name changes on a bend where no other road meets; a bend alone is nothing to tell.
  @Test func bendsAreNotTold() throws {
    var town = try Town(
      """
      A---B
          |
          C---D
      """)
    town.road("ABCD", tags: ["name": "Winding"])
    #expect(try told(town, "A", "D") == ["depart", "arrive"])
    town = try Town(
      """
      A---B
          |
          C---D
      """)
    town.road("ABC", tags: ["name": "Winding"])
    town.road("CD", tags: ["name": "Straight"])
    #expect(try told(town, "A", "D") == ["depart", "new name left", "arrive"])
  }

  /// A street without a name between two stretches of a named one is not worth a word.
  @Test func namelessStretchesAreNotTold() throws {
    var town = try Town("A---B---C---D")
    town.road("AB", tags: ["name": "Main"])
    town.road("BC", tags: ["name": ""])
    town.road("CD", tags: ["name": "Main"])
    #expect(try told(town, "A", "D") == ["depart", "arrive"])
  }

  @Test func aRoadEndsAtATJunction() throws {
    var town = try Town(
      """
      A---B---C
          |
          D
      """)
    town.road("ABC", tags: ["name": "Bar"])
    town.road("BD", tags: ["name": "Stem"])
    #expect(try told(town, "D", "C") == ["depart", "end of road right", "arrive"])
    #expect(try told(town, "D", "A") == ["depart", "end of road left", "arrive"])
    #expect(try told(town, "A", "C") == ["depart", "arrive"])
    #expect(try told(town, "A", "D") == ["depart", "turn right", "arrive"])
  }

  /// The street turns and keeps its name, while another one goes straight on.
  @Test func aStreetThatTurnsAtAJunctionIsContinued() throws {
    var town = try Town(
      """
      A---B---C
          |
          D
      """)
    town.road("ABD", tags: ["name": "Main"])
    town.road("BC", tags: ["name": "Other"])
    #expect(try told(town, "A", "D") == ["depart", "continue right", "arrive"])
    #expect(try told(town, "A", "C") == ["depart", "new name straight", "arrive"])
  }

  /// A driveway that goes straight on where the road bends is told of; one that leaves a straight road is not.
  @Test func drivewaysDoNotDisturb() throws {
    var town = try Town(
      """
      A---B---C
          |
          D
      """)
    town.road("ABC", tags: ["name": "Main"])
    town.road("BD", tags: ["highway": "service"])
    #expect(try told(town, "A", "C") == ["depart", "arrive"])
    #expect(try told(town, "D", "C") == ["depart", "end of road right", "arrive"])
  }

  /// A sharp bend where nothing else meets needs no word but the new name's.
  @Test func aSharpBendIsTheRoadItself() throws {
    var town = try Town(
      """
      A-----B
             \\
              \\
      D--------C
      """)
    town.road("ABC", tags: ["name": "Loop"])
    town.road("CD", tags: ["name": "Back"])
    #expect(try told(town, "A", "D") == ["depart", "new name sharp right", "arrive"])
  }

  @Test func aVehicleTurnsRoundAtADeadEnd() throws {
    var town = try Town(
      """
      A-1-B---C
      """)
    town.oneway("AB", tags: ["name": "In"])
    town.road("BC", tags: ["name": "Yard"])
    let place = town.map.middle("B", "C")
    var request = RouteRequest(
      places: [Place(place, headingDegrees: 90), Place(place, headingDegrees: 270)], profile: "plain")
    request.detail = [.steps]
    let route = try town.testEngine().engine.route(request).route
    #expect(route.told == ["depart", "continue uturn", "arrive"])
    #expect(abs(route.steps[1].maneuver.angleDegrees) == 180)
  }

  /// A roundabout with four roads; one of them may not be driven into, so it is no exit.
  @Test func exitsOfARoundaboutAreCounted() throws {
    let drawing = """
            N
            |
            B
           / \\
          /   \\
         /     \\
      W-C       A-E
         \\     /
          \\   /
           \\ /
            D
            |
            S
      """
    var town = try Town(drawing)
    town.oneway("ABCDA", tags: ["junction": "roundabout", "name": "Ring"])
    for road in ["EA", "NB", "WC", "SD"] { town.road(road, tags: ["name": road]) }
    #expect(
      try told(town, "S", "E") == ["depart", "roundabout right exit 1", "exit roundabout right exit 1", "arrive"])
    #expect(
      try told(town, "S", "N") == ["depart", "roundabout right exit 2", "exit roundabout right exit 2", "arrive"])
    #expect(
      try told(town, "S", "W") == ["depart", "roundabout right exit 3", "exit roundabout right exit 3", "arrive"])
    #expect(try told(town, "S", "A") == ["depart", "roundabout right", "arrive"])
    #expect(try told(town, "A", "N") == ["depart", "exit roundabout right exit 1", "arrive"])
    var closed = try Town(drawing)
    closed.oneway("ABCDA", tags: ["junction": "roundabout", "name": "Ring"])
    closed.oneway("EA", tags: ["name": "EA"])
    for road in ["NB", "WC", "SD"] { closed.road(road, tags: ["name": road]) }
    for profile in ["plain", "siren"] {
      #expect(
        try told(closed, "S", "N", profile: profile)
          == ["depart", "roundabout right exit 1", "exit roundabout right exit 1", "arrive"])
    }
  }
}

extension Route {
  /// The maneuvers in words, such as `roundabout right exit 2`.
  var told: [String] {
    steps.map { step in
      let exit = step.maneuver.roundaboutExit.map { " exit \($0)" } ?? ""
      return step.maneuver.kind.rawValue + (step.maneuver.modifier.map { " \($0.rawValue)" } ?? "") + exit
    }
  }
}
