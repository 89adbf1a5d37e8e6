import RoadGraph
import Testing

@testable import MapImport

/// Ferries, shuttle trains, movable bridges, reversed and shared lanes, and paths.
@Suite struct RouteTagTests {
  private func imported(_ tags: [String: String]) throws -> TestMap {
    var drawn = DrawnMap()
    drawn.line(2)
    drawn.way(1, [1, 2], tags)
    return try drawn.imported()
  }

  @Test(
    arguments: [
      ("20", 1200), ("00:20", 1200), ("1:30", 5400), ("00:20:30", 1230), ("PT1H20M", 4800), ("PT45S", 45),
      ("P1DT1H", 90_000),
      ("20 min", nil), ("", nil), ("0", nil), ("1:90", nil), ("-5", nil), ("PT", nil), ("P", nil), ("PT1X", nil),
      ("1:2:3:4", nil), ("99999999999999", nil), ("PT99999999999999H", nil), ("400:00", nil), (":", nil),
    ] as [(String, UInt32?)])
  func readsDurations(value: String, seconds: UInt32?) {
    #expect(RouteTags.durationSeconds(of: value) == seconds)
  }

  @Test func carriersTakeTheirTime() throws {
    let ferry = try imported(["route": "ferry", "duration": "00:20"])
    #expect(ferry.attributes(1)?.roadClass == .ferry)
    #expect(ferry.attributes(1)?.durationSeconds == 1200)
    let train = try imported(["railway": "rail", "route": "shuttle_train", "duration": "PT35M"])
    #expect(train.attributes(1)?.roadClass == .shuttleTrain)
    #expect(train.attributes(1)?.durationSeconds == 2100)
    let road = try imported(["highway": "primary", "duration": "soon"])
    #expect(road.attributes(1)?.durationSeconds == 0)
    #expect(road.report.dropped.isEmpty)
  }

  /// A boat that names people and bicycles only takes no vehicle; one that names nobody is taken for a ferry for cars.
  @Test(
    arguments: [
      (["foot": "yes"], false), (["foot": "designated", "bicycle": "permissive"], false), (["bicycle": "yes"], false),
      (["passengers": "yes"], false), (["cargo": "passengers;bicycle"], false),
      (["foot": "yes", "moped": "yes"], false),
      (["foot": "yes", "motor_vehicle": "no"], false), (["foot": "yes", "capacity:car": "0"], false),
      (["foot": "yes", "bicycle": "yes", "wheelchair": "yes", "horse": "no"], false), ([:], true),
      (["foot": "yes", "hgv": "no"], false), (["foot": "yes", "access": "no"], false),
      (["foot": "no", "bicycle": "no"], true), (["foot": "yes", "motor_vehicle": "yes"], true),
      (["foot": "yes", "motorcar": "designated"], true), (["foot": "yes", "hgv": "yes"], true),
      (["foot": "yes", "access": "yes"], true), (["cargo": "passengers;vehicle"], true),
      (["foot": "yes", "capacity:car": "12"], true), (["foot": "yes", "vehicle:conditional": "yes @ (Mo)"], true),
      (["foot": "yes", "emergency": "yes"], true),
    ] as [([String: String], Bool)])
  func boatsForPeopleTakeNoVehicle(tags: [String: String], takesVehicles: Bool) throws {
    var drawn = DrawnMap()
    drawn.line(3)
    drawn.way(1, [1, 2])
    drawn.way(2, [2, 3], ["route": "ferry"].merging(tags) { $1 })
    let map = try drawn.imported()
    #expect((map.attributes(2) != nil) == takesVehicles)
    #expect(map.report.dropped.map(\.reason) == (takesVehicles ? [] : [.ferryWithoutCars]))
    if tags["emergency"] != nil { #expect(map.attributes(2)?.forward.access == .emergency) }
  }

  @Test func strangeDurationsAreListed() throws {
    let report = try imported(["route": "ferry", "duration": "soon"]).report
    #expect(report.dropped.map(\.reason) == [.unparsableDuration])
    #expect(report.dropped.first?.examples == [ImportReport.Example(osmID: 1, value: "soon")])
  }

  @Test(arguments: [
    ["bridge": "movable"], ["bridge": "yes", "bridge:movable": "bascule"],
  ])
  func movableBridges(tags: [String: String]) throws {
    let map = try imported(tags.merging(["highway": "primary", "duration": "5"]) { $1 })
    #expect(map.attributes(1)?.flags == [.bridge, .movableBridge])
    #expect(map.attributes(1)?.durationSeconds == 300)
  }

  @Test func alternatingTrafficRunsBothWays() throws {
    let map = try imported(["highway": "primary", "oneway": "alternating"])
    #expect(map.attributes(1)?.flags == .alternating)
    #expect(map.access(1, 2) == .civil)
    #expect(map.access(2, 1) == .civil)
  }

  @Test func reversibleRoadsAreClosedAndCounted() throws {
    let map = try imported(["highway": "primary", "oneway": "reversible"])
    #expect(map.access(1, 2) == .restricted)
    #expect(map.access(2, 1) == .restricted)
    #expect(map.report.dropped.map(\.reason) == [.onewayReversible])
  }

  @Test(arguments: ["no", "minor", "widening"])
  func someWorksLeaveARoadOpen(works: String) throws {
    #expect(try imported(["highway": "primary", "construction": works]).arcs.count == 2)
  }

  @Test(arguments: [
    ("alley", ServiceKind.alley), ("parking_aisle", .parkingAisle), ("driveway", .driveway),
    ("drive-thru", .driveThrough),
    ("emergency_access", .emergencyAccess), ("gibberish", .none), ("gibberish;alley", .alley),
  ])
  func serviceKinds(value: String, kind: ServiceKind) throws {
    #expect(try imported(["highway": "service", "service": value]).attributes(1)?.service == kind)
  }

  @Test(
    arguments: [
      (["highway": "service", "access": "private"], [.ownersOnly, .yard]),
      (["highway": "service", "access": "permit"], .ownersOnly),
      (["highway": "track", "access": "private"], AccessFlags.restricted),
      (["highway": "busway", "access": "no"], .restricted),
      (["highway": "pedestrian", "access": "yes"], [.civil, .footOnly]),
      (["highway": "pedestrian", "motor_vehicle": "private"], .footOnly),
      (["highway": "pedestrian", "access": "private"], [.footOnly, .restricted]),
    ] as [([String: String], AccessFlags)])
  func someClassesAreClosedToVisitors(tags: [String: String], expected: AccessFlags) throws {
    #expect(try imported(tags).access(1, 2) == expected)
  }

  @Test(
    arguments: [
      (["highway": "track"], false), (["highway": "track", "access": "yes"], true),
      (["highway": "track", "motor_vehicle": "destination"], true),
      (["highway": "track", "motor_vehicle": "no"], false),
      (["highway": "pedestrian", "motor_vehicle": "yes"], true),
      (["highway": "footway", "motor_vehicle": "yes"], true),
      (["highway": "primary", "motor_vehicle": "yes"], false),
    ] as [([String: String], Bool)])
  func tagsCanOpenWhatIsClosedToCars(tags: [String: String], isOpened: Bool) throws {
    let map = try imported(tags)
    #expect(map.attributes(1)?.flags.contains(.openedToCars) == isOpened)
  }

  // MARK: Paths

  @Test(arguments: ["footway", "path", "cycleway"])
  func widePavedPathsAreKept(highway: String) throws {
    let map = try imported(["highway": highway, "surface": "asphalt", "width": "2.5 m"])
    #expect(map.attributes(1)?.roadClass == .path)
    #expect(map.attributes(1)?.legalLimits.widthCentimeters == 250)
    #expect(map.access(1, 2) == .footOnly)
  }

  @Test(arguments: [
    ["width": "2.4"], ["surface": "gravel"], ["surface": "wood"], ["footway": "sidewalk"], ["footway": "crossing"],
    ["is_sidepath": "yes"], ["bridge": "yes"], ["indoor": "yes"], ["width": "wide"], ["highway": "steps"],
  ])
  func otherPathsAreNot(tags: [String: String]) throws {
    let path = ["highway": "footway", "surface": "paved", "width": "4"].merging(tags) { $1 }
    #expect(throws: ImportError.self) { try imported(path) }
  }
}
