import Foundation
import Ledger
import Synchronization
import TestSupport
import Testing

@testable import LedgerFile

/// A ledger belongs to one owner, who notices if it is taken away.
@Suite struct OwnershipTests {
  private let folder = TemporaryFolder()
  private var path: String { folder.path("ledger") }
  private let key = LedgerKey(kind: .closure, id: "bridge")

  private func record(_ ledger: SQLiteLedger, _ value: UInt8 = 1) throws {
    _ = try ledger.record([.of(.put(key, Data([value])))])
  }

  /// Whether another process finds the file locked.
  private func isLockedForOthers(_ path: String) throws -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/flock")
    process.arguments = ["-n", path, "true"]
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus != 0
  }

  @Test func anotherNameIsTheSameLedger() throws {
    let ledger = try SQLiteLedger(path: path)
    try record(ledger)
    #expect(link(path, folder.path("other")) == 0)
    #expect(symlink(path, folder.path("alias")) == 0)
    for name in ["ledger", "other", "alias"] {
      let error = #expect(throws: LedgerError.self) { try SQLiteLedger(path: folder.path(name)) }
      #expect(error?.code == .inUse)
      #expect(try isLockedForOthers(folder.path(name)))
    }
    #expect(try folder.names().allSatisfy { !$0.hasSuffix(".lock") })
    try record(ledger)
    ledger.close()
    withExtendedLifetime(ledger) {}
  }

  @Test func theLockEndsWithItsOwner() throws {
    var ledger: SQLiteLedger? = try SQLiteLedger(path: path)
    try record(#require(ledger))
    #expect(try isLockedForOthers(path))
    ledger = nil
    #expect(try !isLockedForOthers(path))
  }

  /// How a file is taken away, and what brings it back.
  enum Loss: CaseIterable {
    case deleted, renamed, replaced, folderRenamed, logDeleted, logRenamed

    var file: String { self == .logDeleted || self == .logRenamed ? "in/ledger-wal" : "in/ledger" }
  }

  @Test(arguments: Loss.allCases)
  func whatIsTakenAwayIsNotWrittenTo(_ loss: Loss) async throws {
    try FileManager.default.createDirectory(at: folder.url("in"), withIntermediateDirectories: true)
    let told = Mutex<[LedgerError.Code?]>([])
    let ledger = try SQLiteLedger(path: folder.path("in/ledger")) { fault in told.withLock { $0.append(fault?.code) } }
    try record(ledger)
    let (file, aside) = (folder.path(loss.file), folder.path("aside"))
    switch loss {
    case .deleted, .logDeleted: unlink(file)
    case .renamed, .logRenamed: rename(file, aside)
    case .folderRenamed: rename(folder.path("in"), aside)
    case .replaced:
      try FileManager.default.copyItem(atPath: file, toPath: folder.path("copy"))
      rename(folder.path("copy"), file)
    }
    for value in 2...3 as ClosedRange<UInt8> {
      let error = #expect(throws: LedgerError.self) { try record(ledger, value) }
      #expect(error?.code == .moved && error?.path == folder.path("in/ledger"))
    }
    #expect(ledger.condition.fault?.code == .moved)
    let isBack =
      switch loss {
      case .deleted, .logDeleted, .replaced: false
      case .renamed, .logRenamed: rename(aside, file) == 0
      case .folderRenamed: rename(aside, folder.path("in")) == 0
      }
    guard isBack else { return #expect(told.withLock { $0 } == [.moved]) }
    try record(ledger, 4)
    #expect(try ledger.contents().values == [key: Data([4])])
    #expect(told.withLock { $0 } == [.moved, nil])
  }

  /// Also if nothing is changed meanwhile.
  @Test func aLossIsNoticedWithinSeconds() async throws {
    let told = Mutex<[LedgerError.Code?]>([])
    let ledger = try SQLiteLedger(path: path) { fault in told.withLock { $0.append(fault?.code) } }
    rename(path, folder.path("aside"))
    for _ in 0..<100 where ledger.condition.fault == nil { try await Task.sleep(for: .milliseconds(50)) }
    #expect(ledger.condition.fault?.code == .moved)
    rename(folder.path("aside"), path)
    for _ in 0..<100 where ledger.condition.fault != nil { try await Task.sleep(for: .milliseconds(50)) }
    #expect(told.withLock { $0 } == [.moved, nil])
  }

  @Test func nobodyElseReadsIt() throws {
    let mode = { (name: String) -> mode_t in
      var status = stat()
      return stat(self.folder.path(name), &status) == 0 ? status.st_mode & 0o777 : 0
    }
    var ledger: SQLiteLedger? = try SQLiteLedger(path: path)
    try record(#require(ledger))
    try LedgerReader(path: path).backUp(to: folder.path("backup"))
    for name in ["ledger", "ledger-wal", "ledger-shm", "backup"] { #expect(mode(name) & 0o137 == 0, "\(name)") }
    ledger = nil
    // As an earlier Tocsin made it.
    chmod(path, 0o644)
    ledger = try SQLiteLedger(path: path)
    #expect(mode("ledger") == 0o640)
    // A file that is no ledger keeps its rights.
    try Data("something else".utf8).write(to: folder.url("notes"))
    chmod(folder.path("notes"), 0o644)
    #expect(throws: LedgerError.self) { try SQLiteLedger(path: folder.path("notes")) }
    #expect(mode("notes") == 0o644)
    withExtendedLifetime(ledger) {}
  }

  /// A copy of the file alone is a backup once the server was stopped.
  @Test func closedItIsOneFile() throws {
    let ledger = try SQLiteLedger(path: path)
    try record(ledger)
    ledger.recordSoon([LedgerKey(kind: .unit, id: "a"): Data([7])])
    ledger.close()
    #expect(try folder.names() == ["ledger"])
    try FileManager.default.copyItem(atPath: path, toPath: folder.path("copy"))
    let copy = try SQLiteLedger(path: folder.path("copy"))
    #expect(try copy.contents().values.count == 2)
    withExtendedLifetime(ledger) {}
  }

  @Test func aPipeIsNoLedger() throws {
    #expect(mkfifo(path, 0o600) == 0)
    let error = #expect(throws: LedgerError.self) { try SQLiteLedger(path: path) }
    #expect(error?.code == .notALedger)
  }
}
