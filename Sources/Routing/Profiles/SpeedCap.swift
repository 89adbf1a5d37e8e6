/// How fast a vehicle may be on roads of some condition: in a profile file `"any"`, km/h, or `"never"`.
public enum SpeedCap: Hashable, Sendable {
  /// As fast as elsewhere.
  case any
  case kmh(Double)
  /// The vehicle doesn't drive there.
  case never
}
