/// One of the eight points of the compass.
public enum CompassPoint: String, CaseIterable, Sendable {
  case north = "N"
  case northEast = "NE"
  case east = "E"
  case southEast = "SE"
  case south = "S"
  case southWest = "SW"
  case west = "W"
  case northWest = "NW"

  /// The point that is nearest to a direction, in degrees clockwise from north.
  public init(degrees: Double) {
    let eighth = Int((Heading.wrapped(degrees) / 45).rounded()) % Self.allCases.count
    self = Self.allCases[eighth]
  }
}
