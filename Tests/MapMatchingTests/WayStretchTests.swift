import MapMatching
import RoadGraph
import Testing

/// Rows of a link table.
@Suite struct WayStretchTests {
  /// Two ways that run towards each other, cut by a side street, a signal and a gate.
  private static let plan: StreetPlan = {
    var plan = StreetPlan()
    for (index, letter) in "ABCDEFG".enumerated() {
      plan.node(letter, Double(index) * 60, 0, letter == "C" ? ["highway": "traffic_signals"] : [:])
    }
    plan.node("X", 60, 80)
    plan.street("ABCD")
    plan.street("GFED")
    plan.street("BX")
    return plan
  }()

  private func rows(_ from: Double, _ to: Double) throws -> [WayStretch] {
    let network = try Self.plan.network()
    let match = try #require(PolylineMatcher(network).match(StreetPlan.line([(from, 1), (to, 1)])))
    return network.wayStretches(of: match).flatMap { $0 }
  }

  private func row(_ way: Int64, _ nodes: ClosedRange<Int>, isAgainstWay: Bool) -> WayStretch {
    WayStretch(wayOSMID: way, isAgainstWay: isAgainstWay, nodes: nodes)
  }

  @Test func runsAreJoinedOverJunctionsAndSignals() throws {
    #expect(try rows(0, 360) == [row(1, 0...3, isAgainstWay: false), row(2, 0...3, isAgainstWay: true)])
    #expect(try rows(360, 0) == [row(2, 0...3, isAgainstWay: false), row(1, 0...3, isAgainstWay: true)])
  }

  @Test func partsCountWhereTheMiddleIsCovered() throws {
    // From 20 m: the middle of AB at 30 m is covered; to 280 m: that of EF at 270 m is.
    #expect(try rows(20, 280) == [row(1, 0...3, isAgainstWay: false), row(2, 1...3, isAgainstWay: true)])
    // From 40 m it is not; to 260 m neither.
    #expect(try rows(40, 260) == [row(1, 1...3, isAgainstWay: false), row(2, 2...3, isAgainstWay: true)])
    #expect(try rows(260, 40) == [row(2, 2...3, isAgainstWay: false), row(1, 1...3, isAgainstWay: true)])
  }
}
