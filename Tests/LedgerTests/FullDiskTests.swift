import Foundation
import Ledger
import LedgerFile
import TestSupport
import Testing

/// A ledger on a disk without room: a small file system in memory, made for the test.
@Suite(.enabled(if: SmallDisk.isPossible, "only root can mount the small disk"))
struct FullDiskTests {
  private let key = LedgerKey(kind: .closure, id: "bridge")

  @Test func refusesWithoutRoomAndGoesOnWithIt() throws {
    let disk = try SmallDisk(kilobytes: 1_024)
    let ledger = try SQLiteLedger(path: disk.path("ledger"))
    _ = try ledger.record([.of(.put(key, Data([1])))])
    try disk.fill()
    // What lies in the log already may take some more; then nothing.
    var refusal: LedgerError?
    var last: UInt8 = 1
    for number in 2...200 as ClosedRange<UInt8> where refusal == nil {
      do {
        _ = try ledger.record([.of(.put(key, Data([number])))])
        last = number
      } catch {
        refusal = error
      }
    }
    #expect(refusal?.code == .failed)
    #expect(refusal?.path == disk.path("ledger"))
    #expect(refusal?.message.contains("full") == true, "\(refusal?.message ?? "")")
    #expect(throws: LedgerError.self) { try ledger.record([.of(.remove(key))]) }
    #expect(try ledger.contents().values == [key: Data([last])])
    #expect(try LedgerReader(path: disk.path("ledger")).entries(AuditQuery(countMax: 1)).first?.value == Data([last]))
    disk.makeRoom()
    let sequence = try ledger.record([.of(.put(key, Data([255])))])
    #expect(sequence == UInt64(last) + 1)
    #expect(try ledger.contents().values == [key: Data([255])])
  }
}

/// A file system of a few hundred kilobytes, gone with its owner.
private final class SmallDisk {
  static let isPossible = getuid() == 0 && (try? SmallDisk(kilobytes: 64)) != nil
  private let folder = TemporaryFolder()
  private let root: String

  init(kilobytes: Int) throws {
    root = folder.path("disk")
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    guard mount("tmpfs", root, "tmpfs", 0, "size=\(kilobytes)k") == 0 else {
      throw LedgerError(.unwritable, "mount: \(String(cString: strerror(errno)))", path: root)
    }
  }

  deinit { umount2(root, Int32(MNT_DETACH)) }

  func path(_ name: String) -> String { root + "/" + name }

  /// Takes all room that is left.
  func fill() throws {
    let file = open(path("filler"), O_WRONLY | O_CREAT, 0o600)
    guard file >= 0 else { throw LedgerError(.unwritable, "no filler", path: root) }
    defer { close(file) }
    let block = [UInt8](repeating: 0, count: 4_096)
    while write(file, block, block.count) == block.count {}
  }

  func makeRoom() { unlink(path("filler")) }
}
