import API
import Dispatch
import Fleet
import Foundation
import TestSupport
import Testing
import Traffic

@testable import Engine

/// Long work ends when its caller's time is over, and leaves nothing behind.
@Suite struct WorkLimitStories {
  private let town = RandomTown(seed: 2, junctionCount: 150)
  private let engine: TocsinEngine
  private let tour: RouteRequest

  init() throws {
    engine = try TestEngine(.text(opl: town.text.opl)).engine
    let engine = engine
    let places = town.junctions.map { Place($0) }
    // There and back again: the way goes on from each of them.
    let stops = places.prefix(60).filter { stop in
      (try? engine.route(RouteRequest(places: [places[0], stop, places[0]], profile: "siren"))) != nil
    }
    var tour = RouteRequest(places: Array(stops.prefix(50)), profile: "siren")
    tour.whatIf = Self.closures(town)
    self.tour = tour
    _ = try engine.putUnits(units(Self.unitCount))
  }

  private static let unitCount = 900

  private func units(_ count: Int, prefix: String = "u") -> [ResponseUnit] {
    (0..<count).map { number in
      ResponseUnit(
        id: "\(prefix)\(number)", profile: ["ambulance", "siren", "plain"][number % 3],
        coordinate: town.junctions[number % town.junctions.count], reportedAt: TestClock().now)
    }
  }

  private static func closures(_ town: RandomTown) -> [RoadClosure] {
    town.text.ways.keys.sorted().prefix(Limits.whatIfClosuresMax).map {
      RoadClosure(id: "\($0)", selector: .way(osmID: $0, direction: .both), effect: .factor(2))
    }
  }

  private var ranking: FastestUnitsRequest {
    var request = FastestUnitsRequest(incident: Place(town.junctions[0]), count: 1_000)
    request.whatIf = Self.closures(town)
    return request
  }

  /// The code of what a call throws, and how long it took.
  private func outcome(_ body: () throws -> Void) -> (code: EngineError.Code?, seconds: Double) {
    let start = ContinuousClock.now
    var code: EngineError.Code?
    do { try body() } catch { code = (error as? EngineError)?.code }
    return (code, (ContinuousClock.now - start) / .seconds(1))
  }

  @Test func questionsEndAtTheirDeadline() throws {
    let before = (try engine.fastestUnits(ranking), try engine.route(tour))
    let limit = { WorkLimit(deadline: .now + .milliseconds(1)) }
    for outcome in [
      outcome { _ = try engine.fastestUnits(ranking, within: limit()) },
      outcome { _ = try engine.route(tour, within: limit()) },
    ] {
      #expect(outcome.code == .deadlineExceeded && outcome.seconds < 0.5)
    }
    // The same workspaces answer as before.
    #expect(try engine.fastestUnits(ranking).units.map(\.route) == before.0.units.map(\.route))
    #expect(try engine.route(tour).route == before.1.route)
  }

  /// Ended after more and more of the work: never an answer of half of it, and the next answer is whole.
  @Test func wheneverItEndsTheNextAnswerIsRight() throws {
    let expected = try engine.route(tour).route
    let units = try engine.fastestUnits(ranking).units.map(\.route)
    var codes: Set<EngineError.Code?> = []
    for step in 0..<34 {
      let limit = { WorkLimit(deadline: .now + .microseconds(150 << (step / 2))) }
      let asked = outcome {
        let route = try engine.route(tour, within: limit()).route
        #expect(route == expected)
      }
      let ranked = outcome {
        let found = try engine.fastestUnits(ranking, within: limit()).units
        #expect(found.map(\.route) == units)
      }
      codes.formUnion([asked.code, ranked.code])
      if step % 4 == 0 { #expect(try engine.route(tour).route == expected) }
    }
    #expect(codes == [nil, .deadlineExceeded])
  }

  @Test func questionsAreCancelled() throws {
    let cancellation = Cancellation()
    DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(2)) { cancellation.cancel() }
    let (code, _) = outcome {
      while true { _ = try engine.fastestUnits(ranking, within: WorkLimit(cancellation: cancellation)) }
    }
    #expect(code == .cancelled)
    #expect(outcome { _ = try engine.route(tour, within: WorkLimit(cancellation: cancellation)) }.code == .cancelled)
  }

  @Test func changesAreMadeWhollyOrNotAtAll() throws {
    let version = engine.status().version
    let limit = { WorkLimit(deadline: .now + .milliseconds(1)) }
    let many = (0..<2_000).map { number in
      RoadClosure(id: "\(number)", selector: .point(town.junctions[number % 150], radiusMeters: 500))
    }
    let speeds = (0..<400_000).map { RoadSpeed(.way(osmID: Int64($0 % 100 + 1), direction: .both), kmh: 20) }
    let update = SpeedUpdate(source: "its", speeds: speeds, timeToLiveSeconds: 60, isComplete: false)
    let outcomes = [
      outcome { _ = try engine.putClosures(ClosuresRequest(many), by: .local, within: limit()) },
      outcome { _ = try engine.previewClosures(ClosuresRequest(many), within: limit()) },
      outcome { _ = try engine.putUnits(units(5_000, prefix: "v"), by: .local, within: limit()) },
      outcome { _ = try engine.putSpeeds(SpeedsRequest(update), by: .local, within: limit()) },
    ]
    #expect(outcomes.map(\.code) == [.deadlineExceeded, .deadlineExceeded, .deadlineExceeded, .deadlineExceeded])
    #expect(engine.status().version == version)
    #expect(engine.listClosures().closures.isEmpty && engine.listUnits().units.count == Self.unitCount)
    #expect(engine.status().speedSources.isEmpty)
  }
}
