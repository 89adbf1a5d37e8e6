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
  /// What feeds measured of civil traffic, and how much of its delay reaches the vehicle: 0 = none, 1 = all of it.
  var measured: (kmh: Double, share: Double)?

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
  /// - Parameter cost: without traffic.
  func applied(to cost: TravelCost, lengthCentimeters: UInt32) -> TravelCost {
    let free = Double(cost.timeMilliseconds)
    var milliseconds = free
    if let measured {
      let civil = max(free, TravelCost.milliseconds(lengthCentimeters: lengthCentimeters, kmh: measured.kmh))
      milliseconds += measured.share * (civil - free)
    }
    if kmhMax < .infinity {
      milliseconds = max(milliseconds, TravelCost.milliseconds(lengthCentimeters: lengthCentimeters, kmh: kmhMax))
    }
    let time = Weight(saturating: (milliseconds * factor).rounded(.up)).adding(delayMilliseconds)
    return TravelCost(timeMilliseconds: time, reluctanceMilliseconds: cost.reluctanceMilliseconds)
  }
}

extension ClosureScope {
  /// True for the vehicles of `profile`.
  public func applies(to profile: VehicleProfile) -> Bool {
    switch self {
    case .everybody: true
    case .civil: profile.siren == .none
    case .largerThan(let limits): profile.size.exceeds(limits)
    case .profiles(let names): names.contains(profile.name)
    }
  }
}
