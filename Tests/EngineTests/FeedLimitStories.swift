import API
import TestSupport
import Testing

@testable import Engine

/// Feeds are kept by name: a caller who makes up ever new ones is stopped, and those that fell silent are forgotten.
@Suite struct FeedLimitStories {
  private static func town() throws -> Town {
    var town = try Town(
      """
      A---B
      """)
    town.road("AB")
    return town
  }

  private static func report(_ source: String) -> ClosuresRequest {
    var request = ClosuresRequest([])
    request.feed = FeedReport(source: source, intervalSeconds: 60, recordCount: 0, skippedCount: 0)
    return request
  }

  private func refusal(_ body: () throws -> Void) -> EngineError? {
    do { try body() } catch { return error as? EngineError }
    return nil
  }

  @Test func aCallerHasSomeAndAllHaveMore() throws {
    let engine = try Self.town().testEngine().engine
    let limits = EngineLimits()
    let put = { (source: String, actor: String) in
      _ = try engine.putClosures(Self.report(source), by: ChangeOrigin(actor: actor), within: .none)
    }
    for number in 0..<limits.feedsPerCallerMax { try put("a \(number)", "a") }
    let own = refusal { try put("one more", "a") }
    #expect(own?.code == .limitExceeded && own?.message.contains("limits.feeds_per_caller = 250") == true)
    // What is known goes on, and so do others.
    try put("a 0", "a")
    for actor in ["b", "c", "d"] { for number in 0..<limits.feedsPerCallerMax { try put("\(actor) \(number)", actor) } }
    let all = refusal { try put("the last one", "e") }
    #expect(all?.code == .limitExceeded && all?.message.contains("limits.feeds = 1000") == true)
    #expect(engine.status().feeds.count == limits.feedsMax)
  }

  @Test func whoIsSilentForLongIsForgotten() throws {
    let test = try Self.town().testEngine()
    _ = try test.engine.putClosures(Self.report("old"), by: .local, within: .none)
    test.clock.advance(seconds: Limits.feedSilenceSecondsMax + 1)
    _ = try test.engine.putClosures(Self.report("new"), by: .local, within: .none)
    #expect(test.engine.status().feeds.map(\.report.source) == ["new"])
  }
}
