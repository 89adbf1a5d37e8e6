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
///
/// A commit that fails at its last step, the wait for the disk, is in the log already, whole: a process that is killed
/// then would find it there at its next start, although it was refused. So a commit without effect is written over it
/// at once. It takes the place of the first page of the refused one, and no page behind it counts any more, as each
/// page's checksum goes on from the one before. Once the disk has that, the refused one is gone for good; until it has,
/// the outcome is unknown, which the refusal says, and nothing else is written.
public final class SQLiteLedger: OperationalLedger {
  /// What ``recordSoon(_:)`` took is on disk after this time at the latest, if the disk takes it.
  public static let soonSecondsMax = 1.0

  public let path: String
  /// What an earlier Tocsin kept under ids in another Unicode form, and is under its id in NFC from now on.
  public let composedIDs: [String]
  private let lock: LedgerLock
  private let database: DatabaseQueue
  /// SQLite's log beside the file.
  private let log: FileIdentity?
  /// Values that wait to be written.
  private let pending = Mutex<[LedgerKey: Data]>([:])
  /// True while a refused commit may still be in the log. Held during every write, so that none overtakes another.
  private let isUnsettled = Mutex(false)
  private let timer = Mutex<RepeatingTimer?>(nil)
  private let faults = Mutex(FaultWatch())

  /// Opens a ledger, or makes a new one, and takes it for this process.
  ///
  /// - Parameters:
  ///   - mapName: the map that it is used with, kept for people to see.
  ///   - onFault: hears when the ledger begins to refuse changes, and `nil` when it takes them again; not each time.
  /// - Throws: ``LedgerError``: `LEDGER_IN_USE`, `LEDGER_UNWRITABLE`, `LEDGER_NOT_A_LEDGER`, `LEDGER_WRONG_VERSION`,
  ///   `LEDGER_DAMAGED`, `LEDGER_TWINS`, `LEDGER_FAILED`.
  public convenience init(
    path: String, mapName: String = "", onFault: @escaping @Sendable (LedgerError?) -> Void = { _ in }
  ) throws(LedgerError) {
    try self.init(path: path, mapName: mapName, onFault: onFault, setUp: { _ in })
  }

  /// - Parameter setUp: runs on the open connection; tests limit its size.
  init(
    path: String, mapName: String, onFault: @escaping @Sendable (LedgerError?) -> Void = { _ in },
    setUp: (Database) throws -> Void
  ) throws(LedgerError) {
    (self.path, lock, database) = try Self.opened(path)
    let file = self.path
    do {
      try database.writeWithoutTransaction(setUp)
      composedIDs = try database.write { db in
        try db.execute(sql: "UPDATE head SET map = ? WHERE map <> ?", arguments: [mapName, mapName])
        return try LedgerSpelling.compose(db, path: file)
      }
      log = FileIdentity(file + "-wal")
    } catch {
      throw LedgerError(error, path: file)
    }
    faults.withLock { $0.onFault = onFault }
    let timer = RepeatingTimer(seconds: Self.soonSecondsMax) { [weak self] in
      self?.writePending()
      self?.noteWhereItIs()
    }
    self.timer.withLock { $0 = timer }
  }

  deinit { close() }

  /// Keeps of two things that have one id in Unicode the one that changed last, and the other in the trail alone.
  ///
  /// - Returns: the ids that are gone.
  /// - Throws: as ``init(path:mapName:onFault:)``.
  public static func merge(path: String) throws(LedgerError) -> [String] {
    guard FileManager.default.fileExists(atPath: path) else {
      throw LedgerError(.notFound, "there is no such file", path: path)
    }
    let (file, lock, database) = try opened(path)
    defer { withExtendedLifetime(lock) { try? database.close() } }
    do {
      return try database.write { db in try LedgerSpelling.merge(db) }
    } catch {
      throw LedgerError(error, path: file)
    }
  }

  /// Locks the file, and opens it once it is known to be a ledger.
  private static func opened(_ path: String) throws(LedgerError) -> (String, LedgerLock, DatabaseQueue) {
    let path = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let lock = try LedgerLock(ledgerPath: path)
    _ = try LedgerReader.opened(path, mayBeEmpty: true)
    do {
      let database = try open(path)
      try database.read { try LedgerSchema.checkContents($0, path: path) }
      lock.keepOthersOut()
      return (path, lock, database)
    } catch {
      throw LedgerError(error, path: path)
    }
  }

  private static func open(_ path: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.journalMode = .wal
    configuration.busyMode = LedgerSchema.busyMode
    configuration.label = "tocsin.ledger"
    let database = try DatabaseQueue(path: path, configuration: configuration)
    // A disk that fails at this moment leaves another mode in force, unseen.
    let mode = try database.read { try String.fetchOne($0, sql: "PRAGMA journal_mode") }
    guard mode == "wal" else { throw LedgerError(.failed, "the log can't be made beside the file", path: path) }
    // GRDB chooses NORMAL with the journal mode, under which the last commits may be lost with the power.
    try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
    try LedgerSchema.migrator.migrate(database)
    return database
  }

  public func record(_ batches: [LedgerBatch]) throws(LedgerError) -> UInt64 {
    do throws(LedgerError) {
      let sequence = try isUnsettled.withLock { isUnsettled throws(LedgerError) in
        try checkPlace()
        try settle(&isUnsettled)
        return try write(batches, &isUnsettled)
      }
      faults.withLock { $0.tell(nil) }
      return sequence
    } catch {
      faults.withLock { faults in
        faults.condition.refusedCount += 1
        faults.tell(error)
      }
      throw error
    }
  }

  private func write(_ batches: [LedgerBatch], _ isUnsettled: inout Bool) throws(LedgerError) -> UInt64 {
    let sequence: UInt64
    do {
      sequence = try database.write { db in try LedgerWriter(db).write(batches) }
    } catch {
      let refusal = LedgerError(error, path: path)
      guard (error as? DatabaseError)?.resultCode == .SQLITE_IOERR else { throw refusal }
      isUnsettled = true
      do throws(LedgerError) {
        try settle(&isUnsettled)
      } catch {
        throw LedgerError(.outcomeUnknown, refusal.message, path: path)
      }
      throw refusal
    }
    guard isInPlace else { throw LedgerError(.outcomeUnknown, Self.movedMessage, path: path) }
    pending.withLock { pending in
      for batch in batches {
        for change in batch.changes { pending[change.key] = nil }
      }
    }
    return sequence
  }

  /// Writes a commit without effect over one that failed, if there is one. Its page has to change on the way, and back:
  /// SQLite writes none that was set to what it had.
  private func settle(_ isUnsettled: inout Bool) throws(LedgerError) {
    guard isUnsettled else { return }
    do {
      try database.write {
        try $0.execute(sql: "UPDATE head SET version = version + 1; UPDATE head SET version = version - 1")
      }
      isUnsettled = false
    } catch {
      throw LedgerError(error, path: path)
    }
  }

  /// True while the file and its log are where they were opened: what is written elsewhere is lost at the next start.
  private var isInPlace: Bool { lock.isInPlace && (log == nil || FileIdentity(path + "-wal") == log) }

  private static let movedMessage = "the file, or the log beside it, was deleted, renamed or replaced"

  /// - Throws: `LEDGER_MOVED`.
  private func checkPlace() throws(LedgerError) {
    guard isInPlace else { throw LedgerError(.moved, Self.movedMessage, path: path) }
  }

  /// Tells of a file that is gone, or back, also while nothing changes.
  private func noteWhereItIs() {
    let isInPlace = isInPlace
    faults.withLock { faults in
      if !isInPlace {
        faults.tell(LedgerError(.moved, Self.movedMessage, path: path))
      } else if faults.condition.fault?.code == .moved {
        faults.tell(nil)
      }
    }
  }

  public var condition: LedgerCondition { faults.withLock { $0.condition } }

  public func recordSoon(_ values: [LedgerKey: Data]) {
    pending.withLock { $0.merge(values) { _, new in new } }
  }

  /// Writes what ``recordSoon(_:)`` took, as happens by itself every second. What the disk refuses waits for the next
  /// time.
  public func writePending() {
    isUnsettled.withLock { isUnsettled in
      let values = pending.withLock { $0 }
      guard !values.isEmpty, isInPlace, (try? settle(&isUnsettled)) != nil else { return }
      let isWritten: Void? = try? database.write { db in try LedgerWriter(db).write(values) }
      guard isWritten != nil else { return }
      // What came meanwhile waits for the next time.
      pending.withLock { pending in
        for (key, value) in values where pending[key] == value { pending[key] = nil }
      }
    }
  }

  /// Ends its use: all is written, and in the file itself, so that a copy of it alone is a backup.
  public func close() {
    timer.withLock { $0 = nil }
    faults.withLock { $0.onFault = { _ in } }
    writePending()
    guard isInPlace else { return }
    try? database.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    try? database.close()
  }

  public func contents() throws(LedgerError) -> LedgerContents {
    writePending()
    do {
      return try database.read { db in
        var contents = LedgerContents()
        contents.version = try LedgerSchema.lastVersion(db, path: path)
        let rows = try Row.fetchCursor(db, sql: "SELECT kind, id, value FROM state")
        while let row = try rows.next() {
          let word: String = try row.decode(atIndex: 0)
          guard let kind = LedgerKey.Kind(rawValue: word) else {
            throw LedgerError(.damaged, "the ledger holds an unknown kind: \(word)", path: path)
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

/// What is wrong with a ledger, told when it begins and when it is over.
private struct FaultWatch: Sendable {
  var condition = LedgerCondition()
  var onFault: @Sendable (LedgerError?) -> Void = { _ in }

  mutating func tell(_ fault: LedgerError?) {
    if fault?.code != condition.fault?.code { onFault(fault) }
    condition.fault = fault
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
