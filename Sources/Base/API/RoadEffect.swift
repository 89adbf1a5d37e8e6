/// What a closure does to the roads that it means.
///
/// Of several closures in force on one road, the strongest of each kind counts: closed before everything; then the
/// lowest speed, the largest factor on the time at that speed, the longest delay on top. So overlapping closures come
/// apart in any order, and no closure ever makes a road faster than it is without.
public enum RoadEffect: Hashable, Codable, Sendable {
  /// Impassable.
  case closed
  /// This many times as long, 1 or more.
  case factor(Double)
  /// This much longer for driving all of it, shared out by length. In an area, for each OSM way in it.
  case delay(seconds: Double)
  /// No faster than this.
  case speed(kmh: Double)
}

/// To whom a closure applies.
public enum ClosureScope: Hashable, Codable, Sendable {
  case everybody
  /// Vehicles that are no responders': profiles without a siren.
  case civil
  /// Vehicles that exceed any of these; a size of 0 is no limit.
  case largerThan(VehicleSize)
  /// The profiles of these names.
  case profiles(Set<String>)
}
