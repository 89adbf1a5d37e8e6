import ArgumentParser
import Calls
import Engine
import Foundation
import InputFiles
import Ledger
import LedgerFile
import Logging
import Messages
import Monitoring
import ServiceLifecycle
import Settings

/// `tocsin serve`.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Serve a map until SIGTERM or SIGINT.",
    discussion: "Without --socket, --listen or --grpc the server listens on \(DefaultSocket.path).")

  @Argument(help: "The map file, written by `tocsin import`. Default: the one in the configuration.")
  var map: String?

  @OptionGroup var settings: ConfigurationOption

  @Option(help: ArgumentHelp("Listen on this socket file, e.g. /run/tocsin/tocsin.sock.", valueName: "path"))
  var socket: String?

  @Option(
    help: ArgumentHelp(
      "Listen on this host and port, e.g. 127.0.0.1:7119; port 0 takes any free one.", valueName: "host:port"))
  var listen: String?

  @Option(help: ArgumentHelp("Serve gRPC on this host and port, e.g. 127.0.0.1:7120.", valueName: "host:port"))
  var grpc: String?

  @Option(
    help: ArgumentHelp("Serve browsers and HTTP on this host and port, e.g. 127.0.0.1:7180.", valueName: "host:port"))
  var web: String?

  @Flag(help: "Serve other machines even without TLS, tokens or client certificates.")
  var insecure = false

  @Option(file: "Accept the tokens in this file, written by `tocsin token make`; read again at each SIGHUP.")
  var tokens: String?

  @Option(file: "Use TLS on TCP with this certificate (PEM); needs --tls-key.")
  var tlsCertificate: String?

  @Option(file: "The private key (PEM) of --tls-certificate.")
  var tlsKey: String?

  @OptionGroup var profiles: ProfilesOption

  @Option(
    help: ArgumentHelp(
      "Serve only this vehicle profile; may be repeated. Each takes memory of its own.", valueName: "name"))
  var profile: [String] = []

  @Option(file: "Apply the department's overrides in this file; read again at each SIGHUP and `tocsin reload`.")
  var overrides: String?

  @Option(
    file:
      "Keep closures and units in this file, so that nothing acknowledged is lost. Without it they end with the server."
  )
  var ledger: String?

  @Option(file: "Know the links of an external network by this table, written by `tocsin link-table build`.")
  var links: String?

  @Option(file: "How fast traffic usually is by hour of the week, for questions about other times (CSV).")
  var typicalSpeeds: String?

  func run() async throws {
    let start = ContinuousClock.now
    ProcessResources.shareHeap()
    ProcessResources.crashAtOnce()
    ServerReload.ignoreHangups()
    var configuration = try effectiveConfiguration()
    let logger = Self.logger(configuration.log)
    let registry = ServerFigures.registry()
    guard let mapPath = configuration.map else {
      throw ValidationError("Missing expected argument '<map>', and the configuration names no map.")
    }
    let security = try ServerSecurity(configuration)
    Self.fitConnections(of: &configuration, logger)
    let map = try CityMap(path: mapPath)
    let file = try configuration.ledger.map { path in
      try Self.ledger(path, mapPath, logger)
    }
    defer { file?.close() }
    let engine = try Self.engine(map, configuration, file, logger)
    let service = CallService(
      dispatcher: MessageDispatcher(engine: engine), limits: configuration.callLimits, access: security.access,
      threads: .init(questions: max(2, ProcessInfo.processInfo.activeProcessorCount)), logger: logger)
    let state = ServingState()
    let (servers, addresses) = try await Transports.bind(
      configuration.listen,
      web: WebPlace.settings(configuration.web, profiles: engine.status().profiles, registry, state), security,
      service: service, logger: logger)
    ServerFigures.add(engine, service, security, to: registry)
    let endpoint = try await metricsEndpoint(configuration.listen, security, registry, state, logger)
    let status = engine.status()
    logger.info(
      "ready",
      metadata: [
        "addresses": "\(addresses.joined(separator: " "))",
        "version": "\(status.version)", "tocsin": "\(Tocsin.version)", "map": "\(map.path)",
        "profiles": "\(status.profiles.joined(separator: " "))",
        "units": "\(status.unitCount)", "closures": "\(status.closureCount)",
        "milliseconds": "\(Int((ContinuousClock.now - start) / .milliseconds(1)))",
      ])
    if file == nil { logger.warning("without a ledger, closures and units are lost when the server ends") }
    let reload = ServerReload(engine: engine, security: security, configuration: configuration, logger: logger)
    let hangups = reload.atHangups()
    defer { hangups.cancel() }
    reload.readOverrides()
    // The last one stops first: health says so before requests are refused, and is shown to the end.
    let services: [any Service] = (endpoint.map { [$0] } ?? []) + servers + [state]
    let lastSignal = LastSignal(drainSeconds: configuration.callLimits.drainSecondsMax, logger)
    defer { lastSignal.cancel() }
    try await ServiceGroup(services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger).run()
    try await service.stop()
    logger.info("stopped")
  }

  /// The ledger, with a log of what is wrong with it.
  private static func ledger(_ path: String, _ mapPath: String, _ logger: Logger) throws -> SQLiteLedger {
    let ledger = try SQLiteLedger(path: path, mapName: URL(fileURLWithPath: mapPath).lastPathComponent) { fault in
      if let fault {
        logger.error("the ledger refuses changes", metadata: ["error": "\(fault)"])
      } else {
        logger.notice("the ledger takes changes again")
      }
    }
    if !ledger.composedIDs.isEmpty {
      let first = ledger.composedIDs.prefix(10).joined(separator: ", ")
      logger.warning(
        "ids of the ledger have another Unicode form now (NFC)",
        metadata: ["count": "\(ledger.composedIDs.count)", "first": "\(first)"])
    }
    return ledger
  }

  /// The first engine, and the files from which others may replace it.
  private static func engine(
    _ map: CityMap, _ configuration: ServerConfiguration, _ file: SQLiteLedger?, _ logger: Logger
  ) throws -> EngineHandle {
    let traffic = configuration.traffic
    let profiles = { @Sendable in
      let set = try ProfilesOption.set(folder: traffic.profiles, only: traffic.profileNames)
      for profile in set.profiles where profile.siren != .none && profile.reluctance.largest > 1 {
        logger.warning(
          "units of this profile may be led past the fastest way: set its [reluctance] to 1 and say how fast it drives",
          metadata: ["profile": "\(profile.name)", "largest": "\(profile.reluctance.largest)"])
      }
      return set
    }
    let links = { @Sendable in try traffic.links.map { try LinkTableFile.stretches(path: $0) } ?? [] }
    let typical = { @Sendable in try traffic.typicalSpeeds.map { try TypicalSpeedFile.roads(path: $0) } ?? [] }
    let engine = try TocsinEngine(
      map: map, profiles: profiles(), overridesPath: traffic.overrides, links: links(), typical: typical(),
      ledger: file ?? MemoryLedger(), limits: configuration.engineLimits, locateLayers: configuration.locate)
    return EngineHandle(
      engine,
      sources: EngineSources(
        mapPath: map.path, overridesPath: traffic.overrides, profiles: profiles, links: links, typical: typical),
      reports: ReportTally { tell(of: $0, logger) })
  }

  private static func tell(of late: LateReports, _ logger: Logger) {
    logger.warning(
      "reports of units came late and changed nothing",
      metadata: [
        "positions": "\(late.positionCount)", "statuses": "\(late.statusCount)", "actor": "\(late.origin.actor)",
        "peer": "\(late.origin.peer)", "method": "\(late.origin.method)",
      ])
  }

  private func effectiveConfiguration() throws -> ServerConfiguration {
    try settings.effective(flags: [
      ("map", map, "<map>"), ("listen.socket", socket, "--socket"), ("listen.tcp", listen, "--listen"),
      ("listen.grpc", grpc, "--grpc"), ("listen.web", web, "--web"),
      ("listen.insecure", insecure ? "true" : nil, "--insecure"),
      ("access.tokens", tokens, "--tokens"), ("tls.certificate", tlsCertificate, "--tls-certificate"),
      ("tls.key", tlsKey, "--tls-key"),
      ("traffic.profiles", profiles.profiles, "--profiles"),
      ("traffic.only_profiles", profile.isEmpty ? nil : profile.joined(separator: ","), "--profile"),
      ("traffic.overrides", overrides, "--overrides"), ("traffic.links", links, "--links"),
      ("traffic.typical_speeds", typicalSpeeds, "--typical-speeds"),
      ("ledger.file", ledger, "--ledger"),
    ]).configuration
  }

  /// The log of a server, on standard error.
  private static func logger(_ log: ServerConfiguration.Log) -> Logger {
    var logger = Logger(label: "tocsin") { label in
      switch log.format {
      case .text: GuardedLogHandler(StreamLogHandler.standardError(label: label))
      case .json: GuardedLogHandler(JSONLogHandler(label: label))
      }
    }
    logger.logLevel = Logger.Level(rawValue: log.level.rawValue) ?? .info
    return logger
  }

  /// Takes no more connections than the system gives descriptors for.
  private static func fitConnections(of configuration: inout ServerConfiguration, _ logger: Logger) {
    let descriptors = ProcessResources.raiseDescriptorLimit()
    let room = max(descriptors - ProcessResources.descriptorsOfItsOwn, 1)
    let wanted = configuration.callLimits.connectionsMax
    guard wanted > room else { return }
    logger.warning(
      "fewer connections than limits.connections says: the system gives too few descriptors (ulimit -n, LimitNOFILE)",
      metadata: ["connections": "\(room)", "wanted": "\(wanted)", "descriptors": "\(descriptors)"])
    configuration.callLimits.connectionsMax = room
  }

  private func metricsEndpoint(
    _ listen: ServerConfiguration.Listen, _ security: ServerSecurity, _ registry: PrometheusRegistry,
    _ state: ServingState, _ logger: Logger
  ) async throws -> MetricsEndpoint? {
    guard let text = listen.metrics else { return nil }
    let address = try ServerAddress.parse("tcp:" + text)
    try security.checkMetrics(address)
    guard case .tcp(let host, let port) = address else { return nil }
    var configuration = MetricsEndpoint.Configuration()
    (configuration.host, configuration.port) = (host, port)
    let endpoint = MetricsEndpoint(configuration: configuration, registry: registry, state: state, logger: logger)
    try await endpoint.bind()
    return endpoint
  }
}
