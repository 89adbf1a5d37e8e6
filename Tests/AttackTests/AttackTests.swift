import Foundation
import TestSupport
import Testing

/// Each attack by a caller beside a dispatcher who asks and changes at a steady rate: what the dispatcher notices.
///
/// `TOCSIN_ATTACK_SECONDS` says how long each attack takes; without it none is made. With `TOCSIN_ATTACK_GOALS` the
/// figures are held to the goals for a release build on a quiet machine, otherwise to those of a run without attack.
@Suite(.serialized, .enabled(if: attackSeconds != nil && BuiltProgram.path != nil, "TOCSIN_ATTACK_SECONDS"))
struct AttackTests {
  private static let environment = ProcessInfo.processInfo.environment
  static let hasGoals = environment["TOCSIN_ATTACK_GOALS"] != nil

  /// What a dispatcher may notice.
  private struct Bounds {
    var questionMilliseconds: Double
    var changeMilliseconds: Double
    var slowestChangeMilliseconds: Double
    static let goals = Bounds(questionMilliseconds: 50, changeMilliseconds: 250, slowestChangeMilliseconds: 1_000)
    /// Times less than that are those of a busy machine.
    static let floor = Bounds(questionMilliseconds: 150, changeMilliseconds: 400, slowestChangeMilliseconds: 1_500)
    static let slowdownMax = 5.0

    /// Those of a run without attack, so many times.
    init(_ calm: Outcome) {
      questionMilliseconds = max(calm.questions.p99 * Self.slowdownMax, Self.floor.questionMilliseconds)
      changeMilliseconds = max(calm.changes.p99 * Self.slowdownMax, Self.floor.changeMilliseconds)
      slowestChangeMilliseconds = max(calm.changes.max * Self.slowdownMax, Self.floor.slowestChangeMilliseconds)
    }

    init(questionMilliseconds: Double, changeMilliseconds: Double, slowestChangeMilliseconds: Double) {
      self.questionMilliseconds = questionMilliseconds
      self.changeMilliseconds = changeMilliseconds
      self.slowestChangeMilliseconds = slowestChangeMilliseconds
    }
  }

  /// What a dispatcher and the server's memory showed.
  private struct Outcome {
    var questions: (p50: Double, p99: Double)
    var changes: (p99: Double, max: Double)
    var failures: [String: Int]
    var megabytes: (before: Int, most: Int, after: Int) = (0, 0, 0)
    var logBytes = 0

    init(_ figures: Dispatcher.Figures) {
      questions = (
        Dispatcher.Figures.percentile(0.5, of: figures.questions),
        Dispatcher.Figures.percentile(0.99, of: figures.questions)
      )
      changes = (Dispatcher.Figures.percentile(0.99, of: figures.changes), figures.changes.max() ?? .infinity)
      failures = figures.failures
    }

    func line(_ name: String) -> String {
      let times = String(
        format: "p50 %.1f, p99 %.1f ms; changes p99 %.0f, max %.0f ms", questions.p50, questions.p99, changes.p99,
        changes.max)
      return "\(name): \(times); \(megabytes.before), at most \(megabytes.most), then \(megabytes.after) MB; "
        + "log \(logBytes >> 10) kB; refused \(failures)"
    }
  }

  private static let megabytesMax = 300
  /// What stays of the most that an attack took.
  private static let megabytesLeftMax = 150
  private static let logBytesPerSecondMax = 200 << 10

  @Test func othersNoticeLittle() async throws {
    let seconds = attackSeconds ?? 3
    let server = try await AttackedServer.start(junctions: 4_000)
    defer { server.end() }
    let dispatcher = Dispatcher(
      server: server, questionsPerSecond: Self.hasGoals ? 200 : 40, changesPerSecond: Self.hasGoals ? 1 : 3)
    let owner = try await server.client("dispatch")
    _ = try await owner.putUnits(server.units)
    await owner.close()
    _ = try await dispatcher.work(seconds: 1)
    let calm = Outcome(try await dispatcher.work(seconds: max(seconds, 3)))
    print(calm.line("no attack"))
    let bounds = Self.hasGoals ? Bounds.goals : Bounds(calm)
    let only = Self.environment["TOCSIN_ATTACK_ONLY"]
    for attack in Attack.allCases where only == nil || only == attack.rawValue {
      let outcome = try await suffer(attack, on: server, dispatcher, seconds: seconds)
      print(outcome.line(attack.rawValue))
      check(outcome, bounds, attack, seconds)
      #expect(server.process.isRunning, "\(attack)")
    }
  }

  private func suffer(
    _ attack: Attack, on server: AttackedServer, _ dispatcher: Dispatcher, seconds: Double
  ) async throws -> Outcome {
    let before = server.residentBytes
    let logBefore = server.logBytes
    async let attacked: Void = attack.run(on: server, until: AttackClock(seconds: seconds + 1))
    async let most = Self.mostResidentBytes(of: server, seconds: seconds + 1)
    // It has begun when the dispatcher comes.
    try await Task.sleep(for: .milliseconds(500))
    var outcome = Outcome(try await dispatcher.work(seconds: seconds))
    await attacked
    let mostBytes = await most
    // What it left is gone soon.
    try await Task.sleep(for: .milliseconds(1_500))
    outcome.megabytes = (before >> 20, mostBytes >> 20, server.residentBytes >> 20)
    outcome.logBytes = server.logBytes - logBefore
    return outcome
  }

  private static func mostResidentBytes(of server: AttackedServer, seconds: Double) async -> Int {
    let end = ContinuousClock.now + .seconds(seconds)
    var most = 0
    while ContinuousClock.now < end {
      most = max(most, server.residentBytes)
      try? await Task.sleep(for: .milliseconds(50))
    }
    return most
  }

  private func check(_ outcome: Outcome, _ bounds: Bounds, _ attack: Attack, _ seconds: Double) {
    #expect(outcome.failures.isEmpty, "\(attack)")
    #expect(outcome.questions.p99 <= bounds.questionMilliseconds, "\(attack)")
    #expect(outcome.changes.p99 <= bounds.changeMilliseconds, "\(attack)")
    #expect(outcome.changes.max <= bounds.slowestChangeMilliseconds, "\(attack)")
    let (before, most, after) = outcome.megabytes
    #expect(most - before < Self.megabytesMax, "\(attack)")
    #expect(after - before < Self.megabytesLeftMax, "\(attack)")
    #expect(Double(outcome.logBytes) < Double(Self.logBytesPerSecondMax) * (seconds + 3), "\(attack)")
  }
}

/// How long each attack takes; `nil` if none is wanted.
private let attackSeconds = ProcessInfo.processInfo.environment["TOCSIN_ATTACK_SECONDS"].flatMap(Double.init)
