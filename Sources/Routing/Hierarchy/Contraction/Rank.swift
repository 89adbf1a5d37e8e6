import MapFile

/// A vertex of the hierarchy, numbered by importance: the road arc that is contracted first has rank 0.
@frozen public struct Rank: TableIndex {
  public let rawValue: UInt32
  @inlinable public init(_ rawValue: UInt32) { self.rawValue = rawValue }

  /// The parent of a root. It compares higher than every rank.
  public static let none = Rank(UInt32.max)
}

/// A hierarchy arc: an input turn or a shortcut, numbered within its ``SearchGraph`` by lower end, then by upper end.
@frozen public struct HierarchyArcID: TableIndex {
  public let rawValue: UInt32
  @inlinable public init(_ rawValue: UInt32) { self.rawValue = rawValue }
}

/// A hierarchy arc as its upper end sees it. 8 bytes.
struct ArcBelow: BitwiseCopyable, Sendable {
  let lowerEnd: Rank
  let arc: HierarchyArcID
}
