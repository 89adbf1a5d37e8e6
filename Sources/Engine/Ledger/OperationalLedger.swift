import API
import Foundation

/// One thing of the operational state: a unit, a closure, what a feed measured, under its own id.
public struct LedgerKey: Hashable, Sendable {
  /// The kinds of things that a ledger keeps.
  public enum Kind: String, Sendable, CaseIterable {
    case unit, closure
    /// One put of speeds of one source.
    case speeds
    /// How a feed is doing.
    case feed
    /// A map that took the place of another one: for the audit trail alone.
    case map
    /// A response plan, and all choices among them as one thing.
    case plan, choices
    case layer
    case hospital, post
  }

  public let kind: Kind
  /// In NFC: a ledger compares bytes, an engine letters.
  public let id: String

  public init(kind: Kind, id: String) {
    (self.kind, self.id) = (kind, id.composed)
  }
}

/// One change of the operational state, and what the audit trail says of it.
public enum LedgerChange: Sendable {
  case put(LedgerKey, Data, trail: LedgerTrail = .full)
  case remove(LedgerKey, trail: LedgerTrail = .full)

  public var key: LedgerKey {
    switch self {
    case .put(let key, _, _), .remove(let key, _): key
    }
  }
}

/// How much of a change an audit trail keeps.
public enum LedgerTrail: Hashable, Sendable {
  /// With the value that was put.
  case full
  /// With a note in place of a value that is too large to be kept again and again.
  case note(Data)
  /// None: a change that says nothing new.
  case none
}

/// The changes of one call, and who made them.
public struct LedgerBatch: Sendable {
  public var changes: [LedgerChange]
  public var origin: ChangeOrigin
  public var moment: Date
  /// The version of the snapshot that the changes became.
  public var version: UInt64

  public init(_ changes: [LedgerChange], origin: ChangeOrigin, moment: Date, version: UInt64) {
    (self.changes, self.origin, self.moment, self.version) = (changes, origin, moment, version)
  }
}

/// All that a ledger keeps, at one moment.
public struct LedgerContents: Sendable, Equatable {
  public var values: [LedgerKey: Data] = [:]
  /// The highest version that was recorded; 0 in a new ledger.
  public var version: UInt64 = 0

  public init() {}
}

/// The operational state that an engine stands on: units and closures, and the order in which they changed.
///
/// An engine records a change before it acknowledges it. Every write has one place in one order, so that several
/// engines can follow the same ledger. Values are bytes; a ledger never looks into them.
public protocol OperationalLedger: Sendable {
  /// Records batches, all or none, and returns the sequence number of the last change.
  ///
  /// Every change that leaves a trail has a number, higher than all before it, also after a restart. A batch without
  /// changes records its version. When the call returns, the batches are as safe as the ledger makes anything.
  ///
  /// - Throws: ``LedgerError`` if they could not be kept; the state is then as before.
  func record(_ batches: [LedgerBatch]) throws(LedgerError) -> UInt64

  /// Takes values that may be lost if the process ends within a moment: positions, which the next report replaces.
  ///
  /// They have no sequence number and leave no trace in an audit trail. The latest value of a key counts, whichever
  /// way it came.
  func recordSoon(_ values: [LedgerKey: Data])

  /// All that is kept.
  func contents() throws(LedgerError) -> LedgerContents

  /// How it is.
  var condition: LedgerCondition { get }
}

extension OperationalLedger {
  /// Nothing is wrong with a ledger that doesn't say.
  public var condition: LedgerCondition { LedgerCondition() }
}

/// How a ledger is: whether it takes changes.
public struct LedgerCondition: Sendable {
  /// Why changes are refused at the moment; `nil` if they are taken, as far as is known.
  public var fault: LedgerError?
  /// How often some were refused.
  public var refusedCount = 0

  public init() {}
}
