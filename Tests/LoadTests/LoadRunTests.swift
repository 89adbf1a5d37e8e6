import Engine
import Foundation
import Messages
import NIOCore
import NIOPosix
import TestSupport
import Testing

@testable import Load

/// Whole loads against a server whose faults are known.
@Suite(.serialized) struct LoadRunTests {
  typealias Kind = StallingServer.Kind

  private static func run(
    _ kind: Kind, _ script: StallingServer.Script = .init(), _ change: (inout LoadPlan) -> Void,
    check: (LoadReport, StallingServer, TocsinEngine) throws -> Void
  ) async throws {
    let town = try Town(
      """
      A---B---C---D
      |   |   |   |
      E---F---G---H
      |   |   |   |
      I---J---K---L
      """)
    // A load reports positions of now. This clock stands still: it is set to what is ahead on a slow machine, too.
    try town.clock.advance(seconds: Date().timeIntervalSince(town.clock.now) + 600)
    let engine = try town.testEngine().engine
    let server = StallingServer(engine, script)
    try await server.run(kind) { target in
      var plan = LoadPlan(target: target, places: .given("ABCDHGFEIJKL".map(town.map.coordinate)))
      (plan.profile, plan.unitCount) = (TestProfiles.plain.name, 20)
      (plan.durationSeconds, plan.warmUpSeconds, plan.connections, plan.timeoutSeconds) = (3, 0, 2, 60)
      change(&plan)
      let report = try await LoadGenerator.run(plan)
      try check(report, server, engine)
    }
  }

  private static func ask(_ report: LoadReport) throws -> KindFigures {
    try #require(report.kinds.first { $0.kind == "ask" })
  }

  /// A third of the questions is due while the server stalls, and none is left out: each waits for the rest of the
  /// stall.
  @Test(arguments: Kind.allCases) func questionsOfAStallAreNotOmitted(_ kind: Kind) async throws {
    var script = StallingServer.Script()
    (script.stallAfter, script.stallSeconds) = (200, 1)
    try await Self.run(
      kind, script, { $0.mix.asksPerSecond = 200 },
      check: { report, _, _ in
        let ask = try Self.ask(report)
        #expect(ask.sent > 500 && ask.sent < 700)
        #expect(ask.failures.isEmpty)
        #expect(ask.latency.p90Milliseconds > 500, "a tenth of all waited 0.7 s")
        #expect(ask.latency.maxMilliseconds > 950)
      })
  }

  /// The check of the answers after the load meets a refusal too; what was measured is told all the same.
  @Test(arguments: Kind.allCases) func refusalsAreNoAnswers(_ kind: Kind) async throws {
    var script = StallingServer.Script()
    script.refuseAfter = 10
    try await Self.run(
      kind, script, { ($0.mix.asksPerSecond, $0.durationSeconds) = (100, 2) },
      check: { report, _, _ in
        let ask = try Self.ask(report)
        #expect(ask.failures.keys.sorted() == ["OVERLOADED"])
        #expect(abs((ask.failures["OVERLOADED"] ?? 0) - ask.sent / 2) <= 1)
        #expect(report.problem?.contains("OVERLOADED") == true)
      })
  }

  @Test(arguments: Kind.allCases) func wrongAnswersAreNoSpeed(_ kind: Kind) async throws {
    let error = await #expect(throws: LoadError.self) {
      try await Self.run(kind, .init(), { ($0.unitCount, $0.mix.asksPerSecond) = (0, 100) }, check: { _, _, _ in })
    }
    #expect(error?.code == .checkFailed)
  }

  @Test(arguments: Kind.allCases) func sendsAllKindsAndTakesThemAway(_ kind: Kind) async throws {
    try await Self.run(
      kind, .init(),
      {
        $0.mix.asksPerSecond = 50
        ($0.mix.positionsPerSecond, $0.mix.positionsPerCall) = (500, 10)
        $0.mix.closureChangesPerSecond = 40
      },
      check: { report, server, engine in
        #expect(report.kinds.map(\.kind) == ["ask", "position", "closure"])
        #expect(report.kinds.allSatisfy { $0.sent > 60 && $0.sent < 240 })
        #expect(report.kinds[1].itemsPerSecond == report.kinds[1].answeredPerSecond * 10)
        #expect(report.kinds[0].failures.isEmpty && report.kinds[1].failures.isEmpty)
        #expect(server.calls[ServiceMethods.liftClosures.name] ?? 0 > 0)
        // Units are put once, and then only move.
        #expect(server.calls[ServiceMethods.putUnits.name] == 1)
        #expect(server.calls[ServiceMethods.reportPositions.name] == report.kinds[1].sent)
        #expect(engine.status().unitCount == 0)
        #expect(engine.listClosures().closures.count == 0)
      })
  }

  @Test(arguments: Kind.allCases) func closedPaceKeepsSoManyInFlight(_ kind: Kind) async throws {
    try await Self.run(
      kind, .init(), { ($0.pace, $0.durationSeconds) = (.closed(inFlight: 8), 1) },
      check: { report, _, _ in
        let ask = try Self.ask(report)
        #expect(ask.wantedPerSecond == nil)
        #expect(ask.sent > 16)
        #expect(ask.failures.isEmpty)
      })
  }

  @Test func idleConnectionsSayNothing() async throws {
    try await Self.run(
      .socket, .init(), { ($0.mix.asksPerSecond, $0.idleConnections, $0.durationSeconds) = (20, 50, 1) },
      check: {
        report, _, _ in #expect(report.idle == IdleFigures(opened: 50, closedByServer: 0))
      })
  }

  @Test func nobodyThere() async throws {
    var plan = LoadPlan.test
    plan.target = .socket(.unix(path: "/nowhere/there"))
    let error = await #expect(throws: LoadError.self) { _ = try await LoadGenerator.run(plan) }
    #expect(error?.code == .connectionFailed)
  }
}
