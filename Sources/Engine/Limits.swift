/// The largest inputs that the engine takes. Beyond one of them a request is refused with `LIMIT_EXCEEDED`.
public enum Limits {
  public static let unitsMax = 100_000
  public static let closuresMax = 100_000
  public static let rankedUnitsMax = 1_000
  public static let viaPointsMax = 50
  public static let snapCandidatesMax = 50
  public static let textBytesMax = 1_000
  public static let capabilitiesMax = 50
  /// How far from a road a unit or an incident may be.
  public static let snapRadiusMeters = 1_000.0
  public static let closureRadiusMetersMax = 5_000.0
}
