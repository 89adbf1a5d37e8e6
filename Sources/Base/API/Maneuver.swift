import Geometry

/// What a driver does at the start of a step. The words are those that OSRM and Mapbox use.
public struct Maneuver: Hashable, Sendable {
  /// What is to be done.
  public enum Kind: String, CaseIterable, Sendable {
    case depart
    case arrive
    /// Onto another street.
    case turn
    /// Straight on or along the bend; only the street's name changes.
    case newName = "new name"
    /// A turn in which the street keeps its name.
    case `continue`
    /// From a ramp onto a motorway or trunk road.
    case merge
    case onRamp = "on ramp"
    case offRamp = "off ramp"
    /// The road splits into two that both go on about straight.
    case fork
    /// The road ends at a crossing one.
    case endOfRoad = "end of road"
    /// Into a roundabout; ``Maneuver/roundaboutExit`` tells how far.
    case roundabout
    case exitRoundabout = "exit roundabout"
  }

  /// Which way.
  public enum Modifier: String, CaseIterable, Sendable {
    case uturn
    case sharpRight = "sharp right"
    case right
    case slightRight = "slight right"
    case straight
    case slightLeft = "slight left"
    case left
    case sharpLeft = "sharp left"

    public static let straightDegreesMax = 20
    public static let slightDegreesMax = 40
    public static let plainDegreesMax = 120

    /// The word for a change of heading, −180...180, positive to the right. Never ``uturn``.
    public init(angleDegrees: Int) {
      let isRight = angleDegrees > 0
      self =
        switch abs(angleDegrees) {
        case ...Self.straightDegreesMax: .straight
        case ...Self.slightDegreesMax: isRight ? .slightRight : .slightLeft
        case ...Self.plainDegreesMax: isRight ? .right : .left
        default: isRight ? .sharpRight : .sharpLeft
        }
    }
  }

  public var kind: Kind
  /// `nil` where one departs or arrives.
  public var modifier: Modifier?
  /// Change of heading, −180...180, positive to the right; 0 where one departs or arrives.
  public var angleDegrees: Int
  /// Heading before and after, in whole degrees clockwise from north, 0 to 359; the same at the ends of a trip.
  public var bearingBefore: Int
  public var bearingAfter: Int
  public var coordinate: Coordinate
  /// Which exit of the roundabout is taken, from 1, counting those that cars may drive out of. `nil` elsewhere, and
  /// where the trip ends in the roundabout.
  public var roundaboutExit: Int?

  public init(
    _ kind: Kind, _ modifier: Modifier? = nil, angleDegrees: Int = 0, bearingBefore: Int, bearingAfter: Int,
    coordinate: Coordinate, roundaboutExit: Int? = nil
  ) {
    (self.kind, self.modifier, self.angleDegrees, self.bearingBefore) = (kind, modifier, angleDegrees, bearingBefore)
    (self.bearingAfter, self.coordinate, self.roundaboutExit) = (bearingAfter, coordinate, roundaboutExit)
  }
}
