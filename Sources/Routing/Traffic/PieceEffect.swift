import API
import Profiles
import RoadGraph

/// What a closure in force does to a stretch of a directed piece.
struct ClosureEffect: Sendable {
  /// The put that it stems from.
  let serial: UInt64
  /// The closure.
  let id: String
  let profiles: ProfileMask
  let effect: StretchEffect
  let extent: ClosedRange<UInt32>
}

/// What closures do to a stretch.
enum StretchEffect: Hashable, Sendable {
  case closed
  case factor(Double)
  /// The stretch's share of the whole delay.
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

/// All that traffic does to a stretch for one profile, on which it is the same all along: of each kind the strongest.
struct CombinedEffect {
  /// No faster than this by closures.
  var kmhMax = Double.infinity
  var factor = 1.0
  var delayMilliseconds: Weight = 0
  /// What feeds measured of civil traffic, and how much of its delay reaches the vehicle: 0 = none, 1 = all of it.
  var measured: (kmh: Double, share: Double)?

  /// - Parameter part: the part of the effect's own extent that is meant.
  mutating func add(_ effect: ClosureEffect, on part: ClosedRange<UInt32>) {
    switch effect.effect {
    case .closed: break
    case .factor(let factor): self.factor = max(self.factor, factor)
    case .delay(let milliseconds):
      delayMilliseconds = max(delayMilliseconds, milliseconds.share(of: part, in: effect.extent))
    case .speed(let kmh): kmhMax = min(kmhMax, kmh)
    }
  }

  /// The time on a stretch under these conditions, but for being closed. Never below `freeMilliseconds`.
  ///
  /// - Parameter freeMilliseconds: without traffic.
  func milliseconds(freeMilliseconds: Weight, lengthCentimeters: UInt32) -> Weight {
    let free = Double(freeMilliseconds)
    var milliseconds = free
    if let measured {
      let civil = max(free, TravelCost.milliseconds(lengthCentimeters: lengthCentimeters, kmh: measured.kmh))
      milliseconds += measured.share * (civil - free)
    }
    if kmhMax < .infinity {
      milliseconds = max(milliseconds, TravelCost.milliseconds(lengthCentimeters: lengthCentimeters, kmh: kmhMax))
    }
    return Weight(saturating: (milliseconds * factor).rounded(.up)).adding(delayMilliseconds)
  }
}

extension Weight {
  /// What of an amount that is spread over an extent lies on a part of it, rounded as from the extent's start.
  func share(of part: ClosedRange<UInt32>, in extent: ClosedRange<UInt32>) -> Weight {
    let whole = UInt64(extent.upperBound - extent.lowerBound)
    guard whole > 0 else { return 0 }
    func before(_ end: UInt32) -> UInt64 { UInt64(self) * UInt64(end - extent.lowerBound) / whole }
    return Weight(before(part.upperBound) - before(part.lowerBound))
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
