import API
import Foundation
import MapImport
import Profiles
import RoadGraph
import TestSupport
import Testing

@testable import Traffic

/// Closures that come and go, overlap and expire: a street of six pieces.
@Suite struct TrafficStateTests {
  private static let noon = TestTraffic.noon
  private let network: RoadNetwork
  private let costs: CostModel
  private let pieces: [DirectedPiece]

  init() throws {
    let nodes = (0...6).map { "n\($0 + 1) x9.00\($0) y0.0\n" }.joined()
    let ways = (1...6).map { "w\($0) Thighway=residential Nn\($0),n\($0 + 1)\n" }.joined()
    network = try MapImporter(source: .text(opl: nodes + ways)).run().network
    costs = CostModel(profile: TestProfiles.plain, network: network)
    pieces = network.pieces.indices.map { DirectedPiece($0, isBackward: false) }
    #expect(pieces.count == 6)
  }

  private func closure(_ id: String, revision: UInt64 = 0, from: Double? = nil, until: Double? = nil) -> RoadClosure {
    var closure = TestTraffic.closure(id)
    closure.revision = revision
    closure.from = from.map { Self.noon + $0 }
    closure.until = until.map { Self.noon + $0 }
    return closure
  }

  private var traffic: TestTraffic { TestTraffic(network, [TestProfiles.plain]) }

  private func closed(_ traffic: TestTraffic) -> [Int] {
    let conditions = traffic.conditions(of: costs)
    return pieces.indices.filter { conditions.isClosed(pieces[$0].piece, .forward) }
  }

  private func put(_ closure: RoadClosure, _ positions: [Int], on traffic: inout TestTraffic, at moment: Date = noon)
    throws
  {
    try traffic.state.put(traffic.resolved(closure, positions.map { pieces[$0] }), at: moment)
  }

  /// Brings a traffic up to a moment, as an engine's writer does.
  private func advance(_ traffic: inout TestTraffic, _ timetable: inout TrafficTimetable, to seconds: Double)
    -> [String]
  {
    timetable.note(traffic.state.changes, of: traffic.state)
    traffic.state = traffic.state.published
    return timetable.advance(&traffic.state, to: Self.noon + seconds).closureIDs
  }

  @Test func aPieceIsClosedWhileAnyClosureHolds() throws {
    var traffic = traffic
    try put(closure("a"), [1, 2], on: &traffic)
    try put(closure("b"), [2, 3], on: &traffic)
    #expect(closed(traffic) == [1, 2, 3])
    try traffic.state.lift("a")
    #expect(closed(traffic) == [2, 3])
    try traffic.state.lift("b")
    #expect(closed(traffic) == [])
  }

  @Test func holdsFromItsBeginningToBeforeItsEnd() throws {
    var (traffic, timetable) = (traffic, TrafficTimetable())
    try put(closure("a", from: 10, until: 20), [1], on: &traffic)
    for (seconds, isClosed, ended) in [(9.0, false, []), (10, true, []), (19, true, []), (20, false, ["a"])] {
      #expect(advance(&traffic, &timetable, to: seconds) == ended, "after \(seconds) s")
      #expect(closed(traffic) == (isClosed ? [1] : []), "after \(seconds) s")
    }
    #expect(timetable.next == nil)
    #expect(traffic.state.closureCount == 0)
  }

  @Test func hoursComeRoundAgain() throws {
    var (traffic, timetable) = (traffic, TrafficTimetable())
    var nightly = closure("a")
    nightly.hours = "22:00-05:00"
    nightly.until = Self.noon + 3 * 86_400
    try put(nightly, [1], on: &traffic)
    // noon is 22:13:20 UTC.
    #expect(closed(traffic) == [1])
    var changes: [(Double, Bool)] = []
    timetable.note(traffic.state.changes, of: traffic.state)
    while let next = timetable.next {
      _ = advance(&traffic, &timetable, to: next.timeIntervalSince(Self.noon))
      timetable.note(traffic.state.changes, of: traffic.state)
      traffic.state = traffic.state.published
      changes.append(((next.timeIntervalSince(Self.noon) / 360).rounded() / 10, closed(traffic) == [1]))
    }
    #expect(changes.map(\.1) == [false, true, false, true, false, true, false])
    #expect(changes.map(\.0) == [6.8, 23.8, 30.8, 47.8, 54.8, 71.8, 72])
    #expect(traffic.state.closureCount == 0)
  }

  @Test func refusesAnOlderRevision() throws {
    var traffic = traffic
    try put(closure("a", revision: 5), [1], on: &traffic)
    #expect(throws: TrafficError.staleRevision(id: "a", known: 5, given: 4)) {
      try put(closure("a", revision: 4), [2], on: &traffic)
    }
    #expect(closed(traffic) == [1])
    try put(closure("a", revision: 5), [3], on: &traffic)
    #expect(closed(traffic) == [3])
  }

  @Test func refusesToLiftWhatIsUnknown() {
    var traffic = traffic
    #expect(throws: TrafficError.unknownClosure(id: "a")) { try traffic.state.lift("a") }
  }

  @Test func aRenewalTouchesNothingButTheTime() throws {
    var (traffic, timetable) = (traffic, TrafficTimetable())
    try put(closure("a", until: 60), [1], on: &traffic)
    #expect(!traffic.state.changes.pieces.isEmpty)
    _ = advance(&traffic, &timetable, to: 30)
    try put(closure("a", until: 90), [1], on: &traffic, at: Self.noon + 30)
    #expect(traffic.state.changes.pieces.isEmpty)
    #expect(advance(&traffic, &timetable, to: 60) == [])
    #expect(closed(traffic) == [1])
    #expect(advance(&traffic, &timetable, to: 90) == ["a"])
    #expect(closed(traffic) == [])
  }

  /// A hundred thousand renewals leave no more dates behind than there are closures.
  @Test func theTimetableStaysSmall() throws {
    var (traffic, timetable) = (traffic, TrafficTimetable())
    for round in 0..<20_000 {
      try put(closure("a", until: 100_000 + Double(round)), [1], on: &traffic)
      timetable.note(traffic.state.changes, of: traffic.state)
      traffic.state = traffic.state.published
    }
    #expect(timetable.dateCount < 3_000)
    #expect(advance(&traffic, &timetable, to: 119_998) == [])
    #expect(advance(&traffic, &timetable, to: 119_999) == ["a"])
  }

  /// Whatever the order of events, what is in force is the same.
  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func theOrderOfEventsDoesNotMatter(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let effects: [RoadEffect] = [.closed, .factor(2), .factor(3), .speed(kmh: 10), .speed(kmh: 5), .delay(seconds: 9)]
    let entries = (0..<8).map { index in
      let start = Double.random(in: -10...10, using: &random)
      var closure = closure("\(index)", from: start, until: start + .random(in: 1...20, using: &random))
      closure.effect = effects.randomElement(using: &random)!
      return (closure, (0..<3).map { _ in Int.random(in: 0..<6, using: &random) })
    }
    var (first, firstTimes, second, secondTimes) = (traffic, TrafficTimetable(), traffic, TrafficTimetable())
    let start = Self.noon - 12
    for (closure, pieces) in entries { try put(closure, pieces, on: &first, at: start) }
    for (closure, pieces) in entries.shuffled(using: &random) {
      try put(closure, pieces, on: &second, at: start)
      if random.oneIn(2) { try put(closure, pieces, on: &second, at: start) }
    }
    let moment = Double.random(in: -12...32, using: &random)
    _ = (advance(&first, &firstTimes, to: moment), advance(&second, &secondTimes, to: moment))
    let conditions = (first.conditions(of: costs), second.conditions(of: costs))
    for piece in pieces {
      #expect(
        conditions.0.pieceCost(piece.piece, .forward) == conditions.1.pieceCost(piece.piece, .forward), "seed \(seed)")
    }
    #expect(closed(first) == closed(second), "seed \(seed)")
    for (closure, _) in entries.shuffled(using: &random) where second.state[closureID: closure.id] != nil {
      try second.state.lift(closure.id)
    }
    let free = ProfileConditions(roads: TrafficConditions(pieceCount: pieces.count), profile: 0, costs: costs)
    let left = second.conditions(of: costs)
    for piece in pieces {
      #expect(left.pieceCost(piece.piece, .forward) == free.pieceCost(piece.piece, .forward), "seed \(seed)")
      #expect(!left.isClosed(piece.piece, .forward), "seed \(seed)")
    }
  }
}
