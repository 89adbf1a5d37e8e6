import Profiles

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

extension TocsinEngine {
  public func reloadOverrides() throws(EngineError) -> OverridesAnswer {
    let report = try reload([.overrides], by: .local, within: .none)
    return OverridesAnswer(
      version: report.version, path: overridesPath ?? "", entryCount: report.overrideCount,
      unmatched: report.unmatchedOverrides)
  }
}
