import API
import Engine
import Geometry

/// Where somebody is, in words: a place up to 60 m off the road, with a heading half of the time.
struct LocateScenario {
  let world: World
  private static let places = 5_000
  private static let offsetMetersMax = 60.0

  func run() throws -> [Measurement] {
    var random = world.random("locate")
    let requests = (0..<Self.places).map { number in
      let place = world.randomPlace(&random, metersMax: Self.offsetMetersMax)
      let heading = number % 2 == 0 ? nil : Double.random(in: 0..<360, using: &random)
      return LocateRequest(Place(place, headingDegrees: heading))
    }
    let engine = try world.engine()
    for request in requests.prefix(100) {
      let sum = try engine.locate(request).roads.reduce(0) { $0 + $1.probability }
      try BenchFailure.check(abs(sum - 1) < 1e-9, "locate", "the probabilities of \(request.from) sum up to \(sum)")
    }
    return [
      Measurement("locate", requests) { request in
        guard let answer = try? engine.locate(request) else { return -1 }
        return answer.roads.reduce(answer.roads.count) { sum, road in
          sum &+ Int(road.probability * 1_000) &+ Int(road.after?.lengthMeters ?? 0)
        }
      }
    ]
  }
}
