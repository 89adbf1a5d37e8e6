import Foundation
import TestSupport

/// The built command line, run as people run it.
struct Program {
  struct Outcome {
    var status: Int32
    var output: String
    var complaint: String
  }

  static let path = BuiltProgram.path
  static let hint = BuiltProgram.hint

  /// Starts the program; nothing is waited for.
  ///
  /// - Parameter environment: what is added to that of the tests.
  static func start(
    _ arguments: [String], input: Pipe? = nil, output: Any? = nil, errors: Any? = nil,
    environment: [String: String] = [:]
  ) throws -> Process {
    let process = Process()
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, added in added }
    process.executableURL = URL(fileURLWithPath: path ?? "/nowhere")
    process.arguments = arguments
    process.standardInput = input ?? FileHandle.nullDevice
    process.standardOutput = output ?? FileHandle.nullDevice
    process.standardError = errors ?? FileHandle.nullDevice
    try process.run()
    return process
  }

  /// Runs the program to its end. What it writes must fit into a pipe.
  static func run(_ arguments: String..., input: String = "") throws -> Outcome {
    try run(arguments, input: input)
  }

  /// Runs the program to its end. What it writes must fit into a pipe.
  static func run(_ arguments: [String], input: String = "") throws -> Outcome {
    let (inputPipe, outputPipe, errorPipe) = (Pipe(), Pipe(), Pipe())
    let process = try start(arguments, input: inputPipe, output: outputPipe, errors: errorPipe)
    inputPipe.fileHandleForWriting.write(Data(input.utf8))
    inputPipe.fileHandleForWriting.closeFile()
    let output = outputPipe.fileHandleForReading.readDataToEndOfFile()
    let complaint = errorPipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: String(decoding: output, as: UTF8.self),
      complaint: String(decoding: complaint, as: UTF8.self))
  }
}
