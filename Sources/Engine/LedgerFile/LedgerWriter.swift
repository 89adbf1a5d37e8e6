import Foundation
import GRDB
import Ledger

/// Writes changes within a transaction.
struct LedgerWriter {
  private let db: Database
  private let putState: Statement
  private let removeState: Statement
  private let addAudit: Statement
  private let setVersion: Statement

  /// Takes the statements from the connection's cache.
  init(_ db: Database) throws {
    self.db = db
    putState = try db.cachedStatement(sql: "INSERT OR REPLACE INTO state (kind, id, value) VALUES (?, ?, ?)")
    removeState = try db.cachedStatement(sql: "DELETE FROM state WHERE kind = ? AND id = ?")
    addAudit = try db.cachedStatement(
      sql: """
        INSERT INTO audit (moment_ms, version, what, kind, id, value, actor, peer, method)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    setVersion = try db.cachedStatement(sql: "UPDATE head SET version = ? WHERE version < ?")
  }

  /// Writes batches with their audit trail and returns the last sequence number. O(changes log rows).
  func write(_ batches: [LedgerBatch]) throws -> UInt64 {
    for batch in batches {
      for change in batch.changes {
        switch change {
        case .put(let key, let value, let trail):
          try put(key, value)
          try audit(batch, "put", key, value, trail)
        case .remove(let key, let trail):
          try removeState.execute(arguments: [key.kind.rawValue, key.id])
          try audit(batch, "remove", key, nil, trail)
        }
      }
    }
    if let version = batches.map(\.version).max() {
      try setVersion.execute(arguments: [Int64(version), Int64(version)])
    }
    return try UInt64.fetchOne(db, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'audit'") ?? 0
  }

  /// Writes values without a trail. O(values log rows).
  func write(_ values: [LedgerKey: Data]) throws {
    for (key, value) in values { try put(key, value) }
  }

  private func put(_ key: LedgerKey, _ value: Data) throws {
    try putState.execute(arguments: [key.kind.rawValue, key.id, value])
  }

  private func audit(
    _ batch: LedgerBatch, _ what: String, _ key: LedgerKey, _ value: Data?, _ trail: LedgerTrail
  ) throws {
    let kept: Data?
    switch trail {
    case .full: kept = value
    case .note(let note): kept = note
    case .none: return
    }
    let origin = batch.origin
    try addAudit.execute(arguments: [
      Int64((batch.moment.timeIntervalSince1970 * 1_000).rounded()), Int64(batch.version), what, key.kind.rawValue,
      key.id, kept, origin.actor, origin.peer, origin.method,
    ])
  }
}
