import API
import Fleet
import Foundation
import Geometry
import RoadGraph
import TestSupport
import Testing

/// The ranking of units, with weights made up.
@Suite struct UnitRankingTests {
  private static func unit(_ id: String) -> StationedUnit {
    let place = Coordinate(latitudeE7: 0, longitudeE7: 0)
    return StationedUnit(
      ResponseUnit(id: id, profile: "plain", coordinate: place, reportedAt: Date(timeIntervalSince1970: 0)),
      starts: [], snapped: nil)
  }

  @Test func ranksByWeightThenByID() {
    let weights: [String: Weight] = ["d": 5, "b": 7, "a": 9, "c": 7]
    var ranking = UnitRanking(count: 3)
    ranking.consider(weights.keys.map(Self.unit), weightAtLeast: { _ in 0 }, weight: { weights[$0.unit.id] })
    #expect(ranking.best.map(\.unit.unit.id) == ["d", "b", "c"])
    #expect(ranking.best.map(\.weight) == [5, 7, 7])
    #expect(ranking.outrankedCount == 1)
  }

  @Test func leavesOutWhoCanNotCome() {
    var ranking = UnitRanking(count: 2)
    ranking.consider(["a", "b"].map(Self.unit), weightAtLeast: { _ in 0 }, weight: { $0.unit.id == "a" ? nil : 4 })
    #expect(ranking.best.map(\.unit.unit.id) == ["b"])
    #expect(ranking.outrankedCount == 0)
  }

  @Test func searchesOnlyForWhoMayBeAmongTheBest() {
    let bounds: [String: Weight] = ["a": 1, "b": 2, "c": 20, "d": 30]
    var searched: [String] = []
    var ranking = UnitRanking(count: 2)
    ranking.consider(
      bounds.keys.map(Self.unit), weightAtLeast: { bounds[$0.unit.id] ?? 0 },
      weight: {
        searched.append($0.unit.id)
        return (bounds[$0.unit.id] ?? 0) + 10
      })
    #expect(ranking.best.map(\.unit.unit.id) == ["a", "b"])
    #expect(searched == ["a", "b"])
    #expect(ranking.outrankedCount == 2)
  }

  /// A bound that equals the worst weight may still win by its id.
  @Test func aTieWithTheBoundIsSearched() {
    var ranking = UnitRanking(count: 1)
    ranking.consider([Self.unit("b")], weightAtLeast: { _ in 10 }, weight: { _ in 10 })
    ranking.consider([Self.unit("a")], weightAtLeast: { _ in 10 }, weight: { _ in 10 })
    #expect(ranking.best.map(\.unit.unit.id) == ["a"])
  }

  @Test(arguments: 1...50 as ClosedRange<UInt64>)
  func isWhatSortingGives(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let units = (0..<Int.random(in: 0...40, using: &random)).map { Self.unit("\($0)") }
    let weights = Dictionary(
      uniqueKeysWithValues: units.map { ($0.unit.id, Weight.random(in: 0...20, using: &random)) })
    let slack = Dictionary(uniqueKeysWithValues: units.map { ($0.unit.id, Weight.random(in: 0...9, using: &random)) })
    let count = Int.random(in: 1...12, using: &random)
    func weight(_ unit: StationedUnit) -> Weight { weights[unit.unit.id] ?? 0 }
    let expected = units.sorted { (weight($0), $0.unit.id) < (weight($1), $1.unit.id) }.prefix(count)
    var ranking = UnitRanking(count: count)
    let half = units.count / 2
    for part in [units[..<half], units[half...]] {
      ranking.consider(
        Array(part), weightAtLeast: { weight($0) - min(weight($0), slack[$0.unit.id] ?? 0) }, weight: weight)
    }
    #expect(ranking.best.map(\.unit.unit.id) == expected.map(\.unit.id), "seed \(seed)")
    #expect(ranking.best.count + ranking.outrankedCount == units.count, "seed \(seed)")
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

extension UnitRanking {
  /// Considers all units, each with its bound.
  fileprivate mutating func consider(
    _ units: [StationedUnit], weightAtLeast: (StationedUnit) -> Weight, weight: (StationedUnit) -> Weight?
  ) {
    consider(
      units, among: units.indices.map { UInt32($0) }, weightAtLeast: { weightAtLeast(units[$0]) }, weight: weight)
  }
}
