import Foundation
import TestSupport
import Testing

/// The checked-in message code is what protoc-c makes of the message definitions.
@Suite struct GeneratedCodeTests {
  static let files = ["tocsin.pb-c.c", "include/tocsin.pb-c.h"]

  static func canRun(_ program: String) -> Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
  }

  @Test(.enabled(if: canRun("protoc-c"), "protoc-c is missing: install protobuf-c-compiler"))
  func isUpToDate() throws {
    let folder = TemporaryFolder()
    let regenerate = Process()
    regenerate.executableURL = SourceTree.root.appendingPathComponent("Tests/regenerate")
    regenerate.arguments = [folder.path("")]
    try regenerate.run()
    regenerate.waitUntilExit()
    try #require(regenerate.terminationStatus == 0)
    for file in Self.files {
      let kept = SourceTree.read("Sources/CMessages/\(file)")
      let made = String(decoding: try folder.contents(file), as: UTF8.self)
      #expect(kept == made, "Sources/CMessages/\(file) is not what tocsin.proto gives: run Tests/regenerate")
    }
  }
}
