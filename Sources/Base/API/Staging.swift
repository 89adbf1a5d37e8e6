import Geometry

/// Where units gather out of danger before they go on to a scene.
public struct StagingRequest: Sendable {
  /// What units stay out of.
  public enum Hazard: Hashable, Sendable {
    /// Around the scene, at most ``Limits/hazardRadiusMetersMax``.
    case radius(meters: Double)
    case areas([Area])
  }

  /// Who gathers.
  public enum Force: Hashable, Sendable {
    /// One to ``Limits/stagingUnitsMax``.
    case units(ids: [String])
    /// Those that a plan would send: the one that is chosen for such an incident at the scene.
    case incidentType(String)
    case plan(id: String)
  }

  /// Where they may gather.
  public enum Places: Hashable, Sendable {
    /// The points of a layer, at most ``Limits/stagingPlacesMax``. A tag `capacity` is how many vehicles it holds.
    case layer(String)
    case listed([StagingPlace])
  }

  public var scene: Place
  public var hazard: Hazard
  /// Around the hazard, 0 to ``Limits/hazardMarginMetersMax``: no place lies in it.
  public var marginMeters = 0.0
  public var force: Force
  public var places: Places
  /// Of a vehicle that must get in and out as well, such as the largest one; empty for those of the units alone.
  public var profile = ""
  /// How long units stay before they go on; it is part of the whole time.
  public var reserveSeconds = 0.0
  /// Where the wind comes from, in degrees clockwise from north; `nil` is not known.
  public var windFromDegrees: Double?
  /// Closures that hold for this question only, at most ``Limits/whatIfClosuresMax``. Their times don't matter.
  public var whatIf: [RoadClosure] = []

  public init(scene: Place, hazard: Hazard, force: Force, places: Places) {
    (self.scene, self.hazard, self.force, self.places) = (scene, hazard, force, places)
  }
}

/// A place where units may gather.
public struct StagingPlace: Hashable, Sendable {
  /// Unique in its question.
  @Composed public var id: String
  @Composed public var name: String
  public var coordinate: Coordinate
  /// How many vehicles it holds; `nil` is not known.
  public var capacity: Int?

  public init(id: String, name: String = "", _ coordinate: Coordinate, capacity: Int? = nil) {
    (self.id, self.name, self.coordinate, self.capacity) = (id, name, coordinate, capacity)
  }
}

/// Where a place lies, seen from the scene.
public enum WindSide: String, CaseIterable, Sendable {
  /// Within 60 degrees of where the wind comes from.
  case upwind
  case crosswind
  /// Within 60 degrees of where it blows to.
  case downwind
}

/// When a unit is at a place.
public struct StagingArrival: Hashable, Sendable {
  public var unitID: String
  /// Turnout and travel.
  public var etaSeconds: Double

  public init(_ unitID: String, etaSeconds: Double) { (self.unitID, self.etaSeconds) = (unitID, etaSeconds) }
}

/// A place where all units can gather.
public struct StagingSpot: Hashable, Sendable {
  public var place: StagingPlace
  public var road: SnappedPlace
  /// Until the last unit is there.
  public var assembleSeconds: Double
  /// From there to the scene, of the slowest vehicle.
  public var onwardSeconds: Double
  /// By arrival.
  public var arrivals: [StagingArrival]
  /// `nil` without a wind.
  public var wind: WindSide?

  public init(
    _ place: StagingPlace, road: SnappedPlace, assembleSeconds: Double, onwardSeconds: Double,
    arrivals: [StagingArrival], wind: WindSide? = nil
  ) {
    (self.place, self.road, self.arrivals, self.wind) = (place, road, arrivals, wind)
    (self.assembleSeconds, self.onwardSeconds) = (assembleSeconds, onwardSeconds)
  }
}

/// Why units can't gather in a place.
public enum StagingObstacle: String, CaseIterable, Sendable {
  /// A tag says `usable=no`.
  case unusable
  case inHazard = "in_hazard"
  case offRoad = "off_road"
  /// It holds fewer vehicles than come.
  case tooSmall = "too_small"
  /// A unit doesn't get there without crossing the hazard.
  case unreached
  /// A vehicle doesn't get away from there without crossing the hazard.
  case noWayOut = "no_way_out"
  /// A vehicle doesn't get from there to the scene.
  case noWayOn = "no_way_on"
}

/// A place where units can't gather.
public struct RefusedStaging: Hashable, Sendable {
  public var place: StagingPlace
  public var obstacle: StagingObstacle
  /// The unit or the profile that it is about; empty if it is about all.
  public var about: String

  public init(_ place: StagingPlace, _ obstacle: StagingObstacle, about: String = "") {
    (self.place, self.obstacle, self.about) = (place, obstacle, about)
  }
}

/// Where units can gather, and where they can't.
public struct StagingAnswer: Hashable, Sendable {
  public var version: UInt64
  public var scene: SnappedPlace
  /// The units that gather, by id.
  public var unitIDs: [String]
  /// By the time until the scene is reached from there, then by the way on.
  public var spots: [StagingSpot] = []
  /// By id.
  public var refused: [RefusedStaging] = []

  public init(version: UInt64, scene: SnappedPlace, unitIDs: [String]) {
    (self.version, self.scene, self.unitIDs) = (version, scene, unitIDs)
  }
}

extension Validation {
  /// - Throws: ``EngineError`` for the first value of the request that can't be answered.
  public static func staging(_ request: StagingRequest) throws(EngineError) {
    try place(request.scene)
    switch request.hazard {
    case .radius(let meters): try radius(meters, max: Limits.hazardRadiusMetersMax)
    case .areas(let areas):
      guard !areas.isEmpty else { throw EngineError(.invalidArgument, "the hazard has no area", value: "0 areas") }
    }
    guard (0...Limits.hazardMarginMetersMax).contains(request.marginMeters) else {
      throw EngineError(
        .invalidRadius, "a margin is 0 to \(Limits.hazardMarginMetersMax) m", value: "\(request.marginMeters)")
    }
    if case .units(let ids) = request.force {
      try count(ids.count, max: Limits.stagingUnitsMax, "staging_units")
    }
    if case .listed(let places) = request.places { try stagingPlaces(places) }
    try positive(request.reserveSeconds, "the time that units stay")
    try heading(request.windFromDegrees)
  }

  /// - Throws: `NO_STAGING_PLACES`, `LIMIT_EXCEEDED`, `INVALID_COORDINATE`, `INVALID_ARGUMENT`.
  public static func stagingPlaces(_ places: [StagingPlace]) throws(EngineError) {
    guard !places.isEmpty else { throw EngineError(.noStagingPlaces, "there is no place to gather in") }
    try atMost(Limits.stagingPlacesMax, "staging_places", places.count, "too many places to gather in")
    var seen: Set<String> = []
    for place in places {
      try id(place.id, .invalidArgument)
      try text(place.name, "the name of a place", .invalidArgument)
      try coordinate(place.coordinate)
      guard seen.insert(place.id).inserted else {
        throw EngineError(.invalidArgument, "two places have one id", value: place.id)
      }
    }
  }
}
