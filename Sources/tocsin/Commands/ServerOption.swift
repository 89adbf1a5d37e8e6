import ArgumentParser
import Client
import Foundation
import Messages

/// `--server`, for every command that asks a running server.
struct ServerOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The server: a socket file or HOST:PORT. Default: $TOCSIN_SERVER, else \(DefaultSocket.path).",
      valueName: "address"),
    transform: Parse.address)
  var server: ServerAddress?

  /// Connects, runs `body` and closes the connection.
  func withClient<Result>(_ body: (TocsinClient) async throws -> Result) async throws -> Result {
    let client = try await TocsinClient.connect(to: address())
    do {
      let result = try await body(client)
      await client.close()
      return result
    } catch {
      await client.close()
      throw error
    }
  }

  private func address() throws -> ServerAddress {
    if let server { return server }
    if let text = ProcessInfo.processInfo.environment["TOCSIN_SERVER"], !text.isEmpty {
      return try ServerAddress.parse(text)
    }
    return .unix(path: DefaultSocket.path)
  }
}

/// Where a server listens, and a client looks for it, if nobody says otherwise.
enum DefaultSocket {
  static var path: String {
    if getuid() == 0 { return "/run/tocsin.sock" }
    let folder = ProcessInfo.processInfo.environment["XDG_RUNTIME_DIR"].flatMap { $0.isEmpty ? nil : $0 }
    return folder.map { "\($0)/tocsin.sock" } ?? "/tmp/tocsin-\(getuid()).sock"
  }
}

/// `--json`, for every command that answers.
struct OutputOption: ParsableArguments {
  @Flag(help: "Answer in JSON, on one line.")
  var json = false

  /// Prints an answer in the form that was asked for.
  func show(_ shape: some Encodable, text: @autoclosure () -> String) throws {
    if json { Console.write(try JSONText.line(shape)) } else { Console.write(text()) }
  }
}
