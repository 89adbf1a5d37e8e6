/// From where on something is worth a finding.
public struct CheckThresholds: Hashable, Sendable {
  /// Each station is looked at on its ways to and from this many of its nearest neighbours.
  public var neighbourCount = 8
  /// A station that stands farther from its road may stand on the wrong one.
  public var farMeters = 60.0
  /// A forbidden road that is nearer than the chosen one by more than this may be the right one.
  public var nearerMeters = 25.0
  /// Rules of the road that cost more than this on the way out or in may be ones that crews need not keep.
  public var detourSeconds = 30.0
  /// One direction is far longer than the other one if it takes this many times as long, and this much longer.
  public var oneSidedRatio = 1.5
  public var oneSidedSeconds = 90.0
  /// Roads that are cut off are listed from this length on, and no more than this many of them.
  public var cutOffMeters = 100.0
  public var cutOffCount = 20

  public init() {}
}

/// What is not to be chosen.
enum CheckLimits {
  /// Stations of several agencies share a house.
  static let samePlaceMeters = 30.0
  /// What lies within this distance of a station belongs to its way out or in.
  static let doorMeters = 300.0
  /// The share of neighbours that makes a one-sided station of one-sided pairs, and the least number.
  static let oneSidedShare = 0.5
  static let oneSidedCountMin = 3
  /// Where a way out ends when it is compared with one without rules.
  static let ringMeters = 450.0
}
