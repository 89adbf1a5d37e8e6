import API
import Foundation
import GRDB
import Ledger
import TestSupport
import Testing

@testable import LedgerFile

/// One notion of an id: what letters say is one id has one row.
@Suite struct SpellingTests {
  private let folder = TemporaryFolder()
  private var path: String { folder.path("ledger") }
  /// Korean as a Mac types it, Vietnamese as Windows does, and a letter whose NFC is the longer form.
  static let ids = ["구급차-1".decomposed, "L\u{EA}\u{323} L\u{1EE3}i", "\u{915}\u{93C}\u{958}", "e\u{301}-2"]

  /// A ledger of rows in whatever form, as an earlier Tocsin left them.
  private func makeLedger(_ rows: [(kind: String, id: String, value: UInt8)]) throws {
    let ledger = try SQLiteLedger(path: path)
    _ = try ledger.record([.of(version: 5)])
    ledger.close()
    try edit { db in
      for row in rows {
        try db.execute(
          sql: """
            INSERT OR REPLACE INTO state VALUES (?, ?, ?);
            INSERT INTO audit (moment_ms, version, what, kind, id, value, actor, peer, method)
            VALUES (1, 5, 'put', ?, ?, ?, '', '', '')
            """,
          arguments: [row.kind, row.id, Data([row.value]), row.kind, row.id, Data([row.value])])
      }
    }
  }

  private func edit(_ body: (Database) throws -> Void) throws {
    let database = try DatabaseQueue(path: path)
    try database.writeWithoutTransaction(body)
    try database.close()
  }

  private func storedIDs() throws -> Set<[UInt8]> {
    let database = try DatabaseQueue(path: path)
    let ids = try database.read { try String.fetchAll($0, sql: "SELECT id FROM state") }
    return Set(ids.map { Array($0.utf8) })
  }

  /// The bytes of two texts are the same in NFC exactly if the texts are equal, for every letter that has parts.
  @Test func equalTextsHaveEqualBytes() {
    var differing: [UInt32] = []
    // No ideograph beyond those has parts.
    for number in Array(0..<0x3400) + Array(0xA000..<0x20000) + Array(0x2F800..<0x2FA20) as [UInt32] {
      guard let scalar = Unicode.Scalar(number) else { continue }
      for text in [String(Character(scalar)), "\(Character(scalar))\u{301}\u{323}"] {
        let parts = text.decomposed
        let isOne = parts.composed.utf8.elementsEqual(text.composed.utf8)
        if !isOne || text.composed != text || !text.composed.isComposed { differing.append(number) }
      }
    }
    #expect(differing.isEmpty)
    // Foundation makes the one of the other.
    #expect("\u{10041}\u{301}".composed != "\u{C1}".composed)
  }

  @Test(arguments: Self.ids)
  func whatIsPutUnderOneFormIsRemovedUnderTheOther(_ id: String) throws {
    var ledger: SQLiteLedger? = try SQLiteLedger(path: path)
    let (parts, whole) = (LedgerKey(kind: .unit, id: id.decomposed), LedgerKey(kind: .unit, id: id.composed))
    _ = try ledger?.record([.of(.put(whole, Data([1])))])
    _ = try ledger?.record([.of(.put(parts, Data([2])))])
    ledger = nil
    ledger = try SQLiteLedger(path: path)
    #expect(try ledger?.contents().values == [whole: Data([2])])
    _ = try ledger?.record([.of(.remove(parts))])
    ledger = nil
    #expect(try SQLiteLedger(path: path).contents().values.isEmpty)
    let trail = try LedgerReader(path: path)
    for form in [id, id.composed, id.decomposed] {
      #expect(try trail.entries(AuditQuery(id: form, countMax: 9)).map(\.what) == ["put", "put", "remove"])
    }
  }

  @Test(arguments: Self.ids)
  func otherFormsBecomeNFCOnce(_ id: String) throws {
    try makeLedger([("closure", id, 1), ("unit", id, 2), ("unit", "A-1", 3)])
    var ledger: SQLiteLedger? = try SQLiteLedger(path: path)
    #expect(ledger?.composedIDs.count == (id.isComposed ? 0 : 2))
    #expect(try ledger?.contents().values[LedgerKey(kind: .closure, id: id)] == Data([1]))
    _ = try ledger?.record([.of(.remove(LedgerKey(kind: .closure, id: id)))])
    ledger = nil
    #expect(try storedIDs() == [Array(id.composed.utf8), Array("A-1".utf8)])
    #expect(try SQLiteLedger(path: path).composedIDs.isEmpty)
    // The trail has what was, and what was done.
    let entries = try LedgerReader(path: path).entries(AuditQuery(id: id, countMax: 9))
    #expect(entries.filter { $0.kind == "closure" && $0.what == "put" }.allSatisfy { $0.value == Data([1]) })
    #expect(entries.count { $0.origin.method == "NFC" } == (id.isComposed ? 0 : 2))
  }

  @Test func twoThatBecomeOneAreNamed() throws {
    let (whole, parts) = ("구급-1".composed, "구급-1".decomposed)
    try makeLedger([("unit", parts, 1), ("unit", whole, 2), ("closure", "e\u{301}", 3)])
    let before = try storedIDs()
    let error = #expect(throws: LedgerError.self) { try SQLiteLedger(path: path) }
    #expect(error?.code == .twins)
    for word in ["U+AD6C U+AE09", "U+1100 U+116E U+1100 U+1173 U+11B8", "tocsin ledger merge", "unit"] {
      #expect(error?.message.contains(word) == true, "\(error?.message ?? "")")
    }
    #expect(try storedIDs() == before, "all or nothing")
    // The one that changed last stays, the other is in the trail.
    #expect(try SQLiteLedger.merge(path: path).count == 1)
    let ledger = try SQLiteLedger(path: path)
    #expect(try ledger.contents().values[LedgerKey(kind: .unit, id: whole)] == Data([2]))
    #expect(try ledger.contents().values.count == 2 && ledger.contents().version == 5)
    let removed = try LedgerReader(path: path).entries(AuditQuery(id: parts, countMax: 9)).filter {
      $0.what == "remove"
    }
    #expect(removed.map(\.value) == [Data([1])])
  }

  @Test func theLaterOneStaysWhateverItsForm() throws {
    let (whole, parts) = ("\u{E9}".composed, "e\u{301}")
    try makeLedger([("unit", whole, 1), ("unit", parts, 2)])
    #expect(try SQLiteLedger.merge(path: path).count == 1)
    var ledger: SQLiteLedger? = try SQLiteLedger(path: path)
    #expect(try ledger?.contents().values == [LedgerKey(kind: .unit, id: whole): Data([2])])
    ledger = nil
    #expect(try SQLiteLedger.merge(path: path).isEmpty)
    #expect(throws: LedgerError.self) { try SQLiteLedger.merge(path: folder.path("nothing")) }
  }
}
