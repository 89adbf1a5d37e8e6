import Dispatch
import Engine
import Foundation
import Logging

/// Reads a server's overrides and logs what matches nothing; again at each SIGHUP, as servers do.
final class OverridesReload {
  private let engine: TocsinEngine
  private let logger: Logger
  private let hangups: any DispatchSourceSignal

  /// From now on a SIGHUP reads the file.
  init(_ engine: TocsinEngine, _ logger: Logger) {
    (self.engine, self.logger) = (engine, logger)
    signal(SIGHUP, SIG_IGN)
    hangups = DispatchSource.makeSignalSource(signal: SIGHUP, queue: DispatchQueue(label: "tocsin.hangup"))
    hangups.setEventHandler { [engine, logger] in Self.run(engine, logger) }
    hangups.activate()
  }

  func cancel() { hangups.cancel() }

  /// Reads the file now.
  func run() { Self.run(engine, logger) }

  private static func run(_ engine: TocsinEngine, _ logger: Logger) {
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
