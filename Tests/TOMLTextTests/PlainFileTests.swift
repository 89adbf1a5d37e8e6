import Foundation
import TOMLText
import Testing

@Suite struct PlainFileTests {
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tocsin-\(UUID())")

  private func withFolder(_ body: () throws -> Void) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body()
  }

  @Test func readsFiles() throws {
    try withFolder {
      let path = folder.appendingPathComponent("a").path
      try Data("abc".utf8).write(to: URL(fileURLWithPath: path))
      #expect(PlainFile.bytes(of: path) == Data("abc".utf8))
      #expect(PlainFile.bytes(of: path, upTo: 2) == Data("ab".utf8))
      #expect(PlainFile.bytes(of: path + "b") == nil)
      #expect(PlainFile.bytes(of: folder.path) == nil)
    }
  }

  /// Nobody ever writes into the pipe.
  @Test(.timeLimit(.minutes(1))) func aPipeIsNotWaitedFor() throws {
    try withFolder {
      let path = folder.appendingPathComponent("pipe").path
      #expect(mkfifo(path, 0o600) == 0)
      #expect(PlainFile.bytes(of: path) == nil)
      let error = #expect(throws: FileError.self) {
        try TextFile.text(of: path, bytesMax: 10, family: .tokens)
      }
      #expect(error?.code.rawValue == "TOKENS_UNREADABLE")
    }
  }
}
