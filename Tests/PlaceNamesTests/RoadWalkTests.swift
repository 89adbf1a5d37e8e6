import API
import Geometry
import MapImport
import RoadGraph
import TestSupport
import Testing

@testable import PlaceNames

/// A drawn town as a road network, without an engine.
struct WalkedTown {
  let town: Town
  let network: RoadNetwork

  init(_ town: Town) throws {
    self.town = town
    network = try MapImporter(source: .text(opl: town.map.opl())).run().network
  }

  /// Halfway between two junctions, driving from the first one to the second.
  func place(_ from: Character, _ to: Character) throws -> RoadPlace {
    try place(town.map.middle(from, to), heading: town.map.coordinate(from).bearingDegrees(to: town.map.coordinate(to)))
  }

  func place(_ coordinate: Coordinate, heading: Double) throws -> RoadPlace {
    let query = Snapper.Query(coordinate, headingDegrees: heading, radiusMeters: 50, count: 1)
    let found = try #require(Snapper(network).candidates(query) { _, _ in true }.first)
    let arc = try #require(found.arcs.forward ?? found.arcs.backward)
    return RoadPlace(arc: arc, position: found.position)
  }

  /// The name of the next junction and the metres to it: `C 150`.
  func next(_ from: Character, _ to: Character, _ view: RoadChain.View = .ahead) throws -> String? {
    try JunctionNames(network).next(from: place(from, to), view).map {
      "\(network.texts[$0.name]) \(Int(($0.lengthMeters / 10).rounded()) * 10)"
    }
  }
}

/// The next junction with a name along a road.
@Suite struct RoadWalkTests {
  /// A grid whose rows and columns are cut into roads at random; walked by its letters.
  @Test(arguments: 0..<12)
  func junctionsAreThoseOfAWalkByHand(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    var town = try Town(
      """
      P-A-B-C-D-E-Q
        | | | | |
        F-G-H-I-J
        | | | | |
      R-K-L-M-N-O-S
      """, metersPerCell: 100)
    // Without them, two roads would be one at a corner.
    for stub in ["PA", "EQ", "RK", "OS"] { town.road(stub, tags: ["name": ""]) }
    var roads: [String] = []
    for line in ["ABCDE", "FGHIJ", "KLMNO", "AFK", "BGL", "CHM", "DIN", "EJO"] {
      var rest = Substring(line)
      while rest.count > 1 {
        let length = Int.random(in: 2...rest.count, using: &random)
        let road = String(rest.prefix(rest.count - length == 1 ? rest.count : length))
        roads.append(road)
        // Some have no name, some of which go on without one.
        let isNameless = Int.random(in: 0..<4, using: &random) == 0
        town.road(road, tags: isNameless ? ["name": ""] : [:])
        if isNameless { roads[roads.count - 1] = "-" + road }
        rest = rest.dropFirst(road.count - 1)
      }
    }
    var names: [Character: String] = [:]
    for letter in "ABCDEFGHIJKLMNO" where Int.random(in: 0..<4, using: &random) == 0 {
      names[letter] = "Place \(letter)"
      town.feature(["junction": "yes", "name": "Place \(letter)"], at: letter)
    }
    let walked = try WalkedTown(town)
    for road in roads where !road.hasPrefix("-") {
      let letters = Array(road)
      for index in letters.indices.dropLast() {
        for isBackward in [false, true] {
          let way = isBackward ? Array(letters[...index].reversed()) : Array(letters[(index + 1)...])
          let found = try walked.next(letters[isBackward ? index + 1 : index], letters[isBackward ? index : index + 1])
          #expect(found == Self.walk(way, on: road, roads, names), "seed \(seed): \(road) \(index) \(isBackward)")
        }
      }
    }
  }

  /// The first of some junctions with a name, or with another road that has one.
  private static func walk(
    _ way: [Character], on road: String, _ roads: [String], _ names: [Character: String]
  ) -> String? {
    for (number, letter) in way.enumerated() {
      let others = roads.filter { $0 != road && !$0.hasPrefix("-") && $0.contains(letter) }
      // Cells of the drawing are two signs wide.
      if let name = names[letter] ?? others.min() { return "\(name) \(100 + 200 * number)" }
    }
    return nil
  }

  @Test func oneWaysAreWalkedBehindToo() throws {
    var town = try Town(
      """
      A--B--C--D
         |  |
         E  F
      """, metersPerCell: 40)
    town.oneway("ABCD", tags: ["name": "Main"])
    town.road("BE", tags: ["name": "West"])
    town.road("CF", tags: ["name": "East"])
    let walked = try WalkedTown(town)
    #expect(try walked.next("B", "C") == "East 60" && walked.next("B", "C", .behind) == "West 60")
    #expect(try walked.next("A", "B", .behind) == nil && walked.next("C", "D") == nil)
  }

  /// A crossing street of a higher class names the junction, whatever is first in the alphabet.
  @Test func theHighestStreetNamesAJunction() throws {
    var town = try Town(
      """
         E
         |
      A--B--C
         |
         D
      """, metersPerCell: 100)
    town.road("ABC", tags: ["name": "Main"])
    town.road("EB", tags: ["name": "Alley"])
    town.road("BD", tags: ["name": "Great Avenue", "highway": "primary"])
    #expect(try WalkedTown(town).next("A", "B") == "Great Avenue 150")
  }

  /// A junction of divided roads has its name at all of its corners, and a bridge over it has none.
  @Test func namedNodesNameTheJunctionsAroundThem() throws {
    var town = try Town(
      """
      A-B-C
      | | |
      D-E-F
      """, metersPerCell: 10)
    town.road("ABC", tags: ["name": "South"])
    town.road("DEF", tags: ["name": "North"])
    town.road("AD", tags: ["name": "a"])
    town.road("BE", tags: ["name": "b"])
    town.road("CF", tags: ["name": "c"])
    town.feature(["junction": "yes", "name": "Centre"], at: "B")
    let walked = try WalkedTown(town)
    let names = walked.network.vertexCoordinate.indices.filter { walked.network.names.name(of: $0) != nil }
    // Three roads meet at B and at E; at the corners only two do.
    #expect(names.count == 2)
    #expect(try walked.next("A", "B") == "Centre 10" && walked.next("D", "E") == "Centre 10")
  }

  /// A bridge or tunnel with a name of its own names the vertex where it begins.
  @Test func bridgesNameWhereTheyBegin() throws {
    var town = try Town(
      """
      A--B--C--D
         |  |
         E  F
      """, metersPerCell: 100)
    town.road("AB", tags: ["name": "Main"])
    town.road("BC", tags: ["name": "Main", "bridge": "yes", "layer": "1", "bridge:name": "Long Bridge"])
    town.road("CD", tags: ["name": "Main"])
    for road in ["BE", "CF"] { town.road(road, tags: ["name": ""]) }
    let walked = try WalkedTown(town)
    #expect(try walked.next("A", "B") == "Long Bridge 150" && walked.next("D", "C") == "Long Bridge 150")
    #expect(try walked.next("B", "C") == nil)
  }

  /// The same where nothing else meets the road, and where one road becomes another.
  @Test func changesOfTheRoadHaveNames() throws {
    var town = try Town("A--B--C--D--E", metersPerCell: 100)
    town.road("AB", tags: ["name": "Main"])
    town.road("BC", tags: ["name": "Main", "bridge": "yes", "layer": "1", "bridge:name": "Long Bridge"])
    town.road("CD", tags: ["name": "Main"])
    town.road("DE", tags: ["name": "Other"])
    let walked = try WalkedTown(town)
    #expect(try walked.next("A", "B") == "Long Bridge 150" && walked.next("D", "C") == "Long Bridge 150")
    #expect(try walked.next("B", "C") == "Other 450" && walked.next("E", "D") == "Main 150")
    #expect(try walked.next("C", "D", .behind) == "Long Bridge 150" && walked.next("D", "E", .behind) == "Main 150")
    #expect(try walked.next("D", "E") == nil)
  }

  /// A road goes on by its number where its name changes; nobody looks beyond where it ends.
  @Test func roadsGoOnByTheirNumber() throws {
    var town = try Town(
      """
      A--B--C--D--G
         |     |
         E     F
      """, metersPerCell: 100)
    town.road("DG", tags: ["name": ""])
    town.road("AB", tags: ["name": "One", "ref": "79"])
    town.road("BCD", tags: ["name": "Two", "ref": "79"])
    town.road("BE", tags: ["name": ""])
    town.road("DF", tags: ["name": "Side"])
    #expect(try WalkedTown(town).next("A", "B") == "Side 750")
  }
}
