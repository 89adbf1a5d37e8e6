import RoadGraph
import Testing

@testable import MapImport

@Suite struct AccessTests {
  /// Access of way 1 from OSM node 1 to 2.
  private func access(_ tags: [String: String], highway: String = "residential") throws -> AccessFlags? {
    var drawn = DrawnMap()
    drawn.line(2)
    drawn.way(1, [1, 2], tags.merging(["highway": highway]) { $1 })
    return try drawn.imported().access(1, 2)
  }

  @Test(
    arguments: [
      ([:], AccessFlags.civil), (["access": "yes"], .civil), (["access": "permissive"], .civil),
      (["access": "destination"], [.civil, .destinationOnly]),
      (["motor_vehicle": "customers"], [.civil, .destinationOnly]),
      (["access": "no"], .restricted), (["access": "private"], .ownersOnly), (["vehicle": "no"], .restricted),
      (["access": "no", "vehicle": "yes"], .civil), (["vehicle": "yes", "motor_vehicle": "no"], .restricted),
      (["motor_vehicle": "no", "motorcar": "yes"], .civil), (["motorcar": "no"], .restricted),
      (["access": "agricultural;forestry"], .restricted), (["access": "gibberish"], .civil),
      (["access": "no", "bus": "yes"], .bus), (["motor_vehicle": "no", "psv": "designated"], .bus),
      (["access": "no", "bus": "no"], .restricted), (["bus": "yes"], .civil), (["access": "emergency"], .emergency),
      (["motor_vehicle": "emergency"], .emergency),
      (["access": "emergency", "motor_vehicle": "no"], [.emergency, .restricted]),
      (["emergency": "yes"], [.civil, .emergency]),
      (["access": "no", "emergency": "designated"], [.restricted, .emergency, .emergencyDesignated]),
      (["emergency": "no"], [.civil, .noEmergency]), (["emergency": "fire_hydrant"], .civil),
    ] as [([String: String], AccessFlags)])
  func mostSpecialKeyCounts(tags: [String: String], expected: AccessFlags) throws {
    #expect(try access(tags) == expected)
  }

  @Test(
    arguments: [
      (["access": "permit"], .ownersOnly), (["motor_vehicle": "residents"], .ownersOnly),
      (["access": "unknown"], [.civil, .destinationOnly]), (["motor_vehicle": "delivery"], [.civil, .destinationOnly]),
      (["access": "military"], .restricted), (["access": "no;private"], .ownersOnly),
      (["access": "private; destination"], [.civil, .destinationOnly]), (["access": "no;emergency"], .emergency),
      (["access": "psv"], .bus), (["motor_vehicle": "taxi"], .bus),
      (["access": "private", "psv": "yes"], [.ownersOnly, .bus]),
      (["access": "no", "psv:backward": "yes"], .restricted),
      (["access": "no", "psv:forward": "yes"], .bus),
    ] as [([String: String], AccessFlags)])
  func valuesAreToldApart(tags: [String: String], expected: AccessFlags) throws {
    #expect(try access(tags) == expected)
  }

  @Test(
    arguments: [
      (["emergency:forward": "yes"], [.civil, .emergency]), (["emergency:backward": "yes"], .civil),
      (["motorcar": "emergency"], .emergency), (["vehicle": "emergency"], .emergency),
      (["emergency": "fire_lane"], [.civil, .emergency, .emergencyDesignated]),
      (["fire_lane": "yes"], [.civil, .emergency]),
      (["fire_path": "yes", "access": "no"], [.restricted, .emergency]),
      (["hov": "designated"], [.civil, .highOccupancy]), (["hov": "yes"], .civil),
      (["hov:lanes": "designated|designated"], [.civil, .highOccupancy]), (["hov:lanes": "yes|designated"], .civil),
      (["hov:lanes:backward": "designated"], .civil), (["hov": "only", "access": "no"], .restricted),
    ] as [([String: String], AccessFlags)])
  func respondersAndCarpoolsAreToldApart(tags: [String: String], expected: AccessFlags) throws {
    #expect(try access(tags) == expected)
  }

  @Test func classesHaveTheirOwnDefaults() throws {
    #expect(try access([:], highway: "busway") == .bus)
    #expect(try access([:], highway: "pedestrian") == .footOnly)
    #expect(try access(["motor_vehicle": "no"], highway: "pedestrian") == .footOnly)
    #expect(try access(["access": "no"], highway: "pedestrian") == [.footOnly, .restricted])
    #expect(try access(["access": "destination"], highway: "pedestrian") == .footOnly)
    #expect(try access(["motor_vehicle": "delivery"], highway: "pedestrian") == [.civil, .destinationOnly])
    #expect(try access(["service": "emergency_access"], highway: "service") == .emergency)
    #expect(try access(["service": "emergency_access", "access": "yes"], highway: "service") == .emergency)
    #expect(
      try access(["service": "emergency_access", "access": "private"], highway: "service") == [.restricted, .emergency])
    #expect(try access(["service": "fire_lane"], highway: "service") == [.civil, .emergency])
  }

  /// `access` alone opens the way to all, and leaves it one for feet; a key for vehicles says more.
  @Test(arguments: ["yes", "permissive", "designated", "official"])
  func accessOpensWhereOneWalks(value: String) throws {
    for highway in ["footway", "path", "cycleway", "bridleway", "pedestrian", "runway", "raceway"] {
      #expect(try access(["access": value], highway: highway) == [.civil, .footOnly], "\(highway)")
      #expect(try access(["motor_vehicle": value], highway: highway) == .civil, "\(highway)")
    }
    #expect(try access(["access": value, "motor_vehicle": "no"], highway: "pedestrian") == .footOnly)
  }

  @Test(
    arguments: [
      (["motor_vehicle": "no", "taxi": "yes"], .bus), (["access": "no", "minibus": "designated"], .bus),
      (["access": "taxi"], .bus), (["access": "bus"], .bus), (["motorcar": "psv"], .bus),
      (["access": "official"], .civil), (["highway": "service", "access": "private"], [.ownersOnly, .yard]),
      (["highway": "service", "access": "private", "bus": "yes"], [.ownersOnly, .yard, .bus]),
      (["highway": "service", "access": "private", "service": "emergency_access"], [.restricted, .emergency]),
    ] as [([String: String], AccessFlags)])
  func servicesAreToldApart(tags: [String: String], expected: AccessFlags) throws {
    #expect(try access(tags, highway: tags["highway"] ?? "residential") == expected)
  }

  @Test func directionsCanDiffer() throws {
    var drawn = DrawnMap()
    drawn.line(2)
    drawn.way(1, [1, 2], ["highway": "residential", "motor_vehicle:backward": "no", "emergency:backward": "yes"])
    let map = try drawn.imported()
    #expect(map.access(1, 2) == .civil)
    #expect(map.access(2, 1) == [.restricted, .emergency])
  }

  @Test func unknownValuesAreReported() throws {
    var drawn = DrawnMap()
    drawn.line(2)
    drawn.way(1, [1, 2], ["highway": "residential", "access": "gibberish", "vehicle": "unknown", "oneway": "maybe"])
    let report = try drawn.imported().report
    #expect(report.dropped.map(\.reason) == [.unknownAccess, .unknownOneway])
    #expect(report.dropped.flatMap(\.examples).map(\.value) == ["gibberish", "maybe"])
  }

  // MARK: One-ways

  @Test(arguments: ["yes", "true", "1"])
  func onewayHasAContraflowArc(value: String) throws {
    var drawn = DrawnMap()
    drawn.line(2)
    drawn.way(1, [1, 2], ["highway": "residential", "oneway": value])
    let map = try drawn.imported()
    #expect(map.access(1, 2) == .civil)
    #expect(map.access(2, 1) == .contraflow)
    #expect(map.attributes(1)?.flags == .oneway)
    #expect(map.report.contraflowArcs == 1)
  }

  @Test(arguments: ["-1", "reverse"])
  func onewayCanRunAgainstTheWay(value: String) throws {
    var drawn = DrawnMap()
    drawn.line(2)
    drawn.way(1, [1, 2], ["highway": "residential", "oneway": value])
    let map = try drawn.imported()
    #expect(map.access(1, 2) == .contraflow)
    #expect(map.access(2, 1) == .civil)
  }

  @Test(arguments: ["motorway", "motorway_link", "trunk"])
  func motorwaysHaveNoContraflow(highway: String) throws {
    var drawn = DrawnMap()
    drawn.line(3)
    drawn.way(1, [1, 2], ["highway": highway, "oneway": "yes"])
    drawn.way(2, [2, 3], ["highway": highway, "oneway": "yes", "oneway:emergency": "no"])
    let map = try drawn.imported()
    #expect(map.arcs == ["1>2", "2>3", "3>2"])
    #expect(map.access(3, 2) == [.contraflow, .emergency])
    #expect(map.report.count(of: .contraflowOnMotorway) == 1)
  }

  @Test(
    arguments: [
      (["highway": "motorway"], true), (["highway": "motorway_link"], true), (["highway": "trunk"], false),
      (["highway": "motorway", "oneway": "no"], false), (["highway": "residential", "junction": "roundabout"], true),
      (["highway": "residential", "junction": "circular"], true), (["highway": "primary", "oneway": "no"], false),
      (["highway": "primary", "oneway": "yes", "oneway:motor_vehicle": "no"], false),
      (["highway": "primary", "oneway:motorcar": "yes"], true),
      (["highway": "primary", "oneway:vehicle": "yes"], true),
      (["highway": "primary", "oneway:motorcar": "no", "oneway:vehicle": "yes"], false),
      (["highway": "residential", "junction": "circular", "oneway": "0"], false),
      (["highway": "motorway", "oneway": "false"], false),
      (["highway": "primary", "oneway:motorcar": "maybe", "oneway": "1"], true),
    ] as [([String: String], Bool)])
  func someOnewaysAreImplied(tags: [String: String], isOneway: Bool) throws {
    var drawn = DrawnMap()
    drawn.line(2)
    drawn.way(1, [1, 2], tags)
    let map = try drawn.imported()
    #expect(map.attributes(1)?.flags.contains(.oneway) == isOneway)
    #expect(map.access(2, 1)?.contains(.civil) ?? false == !isOneway)
  }

  @Test(
    arguments: [
      (["oneway:emergency": "no"], [.contraflow, .emergency]), (["oneway:bus": "no"], [.contraflow, .bus]),
      (["oneway:psv": "no"], [.contraflow, .bus]), (["psv": "opposite_lane"], [.contraflow, .bus]),
      (["busway:left": "opposite_lane"], [.contraflow, .bus]), (["psv:backward": "yes"], [.contraflow, .bus]),
      (["lanes:psv:backward": "1"], [.contraflow, .bus]), (["bus:lanes:backward": "designated"], [.contraflow, .bus]),
      (["bus:forward": "yes"], .contraflow), (["lanes:psv": "1"], .contraflow), (["hov": "designated"], .contraflow),
      (["emergency": "yes"], .contraflow),
      (["emergency:backward": "yes"], [.contraflow, .emergency]), (["emergency": "no"], nil),
      (["access": "private"], [.contraflow, .ownersOnly]), (["access": "destination"], .contraflow),
    ] as [([String: String], AccessFlags?)])
  func tagsSayWhoMayDriveAgainstAOneway(tags: [String: String], expected: AccessFlags?) throws {
    var drawn = DrawnMap()
    drawn.line(2)
    drawn.way(1, [1, 2], tags.merging(["highway": "residential", "oneway": "yes"]) { $1 })
    #expect(try drawn.imported().access(2, 1) == expected)
  }
}
