import API
import AnswerJSON
import Dispatch
import Engine
import Foundation
import Logging
import Settings

/// Reads a server's files again at each SIGHUP, as servers do: tokens, certificates, the map, profiles and
/// overrides. A file with a fault is logged, and what was read before stays in force.
struct ServerReload: Sendable {
  let engine: EngineHandle
  let security: ServerSecurity
  let configuration: ServerConfiguration
  let logger: Logger

  /// A hangup must not end a server that is still starting.
  static func ignoreHangups() { signal(SIGHUP, SIG_IGN) }

  /// From now on a SIGHUP reads the files, until the source is cancelled.
  func atHangups() -> any DispatchSourceSignal {
    let hangups = DispatchSource.makeSignalSource(signal: SIGHUP, queue: DispatchQueue(label: "tocsin.hangup"))
    hangups.setEventHandler {
      read("tokens", configuration.access.tokens) { try security.reloadTokens() }
      read("certificates", configuration.tls.certificate) { try security.reloadCertificates() }
      readEngine(Set(ReloadPart.allCases), ChangeOrigin(actor: "tocsin", method: "SIGHUP"))
    }
    hangups.activate()
    return hangups
  }

  /// Reads the overrides now, if there are any.
  func readOverrides() {
    if configuration.traffic.overrides != nil { readEngine([.overrides], ChangeOrigin(actor: "tocsin")) }
  }

  private func read(_ what: String, _ path: String?, _ body: () throws -> Void) {
    guard let path else { return }
    do {
      try body()
      logger.info("\(what) read", metadata: ["file": "\(path)"])
    } catch {
      logger.error("the \(what) in force stay", metadata: ["error": "\(error)"])
    }
  }

  /// Reads the files that the engine stands on, and logs what the new ones no longer have.
  private func readEngine(_ parts: Set<ReloadPart>, _ origin: ChangeOrigin) {
    do throws(EngineError) {
      log(try engine.reload(parts, by: origin, within: .none))
    } catch {
      logger.error("what was served stays", metadata: ["error": "\(error)"])
    }
  }

  private func log(_ report: ReloadReport) {
    logger.info(
      "read again",
      metadata: [
        "parts": "\(report.parts.map(\.rawValue).joined(separator: " "))", "version": "\(report.version)",
        "map": "\(report.after.path)", "overrides": "\(report.overrideCount)",
        "seconds": "\(Figures.decimals(report.seconds, 1))",
      ])
    for (what, list) in report.losses where list.count > 0 {
      logger.warning("\(what)", metadata: ["count": "\(list.count)", "first": "\(list.ids.prefix(10))"])
    }
    for entry in report.unmatchedOverrides {
      logger.warning(
        "an override matches nothing",
        metadata: [
          "line": "\(entry.line)", "kind": "\(entry.kind.rawValue)", "id": "\(entry.id)", "why": "\(entry.why)",
        ])
    }
  }
}

extension ReloadReport {
  /// What the new files no longer have, in words for people.
  var losses: [(what: String, list: IDList)] {
    [
      ("units that are no longer on a road", lostUnits),
      ("points of layers that are no longer near a road", lostFeatures),
      ("closures that no longer close anything", unmatchedClosures),
      ("closures that close less than before", partlyMatchedClosures),
      ("links that are partly missing from the map", unmatchedLinks),
    ]
  }
}
