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
      (["highway": "primary", "construction": "yes"], .wayNotInUse),
      (["highway": "steps", "access": "yes"], .wayNotDriven),
      (["highway": "corridor", "access": "yes"], .wayNotDriven),
      (["highway": "platform", "motor_vehicle": "yes"], .wayNotDriven), (["highway": "runway"], .wayNotDriven),
      (["highway": "runway", "foot": "yes"], .wayNotDriven), (["highway": "footway", "psv": "yes"], .wayNotDriven),
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

  /// A tag opens what its class leaves closed, in the directions of which it speaks.
  @Test(arguments: [
    (["highway": "runway", "access": "yes"], true, true), (["highway": "runway", "vehicle": "yes"], true, true),
    (["highway": "runway", "access": "private", "motorcar": "permissive"], true, true),
    (["highway": "whatever", "motor_vehicle": "yes"], true, true),
    (["highway": "cycleway", "motor_vehicle": "designated"], true, true),
    (["highway": "footway", "motor_vehicle:backward": "destination"], false, true),
    (["highway": "raceway", "emergency": "yes"], false, false),
  ])
  func tagsOpenAnyClass(tags: [String: String], forward: Bool, backward: Bool) throws {
    var drawn = DrawnMap()
    drawn.line(2)
    drawn.way(1, [1, 2], tags)
    let map = try drawn.imported()
    #expect(map.attributes(1)?.roadClass == .path)
    #expect(map.access(1, 2)?.contains(.civil) == forward)
    #expect(map.access(2, 1)?.contains(.civil) == backward)
  }

  @Test(
    arguments: [
      (["ice_road": "yes"], RoadFlags.winterRoad), (["winter_road": "yes"], .winterRoad),
      (["seasonal": "winter"], .winterRoad), (["surface": "ice"], .winterRoad), (["ice_road": "no"], []),
      (["seasonal": "no"], []), (["ford": "yes"], .ford), (["ford": "stepping_stones"], .ford), (["ford": "no"], []),
      (["flood_prone": "yes"], .floodProne), (["tidal": "yes"], .floodProne), (["flood_prone": "no"], []),
      (["ford": "yes", "flood_prone": "yes"], [.ford, .floodProne]),
    ] as [([String: String], RoadFlags)])
  func readsWaterAndIce(tags: [String: String], flags: RoadFlags) throws {
    var drawn = DrawnMap()
    drawn.line(2)
    drawn.way(1, [1, 2], tags.merging(["highway": "unclassified"]) { $1 })
    #expect(try drawn.imported().attributes(1)?.flags == flags)
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
