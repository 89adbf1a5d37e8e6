import Foundation
import Messages
import TestSupport
import Testing

/// A client in another language: Python with grpcio, and what protoc made of the messages for it.
final class PythonClient: Sendable {
  private static let python = "/usr/bin/python3"
  private static let plugin = "/usr/bin/grpc_python_plugin"

  /// `nil` if it can run here; otherwise what is missing.
  static let missing: String? = {
    for path in [python, plugin, "/usr/bin/protoc"] where !FileManager.default.isExecutableFile(atPath: path) {
      return "\(path) is missing: .ci/prerequisites test installs it"
    }
    return nil
  }()

  /// The folder of generated stubs, made once.
  private static let stubs: Result<TemporaryFolder, any Error> = Result {
    let folder = TemporaryFolder()
    let messages = sources.appendingPathComponent("Sources/Foreign/CMessages")
    let protoc = Process()
    protoc.executableURL = URL(fileURLWithPath: "/usr/bin/protoc")
    protoc.arguments = [
      "--plugin=protoc-gen-grpc=\(plugin)", "--proto_path=\(messages.path)", "--python_out=\(folder.path(""))",
      "--grpc_out=\(folder.path(""))", "tocsin.proto", "health.proto", "reflection.proto",
    ]
    try protoc.run()
    protoc.waitUntilExit()
    try #require(protoc.terminationStatus == 0)
    return folder
  }

  private static let sources = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private let errors = Pipe()
  private let queue = DispatchQueue(label: "python client")

  /// Starts a script of `Tests/ServerTests/Python` with the folder of stubs, the port and a scenario.
  convenience init(_ script: String, port: Int, scenario: String) throws {
    let path = Self.sources.appendingPathComponent("Tests/ServerTests/Python/\(script)").path
    try self.init([path, try Self.stubs.get().path(""), "\(port)", scenario], in: nil)
  }

  /// Starts a text of a program, which finds the stubs, in a folder.
  convenience init(text: String, in folder: TemporaryFolder) throws {
    let stubs = try Self.stubs.get().path("")
    try self.init(["-c", "import sys; sys.path.insert(0, '\(stubs)')\n" + text], in: folder)
  }

  private init(_ arguments: [String], in folder: TemporaryFolder?) throws {
    process.executableURL = URL(fileURLWithPath: Self.python)
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = folder.url("") }
    process.standardInput = input
    process.standardOutput = output
    process.standardError = errors
    try process.run()
  }

  /// Waits for the next line that it prints; "" at its end.
  func line() async -> String {
    await onQueue { [output] in
      var line: [UInt8] = []
      while let byte = try? output.fileHandleForReading.read(upToCount: 1)?.first, byte != UInt8(ascii: "\n") {
        line.append(byte)
      }
      return String(decoding: line, as: UTF8.self)
    }
  }

  /// Reads all that it still prints.
  func drain() async { await onQueue { [output] in _ = try? output.fileHandleForReading.readToEnd() } }

  /// Lets it go on where it waits for a line.
  func goOn() throws { try input.fileHandleForWriting.write(contentsOf: Data("\n".utf8)) }

  /// Expects that it did all it should.
  func expectDone(sourceLocation: SourceLocation = #_sourceLocation) async {
    let last = await line()
    #expect(last == "done", sourceLocation: sourceLocation)
    await expectEnd(sourceLocation: sourceLocation)
  }

  /// Expects that it ends well.
  func expectEnd(sourceLocation: SourceLocation = #_sourceLocation) async {
    let complaint = await onQueue { [process, errors] in
      let complaint = (try? errors.fileHandleForReading.readToEnd()) ?? Data()
      process.waitUntilExit()
      return String(decoding: complaint, as: UTF8.self)
    }
    #expect(process.terminationStatus == 0, "\(complaint)", sourceLocation: sourceLocation)
  }

  private func onQueue<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in queue.async { continuation.resume(returning: body()) } }
  }
}
