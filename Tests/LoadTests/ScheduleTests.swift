import Testing

@testable import Load

/// Requests are due by the clock alone.
@Suite struct ScheduleTests {
  private static func times(_ rate: Double, seed: UInt64, until end: Double) -> [Double] {
    var schedule = ArrivalSchedule(perSecond: rate, seed: seed)
    var times: [Double] = []
    while schedule.nextSeconds < end {
      times.append(schedule.nextSeconds)
      schedule.advance()
    }
    return times
  }

  @Test(arguments: [0.5, 20, 3_000]) func keepsItsRate(_ rate: Double) {
    let seconds = 100_000 / rate
    let count = Double(Self.times(rate, seed: 7, until: seconds).count)
    // Of 100,000 arrivals, five standard deviations of a Poisson process.
    #expect(abs(count - 100_000) < 5 * 100_000.0.squareRoot())
  }

  @Test func doesNotDrift() {
    let times = Self.times(1_000, seed: 3, until: 1_000)
    for second in stride(from: 100.0, through: 900, by: 100) {
      let expected = second * 1_000
      let count = Double(times.count { $0 < second })
      #expect(abs(count - expected) < 5 * expected.squareRoot())
    }
  }

  @Test func isRandomAsArrivalsAre() {
    let times = Self.times(1_000, seed: 5, until: 100)
    let gaps = zip(times, times.dropFirst()).map { $1 - $0 }
    let mean = gaps.reduce(0, +) / Double(gaps.count)
    let variance = gaps.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(gaps.count)
    #expect(abs(variance.squareRoot() / mean - 1) < 0.05, "the gaps of a Poisson process vary as much as they last")
    #expect(gaps.allSatisfy { $0 >= 0 })
  }

  @Test func followsFromItsSeed() {
    #expect(Self.times(100, seed: 1, until: 10) == Self.times(100, seed: 1, until: 10))
    #expect(Self.times(100, seed: 1, until: 10) != Self.times(100, seed: 2, until: 10))
  }

  @Test func nothingIsDueAtRateZero() { #expect(ArrivalSchedule(perSecond: 0, seed: 1).nextSeconds == .infinity) }

  @Test func clockKnowsWhatIsMeasured() {
    var plan = LoadPlan.test
    (plan.warmUpSeconds, plan.durationSeconds) = (2, 3)
    let clock = LoadClock(plan, start: 1_000)
    #expect(clock.due(1.5) == 1_500_001_000)
    #expect(!clock.isMeasured(clock.due(1.5)))
    #expect(clock.isMeasured(clock.due(2)))
    #expect(clock.isMeasured(clock.due(4.999)))
    #expect(clock.due(5) == .max)
  }
}
