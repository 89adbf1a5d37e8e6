import Geometry

/// The side of a street, seen in the direction of travel.
public enum StreetSide: String, CaseIterable, Codable, Sendable {
  case left
  case right
  /// On the road itself, or as near to it as a position is good.
  case none

  /// Nearer to the road's middle than this is on neither side.
  public static let onRoadMeters = 1.0
}

/// A place on a road.
public struct SnappedPlace: Hashable, Sendable {
  public var coordinate: Coordinate
  /// From the asked place to this one: what a crew walks that stops here.
  public var distanceMeters: Double
  public var wayOSMID: Int64
  public var name: String
  /// Direction of travel there, in degrees clockwise from north: that of the route, or of the only direction that may
  /// be driven; where both may and none is chosen, that of the map.
  public var headingDegrees: Double
  /// Where the asked place lies for a vehicle that drives in that direction.
  public var side: StreetSide
  public var isOnBridge = false
  public var isInTunnel = false
  /// OSM's `layer`; 0 where the road has none.
  public var layer: Int8 = 0
  /// The OSM nodes between which it lies, in the direction of travel; `nil` unless they were asked for.
  public var nodes: OSMNodePair?

  public init(
    coordinate: Coordinate, distanceMeters: Double, wayOSMID: Int64, name: String, headingDegrees: Double,
    side: StreetSide = .none
  ) {
    (self.coordinate, self.distanceMeters, self.wayOSMID) = (coordinate, distanceMeters, wayOSMID)
    (self.name, self.headingDegrees, self.side) = (name, headingDegrees, side)
  }
}

/// What a driver does, and the way to what comes next.
///
/// A road that only bends or goes straight on under its name is one step, however many junctions lie on it.
public struct RouteStep: Hashable, Sendable {
  /// Of the street at the step's beginning.
  public var name: String
  public var ref: String
  public var wayOSMID: Int64
  public var maneuver: Maneuver
  /// Until the next step; 0 on arrival.
  public var lengthMeters: Double
  public var travelSeconds: Double
  /// Its first point in the route's shape; it ends at the first point of the next step. 0 without a shape.
  public var firstPoint = 0
  /// The junctions that it passes, in the order of the way, the one of its maneuver first. Empty on arrival.
  public var junctions: [RouteJunction] = []

  public init(
    name: String, ref: String, wayOSMID: Int64, maneuver: Maneuver, lengthMeters: Double, travelSeconds: Double
  ) {
    (self.name, self.ref, self.wayOSMID) = (name, ref, wayOSMID)
    (self.maneuver, self.lengthMeters, self.travelSeconds) = (maneuver, lengthMeters, travelSeconds)
  }
}

/// A junction that a route passes, as one comes to it: a place where three roads or more meet.
public struct RouteJunction: Hashable, Sendable {
  public var coordinate: Coordinate
  /// The directions of its roads, seen from the junction, in whole degrees clockwise from north, 0 to 359, ascending.
  public var bearings: [Int]
  /// Which of them cars may drive into from where one comes, and the route does.
  public var mayEnter: [Bool]
  /// The positions among the roads of the one that the route comes on, and of the one that it takes.
  public var arrivesBy: Int
  public var leavesBy: Int

  public init(coordinate: Coordinate, bearings: [Int], mayEnter: [Bool], arrivesBy: Int, leavesBy: Int) {
    (self.coordinate, self.bearings, self.mayEnter) = (coordinate, bearings, mayEnter)
    (self.arrivesBy, self.leavesBy) = (arrivesBy, leavesBy)
  }
}

/// The line of a route from one of its points to the next.
public struct RouteStretch: Hashable, Sendable {
  /// What driving it takes, without what turns and barriers at its ends do.
  public var travelSeconds: Double
  /// The OSM nodes between which it lies, in the direction of travel; `nil` unless they were asked for.
  public var nodes: OSMNodePair?

  public init(travelSeconds: Double, nodes: OSMNodePair? = nil) {
    (self.travelSeconds, self.nodes) = (travelSeconds, nodes)
  }
}

/// One OSM way of a route.
public struct RouteWay: Hashable, Sendable {
  public var osmID: Int64
  public var name: String

  public init(osmID: Int64, name: String) { (self.osmID, self.name) = (osmID, name) }
}

/// A rule of the road that a route breaks by right.
public struct UsedExemption: Hashable, Sendable {
  /// Such as `contraflow`, `turn_ban`, `gate`.
  public var kind: String
  /// The OSM way, or the OSM node of a barrier.
  public var osmID: Int64
  public var name: String
  /// Where it begins.
  public var coordinate: Coordinate
  /// How far it goes; 0 for a turn or a barrier.
  public var lengthMeters: Double
  /// What it adds to the travel time. Where one stretch needs several exemptions, the first one has it all.
  public var seconds: Double
  /// Of a `closed_road`, the closures that close it; none for one that a feed of speeds says is closed.
  public var closureIDs: [String]

  public init(
    kind: String, osmID: Int64, name: String, coordinate: Coordinate, lengthMeters: Double = 0, seconds: Double = 0,
    closureIDs: [String] = []
  ) {
    (self.kind, self.osmID, self.name, self.closureIDs) = (kind, osmID, name, closureIDs)
    (self.coordinate, self.lengthMeters, self.seconds) = (coordinate, lengthMeters, seconds)
  }
}

/// A traffic signal on a route, and when the vehicle comes to it: what signal preemption needs.
public struct RouteSignal: Hashable, Sendable {
  /// The OSM node.
  public var osmID: Int64
  public var coordinate: Coordinate
  /// From the start of the travel to the signal, without what the signal itself costs.
  public var travelSeconds: Double
  /// From the start of the route.
  public var lengthMeters: Double

  public init(osmID: Int64, coordinate: Coordinate, travelSeconds: Double, lengthMeters: Double) {
    (self.osmID, self.coordinate) = (osmID, coordinate)
    (self.travelSeconds, self.lengthMeters) = (travelSeconds, lengthMeters)
  }
}

/// The way from one place of a request to the next, turning round before it included.
public struct RouteLeg: Hashable, Sendable {
  public var travelSeconds: Double
  public var lengthMeters: Double
  /// Its first step among those of the route; where nothing is driven, that of the next leg. 0 without steps.
  public var firstStep = 0
  /// Its first point in the route's shape: the last one of the leg before. 0 without a shape.
  public var firstPoint = 0

  public init(travelSeconds: Double, lengthMeters: Double) {
    (self.travelSeconds, self.lengthMeters) = (travelSeconds, lengthMeters)
  }
}

/// A way for one vehicle. The parts that were not asked for are empty.
public struct Route: Hashable, Sendable {
  public var travelSeconds: Double
  public var lengthMeters: Double
  /// The line on the map; ``Geometry/Polyline`` writes it as a short text.
  public var shape: [Coordinate] = []
  /// One less than ``shape`` has points.
  public var stretches: [RouteStretch] = []
  public var steps: [RouteStep] = []
  public var ways: [RouteWay] = []
  /// In the order of the way.
  public var signals: [RouteSignal] = []
  /// Points of the layers that were asked for, in the order of the way, at most ``Limits/routeAssetsMax``.
  public var assets: [RouteAsset] = []
  /// How many more there are.
  public var assetsLeftOutCount = 0
  /// Always complete.
  public var exemptions: [UsedExemption] = []
  /// True for a way with something on it that is taken only where nothing else leads there: a drive against a one-way,
  /// through a closure, over a gate that has to be forced.
  public var needsLastResort = false
  /// From each place of a ``RouteRequest`` to the next: always one at least, and together the whole way. The way of a
  /// unit is one leg and has none of its own.
  public var legs: [RouteLeg] = []

  public init(travelSeconds: Double, lengthMeters: Double) {
    (self.travelSeconds, self.lengthMeters) = (travelSeconds, lengthMeters)
  }
}

/// The fastest way for one vehicle.
public struct RouteAnswer: Sendable {
  public var version: UInt64
  /// What its times rest on.
  public var basis = SpeedBasis.live
  public var from: SnappedPlace
  public var to: SnappedPlace
  /// Where it stops at the places on the way, in their order.
  public var via: [SnappedPlace] = []
  public var route: Route
  /// Other good ways, by ascending weight; fewer than asked for where there are no more.
  public var alternatives: [Route]

  public init(
    version: UInt64, from: SnappedPlace, to: SnappedPlace, route: Route, alternatives: [Route] = []
  ) {
    (self.version, self.from, self.to, self.route, self.alternatives) = (version, from, to, route, alternatives)
  }
}

/// The roads near a place.
public struct SnapAnswer: Sendable {
  public var version: UInt64
  /// First the one that a route would take, then the others by ascending distance.
  public var places: [SnappedPlace]

  public init(version: UInt64, places: [SnappedPlace]) { (self.version, self.places) = (version, places) }
}
