import ArgumentParser
import Calls
import Engine
import Foundation
import Ledger
import LedgerFile
import Logging
import Messages
import Profiles
import ServiceLifecycle
import Listening
import SocketServer

/// `tocsin serve`.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Serve a map until SIGTERM or SIGINT.",
    discussion: "Without --socket and --listen the server listens on \(DefaultSocket.path).")

  @Argument(help: "The map file, as `tocsin import` wrote it.")
  var map: String

  @Option(help: ArgumentHelp("Listen on this socket file.", valueName: "path"))
  var socket: String?

  @Option(help: ArgumentHelp("Listen on this host and port; port 0 takes any free one.", valueName: "host:port"))
  var listen: String?

  @Option(
    help: ArgumentHelp("Read vehicle profiles (*.toml) from this folder, over the built-in ones.", valueName: "folder"))
  var profiles: String?

  @Option(
    help: ArgumentHelp(
      "Serve only this vehicle profile; may be repeated. Each profile takes memory of its own.", valueName: "name"))
  var profile: [String] = []

  @Option(
    help: ArgumentHelp(
      "Read the department's overrides from this file, now and at each SIGHUP or `tocsin reload`.", valueName: "file"))
  var overrides: String?

  @Option(
    help: ArgumentHelp(
      "Keep closures and units in this file: nothing acknowledged is lost. Without it they end with the server.",
      valueName: "file"))
  var ledger: String?

  @Option(
    help: ArgumentHelp(
      "Know the roads of an external network by this table, as `tocsin link-table build` wrote it.", valueName: "file"))
  var links: String?

  func run() async throws {
    let start = ContinuousClock.now
    let addresses = try addresses()
    var logger = Logger(label: "tocsin") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = .info
    let map = try CityMap(path: map)
    let file = try ledger.map { path in
      try SQLiteLedger(path: path, mapName: URL(fileURLWithPath: self.map).lastPathComponent)
    }
    defer { file?.writePending() }
    let engine = try TocsinEngine(
      map: map, profiles: ProfileOption.set(folder: profiles, only: profile), overridesPath: overrides,
      links: links.map { try LinkTableFile.stretches(path: $0) } ?? [], ledger: file ?? MemoryLedger())
    let desk = CallDesk(
      dispatcher: MessageDispatcher(engine: engine),
      threads: .init(questions: max(2, ProcessInfo.processInfo.activeProcessorCount)), logger: logger)
    let server = TransportServer.frames(configuration: .init(addresses: addresses), desk: desk, logger: logger)
    let bound = try await server.bind()
    let status = engine.status()
    logger.info(
      "ready",
      metadata: [
        "addresses": "\(bound.map(\.description).joined(separator: " "))",
        "version": "\(status.version)", "tocsin": "\(Tocsin.version)", "map": "\(map.path)",
        "profiles": "\(status.profiles.joined(separator: " "))",
        "units": "\(status.unitCount)", "closures": "\(status.closureCount)",
        "milliseconds": "\(Int((ContinuousClock.now - start) / .milliseconds(1)))",
      ])
    if ledger == nil {
      logger.warning("without --ledger, closures and units are lost when the server ends")
    }
    let reload = OverridesReload(engine, logger)
    defer { reload.cancel() }
    if overrides != nil { reload.run() }
    try await ServiceGroup(
      services: [server], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger
    ).run()
    try await desk.stop()
    logger.info("stopped")
  }

  private func addresses() throws -> [ServerAddress] {
    var addresses: [ServerAddress] = []
    if let socket { addresses.append(try ServerAddress.parse("unix:" + socket)) }
    if let listen { addresses.append(try ServerAddress.parse("tcp:" + listen)) }
    return addresses.isEmpty ? [.unix(path: DefaultSocket.path)] : addresses
  }
}

/// The vehicle profiles of a command.
enum ProfileOption {
  /// The built-in profiles, overlaid by those of a folder if there is one.
  static func set(folder: String?) throws -> ProfileSet {
    guard let folder else { return ProfileSet.builtIn }
    return try ProfileSet.load(directory: folder)
  }

  /// The same; of them only those with these names, unless there are none.
  static func set(folder: String?, only names: [String]) throws -> ProfileSet {
    let all = try set(folder: folder)
    return names.isEmpty ? all : try all.only(names)
  }
}
