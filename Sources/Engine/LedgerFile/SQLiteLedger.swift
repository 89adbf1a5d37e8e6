import Dispatch
import Foundation
import GRDB
import Ledger
import Synchronization

/// A ledger in one SQLite file, for one process that writes: what was recorded survives `kill -9` and power loss.
///
/// SQLite runs in WAL mode with `synchronous=FULL`: each ``record(_:)`` is one transaction and waits for the disk once,
/// however many batches it brings. A disk that refuses refuses the call; the next one tries again. Readers
/// (``LedgerReader``) may look at the file at any time. It grows with its audit trail, which is never cut.
public final class SQLiteLedger: OperationalLedger {
  /// What ``recordSoon(_:)`` took is on disk after this time at the latest, if the disk takes it.
  public static let soonSecondsMax = 1.0

  public let path: String
  private let lock: LedgerLock
  private let database: DatabaseQueue
  /// Values that wait to be written. Held during every write, so that none overtakes another.
  private let pending = Mutex<[LedgerKey: Data]>([:])
  private let timer = Mutex<RepeatingTimer?>(nil)

  /// Opens a ledger, or makes a new one, and takes it for this process.
  ///
  /// - Parameter mapName: the map that it is used with, kept for people to see.
  /// - Throws: ``LedgerError``: `LEDGER_IN_USE`, `LEDGER_UNWRITABLE`, `LEDGER_NOT_A_LEDGER`, `LEDGER_WRONG_VERSION`,
  ///   `LEDGER_FAILED`.
  public convenience init(path: String, mapName: String = "") throws(LedgerError) {
    try self.init(path: path, mapName: mapName, setUp: { _ in })
  }

  /// - Parameter setUp: runs on the open connection; tests limit its size.
  init(path: String, mapName: String, setUp: (Database) throws -> Void) throws(LedgerError) {
    let path = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    self.path = path
    lock = try LedgerLock(ledgerPath: path)
    if FileManager.default.fileExists(atPath: path) { _ = try LedgerReader.opened(path, mayBeEmpty: true) }
    do {
      database = try Self.open(path)
      try database.writeWithoutTransaction(setUp)
      try database.write {
        try $0.execute(sql: "UPDATE head SET map = ? WHERE map <> ?", arguments: [mapName, mapName])
      }
    } catch {
      throw LedgerError(error, path: path)
    }
    let timer = RepeatingTimer(seconds: Self.soonSecondsMax) { [weak self] in self?.writePending() }
    self.timer.withLock { $0 = timer }
  }

  deinit { writePending() }

  private static func open(_ path: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.journalMode = .wal
    configuration.busyMode = LedgerSchema.busyMode
    configuration.label = "tocsin.ledger"
    let database = try DatabaseQueue(path: path, configuration: configuration)
    // GRDB chooses NORMAL with the journal mode, under which the last commits may be lost with the power.
    try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
    try LedgerSchema.migrator.migrate(database)
    return database
  }

  public func record(_ batches: [LedgerBatch]) throws(LedgerError) -> UInt64 {
    do {
      return try pending.withLock { pending in
        let sequence = try database.write { db in try LedgerWriter(db).write(batches) }
        for batch in batches {
          for change in batch.changes { pending[change.key] = nil }
        }
        return sequence
      }
    } catch {
      throw LedgerError(error, path: path)
    }
  }

  public func recordSoon(_ values: [LedgerKey: Data]) {
    pending.withLock { $0.merge(values) { _, new in new } }
  }

  /// Writes what ``recordSoon(_:)`` took, as happens by itself every second; for the end of a process. What the disk
  /// refuses waits for the next time.
  public func writePending() {
    pending.withLock { pending in
      guard !pending.isEmpty else { return }
      let isWritten: Void? = try? database.write { db in try LedgerWriter(db).write(pending) }
      if isWritten != nil { pending.removeAll(keepingCapacity: true) }
    }
  }

  public func contents() throws(LedgerError) -> LedgerContents {
    writePending()
    do {
      return try database.read { db in
        var contents = LedgerContents()
        contents.version = try UInt64.fetchOne(db, sql: "SELECT version FROM head") ?? 0
        guard contents.version <= LedgerSchema.snapshotVersionMax else {
          throw LedgerError(.failed, "the ledger's last version is impossible: \(contents.version)", path: path)
        }
        let rows = try Row.fetchCursor(db, sql: "SELECT kind, id, value FROM state")
        while let row = try rows.next() {
          let word: String = try row.decode(atIndex: 0)
          guard let kind = LedgerKey.Kind(rawValue: word) else {
            throw LedgerError(.failed, "the ledger holds an unknown kind: \(word)", path: path)
          }
          contents.values[LedgerKey(kind: kind, id: try row.decode(atIndex: 1))] = try row.decode(atIndex: 2) as Data
        }
        return contents
      }
    } catch {
      throw LedgerError(error, path: path)
    }
  }
}

/// Does something again and again, on a thread of its own, until it is gone.
private final class RepeatingTimer: @unchecked Sendable {
  // Unchecked: a dispatch source may be used from any thread.
  private let source: any DispatchSourceTimer

  init(seconds: Double, _ action: @escaping @Sendable () -> Void) {
    source = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "tocsin.ledger"))
    source.setEventHandler(handler: action)
    source.schedule(deadline: .now() + seconds, repeating: seconds)
    source.activate()
  }

  deinit { source.cancel() }
}
