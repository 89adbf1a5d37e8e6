import API
import Foundation
import Geometry
import Ledger
import TestSupport
import Testing

@testable import Engine

/// Response plans: kept, changed by several people, chosen by type, place and hours.
@Suite struct PlanStories {
  private let town: Town
  private let test: TestEngine
  private var engine: TocsinEngine { test.engine }

  init() throws {
    town = try Town(
      """
      A---B---C
      |   |   |
      D---E---F
      """, metersPerCell: 100)
    test = try town.testEngine()
  }

  private static func plan(_ id: String, engines: Int = 1, revision: UInt64 = 0) -> ResponsePlan {
    var plan = ResponsePlan(
      id: id, levels: [PlanLevel([PlanLine("engine", count: engines, needs: [UnitNeed(["engine"])])])])
    plan.revision = revision
    return plan
  }

  private func put(_ plans: [ResponsePlan], _ choices: [PlanChoice]? = nil) throws -> PlansAnswer {
    let request = PlansRequest(plans, choices: choices.map { PlanChoices($0) })
    return try engine.putPlans(request, by: .local)
  }

  private func refusal(_ body: () throws -> Void) -> EngineError? { #expect(throws: EngineError.self) { try body() } }

  /// The plan for a type at a junction, or the code of the refusal.
  private func chosen(_ type: String, at junction: Character) -> String {
    do {
      let place = town.map.coordinate(junction)
      return try engine.currentState().plan(for: type, at: place, moment: test.clock.now).id
    } catch {
      return error.code.rawValue
    }
  }

  /// Areas around junctions, 40 m to each side.
  private func putAreas(_ layer: String, _ areas: [(String, String)], metersAround: Double = 40) throws {
    let features = areas.map { id, junctions in
      LayerFeature(
        id: id, .areas(junctions.map { Area(Self.box(around: town.map.coordinate($0), meters: metersAround)) }))
    }
    _ = try engine.putLayer(Layer(layer, features: features), by: .local, within: .none)
  }

  private static func box(around place: Coordinate, meters: Double) -> [Coordinate] {
    let north = Int32(meters / Earth.metersPerDegree * 1e7)
    let east = Int32(Double(north) / cos(place.latitude * .pi / 180))
    return [(-1, -1), (1, -1), (1, 1), (-1, 1)].map { x, y in
      Coordinate(latitudeE7: place.latitudeE7 + y * north, longitudeE7: place.longitudeE7 + x * east)
    }
  }

  // MARK: Choosing

  /// The order of D.1: type and area and hours, type and area, type and hours, type, area and hours, area, hours, none.
  @Test func theMostSpecificChoiceCounts() throws {
    try putAreas("west", [("1", "A")])
    let all = [
      PlanChoice("none"), PlanChoice("hours", hours: "Nov"), PlanChoice("area", area: "west"),
      PlanChoice("area+hours", area: "west", hours: "Nov"), PlanChoice("type", incidentType: "fire"),
      PlanChoice("type+hours", incidentType: "fire", hours: "Nov"),
      PlanChoice("type+area", incidentType: "fire", area: "west"),
      PlanChoice("type+area+hours", incidentType: "fire", area: "west", hours: "Nov"),
    ]
    _ = try put(all.map { Self.plan($0.planID) })
    for count in (1...all.count).reversed() {
      _ = try put([], Array(all.prefix(count)).shuffled())
      #expect(chosen("fire", at: "A") == all[count - 1].planID)
      let elsewhere = all.prefix(count).last { $0.area.isEmpty }?.planID
      #expect(chosen("fire", at: "C") == elsewhere)
      let otherType = all.prefix(count).last { $0.incidentType.isEmpty }?.planID
      #expect(chosen("fall", at: "A") == otherType && chosen("", at: "A") == otherType)
    }
    _ = try put([], [])
    #expect(chosen("fire", at: "A") == "NO_PLAN")
  }

  @Test func noPlanSaysTypeAndArea() throws {
    try putAreas("west", [("1", "A")])
    _ = try put([Self.plan("p")], [PlanChoice("p", incidentType: "fire", area: "west"), PlanChoice("p", hours: "Dec")])
    let error = refusal {
      _ = try engine.currentState().plan(for: "fall", at: town.map.coordinate("A"), moment: test.clock.now)
    }
    #expect(
      error?.code == .noPlan && error?.value.hasPrefix("fall at ") == true && error?.value.hasSuffix("in west") == true)
    #expect(chosen("fire", at: "C") == "NO_PLAN" && chosen("fire", at: "A") == "p")
  }

  /// The hours are those of the map's clock, and a night belongs to the day on which it begins.
  @Test func hoursChoose() throws {
    _ = try put(
      [Self.plan("day"), Self.plan("night")], [PlanChoice("day"), PlanChoice("night", hours: "22:00-06:00")])
    let zone = try #require(TimeZone(identifier: engine.status().timeZone))
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    for (hour, plan) in [(5, "night"), (6, "day"), (21, "day"), (22, "night"), (0, "night")] {
      let moment = try #require(
        calendar.date(from: DateComponents(year: 2026, month: 11, day: 30, hour: hour, minute: 30)))
      let found = try engine.currentState().plan(for: "x", at: town.map.coordinate("A"), moment: moment).id
      #expect(found == plan, "at \(hour):30")
    }
  }

  /// One area of a layer, by its id.
  @Test func districtsChoose() throws {
    try putAreas("districts", [("1", "A"), ("2", "CF")])
    _ = try put(
      ["a", "c"].map { Self.plan($0) }, [PlanChoice("a", area: "districts/1"), PlanChoice("c", area: "districts/2")])
    #expect(["A", "C", "F", "B"].map { chosen("x", at: $0) } == ["a", "c", "c", "NO_PLAN"])
  }

  // MARK: What can't be put

  @Test func twoThatHoldAtOnceAreRefused() throws {
    try putAreas("districts", [("1", "A"), ("2", "C")])
    try putAreas("wide", [("all", "AC")], metersAround: 60)
    _ = try put(["p", "q"].map { Self.plan($0) }, [PlanChoice("p", incidentType: "x")])
    let ambiguous: [[PlanChoice]] = [
      [PlanChoice("p"), PlanChoice("q")],
      [PlanChoice("p", incidentType: "fire"), PlanChoice("q", incidentType: "fire")],
      [PlanChoice("p", area: "districts/1"), PlanChoice("q", area: "districts/1")],
      [PlanChoice("p", area: "districts/1"), PlanChoice("q", area: "districts")],
      [PlanChoice("p", area: "districts"), PlanChoice("q", area: "wide/all")],
      [PlanChoice("p", hours: "Mo-Fr 22:00-05:00"), PlanChoice("q", hours: "Sa 04:00-06:00")],
      [PlanChoice("p", area: "districts/2", hours: "Mo"), PlanChoice("q", area: "wide", hours: "Mo-Fr 08:00-10:00")],
    ]
    for choices in ambiguous {
      let error = refusal { _ = try put([], choices) }
      #expect(error?.code == .ambiguousChoice && error?.message.hasPrefix("choice 2 ") == true, "\(choices)")
    }
    #expect(engine.listPlans().choices.choices == [PlanChoice("p", incidentType: "x")])
    let apart: [[PlanChoice]] = [
      [PlanChoice("p", area: "districts/1"), PlanChoice("q", area: "districts/2")],
      [PlanChoice("p", hours: "Mo-Fr 22:00-05:00"), PlanChoice("q", hours: "Sa 05:00-06:00")],
      [PlanChoice("p", area: "districts/1", hours: "Mo"), PlanChoice("q", area: "districts/1", hours: "Tu")],
      [PlanChoice("p", area: "districts/1", hours: "Mo"), PlanChoice("q", area: "districts/2", hours: "Mo")],
      [PlanChoice("p", incidentType: "fire"), PlanChoice("q", incidentType: "fall")],
      [PlanChoice("p", incidentType: "fire"), PlanChoice("q", incidentType: "fire", hours: "Mo")],
    ]
    for choices in apart { #expect(try put([], choices).count == 0, "\(choices)") }
  }

  /// Districts that meet at a border are apart; where they overlap, the message says where.
  @Test func neighboursAreApart() throws {
    let (a, b) = (town.map.coordinate("A"), town.map.coordinate("B"))
    func district(_ id: String, _ west: Int32, _ east: Int32) -> LayerFeature {
      let (south, north) = (a.latitudeE7 - 1_000, a.latitudeE7 + 1_000)
      return LayerFeature(
        id: id,
        .areas([
          Area(
            [(south, west), (south, east), (north, east), (north, west)].map {
              Coordinate(latitudeE7: $0.0, longitudeE7: $0.1)
            })
        ]))
    }
    let middle = (a.longitudeE7 + b.longitudeE7) / 2
    let choices = [PlanChoice("p", area: "d/1"), PlanChoice("p", area: "d/2")]
    let left = district("1", a.longitudeE7 - 10, middle)
    _ = try engine.putLayer(
      Layer("d", features: [left, district("2", middle, b.longitudeE7 + 10)]), by: .local, within: .none)
    _ = try put([Self.plan("p")], choices)
    // A layer that would make two of them hold at once is refused as well.
    let wider = Layer("d", features: [left, district("2", middle - 1, b.longitudeE7 + 10)])
    let error = refusal { _ = try engine.putLayer(wider, by: .local, within: .none) }
    #expect(
      error?.code == .ambiguousChoice && error?.value.contains("d/1 and d/2, both at ") == true, "\(error?.value ?? "")"
    )
    // One without the area of a choice, too.
    let narrower = refusal { _ = try engine.putLayer(Layer("d", features: [left]), by: .local, within: .none) }
    #expect(narrower?.code == .inUse && narrower?.value == "d/2")
    #expect(refusal { _ = try engine.removeLayer("d", by: .local) }?.code == .inUse)
    #expect(engine.listLayers().layers.map(\.areaCount) == [2])
  }

  @Test func choicesAreOfKnownThings() throws {
    _ = try engine.putLayer(
      Layer("points", features: [LayerFeature(id: "1", .point(town.map.coordinate("A")))]), by: .local, within: .none)
    let refusals: [(PlanChoice, EngineError.Code, String)] = [
      (PlanChoice("ghost"), .unknownPlan, "ghost"), (PlanChoice("p", area: "ghost"), .unknownLayer, "ghost"),
      (PlanChoice("p", area: "points"), .unknownLayer, "points"),
      (PlanChoice("p", area: "points/1"), .unknownLayer, "points/1"),
      (PlanChoice("p", hours: "soon"), .badHours, "soon"), (PlanChoice("p", hours: "PH"), .badHours, "PH"),
      (PlanChoice(""), .invalidPlan, ""),
    ]
    for (choice, code, value) in refusals {
      let error = refusal { _ = try put([Self.plan("p")], [PlanChoice("p", incidentType: "x"), choice]) }
      #expect(error?.code == code && error?.value == value && error?.message.hasPrefix("choice 2: ") == true)
    }
    #expect(engine.listPlans().plans.isEmpty)
  }

  @Test func plansHaveLinesThatWantSomething() throws {
    func refused(_ change: (inout ResponsePlan) -> Void) -> EngineError? {
      var plan = Self.plan("p")
      change(&plan)
      return refusal { _ = try put([plan]) }
    }
    let errors: [(EngineError?, EngineError.Code, String)] = [
      (refused { $0.levels = [] }, .invalidPlan, "p"), (refused { $0.levels[0].lines[0].count = 0 }, .emptyLine, "0"),
      (refused { $0.levels[0].lines[0].needs = [] }, .emptyLine, "engine"),
      (refused { $0.levels[0].lines[0].minimumCount = 2 }, .invalidPlan, "2"),
      (refused { $0.levels[0].lines.append($0.levels[0].lines[0]) }, .invalidPlan, "engine"),
      (refused { $0.levels[0].crewLine = "ladder" }, .invalidPlan, "ladder"),
      (refused { $0.levels[0].lines[0].goalSeconds = .nan }, .invalidPlan, "nan"),
      (refused { $0.tieSeconds = -1 }, .invalidPlan, "-1.0"),
      (refused { $0.agencies = [AgencyRule("a"), AgencyRule("a")] }, .invalidPlan, "a"),
      (refused { $0.stationOrder = ["a", "a"] }, .invalidPlan, "a"),
      (refused { $0.levels[0].lines[0].count = 101 }, .limitExceeded, "101"),
      (refused { $0.levels = Array(repeating: $0.levels[0], count: 11) }, .limitExceeded, "11"),
    ]
    for (number, (error, code, value)) in errors.enumerated() {
      #expect(error?.code == code && error?.value == value, "\(number): \(String(describing: error))")
      #expect(error?.message.hasPrefix("plan p: ") == true)
    }
    #expect(engine.listPlans().plans.isEmpty)
  }

  @Test func limitsHold() throws {
    var limits = EngineLimits()
    (limits.plansMax, limits.planChoicesMax) = (2, 1)
    let engine = try TocsinEngine(map: engine.map, profiles: TestProfiles.all, limits: limits)
    func code(_ plans: [String], _ choices: [PlanChoice]? = nil) -> String {
      do {
        let request = PlansRequest(plans.map { Self.plan($0) }, choices: choices.map { PlanChoices($0) })
        return try "\(engine.putPlans(request, by: .local).count)"
      } catch {
        return "\(error.code.rawValue) \(error.value)"
      }
    }
    #expect(code(["a", "b"]) == "2" && code(["c"]) == "LIMIT_EXCEEDED 3" && code(["a"]) == "1")
    #expect(code([], [PlanChoice("a"), PlanChoice("b", incidentType: "x")]) == "LIMIT_EXCEEDED 2")
  }

  // MARK: Kept

  @Test func revisionsGuardAgainstEachOther() throws {
    #expect(try put([Self.plan("p"), Self.plan("q")], [PlanChoice("p")]).revisions == [1, 1])
    // What is known just so already changes nothing.
    let same = try put([Self.plan("p"), Self.plan("q", engines: 2)], [PlanChoice("p")])
    #expect(same.unchangedCount == 1 && same.revisions == [1, 2] && same.choicesRevision == 1)
    #expect(try put([Self.plan("q", engines: 3, revision: 2)]).revisions == [3])
    for (plan, value) in [(Self.plan("q", revision: 2), "2"), (Self.plan("new", revision: 1), "1")] {
      let error = refusal { _ = try put([Self.plan("p", engines: 9), plan]) }
      #expect(error?.code == .staleRevision && error?.value == value)
    }
    var request = PlansRequest([], choices: PlanChoices([PlanChoice("q")], revision: 1))
    #expect(try engine.putPlans(request, by: .local).choicesRevision == 2)
    let error = refusal { _ = try engine.putPlans(request, by: .local) }
    #expect(error?.code == .staleRevision && error?.value == "1")
    request.choices?.revision = 2
    #expect(try engine.previewPlans(request).choicesRevision == 2)
    #expect(engine.listPlans().plans.map(\.revision) == [1, 3])
  }

  /// Comparing hours ends in the middle.
  @Test func aPutEndsAtItsDeadline() throws {
    let request = PlansRequest([Self.plan("p")], choices: PlanChoices([PlanChoice("p", hours: "Nov")]))
    let limit = WorkLimit(deadline: .now)
    let error = refusal { _ = try engine.putPlans(request, by: .local, within: limit) }
    #expect(error?.code == .deadlineExceeded && engine.listPlans().plans.isEmpty)
  }

  @Test func dryRunsChangeNothing() throws {
    let request = PlansRequest([Self.plan("p")], choices: PlanChoices([PlanChoice("p")]))
    let answer = try engine.previewPlans(request)
    #expect(answer.count == 1 && answer.revisions == [1] && answer.choicesRevision == 1)
    #expect(engine.listPlans().plans.isEmpty && engine.listPlans().choices.choices.isEmpty)
    #expect(
      refusal { _ = try engine.previewPlans(PlansRequest([], choices: PlanChoices([PlanChoice("p")]))) }?.code
        == .unknownPlan)
  }

  @Test func aPlanInUseStays() throws {
    _ = try put([Self.plan("p"), Self.plan("q")], [PlanChoice("p")])
    #expect(refusal { _ = try engine.removePlans(["q", "p"], by: .local) }?.code == .inUse)
    #expect(refusal { _ = try engine.removePlans(["q", "ghost"], by: .local) }?.code == .unknownPlan)
    #expect(engine.listPlans().plans.map(\.id) == ["p", "q"])
    #expect(try engine.removePlans(["q"], by: .local).count == 1)
    #expect(engine.listPlans().plans.map(\.id) == ["p"])
  }

  /// After a restart all is there, and chosen alike; ids in either Unicode form are one.
  @Test func plansOutliveARestart() throws {
    let (composed, parts) = ("소방", "소방".decomposed)
    try putAreas(composed, [(composed, "A")])
    _ = try put(
      [Self.plan(parts), Self.plan("q")], [PlanChoice(composed, area: "\(parts)/\(parts)"), PlanChoice("q")])
    _ = try engine.removePlans([], by: .local)
    let before = engine.listPlans()
    try test.restart()
    #expect(engine.listPlans().plans == before.plans && engine.listPlans().choices == before.choices)
    #expect(chosen("x", at: "A") == composed && chosen("x", at: "C") == "q")
    #expect(engine.status().planCount == 2 && engine.status().planChoiceCount == 2)
    #expect(try put([Self.plan(composed)]).unchangedCount == 1)
  }

  @Test func theLedgerHearsWhoAndOfChangesAlone() throws {
    let ledger = SlowLedger()
    let engine = try TocsinEngine(map: engine.map, profiles: TestProfiles.all, ledger: ledger)
    let request = PlansRequest([Self.plan("p"), Self.plan("q")], choices: PlanChoices([PlanChoice("p")]))
    let origin = ChangeOrigin(actor: "kim", peer: "unix:pid=1", method: "PutPlans")
    _ = try engine.putPlans(request, by: origin)
    let batch = try #require(ledger.batches.last)
    #expect(batch.origin == origin && batch.changes.map(\.key.kind) == [.plan, .plan, .choices])
    let count = ledger.batches.count
    _ = try engine.putPlans(request, by: origin)
    #expect(ledger.batches.count == count)
  }

  /// What is put while a map is read again is there afterwards, too.
  @Test func plansOutliveAReload() throws {
    let setup = try ReloadSetup(town)
    _ = try setup.handle.putPlans(
      PlansRequest([Self.plan("p")], choices: PlanChoices([PlanChoice("p")])), by: .local)
    try setup.reload()
    #expect(setup.handle.listPlans().plans.map(\.id) == ["p"])
    #expect(
      try setup.handle.current.currentState().plan(for: "x", at: town.map.coordinate("A"), moment: .now).id == "p")
    _ = try setup.handle.putPlans(PlansRequest([Self.plan("q")]), by: .local)
    #expect(try setup.restarted().listPlans().plans.map(\.id) == ["p", "q"])
  }
}
