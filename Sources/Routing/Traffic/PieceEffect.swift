import API
import Profiles
import RoadGraph

/// What a closure in force does to one directed piece.
struct ClosureEffect: Sendable {
  /// The put that it stems from.
  let serial: UInt64
  let profiles: ProfileMask
  let effect: PieceEffect
}

/// What closures do to a piece.
enum PieceEffect: Hashable, Sendable {
  case closed
  case factor(Double)
  /// The piece's share of the whole delay.
  case delay(milliseconds: Weight)
  case speed(kmh: Double)
}

/// Some of the profiles that an engine serves, by their numbers.
public struct ProfileMask: OptionSet, Hashable, Sendable {
  public let rawValue: UInt64
  public init(rawValue: UInt64) { self.rawValue = rawValue }

  /// How many profiles there may be.
  public static let profilesMax = 64

  /// The profiles to which a scope applies. O(profiles).
  init(_ scope: ClosureScope, of profiles: [VehicleProfile]) {
    var mask: UInt64 = 0
    for (number, profile) in profiles.enumerated() where scope.applies(to: profile) { mask |= 1 << number }
    self.init(rawValue: mask)
  }

  func contains(number: Int) -> Bool { rawValue >> number & 1 != 0 }
}

/// All that traffic does to one directed piece for one profile: of each kind the strongest.
struct CombinedEffect {
  var isClosed = false
  /// No faster than this by closures.
  var kmhMax = Double.infinity
  var factor = 1.0
  var delayMilliseconds: Weight = 0

  mutating func add(_ effect: PieceEffect) {
    switch effect {
    case .closed: isClosed = true
    case .factor(let factor): self.factor = max(self.factor, factor)
    case .delay(let milliseconds): delayMilliseconds = max(delayMilliseconds, milliseconds)
    case .speed(let kmh): kmhMax = min(kmhMax, kmh)
    }
  }

  /// The cost of a stretch under these conditions, but for being closed. Never below `cost`; reluctance stays.
  ///
  /// - Parameters:
  ///   - cost: without traffic.
  ///   - measured: what feeds measured there.
  func applied(to cost: TravelCost, lengthCentimeters: UInt32, measured: MeasuredSpeed) -> TravelCost {
    let free = Double(cost.timeMilliseconds)
    var milliseconds = free
    if let kmh = measured.kmh {
      let civil = max(free, TravelCost.milliseconds(lengthCentimeters: lengthCentimeters, kmh: kmh))
      milliseconds += measured.share * (civil - free)
    }
    if kmhMax < .infinity {
      milliseconds = max(milliseconds, TravelCost.milliseconds(lengthCentimeters: lengthCentimeters, kmh: kmhMax))
    }
    let time = Weight(saturating: (milliseconds * factor).rounded(.up)).adding(delayMilliseconds)
    return TravelCost(timeMilliseconds: time, reluctanceMilliseconds: cost.reluctanceMilliseconds)
  }
}

/// A speed of civil traffic, and how much of its delay reaches a vehicle.
struct MeasuredSpeed {
  /// `nil` if it isn't known.
  var kmh: Double?
  /// 0 = none, 1 = all of it.
  var share: Double

  static let unknown = MeasuredSpeed(kmh: nil, share: 1)
}
