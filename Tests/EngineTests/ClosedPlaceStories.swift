import API
import TestSupport
import Testing

@testable import Engine

/// Scenes, units and stops where roads are closed: what lies there is reached and left, and nothing is crossed.
@Suite struct ClosedPlaceStories {
  private static func closed(_ line: Route) -> [String] {
    line.exemptions.filter { $0.kind == "closed_road" }
      .map { "\(Int($0.lengthMeters.rounded())) \($0.closureIDs.joined(separator: ","))" }
  }

  /// A fire with all roads around it closed, over several junctions.
  @Test(arguments: EngineSetup.allCases)
  func aSceneInAClosedAreaIsReached(_ setup: EngineSetup) throws {
    let town = try Town(
      """
      A---B---C---K
      |   |   |   |
      D-2-E-1-F-3-J
      |   |   |   |
      G---H---I---L
      """, setup: setup)
    // From 2 to 3, 150 m to each side: the ways in over E and over F have the fewest closed metres.
    try town.put(town.box("2", "3", halfWidthMeters: 150), id: "fire")
    let line = try town.line("A", "1")
    #expect(town.letters(of: line.shape) == "ABE" && Town.tenths(line.travelSeconds) == 80)
    #expect(Self.closed(line) == ["150 fire", "200 fire"])
    #expect(line.needsLastResort)
    // Nobody drives through it.
    #expect(town.route("B", "H") == "BADGH")
    #expect(try town.line("B", "H").exemptions.isEmpty)
  }

  @Test(arguments: EngineSetup.allCases)
  func theHeadOfAClosedCulDeSacIsReached(_ setup: EngineSetup) throws {
    let town = try Town("A---B---C", setup: setup)
    try town.put(.way(osmID: TownMap.osmWay("BC"), direction: .both), id: "works")
    let line = try town.line("A", "C")
    #expect(Town.tenths(line.travelSeconds) == 80 && Self.closed(line) == ["400 works"])
    #expect(town.travelSeconds("C", "A") == 80)
    #expect(try town.line("A", "B").exemptions.isEmpty)
  }

  @Test(arguments: EngineSetup.allCases)
  func aClosedCrossingIsReachedAndNotCrossed(_ setup: EngineSetup) throws {
    let town = try Town(
      """
      A---B---C
      |   |   |
      D---E---F
      |   |   |
      G---H---I
      """, setup: setup)
    try town.put(town.circle("E", 20), id: "crash")
    let line = try town.line("B", "E")
    #expect(Town.tenths(line.travelSeconds) == 20 && Self.closed(line) == ["20 crash"])
    #expect(town.travelSeconds("E", "H") == 20)
    #expect(town.travelSeconds("B", "H") == 120)
  }

  /// It stands near the western edge and faces east.
  @Test(arguments: EngineSetup.allCases)
  func aUnitLeavesByTheNearEdge(_ setup: EngineSetup) throws {
    var town = try Town(
      """
      E-A-1-a-----2-B-F
        |           |
        C-----------D
      """, setup: setup)
    town.unit("a") { $0.headingDegrees = 90 }
    try town.put(town.box("1", "2"))
    #expect(try town.etas(incident: "C") == ["a 60"])
    #expect(try town.etas(incident: "D") == ["a 180"])
  }

  @Test(arguments: EngineSetup.allCases)
  func aClosedBridgeIsNotCrossed(_ setup: EngineSetup) throws {
    let town = try Town(
      """
      E-A---1---B-F
        |       |
        C-------D
      """, setup: setup)
    try town.put(town.circle("1", 50))
    #expect(town.route("A", "B") == "ACDB")
    // What is on it is entered and left at one side.
    #expect(town.travelSeconds(over: "A1B") == 200)
    let cut = try Town("A---1---B", setup: setup)
    try cut.put(cut.circle("1", 50))
    #expect(cut.route("A", "B") == "NO_ROUTE")
    #expect(cut.travelSeconds("A", "1") == 40)
  }

  /// Places on the very road of the barrier: nobody drives to its end and back for them.
  @Test(arguments: EngineSetup.allCases)
  func whatLiesOnTheSameRoadIsReachedAlongIt(_ setup: EngineSetup) throws {
    let drawing = """
      F-C-2-A-a-1-3-B-G
        |           |
        D-----------E
      """
    for heading in [nil, 90.0] {
      var town = try Town(drawing, setup: setup)
      town.unit("a") { $0.headingDegrees = heading }
      try town.put(town.circle("1", 50))
      // Into the closed stretch ahead, and turned round before it.
      #expect(try town.etas(incident: "1") == ["a 20"], "\(heading ?? -1)")
      #expect(try town.etas(incident: "2") == ["a 40"], "\(heading ?? -1)")
      #expect(town.travelSeconds("1", "2") == 60)
      #expect(town.travelSeconds("1", "3") == 20)
    }
  }

  /// Between two barriers a unit serves what lies there, and each of the two.
  @Test(arguments: EngineSetup.allCases)
  func betweenTwoBarriersThereIsAWay(_ setup: EngineSetup) throws {
    let town = try Town("A---1---a-2---3---B---b-C", setup: setup)
    try town.put(town.circle("1", 30), id: "west")
    try town.put(town.circle("3", 30), id: "east")
    #expect(try town.etas(incident: "2") == ["a 20"])
    #expect(try town.etas(incident: "1") == ["a 40"])
    #expect(Set(try town.etas(incident: "3")) == ["a 60", "b 80"])
    #expect(try town.etas(incident: "B") == ["b 40"])
  }

  /// Turning round before a barrier takes its time.
  @Test func turningRoundIsCounted() throws {
    var town = try Town(
      """
      F-C-2-A-a-1-3-B-G
        |           |
        D-----------E
      """)
    town.unit("a") { ($0.headingDegrees, $0.profile, $0.turnoutSeconds) = (90, "ambulance", 0) }
    try town.put(town.circle("1", 50))
    let ahead = try town.ranking(incident: "2", k: 1).units.map(\.etaSeconds)
    town.unit("a") { $0.headingDegrees = 270 }
    try town.put(town.circle("1", 50))
    let behind = try town.ranking(incident: "2", k: 1).units.map(\.etaSeconds)
    let seconds = TestProfiles.all.profiles.first { $0.name == "ambulance" }?.turns.uTurn
    #expect(ahead.map { Town.tenths($0) } == behind.map { Town.tenths($0 + (seconds ?? -1)) })
  }
}
