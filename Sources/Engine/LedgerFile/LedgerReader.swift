import API
import Foundation
import GRDB
import Ledger

/// Reads a ledger file without changing it, also while a server writes to it.
public final class LedgerReader: Sendable {
  private let path: String
  private let database: DatabaseQueue

  /// - Throws: ``LedgerError``: `LEDGER_NOT_FOUND`, `LEDGER_NOT_A_LEDGER`, `LEDGER_WRONG_VERSION`, `LEDGER_FAILED`.
  public init(path: String) throws(LedgerError) {
    guard FileManager.default.fileExists(atPath: path) else {
      throw LedgerError(.notFound, "there is no such file", path: path)
    }
    self.path = path
    database = try Self.opened(path, mayBeEmpty: false)
  }

  /// Throws if a file is no ledger that this Tocsin understands.
  static func opened(_ path: String, mayBeEmpty: Bool) throws(LedgerError) -> DatabaseQueue {
    do {
      var configuration = Configuration()
      configuration.readonly = true
      configuration.busyMode = LedgerSchema.busyMode
      let database = try DatabaseQueue(path: path, configuration: configuration)
      try database.read { try LedgerSchema.check($0, path: path, mayBeEmpty: mayBeEmpty) }
      return database
    } catch {
      throw LedgerError(error, path: path)
    }
  }

  /// A part of the audit trail, oldest first. O(entries), with `id` or `since` of the entries that match.
  public func entries(_ query: AuditQuery) throws(LedgerError) -> [AuditEntry] {
    do {
      return try database.read { db in
        var conditions: [String] = []
        var arguments = StatementArguments()
        if let since = query.since {
          conditions.append("moment_ms >= ?")
          arguments += [Int64((since.timeIntervalSince1970 * 1_000).rounded(.up))]
        }
        if let id = query.id {
          // An earlier Tocsin kept ids in the form in which they came.
          conditions.append("id IN (?, ?, ?)")
          arguments += [id, id.composed, id.decomposed]
        }
        let filter = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
        let rows = try Row.fetchAll(
          db, sql: "SELECT * FROM audit \(filter) ORDER BY sequence DESC LIMIT ?",
          arguments: arguments + [query.countMax])
        return try rows.reversed().map(Self.entry)
      }
    } catch {
      throw LedgerError(error, path: path)
    }
  }

  /// Calls `body` with the rows of a query, one by one.
  func visit(_ sql: String, _ arguments: StatementArguments, _ body: (Row) throws -> Void) throws(LedgerError) {
    do {
      try database.read { db in
        let rows = try Row.fetchCursor(db, sql: sql, arguments: arguments)
        while let row = try rows.next() { try body(row) }
      }
    } catch {
      throw LedgerError(error, path: path)
    }
  }

  /// Throws for a value of another type than the schema has: then the file is not what it says.
  private static func entry(_ row: Row) throws -> AuditEntry {
    let milliseconds: Int64 = try row.decode(forColumn: "moment_ms")
    return AuditEntry(
      sequence: try row.decode(forColumn: "sequence"),
      moment: Date(timeIntervalSince1970: Double(milliseconds) / 1_000),
      version: try row.decode(forColumn: "version"), what: try row.decode(forColumn: "what"),
      kind: try row.decode(forColumn: "kind"), id: try row.decode(forColumn: "id"),
      value: try row.decode(forColumn: "value"),
      origin: ChangeOrigin(
        actor: try row.decode(forColumn: "actor"), peer: try row.decode(forColumn: "peer"),
        method: try row.decode(forColumn: "method")))
  }

  /// Writes one moment of the ledger to one new file, which is a ledger as well.
  ///
  /// - Throws: ``LedgerError``: `LEDGER_EXISTS`, `LEDGER_UNWRITABLE`, `LEDGER_FAILED`; then there is no new file.
  /// - Complexity: O(bytes); the server may write meanwhile.
  public func backUp(to target: String) throws(LedgerError) {
    let file = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o640)
    guard file >= 0 else {
      if errno == EEXIST { throw LedgerError(.exists, "a backup never replaces a file", path: target) }
      throw LedgerError(.unwritable, "the file can't be opened: \(String(cString: strerror(errno)))", path: target)
    }
    close(file)
    do {
      let copy = try DatabaseQueue(path: target)
      try database.backup(to: copy)
      // The copy has its source's journal mode, which would leave files beside it.
      try copy.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
      try copy.close()
    } catch {
      unlink(target)
      throw LedgerError(error, path: target)
    }
  }
}
