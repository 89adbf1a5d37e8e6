import Foundation
import RoadGraph
import Testing

@testable import Profiles

@Suite struct ProfileSetTests {
  private static var profileFolder: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Maps/Profiles")
  }

  /// A folder that lives for the length of `body`.
  private func withFolder(_ files: [String: Data], _ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("profiles-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, bytes) in files { try bytes.write(to: folder.appendingPathComponent(name)) }
    try body(folder.path)
  }

  private func fault(_ files: [String: Data]) throws -> ProfileError? {
    var fault: ProfileError?
    try withFolder(files) { folder in
      do { _ = try ProfileSet.load(directory: folder) } catch let error as ProfileError { fault = error }
    }
    return fault
  }

  @Test func builtInProfilesAreTheFilesByteForByte() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.profileFolder.path)
      .filter { $0.hasSuffix(".toml") }.sorted()
    #expect(names == ["ambulance.toml", "car.toml", "fire_engine.toml", "police.toml"])
    #expect(DefaultProfiles.files.map { "\($0.name).toml" } == names)
    for file in DefaultProfiles.files {
      let bytes = try Data(contentsOf: Self.profileFolder.appendingPathComponent("\(file.name).toml"))
      #expect(Data(file.text.utf8) == bytes, "\(file.name).toml: run Maps/Profiles/embed")
    }
  }

  /// A built-in profile says everything, so that a department that copies it sees every key.
  @Test func builtInProfilesLeaveNothingOut() throws {
    func decode(_ text: String, onto base: VehicleProfile) throws -> VehicleProfile {
      try VehicleProfile(toml: text, file: "") { _ in base }
    }
    // A base that differs from every default in every field; `other` differs from it in all of them too.
    let one = VehicleProfile.filled(with: .allowed, 1, share: 0.9, .off)
    let other = VehicleProfile.filled(with: .lastResort, 2, share: 0.8, .on)
    for file in DefaultProfiles.files {
      #expect(try decode(file.text, onto: one) == decode(file.text, onto: other), "\(file.name)")
    }
  }

  @Test func builtInProfilesAreSane() throws {
    #expect(ProfileSet.builtIn.names == ["ambulance", "car", "fire_engine", "police"])
    for profile in ProfileSet.builtIn.profiles {
      #expect(profile.barriers.bollard == .never)
      #expect(profile.barriers.block == .never)
      guard profile.siren == .on else { continue }
      #expect(profile.exemptions.turnBans == .allowed)
      #expect(profile.exemptions.restrictedAccess == .allowed)
      #expect(profile.exemptions.busLanes == .allowed)
      #expect(profile.exemptions.emergencyWays == .allowed)
      #expect(profile.exemptions.contraflow.use == .lastResort)
      #expect(profile.barriers.removableBollard.use == .lastResort)
      #expect(profile.barriers.lockedGate.delaySeconds > profile.barriers.gate.delaySeconds)
    }
    #expect(try ProfileSet.builtIn.profile(named: "car").siren == .off)
  }

  @Test func aFolderIsReadOverTheBuiltInProfiles() throws {
    let files = [
      "police.toml": Data("name = \"police\"\nbased_on = \"police\"\nturnout_seconds = 5\n".utf8),
      "moped.toml": Data("name = \"moped\"\nspeeds.motorway = \"never\"\n".utf8),
      "notes.txt": Data("not a profile".utf8), ".hidden.toml": Data("not a profile".utf8),
    ]
    try withFolder(files) { folder in
      let set = try ProfileSet.load(directory: folder)
      #expect(set.names == ["ambulance", "car", "fire_engine", "moped", "police"])
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
      #expect(error.code == .unreadable)
      #expect(error.file.hasSuffix("/x.toml"))
    }
    let misnamed = try #require(try fault(["x.toml": Data("name = \"y\"".utf8)]))
    #expect(misnamed.code == .badValue)
    #expect(misnamed.key == "name")
    #expect(misnamed.value == "y")
  }

  @Test func refusesAMissingFolder() {
    #expect { try ProfileSet.load(directory: "/no/such/folder") } throws: {
      ($0 as? ProfileError)?.code == .unreadable && ($0 as? ProfileError)?.file == "/no/such/folder"
    }
  }

  @Test func anUnknownNameListsTheKnownOnes() {
    #expect { try ProfileSet.builtIn.profile(named: "tank") } throws: {
      guard let error = $0 as? ProfileError else { return false }
      return error.code == .unknown && error.value == "tank"
        && error.message.contains("ambulance, car, fire_engine, police")
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
    profile.speeds = Speeds(
      byClass: RoadClassTable(repeating: number), maxspeedFactor: share, maxKmh: number, unpavedMaxKmh: number)
    profile.delays = Delays(
      trafficSignals: number, stop: number, giveWay: number, crossing: number, trafficCalming: number)
    profile.turns = Turns(left: number, right: number, sharp: number, uTurn: number, uTurnAwayFromDeadEnd: rule)
    profile.barriers = Barriers(
      gate: rule, liftGate: rule, swingGate: rule, lockedGate: rule, bollard: rule, removableBollard: rule,
      risingBollard: rule, block: rule, other: rule)
    profile.exemptions = ExemptionRules(
      turnBans: rule, contraflow: rule, restrictedAccess: rule, destinationOnly: rule, busLanes: rule,
      pedestrianZones: rule, emergencyWays: rule, tracks: rule, ferries: rule)
    profile.civilTraffic = CivilTraffic(shareByClass: RoadClassTable(repeating: share))
    return profile
  }
}
