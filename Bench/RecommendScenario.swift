import API
import Engine
import Foundation
import TestSupport

/// A force of 20 units from 1,000 of five kinds, with substitutes that cost something and without.
struct RecommendScenario {
  let world: World
  private static let fleet = 1_000
  private static let incidents = 1_000
  private static let checkedIncidents = 20
  private static let kinds = ["engine", "ladder", "rescue", "ambulance", "chief"]

  func run() throws -> [Measurement] {
    var random = world.random("recommend")
    let engine = try world.engine()
    let now = Date()
    _ = try engine.putUnits(
      (0..<Self.fleet).map { number in
        ResponseUnit(
          id: "unit \(number)", capabilities: [Self.kinds[number % Self.kinds.count]],
          profile: world.roads.profile.name, coordinate: world.randomPlace(&random), reportedAt: now, turnoutSeconds: 0)
      })
    let incidents = (0..<Self.incidents).map { _ in Place(world.randomPlace(&random)) }
    return try [("recommend 20 of \(Self.fleet)", 0), ("recommend 20 with substitutes", 60)].map { name, penalty in
      let level = level(penaltySeconds: penalty)
      try check(incidents.prefix(Self.checkedIncidents), level, engine, name)
      return try Measurement(name, incidents) {
        try engine.recommend(RecommendRequest(incident: $0, wanted: .lines(level)))
      }
    }
  }

  private func level(penaltySeconds: Double) -> PlanLevel {
    let counts = [8, 4, 2, 4, 2]
    return PlanLevel(
      zip(Self.kinds, counts).map { kind, count in
        let substitute = kind == "engine" ? [UnitNeed(["ladder"], penaltySeconds: penaltySeconds)] : []
        return PlanLine(kind, count: count, needs: [UnitNeed([kind])] + substitute)
      })
  }

  /// Whoever goes comes when the fastest units say, and every place is filled.
  private func check(
    _ incidents: some Sequence<Place>, _ level: PlanLevel, _ engine: TocsinEngine, _ name: String
  ) throws {
    for incident in incidents {
      let answer = try engine.recommend(RecommendRequest(incident: incident, wanted: .lines(level)))
      let ranking = try engine.fastestUnits(FastestUnitsRequest(incident: incident, count: Self.fleet))
      let etas = Dictionary(uniqueKeysWithValues: ranking.units.map { ($0.unit.id, $0.etaSeconds) })
      for unit in answer.units {
        try BenchFailure.check(
          etas[unit.unit.unit.id] == unit.unit.etaSeconds, name,
          "\(unit.unit.unit.id) comes at another time to \(incident.coordinate)")
      }
      try BenchFailure.check(
        answer.units.count + answer.open.reduce(0) { $0 + $1.count } == 20, name,
        "places are missing at \(incident.coordinate)")
    }
  }
}

extension RecommendAnswer: Summable {
  func add(to sum: inout Checksum) {
    for unit in units {
      sum.add(unit.unit.unit.id)
      sum.add(Int(unit.unit.etaSeconds * 1_000))
    }
  }
}
