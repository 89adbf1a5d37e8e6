import Foundation

/// Programs in other languages that judge what Tocsin makes, or ask it.
public enum TestScript {
  public static let python = "/usr/bin/python3"
  public static let protoc = "/usr/bin/protoc"

  /// The folder of the package.
  public static let package = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  /// Where `.ci/prerequisites test` puts Python's packages.
  private static let library = package.appendingPathComponent(".build/test-python").path

  /// `nil` if programs and modules of Python are all here; otherwise what is missing.
  public static func missing(programs: [String] = [python], modules: [String] = []) -> String? {
    for path in programs where !FileManager.default.isExecutableFile(atPath: path) {
      return "\(path) is missing: .ci/prerequisites test installs it"
    }
    for module in modules where (try? run(python, ["-c", "import \(module)"])) == nil {
      return "Python's module \(module) is missing: .ci/prerequisites test installs it"
    }
    return nil
  }

  public struct Failure: Error, CustomStringConvertible {
    public let description: String
  }

  /// Runs a program to its end and returns what it prints; Python finds the packages that only tests need.
  ///
  /// - Throws: a ``Failure`` with its complaint.
  public static func run(_ program: String, _ arguments: [String], input: Data = Data()) throws -> String {
    let (process, given, output, complaints) = (Process(), Pipe(), Pipe(), TemporaryFolder())
    let complaint = complaints.url("errors")
    try Data().write(to: complaint)
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(["PYTHONPATH": library]) { $1 }
    (process.standardInput, process.standardOutput) = (given, output)
    process.standardError = try FileHandle(forWritingTo: complaint)
    try process.run()
    // It answers while it is asked: both ends at once, or a full pipe would stop them.
    Thread.detachNewThread {
      try? given.fileHandleForWriting.write(contentsOf: input)
      try? given.fileHandleForWriting.close()
    }
    let printed = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      let reason = String(decoding: try Data(contentsOf: complaint), as: UTF8.self)
      throw Failure(
        description: "\(arguments): \(process.terminationStatus)\n\(printed.suffix(4_000))\n\(reason.suffix(4_000))")
    }
    return printed
  }

  /// The same without holding up tasks, such as those of a server that the program asks.
  public static func runAside(_ program: String, _ arguments: [String]) async throws -> String {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread { continuation.resume(with: Result { try run(program, arguments) }) }
    }
  }
}
