import API
import Engine
import Ledger
import Logging

/// Reads the files again that an engine stands on, and logs what the new ones no longer have.
enum EngineReload {
  static func run(
    _ parts: Set<ReloadPart>, _ engine: EngineHandle, _ origin: ChangeOrigin, _ logger: Logger
  ) {
    do throws(EngineError) {
      log(try engine.reload(parts, by: origin, within: .none), logger)
    } catch {
      logger.error("what was served stays", metadata: ["error": "\(error)"])
    }
  }

  private static func log(_ report: ReloadReport, _ logger: Logger) {
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
      ("closures that no longer close anything", unmatchedClosures),
      ("closures that close less than before", partlyMatchedClosures),
      ("links that are partly missing from the map", unmatchedLinks),
    ]
  }
}
