import API
import AnswerJSON

extension Diversion {
  var json: JSONObject {
    [
      "unit": unit.json([]), "fromIncident": fromIncidentID.isEmpty ? nil : fromIncidentID,
      "insteadOf": insteadOfUnitID.isEmpty ? nil : insteadOfUnitID, "line": line, "gainSeconds": gainSeconds,
      "replacement": replacement?.json([]), "lossSeconds": lossSeconds,
    ]
  }
}

extension UnitSwap {
  var json: JSONObject { ["gainSeconds": gainSeconds, "sides": [one.json, other.json]] }
}

extension UnitSwap.Side {
  fileprivate var json: JSONObject {
    [
      "unit": unit.json([]), "fromIncident": fromIncidentID, "toIncident": toIncidentID, "line": line,
      "gainSeconds": gainSeconds,
    ]
  }
}

/// Suggestions for people, beside what was chosen.
enum DiversionText {
  /// Nothing if nobody could be called off.
  static func table(_ diversions: [Diversion]) -> String {
    if diversions.isEmpty { return "" }
    return "Could be called off:\n"
      + TextTable("   ", "line", "unit", "from", ">ETA", "instead of", ">earlier", "goes there then", ">later").text(
        of: diversions
      ) { row in
        [
          "", row.line, row.unit.unit.id, row.fromIncidentID, Figures.time(seconds: row.unit.etaSeconds),
          row.insteadOfUnitID.isEmpty ? "an open place" : row.insteadOfUnitID,
          row.gainSeconds.map { Figures.time(seconds: $0) } ?? "", row.replacement?.unit.id ?? "nobody known",
          row.lossSeconds.map(signed) ?? "",
        ]
      }
  }

  /// `A1 and A2 could change incidents: A1 at I-2 in 3:10, 1:50 earlier; A2 at I-1 in 4:00, 0:10 later`
  static func sentence(_ swap: UnitSwap) -> String {
    let sides = [swap.one, swap.other].map { side in
      let change = "\(Figures.time(seconds: abs(side.gainSeconds))) \(side.gainSeconds < 0 ? "later" : "earlier")"
      return "\(side.unit.unit.id) at \(side.toIncidentID) in \(Figures.time(seconds: side.unit.etaSeconds)), \(change)"
    }
    return Printable.text(
      "\(swap.one.unit.unit.id) and \(swap.other.unit.unit.id) could change incidents: \(sides.joined(separator: "; "))"
    ) + "\n"
  }

  private static func signed(_ seconds: Double) -> String {
    (seconds < 0 ? "-" : "") + Figures.time(seconds: abs(seconds))
  }
}
