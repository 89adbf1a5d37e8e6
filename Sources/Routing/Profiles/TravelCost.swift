import RoadGraph

/// What a piece of road, an arc or a turn costs a vehicle: time that passes, and reluctance that only steers.
public struct TravelCost: Hashable, Sendable, BitwiseCopyable {
  /// ``Weight/infinity`` where the vehicle can't pass.
  public var timeMilliseconds: Weight
  /// What keeps a last resort out of routes that have another way.
  public var reluctanceMilliseconds: Weight

  public init(timeMilliseconds: Weight, reluctanceMilliseconds: Weight = 0) {
    self.timeMilliseconds = min(timeMilliseconds, .infinity)
    self.reluctanceMilliseconds = min(reluctanceMilliseconds, .infinity)
  }

  public static let zero = TravelCost(timeMilliseconds: 0)
  public static let impassable = TravelCost(timeMilliseconds: .infinity)

  /// One use of a last resort that takes no time of its own.
  public static let lastResort = TravelCost(milliseconds: 0, isLastResort: true)

  /// What a search minimises: time plus reluctance, never above ``Weight/infinity``.
  public var weight: Weight { timeMilliseconds.adding(reluctanceMilliseconds) }
  public var isPassable: Bool { weight < .infinity }

  /// How long a length takes at a speed: 1 cm at 1 km/h takes 36 ms.
  public static func milliseconds(lengthCentimeters: UInt32, kmh: Double) -> Double {
    Double(lengthCentimeters) * 36 / kmh
  }

  /// Both parts added, each never above ``Weight/infinity``.
  public static func + (left: TravelCost, right: TravelCost) -> TravelCost {
    TravelCost(
      timeMilliseconds: left.timeMilliseconds.adding(right.timeMilliseconds),
      reluctanceMilliseconds: left.reluctanceMilliseconds.adding(right.reluctanceMilliseconds))
  }

  public static func += (left: inout TravelCost, right: TravelCost) { left = left + right }
}

extension TravelCost {
  /// The cost of a use of a rule that takes `milliseconds`, delays of the rule included.
  ///
  /// - Parameter reluctancePerMillisecond: besides that of a last resort.
  init(milliseconds: Double, isLastResort: Bool, reluctancePerMillisecond: Double = 0) {
    let time = Weight(saturating: milliseconds)
    guard isLastResort || reluctancePerMillisecond > 0 else {
      self.init(timeMilliseconds: time)
      return
    }
    let perUse = isLastResort ? Reluctance.secondsPerUse * 1000 : 0
    let rate = reluctancePerMillisecond + (isLastResort ? Reluctance.secondsPerSecond : 0)
    self.init(timeMilliseconds: time, reluctanceMilliseconds: Weight(saturating: perUse + rate * milliseconds))
  }
}

/// Along or against the shape of a road segment.
public enum SegmentDirection: CaseIterable, Hashable, Sendable {
  case forward, backward

  /// The direction in which an arc runs along its segment.
  public init(_ course: ArcCourse) { self = course.isBackward ? .backward : .forward }

  /// True if driving a stretch in this direction goes against its OSM way.
  public func isAgainstWay(_ piece: Piece) -> Bool { (self == .backward) != piece.isReversed }
}
