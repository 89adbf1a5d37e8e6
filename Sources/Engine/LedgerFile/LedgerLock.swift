import Foundation
import Ledger

/// Keeps a second process from writing to a ledger: a lock on a file beside it, which ends with the process.
///
/// The lock is on a file of its own: closing any descriptor of the ledger itself would give up SQLite's locks.
final class LedgerLock: Sendable {
  private let descriptor: Int32

  /// - Throws: `LEDGER_IN_USE`, `LEDGER_UNWRITABLE`.
  init(ledgerPath: String) throws(LedgerError) {
    let path = ledgerPath + ".lock"
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
    // What throws from here on is closed by `deinit`, once: the number may be another file's at once.
    guard descriptor >= 0 else {
      throw LedgerError(.unwritable, "cannot write beside the ledger: \(Self.reason)", path: path)
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      if errno == EWOULDBLOCK { throw LedgerError(.inUse, "another process writes to the ledger", path: ledgerPath) }
      throw LedgerError(.unwritable, "cannot lock: \(Self.reason)", path: path)
    }
  }

  deinit { close(descriptor) }

  private static var reason: String { String(cString: strerror(errno)) }
}
