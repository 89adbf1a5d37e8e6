import Foundation
import Ledger
import Synchronization

/// Takes the file of a ledger for one owner: a lock on the file itself, whatever names it has, that ends with the
/// process; and a look at whether its name still leads to it.
///
/// The lock is `flock`'s, which SQLite's own locks don't see. Closing any descriptor of a file gives up the locks that
/// SQLite has on it in this process, so this one is closed after the database only, and a second one is never opened.
final class LedgerLock: Sendable {
  private let path: String
  private let descriptor: Int32
  private let file: FileIdentity
  /// The files that are locked in this process.
  private static let held = Mutex<Set<FileIdentity>>([])

  /// Makes the file if there is none, for its owner and group.
  ///
  /// - Throws: `LEDGER_IN_USE`, `LEDGER_UNWRITABLE`, `LEDGER_NOT_A_LEDGER`.
  init(ledgerPath path: String) throws(LedgerError) {
    self.path = path
    (descriptor, file) = try Self.held.withLock { held throws(LedgerError) in
      if let known = FileIdentity(path), held.contains(known) { throw Self.inUse(path) }
      let (descriptor, file) = try Self.locked(path)
      held.insert(file)
      return (descriptor, file)
    }
  }

  deinit {
    Self.held.withLock { held in
      held.remove(file)
      close(descriptor)
    }
  }

  /// True while the name leads to the file.
  var isInPlace: Bool { FileIdentity(path) == file }

  private static func locked(_ path: String) throws(LedgerError) -> (Int32, FileIdentity) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o640)
    guard descriptor >= 0 else { throw LedgerError(.unwritable, "cannot write the ledger: \(reason)", path: path) }
    do throws(LedgerError) {
      var status = stat()
      guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
        throw LedgerError(.notALedger, "the file is not a ledger", path: path)
      }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        if errno == EWOULDBLOCK { throw inUse(path) }
        throw LedgerError(.unwritable, "cannot lock: \(reason)", path: path)
      }
      return (descriptor, FileIdentity(status))
    } catch {
      close(descriptor)
      throw error
    }
  }

  /// Takes the rights of those away that are neither owner nor group, as an earlier Tocsin gave them.
  func keepOthersOut() {
    for name in [path, path + "-wal", path + "-shm"] {
      var status = stat()
      guard stat(name, &status) == 0, status.st_mode & S_IRWXO != 0 else { continue }
      _ = chmod(name, status.st_mode & 0o7770)
    }
  }

  private static func inUse(_ path: String) -> LedgerError {
    LedgerError(.inUse, "another process writes to the ledger", path: path)
  }

  private static var reason: String { String(cString: strerror(errno)) }
}

/// Which file it is, by whatever name.
struct FileIdentity: Hashable, Sendable {
  private let device: dev_t
  private let number: ino_t

  init(_ status: stat) { (device, number) = (status.st_dev, status.st_ino) }

  /// The file that a path leads to; `nil` if there is none.
  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }
}
