import Foundation
import RoadGraph
import TOMLText
import Testing

@testable import Profiles

@Suite struct ProfileSetTests {
  private static let builtInNames = [
    "ambulance", "ambulance_routine", "car", "fire_engine", "fire_engine_routine", "police", "police_routine",
  ]

  /// A folder that lives for the length of `body`.
  private func withFolder(_ files: [String: Data], _ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("profiles-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, bytes) in files { try bytes.write(to: folder.appendingPathComponent(name)) }
    try body(folder.path)
  }

  private func fault(_ files: [String: Data]) throws -> FileError? {
    var fault: FileError?
    try withFolder(files) { folder in
      do { _ = try ProfileSet.load(directory: folder) } catch let error as FileError { fault = error }
    }
    return fault
  }

  /// `car` says everything and explains it, so that a department sees every key; so does each profile that is shown.
  @Test func carAndWhatIsShownLeaveNothingOut() throws {
    func decode(_ text: String, onto base: VehicleProfile) throws -> VehicleProfile {
      try VehicleProfile(toml: text, file: "") { _ in base }
    }
    // A base that differs from every default in every field; `other` differs from it in all of them too.
    let one = VehicleProfile.filled(with: .allowed, 1, share: 0.9, .off)
    let other = VehicleProfile.filled(with: .lastResort, 2, share: 0.8, .on)
    let car = try #require(BuiltInProfiles.files.first)
    #expect(car.name == "car")
    for (name, text) in [car] + ProfileSet.builtIn.profiles.map({ ($0.name, $0.toml) }) {
      #expect(try decode(text, onto: one) == decode(text, onto: other), "\(name)")
      #expect(try decode(text, onto: one) == ProfileSet.builtIn.profile(named: name))
    }
    #expect(try decode(one.toml, onto: other) == one)
    #expect(try decode(other.toml, onto: one) == other)
  }

  /// What each key of each profile comes to: a change of one profile must not move those that are based on it.
  @Test func builtInProfilesAreResolvedAsEver() throws {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("resolved.txt")
    let rows = try String(contentsOf: path, encoding: .utf8).split(separator: "\n").map { $0.split(separator: " ") }
    #expect(rows[0].dropFirst().map(String.init).sorted() == Self.builtInNames)
    for (column, name) in rows[0].enumerated().dropFirst() {
      let values = try Self.values(of: ProfileSet.builtIn.profile(named: String(name)))
      #expect(values.count == rows.count - 1)
      for row in rows.dropFirst() { #expect(values[String(row[0])] == String(row[column]), "\(row[0]) of \(name)") }
    }
  }

  /// The values that a profile shows, by dotted key, without blanks and quotes; the shares of all classes written out.
  private static func values(of profile: VehicleProfile) -> [String: String] {
    var (values, section, standard) = ([String: String](), "", "")
    for line in profile.toml.split(separator: "\n") where !line.hasPrefix("#") {
      if line.hasPrefix("[") { section = line.dropFirst().dropLast() + "." }
      guard let equals = line.firstRange(of: " = ") else { continue }
      let value = line[equals.upperBound...].filter { $0 != " " && $0 != "\"" }
      switch section + line[..<equals.lowerBound] {
      case "name", "summary": break
      case "civil_traffic.default": standard = value
      case let key: values[key] = value
      }
    }
    for roadClass in RoadClass.allCases where values["civil_traffic.\(roadClass.osmName)"] == nil {
      values["civil_traffic.\(roadClass.osmName)"] = standard
    }
    return values
  }

  /// Whoever copies what is shown finds every key of `car` explained.
  @Test func whatIsShownIsExplained() throws {
    let shown = try ProfileSet.builtIn.profile(named: "ambulance").toml
    let car = try #require(BuiltInProfiles.files.first).text
    // The head of the file, up to the first empty line, is about the car alone.
    let body = try #require(car.firstRange(of: "\n\n")).upperBound
    for line in car[body...].split(separator: "\n") where line.hasPrefix("#") { #expect(shown.contains(line)) }
  }

  @Test func someOfASet() throws {
    #expect(try ProfileSet.builtIn.only(["police", "car", "police"]).names == ["car", "police"])
    let fault = #expect(throws: FileError.self) { try ProfileSet.builtIn.only(["car", "hovercraft"]) }
    #expect(fault?.code == .init(.profile, .unknown) && fault?.value == "hovercraft")
  }

  @Test func builtInProfilesAreSane() throws {
    #expect(ProfileSet.builtIn.names == Self.builtInNames)
    for profile in ProfileSet.builtIn.profiles {
      #expect(profile.barriers.bollard == .never)
      #expect(profile.barriers.block == .never)
      #expect(profile.roads.bySmoothness[.impassable] == .never)
      #expect(profile.siren == (profile.name == "car" ? .none : profile.name.hasSuffix("_routine") ? .off : .on))
      if profile.siren == .off { checkRoutine(profile) }
      guard profile.siren == .on else { continue }
      #expect(profile.exemptions.emergencyTurnBans == .never)
      #expect(profile.exemptions.privateRoads == .allowed)
      #expect(profile.exemptions.turnBans == .allowed)
      #expect(profile.exemptions.restrictedAccess == .allowed)
      #expect(profile.exemptions.busLanes == .allowed)
      #expect(profile.exemptions.emergencyWays == .allowed)
      #expect(profile.exemptions.contraflow.use == .lastResort)
      #expect(profile.barriers.removableBollard.use == .lastResort)
      #expect(profile.barriers.lockedGate.delaySeconds > profile.barriers.gate.delaySeconds)
    }
  }

  /// Without siren, a vehicle obeys the rules, yet gets in and out of its station and of a hospital.
  private func checkRoutine(_ profile: VehicleProfile) {
    #expect(profile.exemptions.turnBans == .never)
    #expect(profile.exemptions.contraflow == .never)
    #expect(profile.barriers.removableBollard == .never)
    #expect(profile.exemptions.emergencyWays == .allowed)
    #expect(profile.exemptions.privateRoads == .allowed)
    #expect(profile.civilTraffic.shareByClass[.primary] == 1)
    let withSiren = try? ProfileSet.builtIn.profile(named: String(profile.name.dropLast("_routine".count)))
    #expect(withSiren?.size == profile.size)
  }

  @Test func aFolderIsReadOverTheBuiltInProfiles() throws {
    let files = [
      "police.toml": Data("name = \"police\"\nbased_on = \"police\"\nturnout_seconds = 5\n".utf8),
      "moped.toml": Data("name = \"moped\"\nspeeds.motorway = \"never\"\n".utf8),
      "notes.txt": Data("not a profile".utf8), ".hidden.toml": Data("not a profile".utf8),
    ]
    try withFolder(files) { folder in
      let set = try ProfileSet.load(directory: folder)
      #expect(set.names == (Self.builtInNames + ["moped"]).sorted())
      var police = try ProfileSet.builtIn.profile(named: "police")
      police.turnoutSeconds = 5
      #expect(try set.profile(named: "police") == police)
      #expect(try set.profile(named: "moped").speeds.byClass[.motorway] == nil)
      #expect(try set.profile(named: "car") == ProfileSet.builtIn.profile(named: "car"))
    }
  }

  @Test func refusesFilesThatArentProfiles() throws {
    let large = Data(repeating: UInt8(ascii: "\n"), count: 300_000)
    for bytes in [Data([0xff, 0xfe]), large, Data("name = ".utf8)] {
      let error = try #require(try fault(["x.toml": bytes]))
      #expect(error.code == .init(.profile, .unreadable))
      #expect(error.file.hasSuffix("/x.toml"))
    }
    let misnamed = try #require(try fault(["x.toml": Data("name = \"y\"".utf8)]))
    #expect(misnamed.code == .init(.profile, .badValue))
    #expect(misnamed.key == "name")
    #expect(misnamed.value == "y")
  }

  @Test func refusesAMissingFolder() {
    #expect { try ProfileSet.load(directory: "/no/such/folder") } throws: {
      ($0 as? FileError)?.code == .init(.profile, .unreadable) && ($0 as? FileError)?.file == "/no/such/folder"
    }
  }

  @Test func anUnknownNameListsTheKnownOnes() {
    #expect { try ProfileSet.builtIn.profile(named: "tank") } throws: {
      guard let error = $0 as? FileError else { return false }
      return error.code == .init(.profile, .unknown) && error.value == "tank"
        && error.message.contains(Self.builtInNames.joined(separator: ", "))
    }
  }
}

extension VehicleProfile {
  /// A profile whose every rule, number and speed is the same odd value.
  fileprivate static func filled(
    with rule: PassageRule, _ number: Double, share: Double, _ siren: Siren
  ) -> VehicleProfile {
    var profile = VehicleProfile(name: "filled")
    profile.summary = "\(number)"
    profile.siren = siren
    profile.turnoutSeconds = number
    profile.size = Size(
      heightMeters: number, widthMeters: number, lengthMeters: number, weightTonnes: number, axleLoadTonnes: number)
    profile.speeds = Speeds(
      byClass: KindTable(repeating: number), maxspeedFactor: share, maxKmh: number, narrowMaxKmh: number,
      alternatingMaxKmh: number, movableBridgeMaxKmh: number)
    // No file names what the map doesn't know.
    for surface in Surface.allCases where surface != .unknown { profile.roads.bySurface[surface] = .kmh(number) }
    for smoothness in Smoothness.allCases where smoothness != .unknown {
      profile.roads.bySmoothness[smoothness] = .kmh(number)
    }
    profile.roads.byTrackGrade = Array(repeating: .kmh(number), count: RoadConditions.gradeCount)
    for service in ServiceKind.allCases where service != .none && service != .emergencyAccess {
      (profile.reluctance.byService[service], profile.roads.byService[service]) = (number, .kmh(number))
    }
    (profile.reluctance.narrow, profile.reluctance.alternating) = (number, number)
    profile.reluctance.emergencyWays = number
    profile.delays = Delays(
      trafficSignals: number, stop: number, giveWay: number, crossing: number, trafficCalming: number,
      tollBooth: number, borderControl: number)
    profile.turns = Turns(
      left: number, right: number, sharpLeft: number, sharpRight: number, yielding: number, uTurn: number,
      uTurnAwayFromDeadEnd: rule, uTurnConfined: rule)
    profile.barriers = Barriers(
      gate: rule, liftGate: rule, swingGate: rule, lockedGate: rule, bollard: rule, removableBollard: rule,
      risingBollard: rule, block: rule, heightRestrictor: rule, other: rule)
    profile.exemptions = ExemptionRules(
      turnBans: rule, emergencyTurnBans: rule, contraflow: rule, privateRoads: rule, restrictedAccess: rule,
      destinationOnly: rule, busLanes: rule, highOccupancy: rule, pedestrianZones: rule, parkPaths: rule,
      emergencyWays: rule, tracks: rule, ferries: rule, legalLimits: rule)
    profile.civilTraffic = CivilTraffic(shareByClass: KindTable(repeating: share), besideBusLane: share)
    return profile
  }
}
