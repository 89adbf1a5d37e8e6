/// How fast a vehicle may be on roads of some condition: in a profile file `"any"`, km/h, or `"never"`.
public enum SpeedCap: Hashable, Sendable {
  /// As fast as elsewhere.
  case any
  case kmh(Double)
  /// The vehicle doesn't drive there.
  case never

  /// The speed under the cap; `nil` where the vehicle doesn't drive.
  func applied(to kmh: Double) -> Double? {
    switch self {
    case .any: kmh
    case .kmh(let max): min(kmh, max)
    case .never: nil
    }
  }
}
