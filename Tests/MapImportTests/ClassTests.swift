import RoadGraph
import Testing

@testable import MapImport

@Suite struct ClassTests {
  @Test(arguments: [
    ("motorway", RoadClass.motorway), ("trunk_link", .trunkLink), ("tertiary", .tertiary), ("road", .unclassified),
    ("living_street", .livingStreet), ("service", .service), ("track", .track), ("busway", .busway),
    ("pedestrian", .pedestrian),
  ])
  func keepsWhatVehiclesDrive(highway: String, roadClass: RoadClass) throws {
    var drawn = DrawnMap()
    drawn.line(2)
    drawn.way(1, [1, 2], ["highway": highway])
    #expect(try drawn.imported().attributes(1)?.roadClass == roadClass)
  }

  @Test(
    arguments: [
      (["highway": "footway"], DropReason.wayNotDriven), (["highway": "steps", "emergency": "yes"], .wayNotDriven),
      (["highway": "raceway"], .wayNotDriven), (["highway": "construction"], .wayNotInUse),
      (["highway": "proposed"], .wayNotInUse), (["highway": "pedestrian", "area": "yes"], .wayIsArea),
      (["route": "ferry", "motor_vehicle": "no"], .ferryWithoutCars),
      (["route": "ferry", "access": "no"], .ferryWithoutCars),
      (["highway": "primary", "construction": "bridge"], .wayNotInUse),
      (["highway": "primary", "railway": "construction"], .wayNotInUse),
      (["highway": "service", "access": "no", "emergency": "no"], .wayClosedToAll),
    ] as [([String: String], DropReason)])
  func dropsTheRestAndSaysWhy(tags: [String: String], reason: DropReason) throws {
    var drawn = DrawnMap()
    drawn.line(3)
    drawn.way(1, [1, 2])
    drawn.way(2, [2, 3], tags)
    let map = try drawn.imported()
    #expect(map.arcs == ["1>2", "2>1"])
    #expect(map.report.dropped.map(\.reason) == [reason])
    #expect(map.report.dropped.first?.examples.first?.osmID == 2)
  }

  @Test(arguments: [
    ["emergency": "yes"], ["emergency": "designated"], ["access": "emergency"], ["motor_vehicle": "emergency"],
    ["service": "emergency_access"],
  ])
  func keepsPathsForResponders(tags: [String: String]) throws {
    var drawn = DrawnMap()
    drawn.line(2)
    drawn.way(1, [1, 2], tags.merging(["highway": "cycleway"]) { $1 })
    let map = try drawn.imported()
    #expect(map.attributes(1)?.roadClass == .path)
    let access = try #require(map.access(1, 2))
    #expect(access.isSuperset(of: [.emergency, .footOnly]))
    #expect(!access.contains(.civil))
  }

  @Test func ferriesAreRoads() throws {
    var drawn = DrawnMap()
    drawn.line(2)
    drawn.way(1, [1, 2], ["route": "ferry"])
    let map = try drawn.imported()
    #expect(map.attributes(1)?.roadClass == .ferry)
    #expect(map.access(1, 2) == .civil)
  }

  @Test func readsFlagsLayerAndNames() throws {
    var drawn = DrawnMap()
    drawn.line(3)
    let tags = [
      "highway": "primary", "bridge": "yes", "toll": "yes", "surface": "gravel", "layer": "-2", "name": "세종대로",
      "ref": "QL.1A",
    ]
    drawn.way(1, [1, 2], tags)
    drawn.way(
      2, [2, 3], ["highway": "track", "tunnel": "no", "name": "Đường Trường Chinh, 1%=@", "service": "fire_lane"])
    let map = try drawn.imported()
    #expect(map.attributes(1)?.flags == [.bridge, .toll])
    #expect(map.attributes(1)?.surface == .gravel)
    #expect(map.attributes(1)?.layer == -2)
    #expect(map.attributes(2)?.flags == .emergencyAccess)
    let ways = map.network.ways.buffer
    #expect(ways.map { map.network.texts[$0.name] } == ["세종대로", "Đường Trường Chinh, 1%=@"])
    #expect(ways.map { map.network.texts[$0.ref] } == ["QL.1A", ""])
    #expect(ways.map(\.nodeCount) == [2, 2])
  }

  @Test func waysShareAttributes() throws {
    var drawn = DrawnMap()
    drawn.line(4)
    for id in 1...3 { drawn.way(Int64(id), [Int64(id), Int64(id) + 1]) }
    #expect(try drawn.imported().network.attributes.count == 1)
  }
}
