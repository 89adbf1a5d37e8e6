import RoadGraph

/// What decides which of two units goes first, before their ids do: whether one needs a last resort, then who is there
/// earlier.
public struct ResponseRank: Hashable, Comparable, Sendable {
  /// Its way drives against a one-way, through a closure, over a gate that has to be forced: what is taken only where
  /// nothing else leads there.
  public var needsLastResort: Bool
  /// Turnout and travel.
  public var etaMilliseconds: Weight

  public init(needsLastResort: Bool = false, etaMilliseconds: Weight) {
    (self.needsLastResort, self.etaMilliseconds) = (needsLastResort, etaMilliseconds)
  }

  /// Both in one number, in their order.
  private var key: UInt64 { (needsLastResort ? 1 << 32 : 0) | UInt64(etaMilliseconds) }

  public static func < (left: ResponseRank, right: ResponseRank) -> Bool { left.key < right.key }
}
