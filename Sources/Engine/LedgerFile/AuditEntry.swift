import API
import Foundation

/// One line of the audit trail: a change as it was recorded.
public struct AuditEntry: Sendable, Hashable {
  /// Ascending in the order of the changes, never given twice; it may leave gaps.
  public var sequence: UInt64
  public var moment: Date
  /// The version of the snapshot that the change became.
  public var version: UInt64
  /// `put` or `remove`.
  public var what: String
  /// The raw value of a ``LedgerKey/Kind``, such as `closure`.
  public var kind: String
  public var id: String
  /// What was put; `nil` for a removal.
  public var value: Data?
  public var origin: ChangeOrigin
}

/// Which part of an audit trail is asked for.
public struct AuditQuery: Sendable {
  /// Changes from this moment on; `nil` is all.
  public var since: Date?
  /// Changes of the thing with this id, of any kind; `nil` is all.
  public var id: String?
  /// The latest ones, if there are more.
  public var countMax: Int

  public init(since: Date? = nil, id: String? = nil, countMax: Int) {
    (self.since, self.id, self.countMax) = (since, id, countMax)
  }
}
