import Foundation
import TestSupport
import Testing

@testable import tocsin

/// What is written to goes where people mean, and what is no file stays what it is.
@Suite struct OutputPlaceTests {
  private let folder = TemporaryFolder()
  private let text = Array("text".utf8)

  private func kind(of path: String) -> mode_t {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mode & S_IFMT : 0
  }

  @Test func aPipeIsWrittenTo() throws {
    let path = folder.path("pipe")
    #expect(mkfifo(path, 0o600) == 0)
    let reader = open(path, O_RDONLY | O_NONBLOCK)
    defer { close(reader) }
    try AsideFile(path: path).write(text)
    var bytes = [UInt8](repeating: 0, count: 10)
    #expect(read(reader, &bytes, 10) == text.count && Array(bytes.prefix(text.count)) == text)
    #expect(kind(of: path) == S_IFIFO)
    #expect(throws: CommandFailure.self) { try OutputPlace(path).filePath() }
  }

  @Test func aDeviceIsWrittenTo() throws {
    try AsideFile(path: "/dev/null").write(text)
    #expect(kind(of: "/dev/null") == S_IFCHR)
    #expect(throws: CommandFailure.self) { try AsideFile(path: "/dev/full").write(text) }
    #expect(kind(of: "/dev/full") == S_IFCHR)
  }

  /// A link stays, and what it leads to is replaced, whether it was there before or not.
  @Test func linksAreFollowed() throws {
    let (link, other, file) = (folder.path("link"), folder.path("other"), folder.path("file"))
    #expect(symlink("other", link) == 0 && symlink(file, other) == 0)
    for _ in 0..<2 {
      try AsideFile(path: link).write(text)
      #expect(kind(of: link) == S_IFLNK && kind(of: other) == S_IFLNK && kind(of: file) == S_IFREG)
      #expect(try String(contentsOfFile: file, encoding: .utf8) == "text")
    }
  }

  @Test(.enabled(if: Program.path != nil, "\(Program.hint)"))
  func aFullDiskIsTold() throws {
    let errors = Pipe()
    let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
    let process = try Program.start(["limits"], output: full, errors: errors)
    let complaint = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 1 && complaint.hasPrefix("WRITE_FAILED: "), "\(complaint)")
  }
}
