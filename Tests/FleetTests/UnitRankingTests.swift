import API
import Fleet
import Foundation
import Geometry
import RoadGraph
import TestSupport
import Testing

/// The ranking of units, with ranks made up.
@Suite struct UnitRankingTests {
  /// A unit with its rank, `nil` if it can't come, and how far below it its two bounds lie.
  private struct Made {
    var id: String
    var rank: ResponseRank?
    var slack: [Weight] = [0, 0]

    init(_ id: String, _ milliseconds: Weight?, needsLastResort: Bool = false, slack: [Weight] = [0, 0]) {
      (self.id, self.slack) = (id, slack)
      rank = milliseconds.map { ResponseRank(needsLastResort: needsLastResort, etaMilliseconds: $0) }
    }

    func bound(_ look: Int) -> ResponseRank {
      let milliseconds = rank?.etaMilliseconds ?? 0
      return ResponseRank(
        needsLastResort: look > 0 && rank?.needsLastResort == true && slack[1] == 0,
        etaMilliseconds: milliseconds - min(milliseconds, slack[look]))
    }
  }

  private struct Looked {
    var ids: [String]
    var outrankedCount: Int
    var leftOut: [LeftOutReason]
    /// The units that were looked at, each look once.
    var looks: [String]
  }

  private func rank(_ units: [Made], best count: Int) -> Looked {
    var looks: [String] = []
    let bounds = units.indices.map {
      UnitRanking.Bound(.init(group: 0, index: UInt32($0)), etaMilliseconds: units[$0].bound(0).etaMilliseconds)
    }
    let ranking = UnitRanking(best: count, of: bounds) { candidate, stage in
      let unit = units[Int(candidate.index)]
      looks.append(unit.id)
      guard let rank = unit.rank else { return .leftOut(.unreachable) }
      return stage == .first ? .rankAtLeast(unit.bound(1)) : .rank(rank, id: unit.id)
    }
    return Looked(
      ids: ranking.best.map { units[Int($0.candidate.index)].id }, outrankedCount: ranking.outrankedCount,
      leftOut: ranking.leftOut, looks: looks)
  }

  @Test func ranksByTimeThenByID() {
    let ranking = rank([Made("d", 5), Made("b", 7), Made("a", 9), Made("c", 7)], best: 3)
    #expect(ranking.ids == ["d", "b", "c"])
    #expect(ranking.outrankedCount == 1)
  }

  @Test func whoNeedsALastResortComesAfterAllOthers() {
    let ranking = rank([Made("a", 1, needsLastResort: true), Made("b", 900)], best: 2)
    #expect(ranking.ids == ["b", "a"])
  }

  @Test func leavesOutWhoCanNotCome() {
    let ranking = rank([Made("a", nil), Made("b", 4)], best: 2)
    #expect(ranking.ids == ["b"])
    #expect(ranking.leftOut == [.unreachable] && ranking.outrankedCount == 0)
  }

  @Test func looksOnlyAtWhoMayBeAmongTheBest() {
    let ranking = rank(
      [Made("a", 11, slack: [10, 0]), Made("b", 12, slack: [10, 0]), Made("c", 30, slack: [10, 0]), Made("d", 40)],
      best: 2)
    #expect(ranking.ids == ["a", "b"])
    #expect(Set(ranking.looks) == ["a", "b"])
    #expect(ranking.outrankedCount == 2)
  }

  /// A rough bound must not put a unit behind one that is later.
  @Test func theOrderIsThatOfTheRanks() {
    #expect(rank([Made("late", 10), Made("early", 9, slack: [9, 9])], best: 1).ids == ["early"])
    #expect(rank([Made("b", 10), Made("a", 10, slack: [3, 1])], best: 1).ids == ["a"])
  }

  @Test(arguments: 1...200 as ClosedRange<UInt64>)
  func isWhatSortingGives(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let units = (0..<Int.random(in: 0...40, using: &random)).map { number in
      let slack = [Weight.random(in: 0...9, using: &random), Weight.random(in: 0...3, using: &random)]
      return Made(
        "\(number)", random.oneIn(6) ? nil : .random(in: 0...20, using: &random), needsLastResort: random.oneIn(4),
        slack: slack)
    }
    let count = Int.random(in: 1...12, using: &random)
    let able = units.filter { $0.rank != nil }
    let expected = able.sorted { left, right in
      guard let one = left.rank, let other = right.rank, one != other else { return left.id < right.id }
      return one < other
    }
    let ranking = rank(units, best: count)
    #expect(ranking.ids == expected.prefix(count).map(\.id), "seed \(seed)")
    #expect(ranking.ids.count + ranking.outrankedCount + ranking.leftOut.count == units.count, "seed \(seed)")
  }
}

/// The register of units.
@Suite struct FleetRegisterTests {
  private func unit(_ id: String, station: String, profile: String = "plain") -> StationedUnit {
    StationedUnit(
      ResponseUnit(
        id: id, station: station, profile: profile, coordinate: Coordinate(latitudeE7: 0, longitudeE7: 0),
        reportedAt: Date(timeIntervalSince1970: 0)),
      starts: [], snapped: nil)
  }

  @Test func replacesByID() {
    var fleet = FleetRegister()
    fleet.put(unit("b", station: "North"))
    fleet.put(unit("a", station: "North"))
    fleet.put(unit("b", station: "South"))
    #expect(fleet.sorted.map(\.unit.id) == ["a", "b"])
    #expect(fleet["b"]?.unit.station == "South")
  }

  @Test func aUnitThatChangesItsProfileStandsUnderTheNewOneAlone() {
    var fleet = FleetRegister()
    fleet.put(unit("a", station: "", profile: "siren"))
    fleet.put(unit("b", station: "", profile: "siren"))
    fleet.put(unit("a", station: "", profile: "plain"))
    let ids = Dictionary(uniqueKeysWithValues: fleet.byProfile.map { ($0.profile, $0.columns.units.map(\.unit.id)) })
    #expect(ids == ["siren": ["b"], "plain": ["a"]])
    #expect(fleet.count == 2)
  }

  @Test func removesWhatIsThere() {
    var fleet = FleetRegister()
    fleet.put(unit("a", station: ""))
    let removed = ["b", "a"].map { fleet.remove($0) }
    #expect(removed == [false, true])
    #expect(fleet.count == 0)
  }

  @Test func capabilitiesAreASet() {
    let unit = ResponseUnit(
      id: "a", capabilities: ["pump", "als", "pump"], profile: "plain",
      coordinate: Coordinate(latitudeE7: 0, longitudeE7: 0), reportedAt: Date(timeIntervalSince1970: 0))
    #expect(unit.capabilities == ["als", "pump"])
  }
}
