import API
import Foundation
import Geometry
import TestSupport
import Testing

@testable import Engine

/// Units that could be called off, on roads.
@Suite struct DiversionRoadStories {
  private static let medic = PlanLine("medic", count: 1, needs: [UnitNeed(["als"])])

  /// A cardiac arrest at 1, a sprained ankle at 2; p drives past 1 on its way to 2. At 10 m/s: x is 160 s from 1 and
  /// 290 from 2, p 50 and 180, y 190 and 60.
  private func town(priority: Int, _ setup: EngineSetup = .partialCustomization) throws -> Town {
    var town = try Town("A-x----------p--B-1-C----------2-----y-D", setup: setup)
    for letter in "xy" as String { town.unit(letter) { $0.capabilities = ["als"] } }
    let ankle = Place(town.map.coordinate("2"))
    town.unit("p") { unit in
      (unit.capabilities, unit.status) = (["als"], .enRoute)
      unit.task = UnitTask(incidentID: "ankle", priority: priority, destination: ankle)
    }
    return town
  }

  private func diversions(
    _ town: Town, places: Int = 1, change: (inout RecommendRequest) -> Void = { _ in }
  ) throws -> [Diversion] {
    var line = Self.medic
    line.count = places
    var request = RecommendRequest(incident: Place(town.map.coordinate("1")), wanted: .lines(PlanLevel([line])))
    request.diversions = DiversionSearch(priority: 1)
    change(&request)
    let answer = try town.testEngine().engine.recommend(request)
    #expect(!answer.units.map(\.unit.unit.id).contains("p"), "never a choice")
    return answer.diversions
  }

  @Test(arguments: EngineSetup.allCases)
  func theAmbulanceThatPassesTheCardiacArrest(_ setup: EngineSetup) throws {
    let found = try #require(try diversions(town(priority: 2, setup)).first)
    #expect(found.unit.unit.id == "p" && found.fromIncidentID == "ankle" && found.line == "medic")
    #expect(Town.tenths(found.unit.etaSeconds) == 50)
    #expect(found.insteadOfUnitID == "x" && found.gainSeconds.map(Town.tenths) == 110)
    #expect(found.replacement?.unit.id == "y" && found.lossSeconds.map(Town.tenths) == -120)
  }

  /// x is not needed at the cardiac arrest then.
  @Test func theOneInWhosePlaceItGoesMayReplaceIt() throws {
    var town = try town(priority: 2)
    town.unit("y") { $0.status = .outOfService }
    let found = try #require(try diversions(town).first)
    #expect(found.replacement?.unit.id == "x" && found.lossSeconds.map(Town.tenths) == 110)
    #expect(try diversions(town) { $0.diversions?.lossSecondsMax = 100 }.isEmpty)
  }

  @Test func nobodyCanReplaceIt() throws {
    for (priority, isOffered) in [(2, false), (3, true)] {
      var town = try town(priority: priority)
      town.unit("p") { $0.capabilities = ["als", "neonatal"] }
      let found = try diversions(town)
      #expect(found.map(\.unit.unit.id) == (isOffered ? ["p"] : []), "priority \(priority)")
      #expect(found.allSatisfy { $0.replacement == nil && $0.lossSeconds == nil })
    }
  }

  @Test func aCallThatIsAsUrgentKeepsItsUnit() throws {
    #expect(try diversions(town(priority: 1)).isEmpty)
    #expect(try diversions(town(priority: 0)).isEmpty, "it may be")
    #expect(try diversions(town(priority: 4)) { $0.diversions?.priority = 4 }.isEmpty)
  }

  /// One at its scene has its call where it stands: whoever replaces it has all of the way.
  @Test func onSceneOnlyIfAskedFor() throws {
    var town = try town(priority: 2)
    town.unit("p") { unit in
      unit.status = .onScene
      unit.task?.destination = nil
    }
    #expect(try diversions(town).isEmpty)
    let found = try diversions(town) { $0.diversions?.statuses = [.onScene] }
    #expect(found.first?.replacement?.unit.id == "x" && found.first?.lossSeconds.map(Town.tenths) == 110)
  }

  @Test func whoTransportsNeverIs() throws {
    var town = try town(priority: 9)
    town.unit("p") { $0.status = .transporting }
    #expect(try diversions(town).isEmpty)
    let error = #expect(throws: EngineError.self) {
      try diversions(town) { $0.diversions?.statuses = [.enRoute, .transporting] }
    }
    #expect(error?.code == .invalidArgument && error?.value == "transporting")
  }

  /// Nobody knows what its call loses.
  @Test func withoutADestinationTwoStepsDecide() throws {
    for (priority, isOffered) in [(2, false), (3, true)] {
      var town = try town(priority: priority)
      town.unit("p") { $0.task?.destination = nil }
      #expect(try !diversions(town).isEmpty == isOffered)
    }
    var town = try town(priority: 3)
    town.unit("p") { $0.task?.destination = Place(Coordinate(latitudeE7: 0, longitudeE7: 0)) }
    #expect(try diversions(town).map(\.unit.unit.id) == ["p"], "off the map")
  }

  @Test func anOpenPlaceIsFilled() throws {
    let found = try #require(try diversions(town(priority: 3), places: 3).first)
    #expect(found.insteadOfUnitID.isEmpty && found.gainSeconds == nil && found.replacement == nil)
  }

  /// A closure on its way leaves nothing to gain.
  @Test func trafficCounts() throws {
    let town = try town(priority: 3)
    let closure = RoadClosure(id: "flood", selector: .point(town.map.middle("p", "B"), radiusMeters: 1))
    #expect(try diversions(town) { $0.whatIf = [closure] }.isEmpty)
  }

  @Test func heldUnitsAndAgenciesAreNotAskedFor() throws {
    var town = try town(priority: 2)
    #expect(try diversions(town) { $0.units.excludedIDs = ["p"] }.isEmpty)
    town.unit("p") { $0.agency = "private" }
    for letter in "xy" as String { town.unit(letter) { $0.agency = "city" } }
    #expect(try diversions(town) { $0.units.agencies = ["city"] }.isEmpty)
  }

  @Test func onlyThoseWhoAskAreTold() throws {
    #expect(try diversions(town(priority: 2)) { $0.diversions = nil }.isEmpty)
    let town = try town(priority: 2)
    func refusal(_ change: (inout DiversionSearch) -> Void) -> String? {
      var search = DiversionSearch(priority: 1)
      change(&search)
      let error = #expect(throws: EngineError.self) { try diversions(town) { $0.diversions = search } }
      return error.flatMap { $0.code == .invalidArgument ? $0.value : nil }
    }
    #expect(refusal { $0.priority = 0 } == "0" && refusal { $0.priority = 101 } == "101")
    #expect(refusal { $0.gainSecondsMin = -1 } == "-1.0" && refusal { $0.lossSecondsMax = .infinity } == "inf")
  }

  // MARK: Several incidents

  private func need(_ town: Town, _ letter: Character, priority: Int) -> IncidentNeed {
    IncidentNeed(
      "I-\(letter)", at: Place(town.map.coordinate(letter)), priority: priority, wanted: .lines(PlanLevel([Self.medic]))
    )
  }

  @Test func eachIncidentHasItsPriority() throws {
    let town = try town(priority: 2)
    for (priority, expected) in [(1, ["p"]), (2, []), (0, [])] {
      var request = AssignRequest([need(town, "1", priority: priority)])
      request.diversions = DiversionSearch()
      let answer = try town.testEngine().engine.assign(request)
      #expect(answer.incidents[0].recommended.diversions.map(\.unit.unit.id) == expected, "priority \(priority)")
    }
    var request = AssignRequest([need(town, "1", priority: 1)])
    request.diversions = DiversionSearch(priority: 1)
    let error = #expect(throws: EngineError.self) { try town.testEngine().engine.assign(request) }
    #expect(error?.code == .invalidArgument)
  }

  /// Each is on its way to the incident that is nearer to the other one.
  @Test(arguments: EngineSetup.allCases)
  func twoThatCrossEachOther(_ setup: EngineSetup) throws {
    var town = try Town("A-1--a----------B----------b-2-C", setup: setup)
    for (letter, incident) in [("a", "I-2"), ("b", "I-1")] as [(Character, String)] {
      town.unit(letter) { unit in
        (unit.capabilities, unit.status, unit.task) = (["als"], .enRoute, UnitTask(incidentID: incident))
      }
    }
    var request = AssignRequest([need(town, "1", priority: 1), need(town, "2", priority: 1)])
    let engine = try town.testEngine().engine
    #expect(try engine.assign(request).swaps.isEmpty, "nobody asked")
    request.diversions = DiversionSearch()
    let swap = try #require(try engine.assign(request).swaps.first)
    let sides = [swap.one, swap.other].map {
      "\($0.unit.unit.id) \($0.fromIncidentID) \($0.toIncidentID) \($0.line) \(Town.tenths($0.unit.etaSeconds))"
    }
    #expect(sides == ["a I-2 I-1 medic 30.0", "b I-1 I-2 medic 20.0"])
    #expect([swap.one.gainSeconds, swap.other.gainSeconds, swap.gainSeconds].map(Town.tenths) == [220, 220, 440])
    // At their scenes nobody changes any more.
    town.unit("a") { $0.status = .onScene }
    #expect(try town.testEngine().engine.assign(request).swaps.isEmpty)
  }

  // MARK: Random towns

  /// Against all units, by the times of the fastest units, one by one.
  @Test func diversionsAreThoseOfAllUnits() throws {
    var (count, replacedCount) = (0, 0)
    for seed in 0..<40 {
      var random = SeededGenerator(seed: UInt64(seed))
      let town = RandomTown(seed: UInt64(seed), junctionCount: 60)
      let test = try TestEngine(.text(opl: town.text.opl))
      let units = Self.units(in: town, at: test.clock.now, &random)
      _ = try test.engine.putUnits(units)
      let oracle = DiversionOracle(engine: test.engine)
      for _ in 0..<8 {
        let place = Place(town.place(&random))
        var line = Self.medic
        line.count = Int.random(in: 1...3, using: &random)
        var request = RecommendRequest(incident: place, wanted: .lines(PlanLevel([line])))
        request.diversions = DiversionSearch(priority: 1)
        guard let answer = try? test.engine.recommend(request) else { continue }
        let found = answer.diversions.map {
          "\($0.unit.unit.id) \($0.insteadOfUnitID) \($0.replacement?.unit.id ?? "-") \($0.lossSeconds ?? 0)"
        }
        #expect(Set(found) == oracle.offers(at: place, count: line.count), "seed \(seed), \(place)")
        count += found.count
        replacedCount += answer.diversions.count { $0.replacement != nil }
      }
    }
    #expect(count > 100 && replacedCount > 50, "\(count), \(replacedCount)")
  }

  /// Four that are free, ten on calls.
  private static func units(
    in town: RandomTown, at moment: Date, _ random: inout SeededGenerator
  ) -> [ResponseUnit] {
    (0..<14).map { number in
      var unit = ResponseUnit(
        id: "U\(number)", capabilities: ["als"], profile: "plain", coordinate: town.place(&random),
        reportedAt: moment, turnoutSeconds: Double(Int.random(in: 0...300, using: &random)))
      if number >= 4 {
        unit.status = [.dispatched, .enRoute, .onScene].randomElement(using: &random) ?? .enRoute
        unit.task = UnitTask(
          incidentID: "I-\(number)", priority: Int.random(in: 0...4, using: &random),
          destination: random.oneIn(4) ? nil : Place(town.place(&random)))
      }
      return unit
    }
  }
}

/// All diversions to an incident of priority 1, by the rules as they are written.
private struct DiversionOracle {
  let engine: TocsinEngine

  /// By time of arrival; empty off the map.
  private func ranking(at place: Place) -> [RankedUnit] {
    var request = FastestUnitsRequest(incident: place, count: 1_000)
    request.statuses = Set(UnitStatus.allCases)
    return (try? engine.fastestUnits(request).units) ?? []
  }

  func offers(at place: Place, count: Int) -> Set<String> {
    let ranking = ranking(at: place)
    let chosen = ranking.filter { $0.unit.status == .available }.prefix(count)
    let isOpen = chosen.count < count
    // Those that need no last resort are first, so the last one by time may be another one than the last of the list.
    let last = chosen.max { ($0.etaSeconds, $0.unit.id) < ($1.etaSeconds, $1.unit.id) }
    var offers: Set<String> = []
    for unit in ranking {
      guard let task = unit.unit.task, task.priority > 1, [.dispatched, .enRoute].contains(unit.unit.status) else {
        continue
      }
      if !isOpen {
        guard let last, last.etaSeconds - unit.etaSeconds >= 60 else { continue }
        if unit.route.needsLastResort, !last.route.needsLastResort { continue }
      }
      let there = task.destination.map(self.ranking) ?? []
      let taken = Set(chosen.map(\.unit.id)).subtracting(isOpen ? [] : [last?.unit.id ?? ""])
      let replacement = there.first { $0.unit.status == .available && !taken.contains($0.unit.id) }
      let own = there.first { $0.unit.id == unit.unit.id }
      let loss = replacement.flatMap { other in
        own.map { ((other.etaSeconds - $0.etaSeconds) * 1000).rounded() / 1000 }
      }
      guard task.priority >= 3 || loss.map({ $0 <= 120 }) ?? false else { continue }
      offers.insert(
        "\(unit.unit.id) \(isOpen ? "" : last?.unit.id ?? "") \(loss == nil ? "-" : replacement?.unit.id ?? "-") "
          + "\(loss ?? 0)")
    }
    return offers
  }
}
