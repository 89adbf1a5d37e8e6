import Foundation
import TestSupport
import Testing

/// The checked-in message code is what protoc-c makes of the message definitions.
@Suite struct GeneratedCodeTests {
  /// What is written into the folder of the messages.
  static let files =
    ["tocsin.pb-c", "health.pb-c", "reflection.pb-c", "descriptors"].flatMap { ["\($0).c", "include/\($0).h"] }

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
      let made = String(decoding: try folder.contents(file), as: UTF8.self)
      let kept = SourceTree.read("Sources/Foreign/CMessages/\(file)")
      #expect(kept == made, "\(file) is not what the messages give: run .ci/regenerate")
    }
  }
}
