import Foundation
import Testing

/// `tocsin watch` goes on when its server was away, and says so.
@Suite(.enabled(if: Program.path != nil, "\(Program.hint)"))
struct WatchCommandTests {
  /// A watch that runs, with what it has printed so far.
  private struct Watch {
    let process: Process
    private let output: URL
    private let complaint: URL

    init(_ town: ServedTown, _ arguments: [String] = []) throws {
      (output, complaint) = (town.folder.url("watch.out"), town.folder.url("watch.err"))
      for file in [output, complaint] { try Data().write(to: file) }
      process = try Program.start(
        ["watch", "--server", town.socket] + arguments, output: FileHandle(forWritingTo: output),
        errors: FileHandle(forWritingTo: complaint))
    }

    var printed: String { (try? String(contentsOf: output, encoding: .utf8)) ?? "" }
    var complaints: String { (try? String(contentsOf: complaint, encoding: .utf8)) ?? "" }

    /// Waits until it has printed so, for half a minute at most.
    func waits(for isSo: (String, String) -> Bool) async throws -> Bool {
      for _ in 0..<1_500 {
        if isSo(printed, complaints) { return true }
        try await Task.sleep(for: .milliseconds(20))
      }
      return false
    }
  }

  @Test func trafficIsWatchedOnAfterAKilledServer() async throws {
    let town = try ServedTown()
    let first = try town.serve()
    defer { first.killNow() }
    let watch = try Watch(town)
    defer { watch.process.killNow() }
    #expect(try await watch.waits { printed, _ in printed.contains("version") })
    #expect(try town.ask("close", "--id", "before", "--way", "1").status == 0)
    #expect(try await watch.waits { printed, _ in printed.contains("put before") }, "\(watch.printed)")
    first.killNow()
    #expect(try await watch.waits { $1.contains("the connection was lost; trying again in 1 s\n") })
    // Longer than until the first try.
    #expect(try await watch.waits { $1.contains("trying again in 2 s\n") }, "\(watch.complaints)")
    let second = try town.serve()
    defer { second.killNow() }
    #expect(try await watch.waits { $1.contains("connected again; what was closed or lifted meanwhile is not listed") })
    #expect(try town.ask("lift", "before").status == 0)
    #expect(try town.ask("close", "--id", "after", "--way", "2").status == 0)
    #expect(try await watch.waits { printed, _ in printed.contains("put after") }, "\(watch.printed)")
    #expect(watch.process.isRunning)
  }

  /// A route that is as before is answered again, with nothing changed; one that the closure changed says so.
  @Test func aQuestionIsAnsweredAgain() async throws {
    let town = try ServedTown()
    let first = try town.serve()
    defer { first.killNow() }
    let route = ["--from", "0.0,9.001", "--to", "0.0,9.019", "--profile", "car", "--limit", "3"]
    let watch = try Watch(town, route)
    defer { watch.process.killNow() }
    #expect(try await watch.waits { printed, _ in printed.contains("km") })
    first.killNow()
    let second = try town.serve()
    defer { second.killNow() }
    #expect(try await watch.waits { printed, _ in printed.matches(of: /km/).count == 2 }, "\(watch.complaints)")
    #expect(watch.complaints.hasSuffix("connected again\n"))
    #expect(try town.ask("close", "--id", "c", "--way", "1", "--factor", "3").status == 0)
    #expect(try await watch.waits { printed, _ in printed.contains("becomes") }, "\(watch.printed)")
    watch.process.waitUntilExit()
    #expect(watch.process.terminationStatus == 0)
  }

  /// Who never reached a server named a wrong one.
  @Test func aServerThatNeverWasIsAnError() throws {
    let town = try ServedTown()
    let outcome = try town.ask("watch")
    #expect(outcome.status == 2 && outcome.complaint.hasPrefix("CONNECTION_FAILED: "), "\(outcome)")
  }
}
