import Foundation

/// A source file of the package, as written and with comments and string literals blanked out.
struct SourceFile {
  /// Relative to the root of the package: `Sources/Base/Geometry/Coordinate.swift`.
  let path: String
  let text: String

  var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
  var isSwift: Bool { path.hasSuffix(".swift") }
  /// Protobuf code as protoc-c wrote it.
  var isGenerated: Bool { path.contains(".pb-c.") || path.hasSuffix("/descriptors.c") }
  /// `Geometry` for `Sources/Base/Geometry/Coordinate.swift`.
  var module: String? {
    let parts = path.split(separator: "/")
    return parts.count > 3 && parts[0] == "Sources" ? String(parts[2]) : nil
  }
}

/// The package that this test belongs to.
enum SourceTree {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().standardizedFileURL

  /// All files written by hand in Swift, C, C++, Python, by path.
  static let files: [SourceFile] = {
    let suffixes = [".swift", ".c", ".h", ".cpp", ".hpp", ".py"]
    return ["Sources", "Tests", "Bench", "Maps"].flatMap { relativePaths(under: $0) }
      .filter { path in suffixes.contains { path.hasSuffix($0) } }
      .compactMap { path in read(path).map { SourceFile(path: path, text: $0) } }
      .filter { !$0.isGenerated }
      .sorted { $0.path < $1.path }
  }()

  static let swiftSources = files.filter { $0.isSwift && $0.module != nil }
  /// Modules that never talk to a terminal.
  static let librarySources = swiftSources.filter { $0.module != "tocsin" }

  /// What people read: the code under `Sources` with its comments and texts, and all documents.
  static let prose: [SourceFile] = {
    let top = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
    let paths = top + ["Sources", "Tests", "Bench", "Maps"].flatMap { relativePaths(under: $0) }
    return files.filter { $0.path.hasPrefix("Sources/") }
      + paths.filter { $0.hasSuffix(".md") || $0.hasSuffix(".proto") }.sorted()
      .compactMap { path in read(path).map { SourceFile(path: path, text: $0) } }
  }()

  static func read(_ path: String) -> String? {
    try? String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  /// Files under a folder that are no build products or caches.
  private static func relativePaths(under folder: String) -> [String] {
    let start = root.appendingPathComponent(folder).resolvingSymlinksInPath()
    guard let names = FileManager.default.enumerator(atPath: start.path) else { return [] }
    return names.compactMap { $0 as? String }
      .filter { name in !name.split(separator: "/").contains { $0.hasPrefix(".") || $0 == "venv" } }
      .map { "\(folder)/\($0)" }
  }

  /// What git has or would add, relative to the root; `nil` outside a git work tree.
  static func gitFiles() -> [String]? {
    let git = Process()
    git.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    git.arguments = ["git", "-C", root.path, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    let output = Pipe()
    git.standardOutput = output
    git.standardError = FileHandle.nullDevice
    guard (try? git.run()) != nil else { return nil }
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    git.waitUntilExit()
    guard git.terminationStatus == 0 else { return nil }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\0").map(String.init)
  }
}
