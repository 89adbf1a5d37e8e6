import API
import Foundation
import GRDB
import Ledger
import Synchronization
import TestSupport
import Testing

@testable import LedgerFile

/// What the ledger in a file promises beyond the others.
@Suite struct SQLiteLedgerTests {
  private let folder = TemporaryFolder()
  private var path: String { folder.path("ledger") }
  private let key = LedgerKey(kind: .closure, id: "bridge")
  private let other = LedgerKey(kind: .unit, id: "A-12")

  private func code(_ body: () throws -> Void) -> LedgerError.Code? {
    let error = #expect(throws: LedgerError.self) { try body() }
    return error?.code
  }

  /// Runs SQL on a file that no ledger holds open.
  private func edit(_ sql: String) throws {
    let database = try DatabaseQueue(path: path)
    try database.writeWithoutTransaction { try $0.execute(sql: sql) }
    try database.close()
  }

  @Test func goesOnAfterARestart() throws {
    for round in 1...3 as ClosedRange<UInt64> {
      let ledger = try SQLiteLedger(path: path)
      #expect(try ledger.contents().version == (round - 1) * 10)
      #expect(try ledger.record([.of(.put(key, Data([UInt8(round)])), version: round * 10)]) == round * 2 - 1)
      #expect(try ledger.contents().values == [key: Data([UInt8(round)])])
      // The number of a change that is gone is not given again.
      #expect(try ledger.record([.of(.remove(key), version: round * 10)]) == round * 2)
    }
  }

  @Test func waitsForTheDisk() throws {
    var modes: [String?] = []
    _ = try SQLiteLedger(path: path, mapName: "") { db in
      modes.append(try String.fetchOne(db, sql: "PRAGMA journal_mode"))
      modes.append(try String.fetchOne(db, sql: "PRAGMA synchronous"))
    }
    #expect(modes == ["wal", "2"])
  }

  @Test func positionsAreWrittenWithinTheirTime() async throws {
    let ledger = try SQLiteLedger(path: path)
    ledger.recordSoon([other: Data([1])])
    let rows = { try DatabaseQueue(path: self.path).read { try Int.fetchOne($0, sql: "SELECT count(*) FROM state") } }
    #expect(try rows() == 0)
    for _ in 0..<100 where try rows() == 0 { try await Task.sleep(for: .milliseconds(50)) }
    #expect(try rows() == 1)
    #expect(try LedgerReader(path: path).entries(AuditQuery(countMax: 9)).isEmpty)
    ledger.recordSoon([other: Data([2])])
    ledger.writePending()
    #expect(try ledger.contents().values == [other: Data([2])])
  }

  @Test func oneProcessWrites() throws {
    var ledger: SQLiteLedger? = try SQLiteLedger(path: path)
    try FileManager.default.createSymbolicLink(atPath: folder.path("alias"), withDestinationPath: path)
    #expect(code { _ = try SQLiteLedger(path: path) } == .inUse)
    #expect(code { _ = try SQLiteLedger(path: folder.path("alias")) } == .inUse)
    _ = try ledger?.record([.of(.put(key, Data()))])
    ledger = nil
    #expect(try SQLiteLedger(path: path).contents().values.count == 1)
  }

  /// A descriptor that is closed twice may be another thread's by the second time.
  @Test func aRefusedLockClosesNoFileOfOthers() throws {
    let path = path
    let held = try LedgerLock(ledgerPath: path)
    let isOver = Atomic(false)
    let lostCount = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: 2) { number in
      if number == 0 {
        for _ in 0..<20_000 { _ = try? LedgerLock(ledgerPath: path) }
        isOver.store(true, ordering: .relaxed)
      }
      while number == 1 && !isOver.load(ordering: .relaxed) {
        let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
        let isLost = (0..<20).contains { _ in fcntl(descriptor, F_GETFD) < 0 }
        if isLost { lostCount.add(1, ordering: .relaxed) } else { close(descriptor) }
      }
    }
    #expect(lostCount.load(ordering: .relaxed) == 0)
    withExtendedLifetime(held) {}
  }

  @Test func otherFilesAreRefusedAndLeftAlone() throws {
    try Data(repeating: 7, count: 5_000).write(to: folder.url("ledger"))
    #expect(code { _ = try SQLiteLedger(path: path) } == .notALedger)
    #expect(code { _ = try LedgerReader(path: path) } == .notALedger)
    #expect(try folder.contents("ledger") == Data(repeating: 7, count: 5_000))
    try FileManager.default.removeItem(atPath: path)
    try edit("CREATE TABLE guests (name TEXT)")
    let before = try folder.contents("ledger")
    #expect(code { _ = try SQLiteLedger(path: path) } == .notALedger)
    #expect(try folder.contents("ledger") == before)
  }

  @Test func laterFormatsAreRefused() throws {
    _ = try SQLiteLedger(path: path)
    try edit("PRAGMA user_version = 99")
    let error = #expect(throws: LedgerError.self) { _ = try SQLiteLedger(path: path) }
    #expect(error?.code == .wrongVersion)
    #expect(error?.path == path)
    #expect(error?.message == "the ledger has format 99, this Tocsin knows up to 3")
    #expect(code { _ = try LedgerReader(path: path) } == .wrongVersion)
  }

  @Test func placesThatCannotBeWrittenAreRefused() throws {
    #expect(code { _ = try SQLiteLedger(path: folder.path("nowhere/ledger")) } == .unwritable)
    #expect(code { _ = try LedgerReader(path: folder.path("nothing")) } == .notFound)
    #expect(try folder.names().isEmpty)
  }

  /// Whatever a process left that was killed while it made one.
  @Test func aLedgerThatWasBegunIsFinished() throws {
    try edit("PRAGMA journal_mode = WAL; CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
    #expect(try SQLiteLedger(path: path).contents() == LedgerContents())
  }

  @Test func anEmptyFileBecomesALedger() throws {
    try Data().write(to: folder.url("ledger"))
    #expect(try SQLiteLedger(path: path).contents() == LedgerContents())
  }

  /// A batch that does not fit leaves nothing behind; the ledger goes on when there is room again.
  @Test func aFullLedgerRefusesAndRecovers() throws {
    let ledger = try SQLiteLedger(path: path, mapName: "") { db in
      let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
      try db.execute(sql: "PRAGMA max_page_count = \(pages + 20)")
    }
    _ = try ledger.record([.of(.put(key, Data([1])))])
    let large = Data(repeating: 0, count: 1_000_000)
    let error = #expect(throws: LedgerError.self) {
      _ = try ledger.record([.of(.put(other, Data([2]))), .of(.put(key, large))])
    }
    #expect(error?.code == .failed)
    #expect(error?.message.contains("full") == true)
    #expect(try ledger.contents().values == [key: Data([1])])
    #expect(try ledger.record([.of(.put(other, Data([3])))]) > 1)
    #expect(try ledger.contents().values == [key: Data([1]), other: Data([3])])
  }

  @Test func theTrailTellsWhoDidWhat() throws {
    let ledger = try SQLiteLedger(path: path, mapName: "city.tocsin")
    let origin = ChangeOrigin(actor: "kim", peer: "tcp:10.0.0.7:51334", method: "tocsin.v1.Traffic/PutClosures")
    _ = try ledger.record([.of(.put(key, Data([1])), .put(other, Data([2])), version: 2, origin: origin)])
    _ = try ledger.record([.of(.remove(key), version: 3)])
    let reader = try LedgerReader(path: path)
    let all = try reader.entries(AuditQuery(countMax: 10))
    #expect(all.map(\.sequence) == [1, 2, 3])
    #expect(all.map(\.what) == ["put", "put", "remove"])
    #expect(all.map(\.version) == [2, 2, 3])
    #expect(all[0].origin == origin && all[2].origin == .local)
    #expect(all[0].value == Data([1]) && all[2].value == nil)
    #expect(all[0].moment == Date(timeIntervalSince1970: 1_700_000_000.25))
    #expect(try reader.entries(AuditQuery(id: "bridge", countMax: 10)).map(\.sequence) == [1, 3])
    #expect(try reader.entries(AuditQuery(countMax: 1)).map(\.sequence) == [3])
    let moment = all[0].moment
    #expect(try reader.entries(AuditQuery(since: moment, countMax: 9)).count == 3)
    #expect(try reader.entries(AuditQuery(since: moment + 0.001, countMax: 9)).isEmpty)
  }

  @Test func aBackupIsALedger() throws {
    let ledger = try SQLiteLedger(path: path)
    _ = try ledger.record([.of(.put(key, Data([1])), version: 5)])
    let copy = folder.path("copy")
    try LedgerReader(path: path).backUp(to: copy)
    #expect(try folder.names().filter { $0.hasPrefix("copy") } == ["copy"])
    _ = try ledger.record([.of(.put(key, Data([2])), version: 6)])
    let restored = try SQLiteLedger(path: copy)
    #expect(try restored.contents().values == [key: Data([1])])
    #expect(try restored.record([.of(version: 7), .of(.remove(key))]) == 2)
    #expect(code { try LedgerReader(path: path).backUp(to: copy) } == .exists)
    #expect(code { try LedgerReader(path: path).backUp(to: folder.path("nowhere/copy")) } == .unwritable)
  }

  // MARK: Files that are not what they say

  @Test(arguments: ["NULL, 'a', x'00'", "'unit', NULL, x'00'", "'unit', 'a', NULL", "'boat', 'a', x'00'"])
  func valuesThatCannotBeAreNotRead(_ values: String) throws {
    _ = try SQLiteLedger(path: path)
    try edit(
      "DROP TABLE state; CREATE TABLE state (kind TEXT, id TEXT, value BLOB); INSERT INTO state VALUES (\(values))")
    #expect(code { _ = try SQLiteLedger(path: path).contents() } == .damaged)
  }

  @Test func aTrailWithoutItsValuesIsNotRead() throws {
    _ = try SQLiteLedger(path: path)
    try edit("DROP TABLE audit; CREATE TABLE audit (sequence, moment_ms, id); INSERT INTO audit VALUES (1, NULL, 'a')")
    let reader = try LedgerReader(path: path)
    #expect(code { _ = try reader.entries(AuditQuery(countMax: 1)) } == .damaged)
    try edit("UPDATE audit SET moment_ms = 1")
    #expect(code { _ = try reader.entries(AuditQuery(countMax: 1)) } == .damaged)
  }

  /// Without its last version a ledger would give versions again that were given before.
  @Test(arguments: [
    "UPDATE head SET version = \(Int64.max)", "UPDATE head SET version = -1", "UPDATE head SET version = 'many'",
    "UPDATE head SET version = 7.5", "UPDATE head SET version = x'07'", "DELETE FROM head", "DROP TABLE head",
    "UPDATE head SET version = 62", "DROP TABLE audit", "ALTER TABLE head DROP COLUMN version",
    "ALTER TABLE state ADD COLUMN more TEXT", "ALTER TABLE audit RENAME COLUMN what TO whatever",
    "DROP TABLE state; CREATE TABLE state (kind, id, value)",
    "PRAGMA writable_schema = 1; UPDATE sqlite_master SET sql = 'CREATE TABLE nothing' WHERE name = 'state'",
  ])
  func aLedgerThatLostSomethingIsRefused(_ sql: String) throws {
    var ledger: SQLiteLedger? = try SQLiteLedger(path: path)
    _ = try ledger?.record([.of(.put(key, Data([1])), version: 63)])
    ledger = nil
    try edit(sql)
    #expect(code { _ = try SQLiteLedger(path: path) } == .damaged)
    #expect(code { _ = try SQLiteLedger(path: path) } == .damaged, "still, the second time")
  }
}
