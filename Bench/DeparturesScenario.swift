import API
import Engine
import Foundation
import TestSupport
import Traffic

/// Routes at other times of the week, on a map where the speed of every road is known for each hour.
struct DeparturesScenario {
  let world: World
  private static let pairs = 500
  private static let slots = 20
  private static let hour = 3_600.0

  func run() throws -> [Measurement] {
    var random = world.random("departures")
    let engine = try TocsinEngine(
      map: world.map, profiles: .init([world.roads.profile]), typical: typical(&random))
    let requests = (0..<Self.pairs).map { _ in
      RouteRequest(
        places: (0..<2).map { _ in Place(world.randomPlace(&random)) }, profile: world.roads.profile.name)
    }
    let (now, start) = (Date(), Self.hour * 2)
    func leaving(_ request: RouteRequest, after seconds: Double) -> RouteRequest {
      var request = request
      request.departAt = now.addingTimeInterval(start + seconds)
      return request
    }
    let first = Measurement("departure, first of its hour", 0..<Self.slots) { slot in
      Self.milliseconds(engine, leaving(requests[slot], after: Double(slot) * Self.hour))
    }
    // The last hour is at hand.
    let last = Double(Self.slots - 1) * Self.hour
    let live = Measurement("route now", requests) { Self.milliseconds(engine, $0) }
    let known = Measurement("departure, hour at hand", requests) { Self.milliseconds(engine, leaving($0, after: last)) }
    let closure = RoadClosure(
      id: "works", selector: .point(world.randomPlace(&random), radiusMeters: 200), from: now.addingTimeInterval(start),
      until: now.addingTimeInterval(start + last + 2 * Self.hour))
    _ = try engine.putClosures([closure])
    let closed = Measurement("departure, closure of then at hand", requests) {
      Self.milliseconds(engine, leaving($0, after: last))
    }
    try measureAll(engine, &random)
    let measured = Measurement("route now, every road measured", requests) { Self.milliseconds(engine, $0) }
    return [first, live, known, closed, measured]
  }

  /// As at another time the speeds of all roads are known now.
  private func measureAll(_ engine: TocsinEngine, _ random: inout SeededGenerator) throws {
    let network = world.network
    let speeds = network.ways.indices.map { way in
      RoadSpeed(.way(osmID: network.ways[way].osmID, direction: .both), kmh: Double.random(in: 10...50, using: &random))
    }
    let update = SpeedUpdate(source: "its", speeds: speeds, timeToLiveSeconds: Self.hour, isComplete: true)
    let feed = FeedReport(source: "its", intervalSeconds: 60, recordCount: speeds.count)
    _ = try engine.putSpeeds(SpeedsRequest(update, feed: feed), by: .local)
  }

  /// Of a route; -1 of none.
  private static func milliseconds(_ engine: TocsinEngine, _ request: RouteRequest) -> Int {
    (try? engine.route(request)).map { Int($0.route.travelSeconds * 1_000) } ?? -1
  }

  /// Another speed on every way in each hour.
  private func typical(_ random: inout SeededGenerator) -> [TypicalRoad] {
    let network = world.network
    return network.ways.indices.map { way in
      let kmh = (0..<168).map { _ -> Double? in Double.random(in: 10...50, using: &random) }
      return TypicalRoad(.way(osmID: network.ways[way].osmID, direction: .both), kmh: kmh)
    }
  }
}
