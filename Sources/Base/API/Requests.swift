import Foundation
import Geometry

/// What a route answer carries beyond time and length. Nothing is computed that nobody asked for.
public struct RouteDetail: Hashable, Sendable, ExpressibleByArrayLiteral {
  /// What a route tells of itself.
  public struct Part: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The line on the map.
    public static let shape = Part(rawValue: 1 << 0)
    /// Street by street.
    public static let steps = Part(rawValue: 1 << 1)
    /// The OSM ways, consecutive equal ones merged.
    public static let ways = Part(rawValue: 1 << 2)
    /// The traffic signals on the way.
    public static let signals = Part(rawValue: 1 << 3)
    /// What each stretch of the line takes; with the line only.
    public static let stretches = Part(rawValue: 1 << 4)
    /// The OSM nodes of each stretch; with ``stretches`` only.
    public static let nodes = Part(rawValue: 1 << 5)
    /// The junctions that each step passes; with ``steps`` only.
    public static let junctions = Part(rawValue: 1 << 6)
  }

  public var parts: Part
  /// Layers whose points along the way are listed, at most ``Limits/askedLayersMax``.
  @Composed public var layers: [String] = []

  public init(_ parts: Part = [], layers: [String] = []) { (self.parts, self.layers) = (parts, layers) }

  public init(arrayLiteral parts: Part...) { self.parts = Part(parts) }

  /// True if a part is asked for.
  public func contains(_ part: Part) -> Bool { parts.contains(part) }

  /// Asks for a part, too.
  public mutating func insert(_ part: Part) { parts.formUnion(part) }

  /// With another part.
  public func union(_ part: Part) -> RouteDetail { RouteDetail(parts.union(part), layers: layers) }
}

/// A place as a caller gives it.
public struct Place: Hashable, Codable, Sendable {
  public var coordinate: Coordinate
  /// The side of a divided road or the direction of travel, in degrees clockwise from north.
  ///
  /// It chooses among the roads at hand; where it fits none of them, it is passed over.
  public var headingDegrees: Double?
  /// On which levels the meant roads lie. A place above a tunnel means the street there unless this says otherwise.
  public var levels: LevelFilter
  /// How far a road may be from this place, above 0, at most ``Limits/snapRadiusMeters``; `nil` for what the question
  /// says of all places.
  public var radiusMeters: Double?
  /// How far a road's direction may be from the heading, 0 to 180; `nil` for what the question says of all places.
  public var headingToleranceDegrees: Double?
  /// On which side of a vehicle that stops there, or drives off, the place lies; `nil` for either. On a road that may
  /// be driven in one direction only there is no choice, and none at a place on the road itself.
  public var side: StreetSide?

  public init(_ coordinate: Coordinate, headingDegrees: Double? = nil, levels: LevelFilter = .all) {
    (self.coordinate, self.headingDegrees, self.levels) = (coordinate, headingDegrees, levels)
  }
}

/// How far from its place, and from its heading, a road may be to be meant.
public struct SnapReach: Hashable, Sendable {
  /// Above 0, at most ``Limits/snapRadiusMeters``.
  public var radiusMeters: Double
  /// A heading fits a road that runs within this angle of it, 0 to 180. Without a heading it has no meaning.
  public var headingToleranceDegrees: Double

  public init(
    radiusMeters: Double = Limits.snapRadiusMeters,
    headingToleranceDegrees: Double = Limits.headingToleranceDegrees
  ) {
    (self.radiusMeters, self.headingToleranceDegrees) = (radiusMeters, headingToleranceDegrees)
  }

  /// What holds for a place: its own reach, where it has one.
  public func of(_ place: Place) -> SnapReach {
    SnapReach(
      radiusMeters: place.radiusMeters ?? radiusMeters,
      headingToleranceDegrees: place.headingToleranceDegrees ?? headingToleranceDegrees)
  }
}

/// Which units reach an incident first.
public struct FastestUnitsRequest: Sendable {
  public var incident: Place
  /// How many units are wanted, 1 to ``Limits/rankedUnitsMax``.
  public var count: Int
  /// Units of other statuses are left out.
  public var statuses: Set<UnitStatus> = [.available]
  /// A unit must have all of these.
  @Composed public var capabilities: [String] = []
  /// A unit must belong to one of these; empty takes all.
  @Composed public var agencies: [String] = []
  /// Units that drive longer are left out.
  public var travelSecondsMax: Double?
  /// Units whose position is older are left out.
  public var positionAgeSecondsMax: Double?
  /// For the incident; units have their own.
  public var reach = SnapReach()
  public var detail: RouteDetail = []
  /// How many units that were not chosen are explained, 0 to ``Limits/explainedUnitsMax``.
  public var explainCount = 0
  /// Closures that hold for this question only, at most ``Limits/whatIfClosuresMax``. Their times don't matter.
  public var whatIf: [RoadClosure] = []
  /// When the vehicles leave, at most a year ahead: what is known of traffic then counts. `nil` is now.
  public var departAt: Date?

  public init(incident: Place, count: Int) { (self.incident, self.count) = (incident, count) }
}

/// The fastest way for one vehicle.
public struct RouteRequest: Sendable {
  /// At least two: start, places on the way, end.
  ///
  /// A place on the way is a stop: the vehicle goes on in the direction in which it came, or turns round there, which
  /// takes as long as the profile says and is no way out for a profile that never turns round.
  public var places: [Place]
  public var profile: String
  public var detail: RouteDetail = []
  /// How many other ways are wanted, 0 to ``Limits/alternativesMax``; only between two places.
  public var alternatives = 0
  /// True to go on from each stop in the direction in which the vehicle came to it.
  public var keepsDirection = false
  /// For every place.
  public var reach = SnapReach()
  /// Closures that hold for this question only, at most ``Limits/whatIfClosuresMax``. Their times don't matter.
  public var whatIf: [RoadClosure] = []
  /// When the vehicles leave, at most a year ahead: what is known of traffic then counts. `nil` is now.
  public var departAt: Date?

  public init(places: [Place], profile: String) { (self.places, self.profile) = (places, profile) }
}

/// Which roads are near a place.
public struct SnapRequest: Sendable {
  public var place: Place
  public var profile: String
  public var reach = SnapReach()
  /// How many roads at most, 1 to ``Limits/snapCandidatesMax``.
  public var count: Int = 1
  /// Whether the OSM nodes of the roads are wanted, too.
  public var wantsNodes = false

  public init(place: Place, profile: String) { (self.place, self.profile) = (place, profile) }
}
