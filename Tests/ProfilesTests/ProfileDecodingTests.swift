import Profiles
import RoadGraph
import TOMLText
import Testing

/// Reads a text as the file `test.toml`.
private func decode(_ toml: String) throws(FileError) -> VehicleProfile {
  try VehicleProfile(toml: toml, file: "test.toml")
}

/// The error that a text gives, or nil.
private func fault(_ toml: String) -> FileError? {
  do {
    _ = try decode(toml)
    return nil
  } catch {
    return error
  }
}

@Suite struct ProfileDecodingTests {
  @Test func readsEveryKindOfValue() throws {
    let profile = try decode(
      """
      name = "ladder_truck"
      summary = "소방차"
      siren = "on"
      turnout_seconds = 75.5
      [speeds]
      motorway = 80
      track = "never"
      maxspeed_factor = 0.9
      [turns]
      u_turn_away_from_dead_end = { seconds = 12, last_resort = true }
      [barriers]
      gate = 15
      [exemptions]
      turn_bans = "allowed"
      contraflow = "last_resort"
      pedestrian_zones = { max_kmh = 10 }
      tracks = "never"
      [civil_traffic]
      default = 0.5
      service = 1
      """)
    #expect(profile.name == "ladder_truck")
    #expect(profile.summary == "소방차")
    #expect(profile.siren == .on)
    #expect(profile.turnoutSeconds == 75.5)
    #expect(profile.speeds.byClass[.motorway] == 80)
    #expect(profile.speeds.byClass[.track] == nil)
    #expect(profile.speeds.maxspeedFactor == 0.9)
    #expect(profile.turns.uTurnAwayFromDeadEnd == PassageRule(.lastResort, delaySeconds: 12))
    #expect(profile.barriers.gate == PassageRule(.allowed, delaySeconds: 15))
    #expect(profile.exemptions.turnBans == .allowed)
    #expect(profile.exemptions.contraflow == .lastResort)
    #expect(profile.exemptions.pedestrianZones == PassageRule(.allowed, maxKmh: 10))
    #expect(profile.exemptions.tracks == .never)
    #expect(profile.civilTraffic.shareByClass[.primary] == 0.5)
    #expect(profile.civilTraffic.shareByClass[.service] == 1)
  }

  @Test func readsWhatRoadsAreLike() throws {
    let profile = try decode(
      """
      name = "ladder_truck"
      civil_traffic.bus_lane = 0.1
      [vehicle]
      height_meters = 3.4
      [surfaces]
      gravel = 25
      sand = "never"
      [smoothness]
      horrible = 7.5
      [track_grades]
      grade5 = "never"
      grade1 = "any"
      [reluctance]
      alley = 3
      drive-through = 2
      """)
    #expect(profile.civilTraffic.besideBusLane == 0.1)
    #expect(profile.size.heightMeters == 3.4)
    #expect(profile.roads.bySurface[.gravel] == .kmh(25))
    #expect(profile.roads.bySurface[.sand] == .never)
    #expect(profile.roads.bySmoothness[.horrible] == .kmh(7.5))
    #expect(profile.roads.byTrackGrade == [.any, .kmh(40), .kmh(30), .kmh(25), .never])
    #expect(profile.reluctance.byService[.alley] == 3)
    #expect(profile.reluctance.byService[.driveThrough] == 2)
  }

  @Test func leftOutKeysAreThoseOfTheBase() throws {
    let car = try ProfileSet.builtIn.profile(named: "car")
    let ambulance = try ProfileSet.builtIn.profile(named: "ambulance")
    var expected = car
    expected.name = "mine"
    #expect(try decode("name = \"mine\"") == expected)
    expected = ambulance
    expected.name = "mine"
    expected.speeds.byClass[.residential] = 33
    #expect(try decode("name = \"mine\"\nbased_on = \"ambulance\"\nspeeds.residential = 33") == expected)
  }

  @Test(arguments: [
    ("nmae = \"x\"\nname = \"x\"", "nmae"),
    ("name = \"x\"\n[speeds]\nmotorwya = 3", "speeds.motorwya"),
    ("name = \"x\"\n[turns]\nleft = 3", "turns.left"),
    ("name = \"x\"\n[barriers]\ngate = { secs = 3 }", "barriers.gate.secs"),
    ("name = \"x\"\n[barriers]\ngate = { max_kmh = 3 }", "barriers.gate.max_kmh"),
    ("name = \"x\"\n[exemptions]\nu_turns = \"allowed\"", "exemptions.u_turns"),
    ("name = \"x\"\n[civil_traffic]\nshare = 1", "civil_traffic.share"),
    ("name = \"x\"\n[surfaces]\nunknown = 1", "surfaces.unknown"),
    ("name = \"x\"\n[vehicle]\nheight = 3", "vehicle.height"),
    ("name = \"x\"\n[track_grades]\ngrade6 = 3", "track_grades.grade6"),
    ("name = \"x\"\n[reluctance]\nnone = 3", "reluctance.none"),
    ("name = \"x\"\n\"a\\u0000b\" = 1", "a"),
  ])
  func refusesUnknownKeys(_ toml: String, _ key: String) throws {
    let error = try #require(fault(toml))
    #expect(error.code == .init(.profile, .unknownKey))
    #expect(error.key == key)
    #expect(error.file == "test.toml")
    #expect(error.line == Self.line(of: key, in: toml))
  }

  /// The line that begins with the last part of a key; with an inline table, that of the table.
  private static func line(of key: String, in toml: String) -> Int {
    let lines = toml.split(separator: "\n", omittingEmptySubsequences: false)
    let names = key.split(separator: ".").reversed()
    return names.lazy.compactMap { name in lines.lastIndex { $0.hasPrefix("\(name) =") } }.first.map { $0 + 1 } ?? 1
  }

  @Test(arguments: [
    ("summary = \"no name\"", "name"),
    ("name = 3", "name"),
    ("name = \"\"", "name"),
    ("name = \"Fire Engine\"", "name"),
    ("name = \"\(String(repeating: "a", count: 65))\"", "name"),
    ("name = \"x\"\nbased_on = \"no_such\"", "based_on"),
    ("name = \"x\"\nsiren = true", "siren"),
    ("name = \"x\"\nsiren = \"loud\"", "siren"),
    ("name = \"x\"\nturnout_seconds = -1", "turnout_seconds"),
    ("name = \"x\"\nturnout_seconds = \"60\"", "turnout_seconds"),
    ("name = \"x\"\nspeeds = 50", "speeds"),
    ("name = \"x\"\n[speeds]\nprimary = 0", "speeds.primary"),
    ("name = \"x\"\n[speeds]\nprimary = 301", "speeds.primary"),
    ("name = \"x\"\n[speeds]\nprimary = nan", "speeds.primary"),
    ("name = \"x\"\n[speeds]\nprimary = inf", "speeds.primary"),
    ("name = \"x\"\n[speeds]\nprimary = \"fast\"", "speeds.primary"),
    ("name = \"x\"\n[speeds]\nprimary = [50]", "speeds.primary"),
    ("name = \"x\"\n[speeds]\nmaxspeed_factor = 10", "speeds.maxspeed_factor"),
    ("name = \"x\"\n[speeds]\nmax_kmh = \"never\"", "speeds.max_kmh"),
    ("name = \"x\"\n[delays]\nstop_seconds = 1979-05-27", "delays.stop_seconds"),
    ("name = \"x\"\n[turns]\nleft_seconds = 86401", "turns.left_seconds"),
    ("name = \"x\"\n[barriers]\ngate = \"open\"", "barriers.gate"),
    ("name = \"x\"\n[barriers]\ngate = true", "barriers.gate"),
    ("name = \"x\"\n[barriers]\ngate = -3", "barriers.gate"),
    ("name = \"x\"\n[barriers]\ngate = { seconds = \"3\" }", "barriers.gate.seconds"),
    ("name = \"x\"\n[barriers]\ngate = { last_resort = 1 }", "barriers.gate.last_resort"),
    ("name = \"x\"\n[exemptions]\ncontraflow = { max_kmh = 0 }", "exemptions.contraflow.max_kmh"),
    ("name = \"x\"\n[civil_traffic]\ndefault = 2.5", "civil_traffic.default"),
    ("name = \"x\"\n[vehicle]\nheight_meters = 11", "vehicle.height_meters"),
    ("name = \"x\"\n[vehicle]\nweight_tonnes = -1", "vehicle.weight_tonnes"),
    ("name = \"x\"\n[surfaces]\nsand = \"slow\"", "surfaces.sand"),
    ("name = \"x\"\n[surfaces]\nsand = 0", "surfaces.sand"),
    ("name = \"x\"\n[reluctance]\nnarrow = 0.5", "reluctance.narrow"),
  ])
  func refusesBadValues(_ toml: String, _ key: String) throws {
    let error = try #require(fault(toml))
    #expect(error.code == .init(.profile, .badValue))
    #expect(error.key == key)
    #expect(error.file == "test.toml")
    #expect(error.line == Self.line(of: key, in: toml))
  }

  @Test func namesTheOffendingValue() throws {
    let error = try #require(fault("name = \"x\"\n[speeds]\nprimary = 301"))
    #expect(error.value == "301")
    #expect(
      error.description.hasPrefix("PROFILE_BAD_VALUE: test.toml:3:speeds.primary: must be a number from 1 to 300"))
  }

  @Test(arguments: ["name = ", "[speeds\n", "name = \"x\"\nname = \"y\"", "\u{0}", "name = \"x\" \u{0}"])
  func refusesWhatIsNotTOML(_ toml: String) throws {
    let error = try #require(fault(toml))
    #expect(error.code == .init(.profile, .unreadable))
    #expect(error.file == "test.toml")
  }

  @Test func tellsTheLineOfAFault() throws {
    #expect(try #require(fault("name = \"x\"\n\nsiren = = 3")).line == 3)
  }
}
