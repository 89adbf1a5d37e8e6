import API
import Engine
import Geometry
import TestSupport
import Testing

/// Forks and ramps: roads that meet at angles which a drawing of text does not have.
@Suite struct ForkStories {
  /// Roads through points that are given in metres east and north.
  private struct Sketch {
    let points: [Character: (east: Double, north: Double)]
    private var text = OSMText()
    private var wayCount: Int64 = 0

    init(_ points: [Character: (east: Double, north: Double)]) {
      self.points = points
      for letter in points.keys { text.addNode(TownMap.osmNode(letter), at: coordinate(letter)) }
    }

    func coordinate(_ letter: Character) -> Coordinate {
      let (east, north) = points[letter] ?? (0, 0)
      let stepE7 = 1e7 / Earth.metersPerDegree
      return Coordinate(
        latitudeE7: Int32((north * stepE7).rounded()), longitudeE7: 1_000_000_000 + Int32((east * stepE7).rounded()))
    }

    mutating func road(_ letters: String, _ tags: [String: String]) {
      wayCount += 1
      text.addWay(wayCount, nodes: letters.map(TownMap.osmNode), tags: tags)
    }

    func told(_ from: Character, _ to: Character) throws -> [String] {
      var request = RouteRequest(places: [Place(coordinate(from)), Place(coordinate(to))], profile: "plain")
      request.detail = [.steps]
      return try TestEngine(.text(opl: text.opl)).engine.route(request).route.told
    }
  }

  private static func street(_ name: String, _ highway: String = "residential") -> [String: String] {
    ["highway": highway, "name": name]
  }

  private static let fork: [Character: (Double, Double)] = [
    "A": (0, 0), "B": (300, 0), "C": (600, 120), "D": (600, -120),
  ]

  @Test func roadsThatSplitAreForks() throws {
    var sketch = Sketch(Self.fork)
    sketch.road("AB", Self.street("Stem"))
    sketch.road("BC", Self.street("North"))
    sketch.road("BD", Self.street("South"))
    #expect(try sketch.told("A", "C") == ["depart", "fork slight left", "arrive"])
    #expect(try sketch.told("A", "D") == ["depart", "fork slight right", "arrive"])
  }

  /// Of two roads that go about straight, the one that keeps its name and is the greater one is the way on.
  @Test func theMainRoadGoesOn() throws {
    var sketch = Sketch(["A": (0, 0), "B": (300, 0), "C": (600, 20), "D": (600, -150)])
    sketch.road("ABC", Self.street("Main", "primary"))
    sketch.road("BD", Self.street("Side", "secondary"))
    #expect(try sketch.told("A", "C") == ["depart", "arrive"])
    #expect(try sketch.told("A", "D") == ["depart", "fork slight right", "arrive"])
  }

  /// Off a motorway, over a street, and onto the next one.
  @Test func rampsAreTold() throws {
    var sketch = Sketch([
      "A": (0, 0), "B": (500, 0), "C": (1500, 0), "D": (2000, 0), "E": (700, -80), "F": (1300, -80), "G": (700, -400),
      "H": (1300, -400), "X": (1000, 3000),
    ])
    sketch.road("DXA", Self.street("Back"))
    sketch.road("ABCD", ["highway": "motorway", "ref": "A 1"])
    sketch.road("BE", ["highway": "motorway_link", "oneway": "yes"])
    sketch.road("FC", ["highway": "motorway_link", "oneway": "yes"])
    sketch.road("GEFH", Self.street("Main", "primary"))
    #expect(try sketch.told("A", "D") == ["depart", "arrive"])
    #expect(try sketch.told("A", "G") == ["depart", "off ramp slight right", "turn right", "arrive"])
    #expect(
      try sketch.told("A", "H")
        == ["depart", "off ramp slight right", "new name slight left", "continue right", "arrive"])
    // At E cars can only go on to F.
    #expect(try sketch.told("G", "D") == ["depart", "on ramp slight left", "merge slight right", "arrive"])
  }

  /// A ramp that ends at a crossing road does not merge with it.
  @Test func aRampMayEndAtARoad() throws {
    var sketch = Sketch(["A": (0, 0), "B": (500, 0), "C": (500, 400), "D": (500, -400)])
    sketch.road("AB", ["highway": "trunk_link", "oneway": "yes"])
    sketch.road("CBD", Self.street("Cross", "trunk"))
    #expect(try sketch.told("A", "C") == ["depart", "end of road left", "arrive"])
    #expect(try sketch.told("A", "D") == ["depart", "end of road right", "arrive"])
  }

  /// A ramp that leaves straight on where the motorway bends away.
  @Test func aRampBesideAMotorwayLiesOnItsSide() throws {
    var sketch = Sketch(["A": (0, 0), "B": (500, 0), "C": (3000, 750), "D": (3000, 0), "X": (1000, -3000)])
    sketch.road("CXA", Self.street("Back"))
    sketch.road("DX", Self.street("Side"))
    sketch.road("ABC", ["highway": "motorway", "ref": "A 1"])
    sketch.road("BD", ["highway": "motorway_link"])
    #expect(try sketch.told("A", "C") == ["depart", "arrive"])
    #expect(try sketch.told("A", "D") == ["depart", "off ramp slight right", "arrive"])
  }
}
