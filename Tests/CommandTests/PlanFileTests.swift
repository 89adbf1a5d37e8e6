import API
import Foundation
import InputFiles
import TOMLText
import TestSupport
import Testing

@testable import tocsin

/// Response plans as departments write them.
@Suite struct PlanFileTests {
  static let runCards = ["frederick", "new-york", "seoul", "portland"]

  static func runCard(_ name: String) throws -> PlanFile { try PlanFile(path: path(of: name)) }

  static func path(of name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("RunCards/\(name).toml").path
  }

  private static let text = """
    [[plan]]
    id = "house-fire"
    name = "House fire"
    agencies = [{ agency = "Gyeonggi", tier = "last", on_request = true }]

    [[plan.level]]
    crew_total_min = 15
    lines = [
      { name = "engine", count = 3, minimum = 2, within = "10m", goal = 480, needs = [
        { has = ["engine"] }, { has = ["quint"], penalty = "1m" }] },
      { name = "ladder", needs = [
        { has = ["ladder"] },
      ] },
    ]

    [[choice]]
    type = "house-fire"
    plan = "house-fire"

    [[choice]]
    type = "house-fire"
    area = "no-hydrants"
    hours = "Mo-Fr 22:00-05:00"
    plan = "tanker"
    """

  @Test func readsPlans() throws {
    let file = try PlanFile(Self.text, file: "p.toml")
    var engine = PlanLine(
      "engine", count: 3, minimumCount: 2,
      needs: [UnitNeed(["engine"]), UnitNeed(["quint"], penaltySeconds: 60)])
    (engine.travelSecondsMax, engine.goalSeconds) = (600, 480)
    var plan = ResponsePlan(
      id: "house-fire", name: "House fire",
      levels: [PlanLevel([engine, PlanLine("ladder", count: 1, needs: [UnitNeed(["ladder"])])], crewTotalMin: 15)])
    plan.agencies = [AgencyRule("Gyeonggi", tier: .last, isOnRequest: true)]
    #expect(file.plans == [plan])
    #expect(
      file.choices
        == PlanChoices([
          PlanChoice("house-fire", incidentType: "house-fire"),
          PlanChoice("tanker", incidentType: "house-fire", area: "no-hydrants", hours: "Mo-Fr 22:00-05:00"),
        ]))
    #expect(file.choiceLines == [16, 20])
  }

  /// A file without choices leaves those that are known; one with an empty list takes them away.
  @Test func choicesMayBeMissing() throws {
    #expect(try PlanFile("", file: "p").choices == nil)
    #expect(try PlanFile("choice = []", file: "p").choices == PlanChoices())
    #expect(try PlanFile("choices_revision = 7\nchoice = []", file: "p").choices?.revision == 7)
  }

  /// Each with the line of what is wrong, also within lists that run over several lines.
  @Test(arguments: [
    ("id = \"house-fire\"", "id = \"\"", "PLANS_BAD_VALUE", 2), ("name = \"H", "nam = \"H", "PLANS_UNKNOWN_KEY", 3),
    ("\"last\"", "\"later\"", "PLANS_BAD_VALUE", 4), ("tier = ", "tiers = ", "PLANS_UNKNOWN_KEY", 4),
    ("crew_total_min = 15", "crew_total_min = -1", "PLANS_BAD_VALUE", 7),
    ("count = 3", "count = 0", "PLANS_BAD_VALUE", 9),
    ("count = 3, minimum = 2", "count = 0, minimums = 2", "PLANS_UNKNOWN_KEY", 9),
    ("plan = \"house-fire\"\n", "plan = \"house-fire\"\nhours = \"x\"\nday = 1\n", "PLANS_UNKNOWN_KEY", 20),
    ("minimum = 2", "minimum = 4", "PLANS_BAD_VALUE", 9), ("\"10m\"", "\"soon\"", "PLANS_BAD_VALUE", 9),
    ("penalty = \"1m\"", "penalty = \"-1m\"", "PLANS_BAD_VALUE", 10),
    ("has = [\"quint\"]", "can = 1", "PLANS_UNKNOWN_KEY", 10),
    ("name = \"ladder\"", "name = \"engine\"", "PLANS_BAD_VALUE", 8),
    ("{ has = [\"ladder\"] },\n", "\n", "PLANS_BAD_VALUE", 11),
    ("{ has = [\"ladder\"] }", "{ has = [3] }", "PLANS_BAD_VALUE", 12),
    ("plan = \"house-fire\"", "plan = 3", "PLANS_BAD_VALUE", 18),
    ("[[choice]]\ntype = \"house-fire\"\nplan", "[[choice]]\ntyp = \"x\"\nplan", "PLANS_UNKNOWN_KEY", 17),
    ("[[plan.level]]", "[[plan.levels]]", "PLANS_UNKNOWN_KEY", 6), ("[[plan]]", "[[plan]", "PLANS_UNREADABLE", 2),
  ])
  func faultsHaveTheirLine(_ old: String, _ new: String, _ code: String, _ line: Int) throws {
    let text = Self.text.replacing(old, with: new, maxReplacements: 1)
    #expect(text != Self.text)
    let error = #expect(throws: FileError.self) { try PlanFile(text, file: "p.toml") }
    #expect(error?.code.rawValue == code && error?.line == line, "\(error.map { "\($0)" } ?? "none"), not line \(line)")
    #expect(error?.message.hasPrefix("p.toml:\(line)") == true)
  }

  @Test func anIDIsGivenOnce() throws {
    let plan = "[[plan]]\nid = \"a\"\n[[plan.level]]\n"
    let error = #expect(throws: FileError.self) { try PlanFile(plan + plan, file: "p") }
    #expect(error?.line == 5 && error?.value == "a")
  }

  /// What is printed reads the same again.
  @Test func theTextReadsTheSameAgain() throws {
    var plans = try Self.runCards.flatMap { try Self.runCard($0).plans } + [PlanSamples.plan, PlanSamples.plainPlan]
    for index in plans.indices {
      plans[index].id += "-\(index)"
      plans[index].revision = 0
    }
    let choices = PlanSamples.choices.choices
    let read = try PlanFile(PlanFile.text(plans, choices), file: "again")
    #expect(read.plans == plans && read.choices?.choices == choices)
  }

  // MARK: Run cards

  @Test(arguments: runCards) func runCardsAreGood(_ name: String) throws {
    let file = try Self.runCard(name)
    #expect(!file.plans.isEmpty)
    for choice in file.choices?.choices ?? [] { #expect(file.plans.contains { $0.id == choice.planID }) }
  }

  /// How many vehicles each card wants, alarm by alarm.
  @Test func runCardsWantWhatTheyShould() throws {
    func counts(_ name: String, _ plan: String) throws -> [Int] {
      let plan = try #require(try Self.runCard(name).plans.first { $0.id == plan })
      return plan.levels.map { $0.lines.filter { !$0.isOnlyIfFirst }.reduce(0) { $0 + $1.count } }
    }
    #expect(try counts("frederick", "house") == [17])
    #expect(try counts("new-york", "box") == [6, 6, 9, 9])
    #expect(try counts("seoul", "주택화재") == [17])
    #expect(try counts("portland", "house-fire") == [4])
    #expect(try Self.runCard("portland").plans[0].levels[0].crewTotalMin == 15)
  }

  /// Together they use everything that a plan and a choice can say.
  @Test func runCardsUseEveryField() throws {
    let files = try Self.runCards.map { try Self.runCard($0) }
    let (plans, choices) = (files.flatMap(\.plans), files.flatMap { $0.choices?.choices ?? [] })
    let levels = plans.flatMap(\.levels)
    let (lines, rules) = (levels.flatMap(\.lines), plans.flatMap(\.agencies))
    let needs = lines.flatMap(\.needs)
    #expect(plans.contains { !$0.stationOrder.isEmpty } && plans.contains { $0.tieSeconds > 0 })
    #expect(levels.contains { $0.crewTotalMin != nil } && levels.contains { !$0.crewLine.isEmpty })
    #expect(lines.contains { $0.minimumCount != nil } && lines.contains { $0.travelSecondsMax != nil })
    #expect(lines.contains { $0.isOnlyIfFirst } && lines.contains { $0.goalSeconds != nil })
    #expect(lines.contains { $0.needs.count > 1 } && plans.contains { $0.levels.count > 1 })
    #expect(needs.contains { !$0.agencies.isEmpty } && needs.contains { $0.penaltySeconds > 0 })
    #expect(needs.contains { $0.crewCountMin != nil })
    #expect(Set(rules.map(\.tier)) == [.last, .never] && rules.contains { $0.isOnRequest })
    #expect(rules.contains { $0.penaltySeconds > 0 })
    #expect(Set(choices.map(\.specificity)) == [0, 4, 5, 6])
  }

  @Test func plansAreListedForPeople() throws {
    let file = try Self.runCard("new-york")
    let text = PlanListText.text(file.plans, file.choices?.choices ?? [])
    #expect(text.contains("2-3 engine, 1-2 ladder, 1 battalion-chief"), "\(text)")
    #expect(text.contains("structural-fire"))
    #expect(PlanListText.text([], []) == "No plans.\n")
  }
}
