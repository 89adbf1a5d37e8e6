import AnswerJSON
import Foundation
import LedgerFile

extension AuditEntry {
  var json: JSONObject {
    [
      "sequence": sequence, "moment": moment.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)),
      "version": version, "what": what, "kind": kind, "id": id,
      // The text of what was put, JSON itself.
      "value": value.map { String(decoding: $0, as: UTF8.self) },
      "actor": origin.actor, "peer": origin.peer, "method": origin.method,
    ]
  }
}

/// An audit trail for people.
enum AuditText {
  static func text(_ entries: [AuditEntry]) -> String {
    guard !entries.isEmpty else { return "No changes.\n" }
    let table = TextTable(">number", "moment", ">version", "what", "kind", "id", "who", "from", "method")
    return table.text(of: entries) { entry in
      [
        "\(entry.sequence)", Figures.moment(entry.moment), "\(entry.version)", entry.what, entry.kind, entry.id,
        entry.origin.actor, entry.origin.peer, entry.origin.method.split(separator: "/").last.map(String.init) ?? "",
      ]
    }
  }
}
