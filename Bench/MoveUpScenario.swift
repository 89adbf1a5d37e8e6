import API
import Engine
import Foundation
import TestSupport

/// Which of 177 units move to which of 177 posts, for 905 points of demand, while twelve are out.
struct MoveUpScenario {
  let world: World
  private static let posts = 177
  private static let points = 905
  private static let out = 12
  private static let calls = 20

  func run() throws -> [Measurement] {
    var random = world.random("moveup")
    let engine = try world.engine()
    let now = Date()
    let posts = (0..<Self.posts).map { Post(id: "post \($0)", place: Place(world.randomPlace(&random)), capacity: 2) }
    _ = try engine.putPosts(posts, by: .local)
    let units = posts.enumerated().map { number, post in
      var unit = ResponseUnit(
        id: "unit \(number)", profile: world.roads.profile.name, coordinate: post.place.coordinate, reportedAt: now,
        turnoutSeconds: 80)
      if number < Self.out { unit.status = .onScene }
      return unit
    }
    _ = try engine.putUnits(units)
    let features = (0..<Self.points).map { LayerFeature(id: "\($0)", .point(world.randomPlace(&random))) }
    _ = try engine.putLayer(Layer("calls", features: features), by: .local, within: .none)
    try check(engine)
    let known = try Measurement("moveup, cover known", 0..<Self.calls) { number in
      try engine.moveUp(request(busyShare: 0.2 + Double(number) / 100))
    }
    var closed = (0..<Self.calls).map { _ in
      RoadClosure(id: "closure", selector: .nearest(world.randomPlace(&random), radiusMeters: 100))
    }
    let afterClosure = try Measurement("closure and moveup", 0..<Self.calls) { _ in
      if let closure = closed.popLast() { _ = try engine.putClosures([closure]) }
      return try engine.moveUp(request(busyShare: 0.3))
    }
    return [known, afterClosure]
  }

  private func request(busyShare: Double) -> MoveUpRequest {
    var request = MoveUpRequest(demandLayer: "calls", limitSeconds: 420)
    (request.busyShare, request.gainShareMin) = (busyShare, 0)
    return request
  }

  /// As much is covered as a coverage says.
  private func check(_ engine: TocsinEngine) throws {
    let answer = try engine.moveUp(request(busyShare: 0.3))
    var coverage = CoverageRequest(limitsSeconds: [420])
    (coverage.depth, coverage.demandLayer) = (2, "calls")
    let levels = try engine.coverage(coverage).levels
    for (share, level) in zip([answer.before.covered, answer.before.twice], levels) {
      try BenchFailure.check(
        abs(share - level.demandShare) < 1e-9, "moveup", "\(share) of the demand is covered, not \(level.demandShare)")
    }
  }
}

extension MoveUpAnswer: Summable {
  func add(to sum: inout Checksum) {
    for move in moves {
      sum.add(move.unitID)
      sum.add(move.toPostID)
    }
  }
}
