import Errors

/// Why a ledger could not keep or give something.
public struct LedgerError: CodedError, Hashable {
  /// Stable names of what can be wrong. Callers may branch on them; they are never renamed.
  public enum Code: String, CaseIterable, Sendable {
    /// The disk is full, read-only or broken; a change that was refused was not made.
    case failed = "LEDGER_FAILED"
    case notFound = "LEDGER_NOT_FOUND"
    /// A file that something else wrote.
    case notALedger = "LEDGER_NOT_A_LEDGER"
    /// A later Tocsin wrote it.
    case wrongVersion = "LEDGER_WRONG_VERSION"
    /// Another process writes to it.
    case inUse = "LEDGER_IN_USE"
    /// The file or its folder can't be written.
    case unwritable = "LEDGER_UNWRITABLE"
    /// A file is where a new one was to be written.
    case exists = "LEDGER_EXISTS"
    /// What it holds is not what a ledger writes: lost, changed by hand, or written by something else.
    case damaged = "LEDGER_DAMAGED"
    /// The file was deleted, renamed or replaced while the server has it open.
    case moved = "LEDGER_MOVED"
    /// Nobody can say whether the disk has a change: it is not made now, but may be there after a restart.
    case outcomeUnknown = "LEDGER_OUTCOME_UNKNOWN"
    /// An earlier Tocsin kept two things whose ids are one in Unicode.
    case twins = "LEDGER_TWINS"
  }

  public let code: Code
  /// For people.
  public let message: String
  /// The file; empty for a ledger that has none.
  public let path: String
  public var value: String { path }

  public init(_ code: Code = .failed, _ message: String, path: String = "") {
    (self.code, self.message, self.path) = (code, message, path)
  }
}
