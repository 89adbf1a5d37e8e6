import Foundation
import NIOCore
import NIOPosix
import Testing

@testable import Load

/// The driver over a line that is no connection.
@Suite struct DriverTests {
  /// What a request meets.
  enum Fate {
    case answer, refuse, silence, loss
    /// The generator itself has no time.
    case slowness
  }

  private final class FakeLine: LoadLine {
    let hub: LineHub
    let loop: any EventLoop
    let fate: Fate
    private var count = 0
    var isOpen = true
    let prefixBytes = 0

    init(_ hub: LineHub, _ loop: any EventLoop, _ fate: Fate) { (self.hub, self.loop, self.fate) = (hub, loop, fate) }

    func write(_ call: PreparedCall, id: UInt64) {
      count += 1
      if fate == .slowness { usleep(20_000) }
      if fate == .silence { return }
      if fate == .loss, count == 10 {
        isOpen = false
        hub.listener?.lost(line: 0)
      }
      let code = fate == .refuse && count % 2 == 0 ? "OVERLOADED" : nil
      if fate != .loss { loop.assumeIsolated().execute { self.hub.listener?.answered(id: id, code: code) } }
    }

    func flush() {}
    func close() {}
  }

  private static func figures(_ fate: Fate) async throws -> (KindFigures, LatencyFigures) {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let loop = group.next()
    var plan = LoadPlan.test
    (plan.mix.asksPerSecond, plan.durationSeconds, plan.warmUpSeconds, plan.timeoutSeconds) = (100, 2, 0, 0.5)
    let fixed = plan
    let result = try await loop.flatSubmit { () -> EventLoopFuture<([KindFigures], LatencyFigures)> in
      let hub = LineHub()
      hub.add(FakeLine(hub, loop, fate))
      guard case .given(let places) = fixed.places else { preconditionFailure("the plan has places") }
      let workload = Workload(fixed, places: places, fleet: MovingFleet(fixed, places: places))
      let driver = LoadDriver(fixed, hub: hub, loop: loop, workload: workload)
      return driver.run().assumeIsolated().map { driver.figures() }.nonisolated()
    }.get()
    try await group.shutdownGracefully()
    return (try #require(result.0.first), result.1)
  }

  @Test func countsAnswers() async throws {
    let (ask, _) = try await Self.figures(.answer)
    #expect(ask.sent > 130 && ask.sent < 270)
    #expect(ask.failures.isEmpty)
    #expect(ask.answeredPerSecond * 2 <= Double(ask.sent))
  }

  @Test func listsRefusalsByCode() async throws {
    let (ask, _) = try await Self.figures(.refuse)
    #expect(ask.failures == ["OVERLOADED": ask.sent / 2])
  }

  @Test func whatIsNeverAnsweredCountsWithItsTime() async throws {
    let (ask, _) = try await Self.figures(.silence)
    #expect(ask.failures == ["TIMEOUT": ask.sent])
    #expect(ask.answeredPerSecond == 0)
    #expect(ask.latency.p50Milliseconds >= 500)
  }

  @Test func whatIsLostCountsAsLost() async throws {
    let (ask, _) = try await Self.figures(.loss)
    #expect(ask.failures.keys.sorted() == ["CONNECTION_LOST"])
    #expect(ask.failures.values.reduce(0, +) > ask.sent)
  }

  /// Twenty milliseconds of each ten are not there: the generator says that it is late, and the times count its delay.
  @Test func slownessOfTheGeneratorShows() async throws {
    let (ask, lag) = try await Self.figures(.slowness)
    let figures = GeneratorFigures(lag: lag, cpuShare: 1, residentBytes: 0)
    #expect(figures.isLate)
    #expect(lag.maxMilliseconds > 500)
    #expect(ask.latency.maxMilliseconds > 500)
  }
}
