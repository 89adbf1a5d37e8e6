/// How fast civil traffic is on a road, as a feed measures it.
///
/// What a feed doesn't tell is unknown, which is a third state: neither free flow nor standing still.
public struct RoadSpeed: Hashable, Codable, Sendable {
  /// How a feed names a road in one direction.
  public enum Road: Hashable, Codable, Sendable {
    /// An OSM way. Forward is the direction of the OSM way.
    case way(osmID: Int64, direction: WayDirection)
    /// From one OSM node to another one of the same OSM way, neighbours as a rule.
    case nodes(OSMNodePair)
    /// A road of an external network, through a link table.
    case link(id: String)
  }

  public var road: Road
  /// Above 0 a speed in km/h; 0 closes the road, as in OSRM's speed files.
  public var kmh: Double

  public init(_ road: Road, kmh: Double) { (self.road, self.kmh) = (road, kmh) }
}

/// What a turn takes at the moment, as in OSRM's files of turn penalties: all OSM nodes are neighbours.
public struct TurnPenalty: Hashable, Codable, Sendable {
  public var fromOSMNode: Int64
  public var viaOSMNode: Int64
  public var toOSMNode: Int64
  /// What civil traffic needs for the turn, 0 or more.
  public var seconds: Double

  public init(fromOSMNode: Int64, viaOSMNode: Int64, toOSMNode: Int64, seconds: Double) {
    (self.fromOSMNode, self.viaOSMNode, self.toOSMNode, self.seconds) = (fromOSMNode, viaOSMNode, toOSMNode, seconds)
  }
}

/// The speeds and turn penalties that one source knows at a moment.
public struct SpeedUpdate: Hashable, Codable, Sendable {
  /// Who measures: a feed.
  @Composed public var source: String
  public var speeds: [RoadSpeed]
  public var turnPenalties: [TurnPenalty]
  /// How long it is valid, then it is unknown again; above 0.
  public var timeToLiveSeconds: Double
  /// Whether it is all that the source knows: what it knew before and is not in here becomes unknown.
  public var isComplete: Bool

  public init(
    source: String, speeds: [RoadSpeed], turnPenalties: [TurnPenalty] = [], timeToLiveSeconds: Double,
    isComplete: Bool
  ) {
    (self.source, self.speeds, self.turnPenalties) = (source, speeds, turnPenalties)
    (self.timeToLiveSeconds, self.isComplete) = (timeToLiveSeconds, isComplete)
  }
}
