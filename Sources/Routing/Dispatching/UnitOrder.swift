/// What decides which of two units goes first, before their ids do: one key for every ranking and every choice.
///
/// In this order: whether it needs a last resort; the tier of its agency; when it would be there, with penalties, put
/// into buckets where near times count as equal; who has been idle for longest; the ETA. Without tiers, buckets and
/// idle times that is (needs a last resort, ETA).
public struct UnitOrder: Hashable, Comparable, Sendable {
  /// Who has to stand back for whom.
  public enum Tier: Int64, Comparable, Sendable {
    case closest = 0
    /// Goes only if the others leave a place open.
    case last = 1
    /// Should stay where it is: a rule says so.
    case kept = 2

    public static func < (left: Tier, right: Tier) -> Bool { left.rawValue < right.rawValue }
  }

  /// Last resort, tier and bucket in one number, in their order. The sum of up to ``addendsMax`` of them puts the
  /// number of last resorts first, then that of tiers, then the sum of the buckets.
  public let cost: Int64
  /// Unknown is the latest.
  let idleSinceMilliseconds: Int64
  let etaMilliseconds: Int64

  /// - Parameters:
  ///   - bucket: of the time at which the unit counts as there, or its place in a list that counts instead.
  ///   - idleSinceMilliseconds: since 1970; `nil` if it is not known.
  public init(
    needsLastResort: Bool = false, tier: Tier = .closest, bucket: Int64, idleSinceMilliseconds: Int64? = nil,
    etaMilliseconds: Int64
  ) {
    cost = (needsLastResort ? Self.lastResort : 0) + tier.rawValue * Self.tierStep + min(max(bucket, 0), Self.bucketMax)
    self.idleSinceMilliseconds = idleSinceMilliseconds ?? .max
    self.etaMilliseconds = etaMilliseconds
  }

  /// Costs that may be added up.
  public static let addendsMax = 500
  /// More than half a year in milliseconds.
  public static let bucketMax: Int64 = 1 << 34 - 1
  static let tierStep: Int64 = 1 << 43
  static let lastResort: Int64 = 1 << 53

  public static func < (left: UnitOrder, right: UnitOrder) -> Bool {
    if left.cost != right.cost { return left.cost < right.cost }
    if left.idleSinceMilliseconds != right.idleSinceMilliseconds {
      return left.idleSinceMilliseconds < right.idleSinceMilliseconds
    }
    return left.etaMilliseconds < right.etaMilliseconds
  }
}

/// Which times count as equal: those in one bucket. "Less than so much apart" would not do: of three times the first
/// may be equal to the second and that to the third, and the result would depend on who is compared with whom.
public struct TieRule: Hashable, Sendable {
  /// 0 if only equal milliseconds are equal.
  public let milliseconds: Int64

  public init(milliseconds: Int64 = 0) { self.milliseconds = max(0, milliseconds) }

  /// The bucket that a time lies in.
  public func bucket(_ timeMilliseconds: Int64) -> Int64 {
    milliseconds > 0 ? timeMilliseconds / milliseconds : timeMilliseconds
  }

  /// By how much earlier a time must be for its bucket to be this much lower.
  func milliseconds(_ timeMilliseconds: Int64, toFallBy buckets: Int64) -> Int64 {
    if buckets <= 0 { return 0 }
    if milliseconds == 0 { return buckets }
    return timeMilliseconds - milliseconds * (bucket(timeMilliseconds) - buckets + 1) + 1
  }
}
