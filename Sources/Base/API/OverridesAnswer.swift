/// What became of a department's overrides.
public struct OverridesAnswer: Sendable {
  /// The first version whose answers know them.
  public var version: UInt64
  /// The file that they are from.
  public var path: String
  public var entryCount: Int
  /// Entries, or parts of them, that match nothing on this map.
  public var unmatched: [UnmatchedOverride]

  public init(version: UInt64, path: String, entryCount: Int, unmatched: [UnmatchedOverride]) {
    self.version = version
    self.path = path
    self.entryCount = entryCount
    self.unmatched = unmatched
  }
}
