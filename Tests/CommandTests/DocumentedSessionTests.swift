import Foundation
import TestSupport
import Testing

/// The session that Maps/README.md shows, typed as it stands there.
@Suite(.enabled(if: Program.path != nil, "\(Program.hint)"))
struct DocumentedSessionTests {
  private static let mark = "----- next command"
  private static let secondsMax = 300

  @Test func printsWhatTheDocumentSays() throws {
    let document = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "../../Maps/README.md")
    let text = try String(contentsOf: document, encoding: .utf8)
    let block = try #require(text.firstMatch(of: /```console\n(.*?)```/.dotMatchesNewlines()))
    let session = Self.session(String(block.1))
    try #require(session.count > 10)
    let printed = try Self.run(session.map(\.command)).components(separatedBy: Self.mark + "\n")
    try #require(printed.count == session.count, "\(printed)")
    for (step, output) in zip(session, printed) {
      #expect(Self.agree(step.output, Self.lines(output)), "\(step.command)\n\(output)")
    }
  }

  @Test func comparesOutputs() {
    #expect(Self.agree(["a", "...", "d"], ["a", "b", "c", "d"]))
    #expect(Self.agree(["a", "..."], ["a", "b"]) && Self.agree([], []))
    #expect(!Self.agree(["a"], ["a", "b"]) && !Self.agree(["a", "...", "d"], ["a", "b"]) && !Self.agree(["a"], []))
    #expect(Self.lines("until 2026-11-29T20:13:48Z\nimported in 0.4 s\n") == ["until MOMENT", "imported in SECONDS s"])
  }

  /// The commands, behind `$`, each with the lines that it prints.
  private static func session(_ block: String) -> [(command: String, output: [String])] {
    var steps: [(command: String, output: [String])] = []
    for line in lines(block) {
      if line.hasPrefix("$ ") {
        steps.append((String(line.dropFirst(2)), []))
      } else {
        steps[steps.count - 1].output.append(line)
      }
    }
    return steps
  }

  /// Lines of a text, without what differs from run to run.
  private static func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { String($0) }.map { line in
      line.replacing(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/, with: "MOMENT").replacing(/\d{4}-\d\d-\d\d/, with: "DAY")
        .replacing(/\b\d\d:\d\d\b/, with: "TIME").replacing(/in \d+\.\d s/, with: "in SECONDS s")
    }
  }

  /// True if lines are those expected; `...` stands for any number of them.
  private static func agree(_ expected: [String], _ lines: [String]) -> Bool {
    guard let dots = expected.firstIndex(of: "...") else { return expected == lines }
    let rest = Array(expected[(dots + 1)...])
    guard lines.count >= dots + rest.count else { return false }
    return expected[..<dots] == lines[..<dots] && rest[...] == lines.suffix(rest.count)
  }

  /// What one shell prints, with ``mark`` between the commands.
  private static func run(_ commands: [String]) throws -> String {
    let folder = TemporaryFolder()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
    let script = "trap 'kill $(jobs -p) 2> /dev/null' EXIT\n" + commands.joined(separator: "\necho '\(mark)'\n")
    process.arguments = ["--kill-after=5", "\(secondsMax)", "/bin/bash", "-c", script]
    process.currentDirectoryURL = folder.url("")
    var environment = ProcessInfo.processInfo.environment
    let programs = URL(fileURLWithPath: Program.path ?? "/nowhere").deletingLastPathComponent().path
    environment["PATH"] = "\(programs):\(environment["PATH"] ?? "")"
    process.environment = environment
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: bytes, as: UTF8.self)
  }
}
