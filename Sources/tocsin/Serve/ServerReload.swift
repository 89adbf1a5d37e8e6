import Configuration
import Dispatch
import Engine
import Foundation
import Logging

/// Reads a server's files again at each SIGHUP, as servers do: tokens, certificates, overrides. What has a fault is logged
/// and stays as it was.
final class ServerReload {
  private let engine: TocsinEngine
  private let security: ServerSecurity
  private let configuration: ServerConfiguration
  private let logger: Logger
  private let hangups: any DispatchSourceSignal

  /// From now on a SIGHUP reads the files.
  init(
    _ engine: TocsinEngine, _ security: ServerSecurity, _ configuration: ServerConfiguration, _ logger: Logger
  ) {
    (self.engine, self.security, self.configuration, self.logger) = (engine, security, configuration, logger)
    hangups = DispatchSource.makeSignalSource(signal: SIGHUP, queue: DispatchQueue(label: "tocsin.hangup"))
    hangups.setEventHandler { [engine, security, configuration, logger] in
      Self.read("tokens", configuration.access.tokens, logger) { try security.reloadTokens() }
      Self.read("certificates", configuration.tls.certificate, logger) { try security.reloadCertificates() }
      if configuration.traffic.overrides != nil { Self.readOverrides(engine, logger) }
    }
    hangups.activate()
  }

  func cancel() { hangups.cancel() }

  /// A hangup must not end a server that is still starting.
  static func ignoreHangups() { signal(SIGHUP, SIG_IGN) }

  /// Reads the overrides now, if there are some.
  func readOverrides() {
    if configuration.traffic.overrides != nil { Self.readOverrides(engine, logger) }
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

  private static func readOverrides(_ engine: TocsinEngine, _ logger: Logger) {
    do throws(EngineError) {
      let answer = try engine.reloadOverrides()
      logger.info("overrides read", metadata: ["entries": "\(answer.entryCount)", "version": "\(answer.version)"])
      for entry in answer.unmatched {
        logger.warning(
          "an override matches nothing",
          metadata: [
            "file": "\(answer.path):\(entry.line)", "kind": "\(entry.kind.rawValue)", "id": "\(entry.id)",
            "why": "\(entry.why)",
          ])
      }
    } catch {
      logger.error("the overrides in force stay", metadata: ["error": "\(error)"])
    }
  }
}
