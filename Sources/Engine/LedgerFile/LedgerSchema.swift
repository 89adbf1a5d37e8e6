import GRDB
import Ledger

/// The tables of a ledger file, and how an older file becomes one of today.
enum LedgerSchema {
  /// Marks the file as a ledger of ours: "Tocs" in ASCII, in SQLite's `application_id`.
  static let applicationID = 0x546F_6373
  /// In SQLite's `user_version`. A file with a higher one is a later Tocsin's.
  static let version = 1
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
    return migrator
  }

  /// Throws for a database that is no ledger that this Tocsin understands, by its marks. O(1).
  static func check(_ db: Database, path: String, mayBeEmpty: Bool) throws {
    let id = try Int.fetchOne(db, sql: "PRAGMA application_id")
    let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0
    if mayBeEmpty, id == 0, tables == 0 { return }
    guard id == applicationID else { throw LedgerError(.notALedger, "the file is not a ledger", path: path) }
    let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    guard version <= Self.version else {
      throw LedgerError(
        .wrongVersion, "the ledger has format \(version), this Tocsin knows up to \(Self.version)", path: path)
    }
  }
}

extension LedgerError {
  /// What an error of SQLite means for a ledger.
  init(_ error: any Error, path: String) {
    guard let error = error as? DatabaseError else {
      self = error as? LedgerError ?? LedgerError(.failed, "\(error)", path: path)
      return
    }
    let text = "\(error.message ?? "no reason given") (SQLite \(error.extendedResultCode.rawValue))"
    switch error.resultCode {
    case .SQLITE_NOTADB: self.init(.notALedger, "the file is not a ledger", path: path)
    case .SQLITE_FULL: self.init(.failed, "the disk is full: \(text)", path: path)
    case .SQLITE_READONLY: self.init(.failed, "the ledger is read-only: \(text)", path: path)
    case .SQLITE_CANTOPEN: self.init(.unwritable, "the file can't be opened: \(text)", path: path)
    case .SQLITE_BUSY: self.init(.failed, "another program keeps the ledger locked: \(text)", path: path)
    default: self.init(.failed, text, path: path)
    }
  }

}
