import API
import Engine
import TestSupport

/// The travel times between many places at once.
struct MatrixScenario {
  let world: World
  private static let sizes: [(rows: Int, columns: Int, calls: Int)] = [(10, 10, 100), (100, 100, 20), (177, 905, 5)]
  private static let checkedCells = 50

  func run() throws -> [Measurement] {
    var random = world.random("matrix")
    let engine = try world.engine()
    return try Self.sizes.map { size in
      let name = "matrix \(size.rows) x \(size.columns)"
      let requests = (0..<size.calls).map { _ in
        MatrixRequest(
          origins: places(size.rows, &random), destinations: places(size.columns, &random),
          profile: world.roads.profile.name)
      }
      try check(requests[0], engine, name, &random)
      return try Measurement(name, requests) { try engine.matrix($0) }
    }
  }

  private func places(_ count: Int, _ random: inout SeededGenerator) -> [Place] {
    (0..<count).map { _ in Place(world.randomPlace(&random)) }
  }

  /// Routes take as long.
  private func check(
    _ request: MatrixRequest, _ engine: TocsinEngine, _ name: String, _ random: inout SeededGenerator
  ) throws {
    let answer = try engine.matrix(request)
    for _ in 0..<Self.checkedCells {
      let row = Int.random(in: 0..<request.origins.count, using: &random)
      let column = Int.random(in: 0..<request.destinations.count, using: &random)
      let route = RouteRequest(
        places: [request.origins[row], request.destinations[column]], profile: request.profile)
      let expected = (try? engine.route(route))?.route.travelSeconds
      try BenchFailure.check(
        answer.travelSeconds(from: row, to: column) == expected, name,
        "a route takes \(expected.map { "\($0) s" } ?? "no way"), from \(row) to \(column)")
    }
  }
}

extension MatrixAnswer: Summable {
  func add(to sum: inout Checksum) {
    for seconds in travelSeconds { sum.add(Int(seconds * 1_000)) }
  }
}
