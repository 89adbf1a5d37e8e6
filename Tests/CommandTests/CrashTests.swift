import API
import Client
import Foundation
import Geometry
import InputFiles
import LedgerFile
import Messages
import TestSupport
import Testing

@testable import tocsin

/// A server with a ledger that is killed at any moment, again and again.
///
/// Half of the writers call in frames, half over gRPC. Also over a disk that fails now and then, after it took
/// everything, over a slow one, and with a clock that somebody sets forward and back. `kill -9` ends the process, not
/// the machine: that the disk really has what it was told is up to `fsync`, and not tried here. For hours:
///
///     TOCSIN_CRASH_SECONDS=7200 Tests/run --filter CrashTests
@Suite(.serialized, .enabled(if: Program.path != nil, "\(Program.hint)"))
struct CrashTests {
  private let folder = TemporaryFolder()
  private var map: String { folder.path("city.tocsin") }
  private var ledger: String { folder.path("ledger") }
  private var socket: String { folder.path("s") }

  private static let writerCount = 4
  private static let aliveMillisecondsMax = 400
  /// How long the server is killed and restarted on all disks together; the environment may ask for more.
  private static let seconds =
    ProcessInfo.processInfo.environment["TOCSIN_CRASH_SECONDS"].flatMap(Double.init) ?? 6

  @Test(arguments: CrashTrouble.allCases)
  func killedAtAnyMomentItKeepsWhatItAcknowledged(_ trouble: CrashTrouble) async throws {
    let environment = try trouble.environment(ledger: ledger, in: folder)
    let place = try makeMap()
    // On a disk that fails a ledger would hardly come into being.
    try await start([:]).end()
    var random = SeededGenerator(seed: UInt64(ProcessInfo.processInfo.processIdentifier))
    var stories = (0..<Self.writerCount).map { CrashStory(number: $0, place: place) }
    var version: UInt64 = 0
    var rounds = 0
    let end = ContinuousClock.now + .seconds(Self.seconds * trouble.share)
    while rounds < 2 || ContinuousClock.now < end {
      let server = try await start(environment)
      defer { server.process.killNow() }
      let found = try await server.client.listClosures()
      let units = try await server.client.listUnits().units.map(\.unit)
      // A disk that fails may not have the version that a start makes by itself.
      let isAfter = trouble == .failingDisk ? found.version >= version : found.version > version
      #expect(isAfter, "round \(rounds): the version went back")
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
      let disturber = Task { [folder, seed = UInt64(rounds)] in try await trouble.disturb(folder, seed: seed) }
      async let seen = watchVersions(of: server.client, from: found.version, round: rounds)
      stories = await tell(stories, to: server)
      await killer.value
      disturber.cancel()
      let lastSeen = await seen
      // A version by the clock is on disk soon, but nobody waits for that.
      version = max(trouble == .turnedClock ? 0 : lastSeen, stories.map(\.acknowledgedVersion).max() ?? 0)
      await server.end()
      rounds += 1
    }
    let changes = stories.map(\.acknowledgedCount).reduce(0, +)
    #expect(changes > 0, "\(rounds) restarts, but only \(changes) changes were acknowledged")
    let refused = stories.map(\.refusedCount).reduce(0, +)
    print(
      "\(trouble): \(rounds) times killed; \(changes) changes acknowledged, none lost; \(refused) refused, none made")
    try checkTrail(stories)
  }

  /// Reads until the connection is lost; the last version that was seen.
  private func watchVersions(of client: TocsinClient, from first: UInt64, round: Int) async -> UInt64 {
    var last = first
    while let version = try? await client.listUnits().version {
      #expect(version >= last, "round \(round): the version went back within a life")
      last = max(last, version)
    }
    return last
  }

  /// All writers at once, each until its connection is lost.
  private func tell(_ stories: [CrashStory], to server: RunningServer) async -> [CrashStory] {
    await withTaskGroup(of: CrashStory.self) { group in
      for (index, story) in stories.enumerated() {
        let caller: any CrashCaller = index % 2 == 0 ? server.client : server.grpc
        group.addTask {
          var story = story
          while await story.takeStep(caller) {}
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
    try checkPuts(of: stories)
    let outcome = try Program.run("audit", "--ledger", ledger, "--limit", "50", "--json")
    let trail = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    let entries = try #require(trail?["entries"] as? [[String: Any]])
    // Maps come by a signal, from nobody's connection.
    let last = try #require(entries.last { $0["kind"] as? String != "map" })
    #expect((last["sequence"] as? Int ?? 0) >= 2 * stories.map(\.acknowledgedCount).reduce(0, +))
    #expect(last["peer"] as? String != "")
  }

  /// Each put of a closure is in the trail once, and none that was refused.
  private func checkPuts(of stories: [CrashStory]) throws {
    let entries = try LedgerReader(path: ledger).entries(AuditQuery(countMax: .max))
    #expect(Set(entries.map(\.sequence)).count == entries.count)
    let refused = Set(
      stories.flatMap { story in story.refusedRevisions.flatMap { revision in story.ids.map { "\($0) \(revision)" } } })
    for peer in ["unix:pid=", "tcp:127.0.0.1:"] {
      #expect(entries.contains { $0.origin.peer.hasPrefix(peer) }, "nobody of \(peer) changed anything")
    }
    var seen: Set<String> = []
    for entry in entries where entry.what == "put" && entry.kind == "closure" {
      guard let value = entry.value else { continue }
      let closure = try JSONDecoder().decode(RoadClosure.self, from: value)
      let put = "\(closure.id) \(closure.revision)"
      #expect(seen.insert(put).inserted, "\(put) is there twice")
      #expect(!refused.contains(put), "\(put) was refused")
    }
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
    let grpc: GRPCCaller

    func end() async {
      process.killNow()
      await client.close()
      await grpc.close()
    }
  }

  /// On a disk that fails a server may need several starts.
  private func start(_ environment: [String: String]) async throws -> RunningServer {
    for _ in 0..<20 {
      if let server = try await startOnce(environment) { return server }
    }
    throw CommandFailure("SERVER", "the server did not start")
  }

  private func startOnce(_ environment: [String: String]) async throws -> RunningServer? {
    let port = try FreePorts.find(1)[0]
    let process = try Program.start(
      ["serve", map, "--socket", socket, "--grpc", "127.0.0.1:\(port)", "--ledger", ledger], environment: environment)
    for _ in 0..<1_200 where process.isRunning {
      if let client = try? await TocsinClient.connect(to: .unix(path: socket)) {
        if let grpc = try? await GRPCCaller(port: port) {
          return RunningServer(process: process, client: client, grpc: grpc)
        }
        await client.close()
      }
      try await Task.sleep(for: .milliseconds(20))
    }
    process.killNow()
    return nil
  }
}
