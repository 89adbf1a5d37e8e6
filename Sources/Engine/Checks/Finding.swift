import Geometry

/// Something on a map that ruins rankings, or may.
public struct Finding: Hashable, Sendable {
  /// How much it matters.
  public enum Severity: String, CaseIterable, Comparable, Sendable {
    /// Answers about this place are wrong, or there are none.
    case error
    /// Answers are worse than they would be if the map, or an override, said otherwise.
    case warning
    /// Good to know.
    case notice

    /// The worst first.
    public static func < (left: Severity, right: Severity) -> Bool { left.order < right.order }

    private var order: Int { Self.allCases.firstIndex(of: self)! }
  }

  /// What was found. Stable names: callers may branch on them.
  public enum Kind: String, CaseIterable, Sendable {
    /// No road near a station.
    case stationOffMap = "station_off_map"
    /// The road that a station stands on is far from it.
    case stationFarFromRoad = "station_far_from_road"
    /// A station stands by roads that no way leads to or from.
    case stationOnIsland = "station_on_island"
    /// A nearer road exists, which the vehicle may not drive.
    case stationNearestRoadForbidden = "station_nearest_road_forbidden"
    /// No way leads from a station to its neighbours.
    case stationWithoutWayOut = "station_without_way_out"
    /// No way leads from its neighbours to a station.
    case stationWithoutWayIn = "station_without_way_in"
    /// Every way out of a station breaks a rule of the road.
    case wayOutForbidden = "way_out_forbidden"
    /// Every way into a station breaks a rule of the road.
    case wayInForbidden = "way_in_forbidden"
    /// Rules of the road near a station make its way out much longer.
    case wayOutSlow = "way_out_slow"
    /// Rules of the road near a station make its way in much longer.
    case wayInSlow = "way_in_slow"
    /// From a station it is far longer to its neighbours than back, or the other way round.
    case stationOneSided = "station_one_sided"
    /// Between two stations one direction is far longer than the other one.
    case pairOneSided = "pair_one_sided"
    /// Roads that can't be reached, or left, since the turns there are banned.
    case turnRestrictionsCutOff = "turn_restrictions_cut_off"
    /// Roads that can't be reached, or left, for another reason.
    case roadsCutOff = "roads_cut_off"
    case overrideUnmatched = "override_unmatched"
    case closureUnmatched = "closure_unmatched"
  }

  public var kind: Kind
  public var severity: Severity
  /// Whom or what it is about, such as the name of a station.
  public var subject: String
  public var message: String
  /// Where: nothing, a place, or a line of two places or more.
  public var shape: [Coordinate]
  /// The OSM way or OSM node to look at; `nil` if there is none.
  public var osmID: Int64?

  public init(
    _ kind: Kind, _ severity: Severity, subject: String, _ message: String, shape: [Coordinate] = [],
    osmID: Int64? = nil
  ) {
    (self.kind, self.severity, self.subject) = (kind, severity, subject)
    (self.message, self.shape, self.osmID) = (message, shape, osmID)
  }
}
