import Engine
import Foundation
import Profiles
import TestSupport
import Testing

@testable import Checks

/// Why roads cost what they cost: each story has one reason, and it is named.
@Suite struct ExplainStories {
  private func explain(
    _ town: Town, _ way: String, by profile: VehicleProfile = TestProfiles.siren, overrides: String? = nil,
    at moment: Date = TestClock().now
  ) throws -> WayExplanation {
    let folder = TemporaryFolder()
    let checked = try overrides.map { text in
      try text.write(to: folder.url("o.toml"), atomically: true, encoding: .utf8)
      return try CheckedOverrides(path: folder.path("o.toml"), profileNames: TestProfiles.all.names)
    }
    let network = try town.testEngine().engine.map.network
    let explainer = WayExplainer(network: network, profile: profile, overrides: checked, at: moment)
    return try #require(explainer.explanation(ofWay: TownMap.osmWay(way)))
  }

  private func reasons(_ parts: [WayExplanation.Part]) -> [String] { parts.map(\.reason.text) }

  @Test func aSignedLimit() throws {
    var town = try Town("A---B---C")
    town.road("ABC", kmh: 50, tags: ["surface": "asphalt"])
    var profile = TestProfiles.plain
    profile.speeds.maxspeedFactor = 0.72
    let explanation = try explain(town, "ABC", by: profile)
    #expect(explanation.facts.contains { $0.name == "maxspeed" && $0.value == "50" })
    #expect(explanation.facts.contains { $0.name == "surface" && $0.value == "asphalt" })
    #expect(
      explanation.parts.map(\.isAgainstWay).contains(false) && explanation.parts.map(\.isAgainstWay).contains(true))
    for part in explanation.parts {
      #expect(part.speedKmh == 36 && part.seconds == part.lengthMeters / 10)
      #expect(part.reason.key == "speeds.maxspeed_factor" && part.reason.value == "0.72")
      #expect(part.reason.text == "maxspeed 50, speeds.maxspeed_factor = 0.72")
    }
  }

  @Test func aCapBelowTheLimit() throws {
    var town = try Town("A---B")
    town.road("AB", kmh: 50, tags: ["surface": "gravel"])
    var profile = TestProfiles.plain
    profile.roads.bySurface[.gravel] = .kmh(20)
    #expect(Set(reasons(try explain(town, "AB", by: profile).parts)) == ["surfaces.gravel = 20"])
    profile.roads.bySurface[.gravel] = .never
    let closed = try explain(town, "AB", by: profile).parts
    #expect(Set(reasons(closed)) == ["surfaces.gravel = \"never\""])
    #expect(closed.allSatisfy { $0.seconds == nil && $0.speedKmh == nil })
  }

  @Test func againstAOneWay() throws {
    var town = try Town("A---B")
    town.oneway("AB")
    let parts = try explain(town, "AB").parts
    #expect(parts.map(\.isAgainstWay) == [false, true])
    #expect(parts.map(\.exemptions) == [[], ["contraflow"]])
    #expect(parts[0].reluctanceSeconds == 0 && parts[1].reluctanceSeconds > 3_600)
    let barred = try explain(town, "AB", by: TestProfiles.plain).parts
    #expect(barred.map { $0.seconds == nil } == [false, true])
    #expect(barred[1].reason.text == "exemptions.contraflow = \"never\"")
  }

  /// Between two roads of one way, at a junction of three, and locked.
  @Test(arguments: ["A---B---C", "A---B---C\n    |\n    D"])
  func aGate(_ drawing: String) throws {
    var town = try Town(drawing)
    town.road("ABC")
    town.feature(["barrier": "gate"], at: "B")
    func gate(_ profile: VehicleProfile) throws -> WayExplanation.Part? {
      try explain(town, "ABC", by: profile).parts.first { $0.kind == "gate" }
    }
    let opened = try #require(try gate(TestProfiles.siren))
    #expect(opened.node == TownMap.osmNode("B") && opened.seconds == 10 && opened.exemptionSeconds == 10)
    #expect(opened.reason.text == "barriers.gate = 10" && opened.exemptions == ["gate"])
    let shut = try #require(try gate(TestProfiles.plain))
    #expect(shut.seconds == nil && shut.reason.text == "barriers.gate = \"never\"")
    town.feature(["barrier": "gate", "locked": "yes"], at: "B")
    #expect(try gate(TestProfiles.siren)?.reason.key == "barriers.locked_gate")
  }

  @Test func anOverride() throws {
    var town = try Town("A---B---C")
    town.road("ABC")
    town.feature(["highway": "traffic_signals"], at: "B")
    let text = """
      [[way]]
      id = \(TownMap.osmWay("ABC"))
      speed_kmh = 18
      direction = "forward"
      note = "Sett"

      [[way]]
      id = \(TownMap.osmWay("ABC"))
      access = "deny"
      direction = "backward"
      profiles = ["siren"]

      [[node]]
      id = \(TownMap.osmNode("B"))
      seconds = 8
      """
    let explanation = try explain(town, "ABC", overrides: text)
    #expect(explanation.overrides.map(\.line) == [1, 7, 13])
    #expect(
      explanation.overrides.map(\.text) == ["way forward: 18 km/h", "way backward: deny", "node 2: 8 s"])
    #expect(explanation.overrides[0].note == "Sett")
    let stretches = explanation.parts.filter { $0.kind == "stretch" }
    #expect(Set(reasons(explanation.parts)) == ["overrides"])
    #expect(stretches.allSatisfy { $0.isAgainstWay == true ? $0.seconds == nil : $0.speedKmh == 18 })
    #expect(explanation.parts.first { $0.kind == "traffic_signals" }?.seconds == 8)
    #expect(try explain(town, "ABC", by: TestProfiles.plain, overrides: text).overrides.map(\.line) == [1, 13])
  }

  /// Of two moments twelve hours apart, one lies in the first half of a day, in whichever time zone the town is.
  @Test func aConditionalRule() throws {
    var town = try Town("A---B")
    town.road("AB", kmh: 72, tags: ["maxspeed:conditional": "36 @ (00:00-12:00)"])
    let holding = try [0.0, 12.0].map { hours in
      let explanation = try explain(town, "AB", at: TestClock().now.addingTimeInterval(hours * 3_600))
      let condition = try #require(explanation.conditions.first)
      #expect(condition.text == "00:00-12:00")
      #expect(condition.facts.map(\.name) == ["maxspeed"] && condition.facts.map(\.value) == ["36"])
      #expect(explanation.parts.allSatisfy { $0.speedKmh == (condition.holds ? 36 : 72) })
      #expect(explanation.facts.contains { $0.name == "maxspeed" && $0.value == (condition.holds ? "36" : "72") })
      return condition.holds
    }
    #expect(holding.contains(true) && holding.contains(false))
  }

  /// A gate on the way has its hours, and tells vehicles apart.
  @Test func aGateWithHours() throws {
    var town = try Town("A---B---C")
    town.road("ABC")
    town.feature(["barrier": "gate", "access": "yes", "access:conditional": "no @ (weight>3.5 AND Mo-Su)"], at: "B")
    for (tonnes, isMeant) in [(0.0, false), (16, true)] {
      var profile = TestProfiles.plain
      profile.size.weightTonnes = tonnes
      let explanation = try explain(town, "ABC", by: profile)
      let condition = try #require(explanation.conditions.first)
      #expect(condition.text == "weight>3.5 AND Mo-Su" && condition.holds == isMeant)
      #expect(condition.facts.map(\.value) == ["\(TownMap.osmNode("B"))", "gate", "restricted"])
      let gate = explanation.parts.filter { $0.kind == "gate" }
      #expect(!gate.isEmpty && gate.allSatisfy { ($0.seconds == nil) == isMeant })
    }
  }

  @Test func onePlaceOfAWay() throws {
    var town = try Town("A---B---C\n    |\n    D")
    town.road("ABC")
    let network = try town.testEngine().engine.map.network
    let explainer = WayExplainer(network: network, profile: TestProfiles.plain, at: TestClock().now)
    let way = TownMap.osmWay("ABC")
    let all = try #require(explainer.explanation(ofWay: way))
    let one = try #require(explainer.explanation(ofWay: way, near: town.map.middle("B", "C")))
    #expect(all.parts.count == 4 && one.parts == all.parts.suffix(2))
    #expect(explainer.explanation(ofWay: 999_999) == nil)
  }
}
