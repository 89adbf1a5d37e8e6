import Foundation

/// Programs in Python with the packages that only tests need, which `.ci/prerequisites test` puts beside the build.
public enum PythonPackages {
  private static let python = "/usr/bin/python3"
  private static let package = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  private static let library = package.appendingPathComponent(".build/test-python").path

  public struct Failure: Error {
    public let status: Int32
  }

  /// True if a module can be imported.
  public static func has(_ module: String) -> Bool {
    FileManager.default.isExecutableFile(atPath: python) && (try? run(["-c", "import \(module)"])) != nil
  }

  /// What a script, by its path in the package, prints.
  ///
  /// - Throws: ``Failure`` if it ends badly.
  public static func output(of script: String, _ arguments: [String] = [], input: Data = Data()) throws -> String {
    try run([package.appendingPathComponent(script).path] + arguments, input: input)
  }

  private static func run(_ arguments: [String], input: Data = Data()) throws -> String {
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
