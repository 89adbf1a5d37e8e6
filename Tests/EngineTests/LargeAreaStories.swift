import API
import Foundation
import Geometry
import TestSupport
import Testing
import Traffic

@testable import Engine

/// Closures of a question's own that take long to find, or to find a way around: they end with their caller's time, and
/// what is too much is refused at once.
@Suite struct LargeAreaStories {
  private let town = RandomTown(seed: 4, junctionCount: 1_500)
  private let engine: TocsinEngine

  init() throws { engine = try TestEngine(.text(opl: town.text.opl)).engine }

  private var box: BoundingBox { BoundingBox(of: town.junctions) }

  /// A comb over the whole town.
  private func comb(_ teeth: Int) -> [Coordinate] {
    let width = Int64(box.maxLongitudeE7) - Int64(box.minLongitudeE7)
    return (0..<teeth).flatMap { tooth in
      let longitude = Int32(Int64(box.minLongitudeE7) + width * Int64(tooth) / Int64(teeth))
      return [box.minLatitudeE7, box.maxLatitudeE7].map { Coordinate(latitudeE7: $0, longitudeE7: longitude) }
    }
  }

  /// A line up and down the town, again and again.
  private func zigzag(_ legs: Int) -> [Coordinate] {
    (0..<legs).map { leg in
      Coordinate(
        latitudeE7: leg % 2 == 0 ? box.minLatitudeE7 : box.maxLatitudeE7,
        longitudeE7: box.minLongitudeE7 + Int32(leg))
    }
  }

  private var everywhere: [Coordinate] {
    [
      (box.minLatitudeE7, box.minLongitudeE7), (box.maxLatitudeE7, box.minLongitudeE7),
      (box.maxLatitudeE7, box.maxLongitudeE7), (box.minLatitudeE7, box.maxLongitudeE7),
    ].map { Coordinate(latitudeE7: $0, longitudeE7: $1) }
  }

  private func question(_ selectors: [RoadSelector]) -> RouteRequest {
    var request = RouteRequest(places: [Place(town.junctions[0]), Place(town.junctions[700])], profile: "siren")
    request.whatIf = selectors.enumerated().map { RoadClosure(id: "\($0)", selector: $1) }
    return request
  }

  /// Processor time of this thread: other tests keep the processors busy.
  private func threadSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private func refusal(_ body: () throws -> Void) -> EngineError? {
    do { try body() } catch { return error as? EngineError }
    return nil
  }

  /// Ended after a hundredth, a tenth and all of the time that each takes.
  @Test func theyEndWithTheCallersTime() throws {
    let questions = [
      question([.polygon(comb(2_500))]), question([.polyline(zigzag(12), direction: .both)]),
      question((0..<60).map { _ in .polygon(everywhere) }),
      question([.areas((0..<60).map { _ in Area(everywhere, holes: [Array(town.junctions.prefix(100))]) })]),
      question((0..<100).map { .point(town.junctions[$0], radiusMeters: 5_000) }),
    ]
    for (number, request) in questions.enumerated() {
      for milliseconds in [1, 10, 50] {
        let start = threadSeconds()
        let error = refusal {
          _ = try engine.route(request, within: WorkLimit(deadline: .now + .milliseconds(milliseconds)))
        }
        let seconds = threadSeconds() - start
        #expect(error?.code == .deadlineExceeded, "question \(number), \(milliseconds) ms: \(seconds) s")
        #expect(seconds < 1, "question \(number), \(milliseconds) ms")
      }
    }
  }

  @Test func theSameGoesForChangesAndTheirDryRuns() throws {
    let closures = ClosuresRequest([RoadClosure(id: "x", selector: .polygon(comb(2_500)))])
    let limit = { WorkLimit(deadline: .now + .milliseconds(5)) }
    let preview = refusal { _ = try engine.previewClosures(closures, within: limit()) }
    let change = refusal { _ = try engine.putClosures(closures, by: .local, within: limit()) }
    #expect(preview?.code == .deadlineExceeded && change?.code == .deadlineExceeded)
    #expect(engine.listClosures().closures.isEmpty)
  }

  @Test func whatIsTooMuchIsRefusedByName() {
    let corners = question((0..<3).map { _ in .polygon(comb(2_500)) })
    let manyCorners = refusal { _ = try engine.route(corners) }
    #expect(manyCorners?.message.contains("what_if_points = 10000") == true)
    let lines = question([.polyline(zigzag(80), direction: .forward)])
    let longLines = refusal { _ = try engine.route(lines) }
    #expect(longLines?.message.contains("what_if_line_meters = 200000") == true)
    let line = ClosuresRequest([RoadClosure(id: "x", selector: .polyline(zigzag(5_000), direction: .forward))])
    let longLine = refusal { _ = try engine.putClosures(line, by: .local) }
    #expect(longLine?.message.contains("closure_line_length_meters = 500000") == true)
    let areas = RoadClosure(id: "x", selector: .areas((0..<25).map { _ in Area(everywhere) }))
    #expect(throws: TrafficError.tooManyRoads(5_000)) {
      try engine.resolver.resolve(areas, within: RoadBudget(stretchesMax: 5_000))
    }
    #expect(EngineError(.tooManyRoads(5_000)).message.contains("closure_roads = 5000"))
  }
}
