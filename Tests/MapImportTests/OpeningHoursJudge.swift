import Foundation

/// Another program that reads opening hours: the Python library opening-hours-py.
enum OpeningHoursJudge {
  /// A text, where it is meant, and when.
  struct Question: Encodable {
    let text: String
    let zone: String
    let latitude: Double
    let longitude: Double
    /// Seconds since 1970.
    let moments: [Int]
  }

  private static let python = "/usr/bin/python3"
  private static let package = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  /// Where `.ci/prerequisites test` puts it.
  private static let library = package.appendingPathComponent(".build/test-python").path

  static let hint = "opening-hours-py is missing: .ci/prerequisites test installs it"

  static let isThere: Bool =
    FileManager.default.isExecutableFile(atPath: python)
    && ((try? run(["-c", "import opening_hours"], input: Data())) != nil)

  /// For each question a sign for each moment; empty where the judge can't read the text.
  static func answers(to questions: [Question]) throws -> [String] {
    let lines = try questions.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) + "\n" }
    let script = package.appendingPathComponent("Tests/MapImportTests/Python/opening_hours_judge.py").path
    let output = try run([script], input: Data(lines.joined().utf8))
    return output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }

  private struct Failure: Error {
    let status: Int32
  }

  private static func run(_ arguments: [String], input: Data) throws -> String {
    let (process, given, output) = (Process(), Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(["PYTHONPATH": library]) { $1 }
    (process.standardInput, process.standardOutput) = (given, output)
    process.standardError = FileHandle.nullDevice
    try process.run()
    // It answers while it is asked: both ends at once, or a full pipe would stop them.
    Thread.detachNewThread {
      try? given.fileHandleForWriting.write(contentsOf: input)
      try? given.fileHandleForWriting.close()
    }
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure(status: process.terminationStatus) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
