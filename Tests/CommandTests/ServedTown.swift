import Foundation
import TestSupport
import Testing

/// Two streets that meet, imported and served by the built program.
///
///     A---B---C   Long Street, way 1
///         |
///         D       Side Street, way 2
struct ServedTown {
  let folder = TemporaryFolder()
  var socket: String { folder.path("s") }
  private var map: String { folder.path("town.tocsin") }

  private static let opl = """
    n1 x9.000 y0.0
    n2 x9.010 y0.0
    n3 x9.020 y0.0
    n4 x9.010 y0.010
    w1 Thighway=primary,name=Long%20%Street Nn1,n2,n3
    w2 Thighway=primary,name=Side%20%Street Nn2,n4

    """

  init() throws {
    try Self.opl.write(toFile: folder.path("town.osm.opl"), atomically: true, encoding: .utf8)
    let imported = try Program.run("import", folder.path("town.osm.opl"), "-o", map, "--time-zone", "UTC")
    #expect(imported.status == 0, "\(imported.complaint)")
  }

  /// A server with a ledger that takes calls; it keeps what another one was told before it.
  func serve(_ flags: String...) throws -> Process {
    let server = try Program.start(
      ["serve", map, "--socket", socket, "--profile", "car", "--ledger", folder.path("ledger")] + flags)
    for _ in 0..<1_200 where server.isRunning {
      if try Program.run("health", "--server", socket).status == 0 { return server }
      usleep(50_000)
    }
    throw Failure(status: server.isRunning ? nil : server.terminationStatus)
  }

  /// Runs a command that asks the server.
  func ask(_ arguments: String...) throws -> Program.Outcome { try Program.run(arguments + ["--server", socket]) }

  struct Failure: Error {
    /// Of a server that ended instead of taking calls.
    let status: Int32?
  }
}

extension Process {
  /// Kills it, and waits until it is gone.
  func killNow() {
    if isRunning { kill(processIdentifier, SIGKILL) }
    waitUntilExit()
  }
}
