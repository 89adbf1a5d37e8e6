import API
import Foundation
import MapImport
import Profiles
import RoadGraph
import TestSupport
import Testing

@testable import Traffic

/// Speeds of several sources, one over the other, until each is unknown again: a street of three OSM ways.
@Suite struct SpeedLayerTests {
  private static let noon = TestTraffic.noon
  private let network: RoadNetwork
  private let resolver: RoadResolver

  init() throws {
    network = try MapImporter(
      source: .text(
        opl: """
          n1 x9.0 y0.0
          n2 x9.001 y0.0
          n3 x9.002 y0.0
          n4 x9.003 y0.0
          w1 Thighway=residential Nn1,n2
          w2 Thighway=residential Nn2,n3
          w3 Thighway=residential Nn3,n4

          """)
    ).run().network
    resolver = RoadResolver(network)
  }

  private func put(
    _ source: String, _ speeds: [Int64: Double], lives seconds: Double = 60, isComplete: Bool = false
  ) -> SpeedPut {
    let speeds = speeds.map { RoadSpeed(.way(osmID: $0, direction: .forward), kmh: $1) }
    let update = SpeedUpdate(source: source, speeds: speeds, timeToLiveSeconds: seconds, isComplete: isComplete)
    return resolver.resolve(update, expiresAt: Self.noon + seconds).put
  }

  private var state: TrafficState { TrafficState(profiles: [TestProfiles.plain], network: network) }

  /// The speed of each OSM way along it; `nil` if unknown, 0 if closed.
  private func kmh(_ state: TrafficState) -> [Double?] {
    ([1, 2, 3] as [Int64]).map { osmID in
      let piece = network.way(osmID: osmID).map { network.stretches(of: $0)[0] }
      let directed = piece.map { DirectedPiece($0, isBackward: network.pieces[$0].isReversed) }
      guard let directed, case .whole(let speed) = state.conditions.speeds[directed] else { return nil }
      return speed == .closed ? 0 : speed.kmh
    }
  }

  @Test func unknownIsNeitherFreeNorClosed() throws {
    var state = state
    _ = try state.put(put("a", [1: 30, 2: 0]))
    #expect(kmh(state) == [30, 0, nil])
  }

  @Test func theSlowestOfSeveralSourcesCounts() throws {
    var state = state
    _ = try state.put(put("a", [1: 30, 2: 20]))
    _ = try state.put(put("b", [1: 25, 2: 40, 3: 10]))
    #expect(kmh(state) == [25, 20, 10])
    _ = try state.put(put("b", [1: 35]))
    #expect(kmh(state) == [30, 20, 10])
  }

  @Test func aCompletePutForgetsTheRest() throws {
    var state = state
    _ = try state.put(put("a", [1: 30, 2: 20]))
    let (number, replaced) = try state.put(put("a", [2: 25, 3: 10], isComplete: true))
    #expect(kmh(state) == [nil, 25, 10])
    #expect(replaced == [number - 1])
    #expect(state.speedSources.map(\.speeds) == [2])
  }

  @Test func eachPutFadesAtItsOwnTime() throws {
    var (state, timetable) = (state, TrafficTimetable())
    _ = try state.put(put("a", [1: 30, 2: 20], lives: 60))
    _ = try state.put(put("a", [2: 15], lives: 100))
    timetable.note(state.changes, of: state)
    #expect(timetable.advance(&state, to: Self.noon + 59).puts.isEmpty)
    #expect(kmh(state) == [30, 15, nil])
    #expect(timetable.advance(&state, to: Self.noon + 60).puts.map(\.number) == [1])
    #expect(kmh(state) == [nil, 15, nil])
    #expect(timetable.advance(&state, to: Self.noon + 100).puts.map(\.number) == [2])
    #expect(kmh(state) == [nil, nil, nil])
    #expect(state.speedSources.isEmpty)
  }

  @Test func aPutThatWasReplacedFadesQuietly() throws {
    var (state, timetable) = (state, TrafficTimetable())
    _ = try state.put(put("a", [1: 30], lives: 60))
    _ = try state.put(put("a", [1: 20], lives: 90, isComplete: true))
    timetable.note(state.changes, of: state)
    #expect(timetable.advance(&state, to: Self.noon + 60).puts.isEmpty)
    #expect(kmh(state)[0] == 20)
  }

  @Test func sourcesAreLimited() throws {
    var state = state
    for number in 1...TrafficState.speedSourcesMax { _ = try state.put(put("\(number)", [1: 30])) }
    #expect(throws: TrafficError.tooManySources(TrafficState.speedSourcesMax)) {
      _ = try state.put(put("one more", [1: 30]))
    }
    _ = try state.put(put("1", [1: 20]))
    #expect(kmh(state)[0] == 20)
  }

  @Test func unmatchedRoadsAreCounted() {
    let update = SpeedUpdate(
      source: "a",
      speeds: [
        RoadSpeed(.way(osmID: 1, direction: .both), kmh: 10), RoadSpeed(.way(osmID: 99, direction: .both), kmh: 10),
        RoadSpeed(.link(id: "x"), kmh: 10),
      ], timeToLiveSeconds: 60, isComplete: false)
    let matches = resolver.resolve(update, expiresAt: Self.noon).matches
    #expect(matches.matchedCount == 1)
    #expect(matches.unmatchedCount == 2)
    #expect(matches.unmatchedExamples == [.unknownWay(osmID: 99), .unknownLink(id: "x")])
  }
}
