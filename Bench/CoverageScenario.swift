import API
import Engine
import Foundation
import TestSupport

/// What of all roads 177 units reach in time, up to the third of them.
struct CoverageScenario {
  let world: World
  private static let units = 177
  private static let calls = 50
  private static let limits = [240.0, 420, 600]
  private static let depth = 3
  private static let checkedPlaces = 100

  func run() throws -> [Measurement] {
    var random = world.random("coverage")
    let engine = try world.engine()
    let now = Date()
    let fleet = (0..<Self.units).map { number in
      ResponseUnit(
        id: "unit \(number)", profile: world.roads.profile.name, coordinate: world.randomPlace(&random),
        reportedAt: now, turnoutSeconds: 80)
    }
    _ = try engine.putUnits(fleet)
    try check(engine, &random)
    var request = CoverageRequest(limitsSeconds: Self.limits)
    request.depth = Self.depth
    return [
      try Measurement("coverage, 3 of \(Self.units)", 0..<Self.calls) { handlingSeconds in
        request.handlingSeconds = Double(handlingSeconds)
        return try engine.coverage(request)
      }
    ]
  }

  /// At each of some places as many units are in time as the fastest units say.
  private func check(_ engine: TocsinEngine, _ random: inout SeededGenerator) throws {
    let places = (0..<Self.checkedPlaces).map { _ in world.randomPlace(&random) }
    let features = places.enumerated().map { LayerFeature(id: "\($0)", .point($1)) }
    _ = try engine.putLayer(Layer("places", features: features), by: .local, within: .none)
    var request = CoverageRequest(limitsSeconds: Self.limits)
    (request.depth, request.demandLayer) = (Self.depth, "places")
    let levels = try engine.coverage(request).levels
    let etas = try places.map { place in
      try engine.fastestUnits(FastestUnitsRequest(incident: Place(place), count: Self.depth)).units
        .filter { !$0.route.needsLastResort }.map(\.etaSeconds)
    }
    for level in levels {
      let expected = etas.count { $0.count >= level.depth && $0[level.depth - 1] <= level.limitSeconds }
      try BenchFailure.check(
        Int(level.demandWeight) == expected, "coverage",
        "\(level.demandWeight) places have unit \(level.depth) within \(level.limitSeconds) s, not \(expected)")
    }
  }
}

extension CoverageAnswer: Summable {
  func add(to sum: inout Checksum) {
    for level in levels { sum.add(Int(level.lengthMeters * 100)) }
  }
}
