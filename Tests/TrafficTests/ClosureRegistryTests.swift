import Foundation
import RoadGraph
import TestSupport
import Testing
import Traffic

/// Closures that come and go, overlap and expire.
@Suite struct ClosureRegistryTests {
  private static let noon = Date(timeIntervalSince1970: 1_000_000)

  private func closure(_ id: String, revision: UInt64 = 0, from: Double? = nil, until: Double? = nil) -> RoadClosure {
    RoadClosure(
      id: id, selector: .way(osmID: 1, direction: .both), from: from.map { Self.noon + $0 },
      until: until.map { Self.noon + $0 }, revision: revision)
  }

  private func pieces(_ positions: Int...) -> [DirectedPiece] {
    positions.map { DirectedPiece(PieceID($0), isBackward: false) }
  }

  @Test func aPieceIsClosedWhileAnyClosureHolds() throws {
    var registry = ClosureRegistry()
    try registry.put(closure("a"), pieces: pieces(1, 2))
    try registry.put(closure("b"), pieces: pieces(2, 3))
    _ = try registry.lift("a")
    #expect(registry.closedPieces(at: Self.noon) == Set(pieces(2, 3)))
    _ = try registry.lift("b")
    #expect(registry.closedPieces(at: Self.noon).isEmpty)
  }

  @Test func holdsFromItsBeginningToBeforeItsEnd() throws {
    var registry = ClosureRegistry()
    try registry.put(closure("a", from: 10, until: 20), pieces: pieces(1))
    for (seconds, isClosed) in [(9.0, false), (10, true), (19, true), (20, false)] {
      #expect(registry.closedPieces(at: Self.noon + seconds).isEmpty == !isClosed, "after \(seconds) s")
    }
    #expect(registry.nextChange(after: Self.noon) == Self.noon + 10)
    #expect(registry.nextChange(after: Self.noon + 10) == Self.noon + 20)
    #expect(registry.nextChange(after: Self.noon + 20) == nil)
    #expect(registry.expired(at: Self.noon + 19).isEmpty)
    #expect(registry.expired(at: Self.noon + 20) == ["a"])
  }

  @Test func refusesAnOlderRevision() throws {
    var registry = ClosureRegistry()
    try registry.put(closure("a", revision: 5), pieces: pieces(1))
    #expect(throws: TrafficError.staleRevision(id: "a", known: 5, given: 4)) {
      try registry.put(closure("a", revision: 4), pieces: pieces(2))
    }
    #expect(registry.closedPieces(at: Self.noon) == Set(pieces(1)))
    try registry.put(closure("a", revision: 5), pieces: pieces(3))
    #expect(registry.closedPieces(at: Self.noon) == Set(pieces(3)))
  }

  @Test func refusesToLiftWhatIsUnknown() {
    var registry = ClosureRegistry()
    #expect(throws: TrafficError.unknownClosure(id: "a")) { try registry.lift("a") }
  }

  /// Whatever the order of events, what is closed is the union of what holds.
  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func theOrderOfEventsDoesNotMatter(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let entries = (0..<8).map { index in
      let start = Double.random(in: -10...10, using: &random)
      return (
        closure("\(index)", from: start, until: start + .random(in: 1...20, using: &random)),
        (0..<3).map { _ in DirectedPiece(PieceID(Int.random(in: 0..<6, using: &random)), isBackward: false) }
      )
    }
    var (first, second) = (ClosureRegistry(), ClosureRegistry())
    for (closure, pieces) in entries { try first.put(closure, pieces: pieces) }
    for (closure, pieces) in entries.shuffled(using: &random) { try second.put(closure, pieces: pieces) }
    let moment = Self.noon + Double.random(in: -12...32, using: &random)
    #expect(first.closedPieces(at: moment) == second.closedPieces(at: moment), "seed \(seed)")
    let expected = entries.filter { $0.0.isActive(at: moment) }.flatMap { $0.1 }
    #expect(first.closedPieces(at: moment) == Set(expected), "seed \(seed)")
  }
}
