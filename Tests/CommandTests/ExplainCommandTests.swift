import Engine
import Foundation
import Profiles
import TestSupport
import Testing

@testable import tocsin

/// `tocsin profile` and `tocsin explain`, as people run them.
@Suite(.enabled(if: Program.path != nil, "\(Program.hint)"))
struct ExplainCommandTests {
  private let folder = TemporaryFolder()

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  /// What is shown is a file: edited in a folder of one's own, it is the profile from then on.
  @Test func shownProfilesAreRead() throws {
    let shown = try Program.run("profile", "show", "ambulance")
    #expect(shown.status == 0, "\(shown.complaint)")
    let profile = try VehicleProfile(toml: shown.output, file: "ambulance.toml")
    #expect(try profile == ProfileSet.builtIn.profile(named: "ambulance"))
    let edited = shown.output.replacing("turnout_seconds = 60\n", with: "turnout_seconds = 45\n")
    try edited.write(to: folder.url("ambulance.toml"), atomically: true, encoding: .utf8)
    #expect(try Program.run("profile", "show", "ambulance", "--profiles", folder.path("")).output == edited)
    let unknown = try Program.run("profile", "show", "tank")
    #expect(unknown.status == 1 && unknown.complaint.hasPrefix("PROFILE_UNKNOWN: "), "\(unknown.complaint)")
  }

  @Test func profilesAreListed() throws {
    let listed = try Program.run("profile", "list")
    for name in ProfileSet.builtIn.names { #expect(listed.output.contains("\n\(name) ")) }
    let profiles = try object(Program.run("profile", "list", "--json").output)["profiles"] as? [[String: String]]
    #expect(profiles?.compactMap { $0["name"] } == ProfileSet.builtIn.names)
  }

  @Test func explainsAWay() throws {
    let (city, map) = (folder.path("city.osm.pbf"), folder.path("city.tocsin"))
    #expect(try Program.run("make-city", "--junctions", "200", "-o", city).status == 0)
    #expect(try Program.run("import", city, "-o", map).status == 0)
    let way = try CityMap(path: map).network.ways[position: 0].osmID
    let told = try Program.run("explain", map, "--way", "\(way)", "--profile", "car")
    #expect(told.status == 0, "\(told.complaint)")
    for word in ["way \(way), for car\n", "class  ", "access", "no server was asked", "stretch ", " along ", "because"]
    {
      #expect(told.output.contains(word), "\(word) in \(told.output)")
    }
    let json = try object(Program.run("explain", map, "--way", "\(way)", "--profile", "car", "--json").output)
    #expect(json["way"] as? Int64 == way && json["profile"] as? String == "car" && json["closures"] == nil)
    #expect((json["parts"] as? [[String: Any]])?.first?["reason"] is [String: Any])
    let unknown = try Program.run("explain", map, "--way", "1")
    #expect(unknown.status == 1 && unknown.complaint.hasPrefix("UNKNOWN_WAY: "), "\(unknown.complaint)")
  }
}
