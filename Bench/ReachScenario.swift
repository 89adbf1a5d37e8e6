import API
import Engine
import TestSupport

/// How far one gets within ten minutes: lengths, the parts of roads, and a drawing of them.
struct ReachScenario {
  let world: World
  private static let calls = 50
  private static let limits = [180.0, 300, 420, 600]

  func run() throws -> [Measurement] {
    var random = world.random("reach")
    let engine = try world.engine()
    let places = (0..<Self.calls).map { _ in Place(world.randomPlace(&random)) }
    try check(places[0], engine)
    let details: [(name: String, detail: ReachDetail)] = [
      ("reach, lengths", detail()), ("reach, roads", detail(roads: true)), ("reach, outlines", detail(outlines: true)),
    ]
    return try details.map { name, detail in
      try Measurement(name, places) { try engine.reach(request($0, detail, [Self.limits[Self.limits.count - 1]])) }
    }
  }

  private func detail(roads: Bool = false, outlines: Bool = false) -> ReachDetail {
    var detail = ReachDetail()
    (detail.roads, detail.outlines) = (roads, outlines)
    return detail
  }

  private func request(_ place: Place, _ detail: ReachDetail, _ limits: [Double]) -> ReachRequest {
    var request = ReachRequest(places: [place], .from, profile: world.roads.profile.name, limitsSeconds: limits)
    request.detail = detail
    return request
  }

  /// Several limits at once give what each gives alone, and never less than the one before.
  private func check(_ place: Place, _ engine: TocsinEngine) throws {
    let together = try engine.reach(request(place, detail(), Self.limits)).bands.map(\.lengthMeters)
    let alone = try Self.limits.map { try engine.reach(request(place, detail(), [$0])).bands[0].lengthMeters }
    try BenchFailure.check(
      together == alone && together == together.sorted(), "reach", "lengths differ: \(together), alone \(alone)")
  }
}

extension ReachAnswer: Summable {
  func add(to sum: inout Checksum) {
    for band in bands {
      sum.add(Int(band.lengthMeters * 100))
      for outline in band.outlines { sum.add(outline.exterior.count) }
    }
    for road in roads {
      sum.add(road.wayOSMID)
      sum.add(Int(road.endSeconds * 1_000))
    }
  }
}
