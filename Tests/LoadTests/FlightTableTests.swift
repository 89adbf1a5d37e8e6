import TestSupport
import Testing

@testable import Load

/// Every request that was sent is answered, given up or lost exactly once.
@Suite struct FlightTableTests {
  private static func flight(_ due: UInt64, line: Int = 0) -> Flight {
    Flight(kind: .ask, dueNanoseconds: due, line: line)
  }

  @Test func endsEachOnce() {
    var table = FlightTable()
    let id = table.begin(Self.flight(5))
    #expect(id != 0)
    #expect(table.end(id)?.dueNanoseconds == 5)
    #expect(table.end(id) == nil)
    #expect(table.end(id + 1) == nil)
    #expect(table.end(0) == nil)
    #expect(table.count == 0)
  }

  @Test(arguments: 0..<5) func agreesWithADictionary(_ seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    var table = FlightTable()
    var model: [UInt64: UInt64] = [:]
    for step in 0..<20_000 {
      if Int.random(in: 0..<100, using: &random) < 52 {
        let id = table.begin(Self.flight(UInt64(step)))
        #expect(model.updateValue(UInt64(step), forKey: id) == nil)
      } else {
        let id = UInt64.random(in: 0...UInt64(step), using: &random)
        #expect(table.end(id)?.dueNanoseconds == model.removeValue(forKey: id))
      }
      #expect(table.count == model.count)
    }
    while let (id, flight) = table.endOldest(dueBefore: .max) {
      #expect(id == model.keys.min())
      #expect(model.removeValue(forKey: id) == flight.dueNanoseconds)
    }
    #expect(model.isEmpty)
  }

  @Test func givesUpWhatIsOverOnly() {
    var table = FlightTable()
    let ids = [10, 20, 30].map { table.begin(Self.flight($0)) }
    #expect(table.end(ids[0]) != nil)
    #expect(table.endOldest(dueBefore: 20) == nil)
    #expect(table.endOldest(dueBefore: 21)?.id == ids[1])
    #expect(table.endOldest(dueBefore: 21) == nil)
  }

  @Test func losesWhatWentOverALine() {
    var table = FlightTable()
    let ids = (0..<3_000).map { table.begin(Self.flight(UInt64($0), line: $0 % 3)) }
    #expect(table.endAll(line: 1).map(\.id) == stride(from: 1, to: 3_000, by: 3).map { ids[$0] })
    #expect(table.count == 2_000)
  }
}
