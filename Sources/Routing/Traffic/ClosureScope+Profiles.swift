import API
import Profiles

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
