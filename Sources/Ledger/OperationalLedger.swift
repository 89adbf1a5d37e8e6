import Foundation

/// One thing of the operational state: a unit or a closure, under its own id.
public struct LedgerKey: Hashable, Sendable {
  /// The kinds of things that a ledger keeps.
  public enum Kind: String, Sendable, CaseIterable {
    case unit, closure
  }

  public let kind: Kind
  public let id: String

  public init(kind: Kind, id: String) {
    self.kind = kind
    self.id = id
  }
}

/// One change of the operational state.
public enum LedgerChange: Sendable {
  case put(LedgerKey, Data)
  case remove(LedgerKey)

  public var key: LedgerKey {
    switch self {
    case .put(let key, _), .remove(let key): key
    }
  }
}

/// The operational state that an engine stands on: units and closures, and the order in which they changed.
///
/// An engine records a change before it acknowledges it. Every write has one place in one order, so that several
/// engines can follow the same ledger.
public protocol OperationalLedger: Sendable {
  /// Records changes, all or none, and returns the sequence number of the last one.
  ///
  /// - Throws: ``LedgerError`` if they could not be kept; the state is then as before.
  func record(_ changes: [LedgerChange]) throws(LedgerError) -> UInt64

  /// All that is kept, by kind and id.
  func contents() throws(LedgerError) -> [LedgerKey: Data]
}

/// Why a ledger could not keep or give something.
public struct LedgerError: Error, Sendable, CustomStringConvertible {
  public let message: String

  public init(_ message: String) { self.message = message }

  public var description: String { "LEDGER_FAILED: \(message)" }
}
