import API
import Engine
import Foundation
import Geometry
import TestSupport

/// 500 units under way that report every 5 seconds: what one report costs who follows them all.
struct FollowScenario {
  let world: World
  private static let units = 500
  private static let rounds = 4

  func run() throws -> [Measurement] {
    var random = world.random("follow")
    let engine = try world.engine()
    var fleet = (0..<Self.units).map { number in
      var unit = ResponseUnit(
        id: "unit \(number)", profile: world.roads.profile.name, status: .enRoute,
        coordinate: world.randomPlace(&random), reportedAt: Date())
      unit.task = UnitTask(incidentID: "1", destination: Place(world.randomPlace(&random)))
      return unit
    }
    _ = try engine.putUnits(fleet)
    let watch = try engine.follow(FollowRequest(unitIDs: fleet.map(\.id)))
    try drain(watch)
    return [
      try Measurement("follow, a report of each of \(Self.units)", 0..<Self.rounds) { _ in
        for index in fleet.indices {
          // A few metres on.
          let (place, goal) = (fleet[index].coordinate, fleet[index].task?.destination?.coordinate)
          fleet[index].coordinate = goal.map { place.interpolated(to: $0, fraction: 0.005) } ?? place
          fleet[index].reportedAt = Date()
        }
        _ = try engine.putUnits(fleet)
        Thread.sleep(forTimeInterval: 0.2)
        return try drain(watch)
      }
    ]
  }

  /// Takes all that has happened.
  @discardableResult private func drain(_ watch: any AnswerStream<FollowEvent>) throws -> Int {
    var count = 0
    while try watch.next() != nil { count += 1 }
    return count
  }
}
