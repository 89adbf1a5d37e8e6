import Foundation
import LedgerFile

/// An audit trail as JSON.
struct AuditJSON: Encodable {
  struct Entry: Encodable {
    var sequence: UInt64
    var moment: String
    var version: UInt64
    var what: String
    var kind: String
    var id: String
    /// The text of what was put, JSON itself.
    var value: String?
    var actor: String
    var peer: String
    var method: String
  }

  var entries: [Entry]

  init(_ entries: [AuditEntry]) {
    self.entries = entries.map { entry in
      Entry(
        sequence: entry.sequence,
        moment: entry.moment.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)),
        version: entry.version, what: entry.what, kind: entry.kind, id: entry.id,
        value: entry.value.map { String(decoding: $0, as: UTF8.self) },
        actor: entry.origin.actor, peer: entry.origin.peer, method: entry.origin.method)
    }
  }
}

/// An audit trail for people.
enum AuditText {
  static func text(_ entries: [AuditEntry]) -> String {
    guard !entries.isEmpty else { return "No changes.\n" }
    var table = TextTable(">number", "moment", ">version", "what", "kind", "id", "who", "from", "method")
    for entry in entries {
      let method = entry.origin.method.split(separator: "/").last.map(String.init) ?? ""
      table.add(
        "\(entry.sequence)", Figures.moment(entry.moment), "\(entry.version)", entry.what, entry.kind, entry.id,
        entry.origin.actor, entry.origin.peer, method)
    }
    return table.text
  }
}
