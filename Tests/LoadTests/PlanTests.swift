import Geometry
import Messages
import Testing

@testable import Load

extension LoadPlan {
  /// A plan that nothing is wrong with.
  static var test: LoadPlan {
    let places = (1...10).map { Coordinate(latitudeE7: $0, longitudeE7: $0) }
    var plan = LoadPlan(target: .socket(.unix(path: "/s")), places: .given(places))
    plan.mix.asksPerSecond = 10
    return plan
  }
}

/// A load that can't be is refused before anything is sent.
@Suite struct PlanTests {
  @Test func takesWhatCanBe() throws {
    try LoadPlan.test.check()
    var idle = LoadPlan.test
    (idle.mix.asksPerSecond, idle.idleConnections) = (0, 5)
    try idle.check()
    var closed = LoadPlan.test
    (closed.mix.asksPerSecond, closed.pace) = (0, .closed(inFlight: 4))
    try closed.check()
  }

  static let wrong: [(@Sendable (inout LoadPlan) -> Void, String)] = [
    ({ $0.mix.asksPerSecond = 0 }, "0"), ({ $0.mix.asksPerSecond = -1 }, "-1.0"),
    ({ $0.mix.asksPerSecond = .nan }, "nan"), ({ $0.mix.positionsPerSecond = .infinity }, "inf"),
    ({ $0.mix.closureChangesPerSecond = -2 }, "-2.0"), ({ $0.mix.wantedUnits = 0 }, "0"),
    ({ $0.mix.positionsPerCall = 0 }, "0"), ({ $0.connections = 0 }, "0"), ({ $0.idleConnections = -1 }, "-1"),
    ({ $0.durationSeconds = 0 }, "0.0"), ({ $0.warmUpSeconds = -1 }, "-1.0"), ({ $0.timeoutSeconds = 0 }, "0.0"),
    ({ $0.unitCount = -1 }, "-1"), ({ $0.pace = .closed(inFlight: 0) }, "0"),
    ({ $0.places = .given([]) }, "0"),
    ({ $0.places = .around(Coordinate(latitudeE7: 0, longitudeE7: 0), radiusMeters: 0) }, "0.0"),
    ({ ($0.mix.positionsPerSecond, $0.unitCount) = (5, 0) }, "0"),
  ]

  @Test(arguments: 0..<wrong.count) func refuses(_ number: Int) {
    var plan = LoadPlan.test
    Self.wrong[number].0(&plan)
    let error = #expect(throws: LoadError.self) { try plan.check() }
    #expect(error?.code == .invalidLoad)
    #expect(error?.value == Self.wrong[number].1)
  }

  @Test func processorTimeIsFoundBehindAnyName() {
    #expect(ProcessSample.cpuTicks("7 (a) b) S 1 2 3 4 5 6 7 8 9 10 110 21 13 14") == 131)
    #expect(ProcessSample.cpuTicks("7 (a) S 1") == nil)
  }
}
