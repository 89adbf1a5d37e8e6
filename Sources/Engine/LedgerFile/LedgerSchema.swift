import GRDB
import Ledger

/// The tables of a ledger file, and how an older file becomes one of today.
enum LedgerSchema {
  /// Marks the file as a ledger of ours: "Tocs" in ASCII, in SQLite's `application_id`.
  static let applicationID = 0x546F_6373
  /// In SQLite's `user_version`. A file with a higher one is a later Tocsin's.
  static let version = 3
  /// No engine gets that far; SQLite's numbers end at 2^63 - 1.
  static let snapshotVersionMax: UInt64 = 1 << 62
  /// How long another program may keep the file locked, in seconds.
  static let busyMode = Database.BusyMode.timeout(2)

  /// Brings a file up to ``version``; nothing happens to one that is there.
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { db in
      try db.execute(
        sql: """
          CREATE TABLE state (
            kind TEXT NOT NULL, id TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY (kind, id)
          ) WITHOUT ROWID;
          CREATE TABLE audit (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT, moment_ms INTEGER NOT NULL, version INTEGER NOT NULL,
            what TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, value BLOB,
            actor TEXT NOT NULL, peer TEXT NOT NULL, method TEXT NOT NULL
          );
          CREATE INDEX audit_by_id ON audit (id);
          CREATE INDEX audit_by_moment ON audit (moment_ms);
          CREATE TABLE head (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), version INTEGER NOT NULL, map TEXT NOT NULL);
          INSERT INTO head VALUES (1, 0, '');
          PRAGMA application_id = \(applicationID);
          PRAGMA user_version = 1;
          """)
    }
    // The same tables, with plans and layers in them, which an earlier program takes for damage.
    migrator.registerMigration("2") { db in try db.execute(sql: "PRAGMA user_version = 2") }
    // The same again, with hospitals and posts.
    migrator.registerMigration("3") { db in try db.execute(sql: "PRAGMA user_version = 3") }
    return migrator
  }

  /// Throws for a database that is no ledger that this Tocsin understands, by its marks. O(1).
  static func check(_ db: Database, path: String, mayBeEmpty: Bool) throws {
    let id = try Int.fetchOne(db, sql: "PRAGMA application_id")
    // A process that ends while it makes a ledger leaves the list of its migrations alone.
    let tables =
      try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master WHERE tbl_name <> 'grdb_migrations'") ?? 0
    if mayBeEmpty, id == 0, tables == 0 { return }
    guard id == applicationID else { throw LedgerError(.notALedger, "the file is not a ledger", path: path) }
    let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    guard version <= Self.version else {
      throw LedgerError(
        .wrongVersion, "the ledger has format \(version), this Tocsin knows up to \(Self.version)", path: path)
    }
  }

  /// What every ledger has: the columns of its tables, one row of the head, and no later version in the trail.
  ///
  /// - Throws: `LEDGER_DAMAGED`. O(1).
  static func checkContents(_ db: Database, path: String) throws {
    for (table, expected) in columns {
      let found = try String.fetchAll(
        db, sql: "SELECT name || ' ' || type FROM pragma_table_info(?) ORDER BY cid", arguments: [table])
      guard found == expected else {
        throw LedgerError(
          .damaged, "the ledger's table \(table) is another one: \(found.joined(separator: ", "))", path: path)
      }
    }
    let version = try lastVersion(db, path: path)
    let last = try Int64.fetchOne(db, sql: "SELECT version FROM audit ORDER BY sequence DESC LIMIT 1") ?? 0
    guard last <= version else {
      throw LedgerError(
        .damaged, "the ledger's last version is \(version), but its trail goes up to \(last)", path: path)
    }
  }

  /// The highest version that was recorded.
  ///
  /// - Throws: `LEDGER_DAMAGED` if the head has no row or no such number: without it versions would begin again.
  static func lastVersion(_ db: Database, path: String) throws -> UInt64 {
    let row = try Row.fetchOne(db, sql: "SELECT version, typeof(version) AS kind FROM head")
    guard let row else { throw LedgerError(.damaged, "the ledger's last version is gone", path: path) }
    guard row["kind"] as String == "integer", let version = UInt64(exactly: row["version"] as Int64),
      version <= snapshotVersionMax
    else {
      throw LedgerError(
        .damaged, "the ledger's last version is impossible: \(row["version"] as DatabaseValue)", path: path)
    }
    return version
  }

  private static let columns: [(table: String, expected: [String])] = [
    ("state", ["kind TEXT", "id TEXT", "value BLOB"]),
    (
      "audit",
      [
        "sequence INTEGER", "moment_ms INTEGER", "version INTEGER", "what TEXT", "kind TEXT", "id TEXT", "value BLOB",
        "actor TEXT", "peer TEXT", "method TEXT",
      ]
    ),
    ("head", ["only_row INTEGER", "version INTEGER", "map TEXT"]),
  ]
}

extension LedgerError {
  /// What an error of SQLite means for a ledger.
  init(_ error: any Error, path: String) {
    guard let error = error as? DatabaseError else {
      // What else GRDB throws is a value of another type than its column's.
      self = error as? LedgerError ?? LedgerError(.damaged, "the ledger holds what it can't: \(error)", path: path)
      return
    }
    let text = "\(error.message ?? "no reason given") (SQLite \(error.extendedResultCode.rawValue))"
    switch error.resultCode {
    case .SQLITE_NOTADB: self.init(.notALedger, "the file is not a ledger", path: path)
    case .SQLITE_FULL: self.init(.failed, "the disk is full: \(text)", path: path)
    case .SQLITE_CORRUPT: self.init(.damaged, "the ledger is damaged: \(text)", path: path)
    case .SQLITE_READONLY: self.init(.failed, "the ledger is read-only: \(text)", path: path)
    case .SQLITE_CANTOPEN: self.init(.unwritable, "the file can't be opened: \(text)", path: path)
    case .SQLITE_BUSY: self.init(.failed, "another program keeps the ledger locked: \(text)", path: path)
    default: self.init(.failed, text, path: path)
    }
  }

}
