import API
import Foundation
import GRDB
import Ledger

/// Ids as an earlier Tocsin stored them, in whatever form they came: equal letters could have other bytes.
enum LedgerSpelling {
  /// A row of the state whose id, or whose twin's, is not in NFC.
  private struct Stored {
    let kind: String
    let id: String
    let value: Data
    var key: String { "\(kind) \(id.composed)" }
  }

  /// Brings every id of the state into NFC, with an entry in the trail, and returns them. The trail stays as it was.
  ///
  /// - Throws: `LEDGER_TWINS` if two rows have one id then; nothing is changed.
  /// - Complexity: O(rows), without reading those in ASCII.
  static func compose(_ db: Database, path: String) throws -> [String] {
    let rows = try otherForms(db)
    let (twins, single) = try groups(rows, db)
    guard twins.isEmpty else {
      let named = twins.prefix(namedMax).map { pair in
        pair.map { "\($0.kind) \"\($0.id)\" (\($0.id.scalarsBeyondASCII))" }.joined(separator: " and ")
      }
      throw LedgerError(
        .twins,
        "\(twins.count) pairs of ids are the same but for their Unicode form: \(named.joined(separator: "; ")). "
          + "`tocsin ledger merge` keeps of each what changed last, and the other in the trail", path: path)
    }
    for row in single {
      try rename(row, db)
      try note(db, "put", row, id: row.id.composed)
    }
    return single.map { "\($0.kind) \($0.id.composed)" }
  }

  /// Keeps of twins the one that changed last by the trail; the others go, and the trail has their values.
  ///
  /// - Returns: the ids of those that went.
  static func merge(_ db: Database) throws -> [String] {
    var gone: [String] = []
    for twins in try groups(try otherForms(db), db).twins {
      let dated = try twins.map { row in
        (row, try Int64.fetchOne(db, sql: lastChange, arguments: [row.kind, row.id]) ?? 0)
      }
      let latest = dated.max { $0.1 < $1.1 }?.0
      for row in twins where !row.id.utf8.elementsEqual((latest?.id ?? "").utf8) {
        try db.execute(sql: "DELETE FROM state WHERE kind = ? AND id = ?", arguments: [row.kind, row.id])
        try note(db, "remove", row, id: row.id)
        gone.append("\(row.kind) \"\(row.id)\" (\(row.id.scalarsBeyondASCII))")
      }
    }
    return gone
  }

  private static let lastChange = "SELECT max(sequence) FROM audit WHERE kind = ? AND id = ?"
  /// More are counted only.
  private static let namedMax = 10

  /// Rows of the state whose ids are not in NFC.
  private static func otherForms(_ db: Database) throws -> [Stored] {
    var found: [Stored] = []
    let rows = try Row.fetchCursor(
      db, sql: "SELECT kind, id, value FROM state WHERE id GLOB '*[^' || char(1) || '-~]*'")
    while let row = try rows.next() {
      let stored = Stored(
        kind: try row.decode(atIndex: 0), id: try row.decode(atIndex: 1), value: try row.decode(atIndex: 2))
      if !stored.id.isComposed { found.append(stored) }
    }
    return found
  }

  /// Those that share their id with another row, together with it, and those that don't.
  private static func groups(_ rows: [Stored], _ db: Database) throws -> (twins: [[Stored]], single: [Stored]) {
    var (twins, single): ([[Stored]], [Stored]) = ([], [])
    for (_, group) in Dictionary(grouping: rows, by: \.key).sorted(by: { $0.key < $1.key }) {
      let first = group[0]
      let composed = try Data.fetchOne(
        db, sql: "SELECT value FROM state WHERE kind = ? AND id = ?", arguments: [first.kind, first.id.composed])
      let all = group + (composed.map { [Stored(kind: first.kind, id: first.id.composed, value: $0)] } ?? [])
      if all.count > 1 { twins.append(all) } else { single.append(first) }
    }
    return (twins, single)
  }

  private static func rename(_ row: Stored, _ db: Database) throws {
    try db.execute(
      sql: "UPDATE state SET id = ? WHERE kind = ? AND id = ?", arguments: [row.id.composed, row.kind, row.id])
  }

  /// What was done to a row, in the trail.
  private static func note(_ db: Database, _ what: String, _ row: Stored, id: String) throws {
    try db.execute(
      sql: """
        INSERT INTO audit (moment_ms, version, what, kind, id, value, actor, peer, method)
        SELECT ?, version, ?, ?, ?, ?, 'tocsin', '', 'NFC' FROM head
        """,
      arguments: [Int64((Date().timeIntervalSince1970 * 1_000).rounded()), what, row.kind, id, row.value])
  }
}

extension String {
  /// What tells forms of a text apart that look the same.
  fileprivate var scalarsBeyondASCII: String {
    unicodeScalars.filter { !$0.isASCII }.map { "U+\(String($0.value, radix: 16, uppercase: true))" }
      .joined(separator: " ")
  }
}
