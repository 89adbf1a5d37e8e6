import Client
import Foundation
import Geometry
import InputFiles
import Messages
import TestSupport
import Testing

@testable import tocsin

/// A server with a ledger that is killed at any moment, again and again.
///
/// `kill -9` ends the process, not the machine: that the disk really has what it was told is up to `fsync`, and not
/// tried here.
@Suite(.enabled(if: Program.path != nil, "\(Program.hint)"))
struct CrashTests {
  private let folder = TemporaryFolder()
  private var map: String { folder.path("city.tocsin") }
  private var ledger: String { folder.path("ledger") }
  private var socket: String { folder.path("s") }

  private static let writerCount = 4
  private static let aliveMillisecondsMax = 400
  /// How long the server is killed and restarted; the environment may ask for more.
  private static let seconds =
    ProcessInfo.processInfo.environment["TOCSIN_CRASH_SECONDS"].flatMap(Double.init) ?? 6

  @Test func killedAtAnyMomentItKeepsWhatItAcknowledged() async throws {
    let place = try makeMap()
    var random = SeededGenerator(seed: UInt64(ProcessInfo.processInfo.processIdentifier))
    var stories = (0..<Self.writerCount).map { CrashStory(number: $0, place: place) }
    var version: UInt64 = 0
    var rounds = 0
    let end = ContinuousClock.now + .seconds(Self.seconds)
    while rounds < 2 || ContinuousClock.now < end {
      let server = try await start()
      defer { server.end() }
      let found = try await server.client.listClosures()
      let units = try await server.client.listUnits().units.map(\.unit)
      #expect(found.version > version, "round \(rounds): the version went back")
      for index in stories.indices {
        stories[index].settle(closures: found.closures.map(\.closure), units: units, round: rounds)
      }
      let victim = server.process.processIdentifier
      let killer = Task { [milliseconds = Int.random(in: 0...Self.aliveMillisecondsMax, using: &random)] in
        // Half of the time it is reading its files again when its end comes.
        if milliseconds % 2 == 0 { kill(victim, SIGHUP) }
        try? await Task.sleep(for: .milliseconds(milliseconds))
        kill(victim, SIGKILL)
      }
      stories = await tell(stories, to: server.client)
      await killer.value
      version = max(found.version, stories.map(\.acknowledgedVersion).max() ?? 0)
      rounds += 1
    }
    let changes = stories.map(\.acknowledgedCount).reduce(0, +)
    #expect(changes > 0, "\(rounds) restarts, but only \(changes) changes were acknowledged")
    print("\(rounds) times killed; \(changes) changes acknowledged, none lost")
    try checkTrail(stories)
  }

  /// All writers at once, each until its connection is lost.
  private func tell(_ stories: [CrashStory], to client: TocsinClient) async -> [CrashStory] {
    await withTaskGroup(of: CrashStory.self) { group in
      for story in stories {
        group.addTask {
          var story = story
          while await story.takeStep(client) {}
          return story
        }
      }
      var told: [CrashStory] = []
      for await story in group { told.append(story) }
      return told
    }
  }

  /// Every acknowledged change left its trail, and no number was given twice.
  private func checkTrail(_ stories: [CrashStory]) throws {
    let outcome = try Program.run("audit", "--ledger", ledger, "--limit", "50", "--json")
    let trail = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    let entries = try #require(trail?["entries"] as? [[String: Any]])
    // Maps come by a signal, from nobody's connection.
    let last = try #require(entries.last { $0["kind"] as? String != "map" })
    #expect((last["sequence"] as? Int ?? 0) >= 2 * stories.map(\.acknowledgedCount).reduce(0, +))
    #expect((last["peer"] as? String)?.hasPrefix("unix:pid=") == true)
  }

  /// Makes a city and returns a place on a road of it.
  private func makeMap() throws -> Coordinate {
    let units = folder.path("units.csv")
    let city = folder.path("city.osm.pbf")
    let made = try Program.run("make-city", "--junctions", "300", "-o", city, "--units", units, "--unit-count", "1")
    #expect(made.status == 0, "\(made.complaint)")
    #expect(try Program.run("import", city, "-o", map, "--json").status == 0)
    return try #require(try UnitFile.units(path: units).first).coordinate
  }

  private struct RunningServer {
    let process: Process
    let client: TocsinClient

    func end() {
      if process.isRunning { kill(process.processIdentifier, SIGKILL) }
      process.waitUntilExit()
    }
  }

  private func start() async throws -> RunningServer {
    let process = try Program.start(["serve", map, "--socket", socket, "--ledger", ledger])
    for _ in 0..<1_200 where process.isRunning {
      if let client = try? await TocsinClient.connect(to: .unix(path: socket)) {
        return RunningServer(process: process, client: client)
      }
      try await Task.sleep(for: .milliseconds(20))
    }
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    throw CommandFailure("SERVER", "the server did not start")
  }
}
