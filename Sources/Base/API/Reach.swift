import Foundation
import Geometry

/// Where a vehicle gets from some places within some limits of time, or from where it gets to them.
public struct ReachRequest: Sendable {
  /// One to ``Limits/reachPlacesMax``; what counts is the nearest of them.
  public var places: [Place]
  public var direction: ReachDirection
  public var profile: String
  /// One to ``Limits/reachBandsMax``, ascending, above 0 and below ``Limits/reachSecondsMax``.
  public var limitsSeconds: [Double]
  public var detail = ReachDetail()
  /// For every place.
  public var reach = SnapReach()
  /// Closures that hold for this question only, at most ``Limits/whatIfClosuresMax``: the answer tells what they cut
  /// off. Their times don't matter.
  public var whatIf: [RoadClosure] = []
  /// When the vehicles leave, at most a year ahead: what is known of traffic then counts. `nil` is now.
  public var departAt: Date?

  public init(places: [Place], _ direction: ReachDirection, profile: String, limitsSeconds: [Double]) {
    (self.places, self.direction, self.profile) = (places, direction, profile)
    self.limitsSeconds = limitsSeconds
  }
}

/// Which way it is driven.
public enum ReachDirection: String, CaseIterable, Sendable {
  case from, to
}

/// What an answer carries beyond lengths. Nothing is computed that nobody asked for.
public struct ReachDetail: Hashable, Sendable {
  /// The parts of roads that are reached, and those that are cut off.
  public var roads = false
  /// A drawing of the area around them.
  public var outlines = false
  /// The side of the cells that outlines are drawn by, ``Limits/outlineCellMeters``.
  public var outlineCellMeters = 50.0
  /// Layers whose points on reached roads are counted, at most ``Limits/reachLayersMax``.
  @Composed public var layers: [String] = []
  /// Only roads that touch it are listed; lengths and outlines are of all.
  public var box: BoundingBox?

  public init() {}
}

/// A part of a road that is reached in one direction of travel.
public struct ReachedRoad: Sendable, Equatable {
  /// The first limit within which it lies, from 0.
  public var band: Int
  public var wayOSMID: Int64
  public var name: String
  /// In the direction of travel.
  public var shape: [Coordinate]
  /// Where it begins and where it ends: the time from the nearest place, or to it.
  public var beginSeconds: Double
  public var endSeconds: Double
  /// In a coverage the unit whose times these are; empty in a reach.
  public var unitID = ""

  public init(
    band: Int, wayOSMID: Int64, name: String, shape: [Coordinate], beginSeconds: Double, endSeconds: Double
  ) {
    (self.band, self.wayOSMID, self.name, self.shape) = (band, wayOSMID, name, shape)
    (self.beginSeconds, self.endSeconds) = (beginSeconds, endSeconds)
  }
}

/// A drawn area: one ring, and the rings of its holes, their first points not repeated.
public struct ReachOutline: Sendable, Equatable {
  public var exterior: [Coordinate]
  public var holes: [[Coordinate]]

  public init(exterior: [Coordinate], holes: [[Coordinate]]) { (self.exterior, self.holes) = (exterior, holes) }
}

/// Points of a layer.
public struct LayerCount: Sendable, Hashable {
  @Composed public var layer: String
  public var count: Int
  public var weight: Double

  public init(_ layer: String, count: Int, weight: Double) {
    (self.layer, self.count, self.weight) = (layer, count, weight)
  }
}

/// What lies within one of the limits, the ones before it included.
public struct ReachBand: Sendable, Equatable {
  public var limitSeconds: Double
  /// Of road, each direction of travel for itself.
  public var lengthMeters: Double
  /// Of all road that the vehicle may drive.
  public var lengthShare: Double
  /// The drawn area over that of a circle which the fastest road, as a straight line, would reach; `nil` without
  /// outlines.
  public var reachFactor: Double?
  public var outlines: [ReachOutline] = []
  /// In the order of the question.
  public var layers: [LayerCount] = []

  public init(limitSeconds: Double, lengthMeters: Double, lengthShare: Double) {
    (self.limitSeconds, self.lengthMeters, self.lengthShare) = (limitSeconds, lengthMeters, lengthShare)
  }
}

/// What is reached, and what closures of the question's own cut off.
public struct ReachAnswer: Sendable, Equatable {
  public var version: UInt64
  /// What its times rest on.
  public var basis = SpeedBasis.live
  /// The road nearest to each place; `nil` where none is near.
  public var places: [SnappedPlace?]
  /// One for each limit.
  public var bands: [ReachBand] = []
  /// By way of the map, if asked for.
  public var roads: [ReachedRoad] = []
  /// True if times have the profile's reluctance in them: those of one that likes some roads less than others.
  public var isFeltTime = false
  /// Of road that can't be reached at all any more; `nil` without closures of the question's own.
  public var lostLengthMeters: Double?
  /// Those roads, if roads are asked for; with the times that they had.
  public var lostRoads: [ReachedRoad] = []
  /// What lies on roads that were reached, and on none that are; in the order of the question's layers.
  public var lostLayers: [LayerCount] = []

  public init(version: UInt64, places: [SnappedPlace?]) { (self.version, self.places) = (version, places) }
}

// MARK: In pieces

extension ReachAnswer {
  /// A piece has about this many roads.
  static let pieceRoads = 5_000

  /// The answer in pieces. Put together, lists one behind the other, they are the answer.
  public var pieces: [ReachAnswer] {
    var first = self
    (first.roads, first.lostRoads) = ([], [])
    let rest = ReachAnswer(version: version, places: [])
    var pieces = [first]
    for start in stride(from: 0, to: roads.count, by: Self.pieceRoads) {
      var piece = rest
      piece.roads = Array(roads[start..<min(start + Self.pieceRoads, roads.count)])
      pieces.append(piece)
    }
    for start in stride(from: 0, to: lostRoads.count, by: Self.pieceRoads) {
      var piece = rest
      piece.lostRoads = Array(lostRoads[start..<min(start + Self.pieceRoads, lostRoads.count)])
      pieces.append(piece)
    }
    return pieces
  }
}

extension Validation {
  /// - Throws: ``EngineError`` for the first value of the request that can't be answered.
  public static func reach(_ request: ReachRequest) throws(EngineError) {
    guard !request.places.isEmpty else {
      throw EngineError(.invalidArgument, "a reach needs at least one place", value: "0 places")
    }
    try atMost(Limits.reachPlacesMax, "reach_places", request.places.count, "too many places")
    for place in request.places { try self.place(place) }
    try reachLimits(request.limitsSeconds)
    try reach(request.reach)
    try atMost(Limits.reachLayersMax, "reach_layers", request.detail.layers.count, "too many layers")
    let cell = request.detail.outlineCellMeters
    guard Limits.outlineCellMeters.contains(cell) else {
      throw EngineError(.invalidArgument, "the cells of an outline are 10 to 500 m", value: "\(cell)")
    }
  }

  /// Limits of time: ascending, each above 0 and below an hour.
  /// - Throws: `INVALID_LIMIT`, `LIMIT_EXCEEDED`.
  static func reachLimits(_ seconds: [Double]) throws(EngineError) {
    guard let first = seconds.first else { throw EngineError(.invalidLimit, "at least one limit is needed") }
    try atMost(Limits.reachBandsMax, "reach_bands", seconds.count, "too many limits")
    if let wrong = seconds.first(where: { !($0 > 0 && $0 < Limits.reachSecondsMax) }) {
      throw EngineError(
        .invalidLimit, "a limit is above 0 and below \(Int(Limits.reachSecondsMax)) seconds", value: "\(wrong)")
    }
    var last = first
    for limit in seconds.dropFirst() {
      guard limit > last else { throw EngineError(.invalidLimit, "limits ascend", value: "\(limit)") }
      last = limit
    }
  }
}
