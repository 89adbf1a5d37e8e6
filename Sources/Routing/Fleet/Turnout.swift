import API
import Geometry
import RoadGraph

/// From the alarm until the wheels turn, as far as the unit itself says it.
public enum Turnout: Hashable, Sendable {
  /// It was reported with a time of its own.
  case own(milliseconds: Weight)
  /// What its profile has for a crew that boards first.
  case atHome
  /// What its profile has for one whose wheels turn already, or nearly: a unit under way, at a scene or returning, or
  /// one that is available away from its home.
  case onTheRoad

  public init(of unit: ResponseUnit) {
    if let seconds = unit.turnoutSeconds {
      self = .own(milliseconds: Weight(saturating: seconds * 1000))
    } else {
      self = Self.isOnTheRoad(unit) ? .onTheRoad : .atHome
    }
  }

  /// How far from its home a unit that is available is on the road.
  private static let homeMeters = 200.0

  private static func isOnTheRoad(_ unit: ResponseUnit) -> Bool {
    switch unit.status {
    case .enRoute, .onScene, .transporting, .returning: true
    case .dispatched, .outOfService: false
    case .available: unit.home.map { unit.coordinate.distanceMeters(to: $0.coordinate) > homeMeters } ?? false
    }
  }
}
