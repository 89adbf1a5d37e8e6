import API
import Configuration
import Dispatch
import Engine
import Foundation
import Ledger
import Logging

/// Reads a server's files again at each SIGHUP, as servers do: tokens, certificates, the map, profiles and
/// overrides. A file with a fault is logged, and what was read before stays in force.
final class ServerReload {
  private let engine: EngineHandle
  private let security: ServerSecurity
  private let configuration: ServerConfiguration
  private let logger: Logger
  private let hangups: any DispatchSourceSignal

  /// From now on a SIGHUP reads the files.
  init(
    _ engine: EngineHandle, _ security: ServerSecurity, _ configuration: ServerConfiguration, _ logger: Logger
  ) {
    (self.engine, self.security, self.configuration, self.logger) = (engine, security, configuration, logger)
    hangups = DispatchSource.makeSignalSource(signal: SIGHUP, queue: DispatchQueue(label: "tocsin.hangup"))
    hangups.setEventHandler { [engine, security, configuration, logger] in
      Self.read("tokens", configuration.access.tokens, logger) { try security.reloadTokens() }
      Self.read("certificates", configuration.tls.certificate, logger) { try security.reloadCertificates() }
      EngineReload.run(
        Set(ReloadPart.allCases), engine, ChangeOrigin(actor: "tocsin", method: "SIGHUP"), logger)
    }
    hangups.activate()
  }

  func cancel() { hangups.cancel() }

  /// A hangup must not end a server that is still starting.
  static func ignoreHangups() { signal(SIGHUP, SIG_IGN) }

  /// Reads the overrides now, if there are any.
  func readOverrides() {
    guard configuration.traffic.overrides != nil else { return }
    EngineReload.run([.overrides], engine, ChangeOrigin(actor: "tocsin"), logger)
  }

  private static func read(_ what: String, _ path: String?, _ logger: Logger, _ body: () throws -> Void) {
    guard let path else { return }
    do {
      try body()
      logger.info("\(what) read", metadata: ["file": "\(path)"])
    } catch {
      logger.error("the \(what) in force stay", metadata: ["error": "\(error)"])
    }
  }
}
