import Foundation
import TestSupport
import Testing

/// The checked-in message code is what protoc-c makes of the message definitions.
@Suite struct GeneratedCodeTests {
  /// What is written, and where it is kept.
  static let files =
    ["tocsin", "health", "reflection"].flatMap { ["\($0).pb-c.c", "include/\($0).pb-c.h"] }
    .map { (made: $0, kept: "Sources/Foreign/CMessages/\($0)") }
    + [(made: "FileDescriptors.swift", kept: "Sources/Server/Messages/FileDescriptors.swift")]

  static func canRun(_ program: String) -> Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
  }

  @Test(.enabled(if: canRun("protoc-c"), "protoc-c is missing: install protobuf-c-compiler"))
  func isUpToDate() throws {
    let folder = TemporaryFolder()
    let regenerate = Process()
    regenerate.executableURL = SourceTree.root.appendingPathComponent(".ci/regenerate")
    regenerate.arguments = [folder.path("")]
    try regenerate.run()
    regenerate.waitUntilExit()
    try #require(regenerate.terminationStatus == 0)
    for file in Self.files {
      let made = String(decoding: try folder.contents(file.made), as: UTF8.self)
      #expect(SourceTree.read(file.kept) == made, "\(file.kept) is not what the messages give: run .ci/regenerate")
    }
  }
}
