import Foundation
import TestSupport
import Testing

/// What a server that is killed has to live with besides.
enum CrashTrouble: CaseIterable {
  case none, failingDisk, slowDisk, turnedClock

  /// Of the time of all tests.
  var share: Double { self == .none ? 0.4 : 0.2 }

  /// What a server is started with.
  func environment(ledger: String, in folder: TemporaryFolder) throws -> [String: String] {
    switch self {
    case .none: return [:]
    case .failingDisk, .slowDisk:
      return [
        "LD_PRELOAD": try Self.library("CFaultyDisk/faulty_disk.c", in: folder), "FAULTY_DISK_FOLDER": ledger,
        "FAULTY_DISK_ONE_IN": self == .failingDisk ? "4" : "0",
        "FAULTY_DISK_MICROSECONDS": self == .slowDisk ? "50000" : "0",
      ]
    case .turnedClock:
      try Data(repeating: 0, count: MemoryLayout<Int64>.size).write(to: folder.url("clock"))
      return [
        "LD_PRELOAD": try Self.library("CTurnedClock/turned_clock.c", in: folder),
        "TURNED_CLOCK_FILE": folder.path("clock"),
      ]
    }
  }

  /// Sets the clock of a server again and again, far and near, forward and back, until the task is cancelled.
  func disturb(_ folder: TemporaryFolder, seed: UInt64) async throws {
    guard self == .turnedClock else { return }
    var random = SeededGenerator(seed: seed)
    let secondsAhead = [0, 5, -5, 90, -90, 3_600, -3_600, 86_400, -86_400, 40_000_000]
    let clock = try FileHandle(forWritingTo: folder.url("clock"))
    while !Task.isCancelled {
      let ahead = Int64(secondsAhead.randomElement(using: &random) ?? 0).littleEndian
      try clock.seek(toOffset: 0)
      try clock.write(contentsOf: withUnsafeBytes(of: ahead) { Data($0) })
      try await Task.sleep(for: .milliseconds(Int.random(in: 5...100, using: &random)))
    }
  }

  /// A library that is loaded before a program, made of its source below `Tests`.
  private static func library(_ source: String, in folder: TemporaryFolder) throws -> String {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let file = tests.appendingPathComponent(source)
    let library = folder.path("preloaded.so")
    let compiler = Process()
    compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    compiler.arguments = [
      "clang", "-shared", "-fPIC", "-O1", "-I", file.deletingLastPathComponent().appendingPathComponent("include").path,
      "-o", library, file.path,
    ]
    try compiler.run()
    compiler.waitUntilExit()
    try #require(compiler.terminationStatus == 0)
    return library
  }
}
