import RoadGraph

/// The largest inputs that the engine takes. Beyond one of them a request is refused with `LIMIT_EXCEEDED`.
public enum Limits {
  public static let unitsMax = 100_000
  public static let closuresMax = 100_000
  public static let rankedUnitsMax = 1_000
  public static let viaPointsMax = 50
  public static let alternativesMax = 3
  public static let snapCandidatesMax = 50
  public static let textBytesMax = 1_000
  public static let capabilitiesMax = 50
  /// How far from a road a unit or an incident may be.
  public static let snapRadiusMeters = 1_000.0
  /// A place beyond that is told how far the nearest road is, up to here.
  public static let nearestRoadMeters = 5_000.0
  /// How far a road's direction may be from a heading, where the caller doesn't say.
  public static let headingToleranceDegrees = Snapper.headingToleranceDegrees
  public static let closureRadiusMetersMax = 5_000.0
}
