import Foundation
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

  /// What a database is.
  enum Recognition: Equatable {
    case ledger, empty
    case foreign
    case later(version: Int)
  }

  /// Looks at the marks of a database. O(1).
  static func recognize(_ db: Database) throws -> Recognition {
    let id = try Int.fetchOne(db, sql: "PRAGMA application_id")
    let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0
    guard id == applicationID else { return id == 0 && tables == 0 ? .empty : .foreign }
    let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    return version > Self.version ? .later(version: version) : .ledger
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

  /// Throws for a database that is no ledger that this Tocsin understands.
  static func check(_ recognition: LedgerSchema.Recognition, path: String, mayBeEmpty: Bool) throws(LedgerError) {
    switch recognition {
    case .ledger: return
    case .empty where mayBeEmpty: return
    case .empty, .foreign: throw LedgerError(.notALedger, "the file is not a ledger", path: path)
    case .later(let version):
      throw LedgerError(
        .wrongVersion, "the ledger has format \(version), this Tocsin knows up to \(LedgerSchema.version)", path: path)
    }
  }
}
