import Geometry

/// What a department knows better than the map: a file of its own, keyed by OSM ids, that survives every new import.
///
/// A value read from TOML (see `Maps/overrides.example.toml`). It knows no map yet: ``resolved(on:profileNames:)``
/// puts it on one.
public struct RoadOverrides: Hashable, Sendable {
  /// What every entry has.
  public struct Head: Hashable, Sendable {
    /// Where the entry stands in its file.
    public var line: Int
    /// The profiles that it is for, by name; empty for all.
    public var profiles: [String]
    /// For people.
    public var note: String

    public init(line: Int = 0, profiles: [String] = [], note: String = "") {
      (self.line, self.profiles, self.note) = (line, profiles, note)
    }

    /// True if the entry is for this profile. O(profiles).
    func isFor(_ profile: String) -> Bool { profiles.isEmpty || profiles.contains(profile) }
  }

  /// Which direction of an OSM way.
  public enum Direction: String, CaseIterable, Sendable { case both, forward, backward }

  /// Another speed or another access on an OSM way.
  public struct WayEntry: Hashable, Sendable {
    public var head: Head
    public var osmID: Int64
    public var direction: Direction
    public var change: WayChange

    public init(osmID: Int64, _ change: WayChange, direction: Direction = .both, head: Head = Head()) {
      (self.osmID, self.change, self.direction, self.head) = (osmID, change, direction, head)
    }
  }

  /// Another delay or another access at an OSM node.
  public struct NodeEntry: Hashable, Sendable {
    public var head: Head
    public var osmID: Int64
    public var change: NodeChange

    public init(osmID: Int64, _ change: NodeChange, head: Head = Head()) {
      (self.osmID, self.change, self.head) = (osmID, change, head)
    }
  }

  /// A turn that is allowed or forbidden, whatever the map says.
  public struct TurnEntry: Hashable, Sendable {
    public var head: Head
    public var fromWay: Int64
    public var viaNode: Int64
    public var toWay: Int64
    public var rule: TurnOverride

    public init(fromWay: Int64, viaNode: Int64, toWay: Int64, _ rule: TurnOverride, head: Head = Head()) {
      (self.fromWay, self.viaNode, self.toWay) = (fromWay, viaNode, toWay)
      (self.rule, self.head) = (rule, head)
    }
  }

  public var ways: [WayEntry] = []
  public var nodes: [NodeEntry] = []
  public var turns: [TurnEntry] = []
  public var stations: [StationDoors] = []

  /// Of all kinds.
  public var entryCount: Int { ways.count + nodes.count + turns.count + stations.count }

  public init() {}
}

/// What a department says of an OSM way; `nil` is nothing.
public struct WayChange: Hashable, Sendable {
  /// Opens the way or closes it, whatever its tags say, limits of size included.
  public var use: PassageRule.Use?
  /// The speed there, never above the vehicle's highest.
  public var speedKmh: Double?

  public init(use: PassageRule.Use? = nil, speedKmh: Double? = nil) {
    (self.use, self.speedKmh) = (use, speedKmh)
  }
}

/// What a department says of an OSM node; `nil` is nothing.
public struct NodeChange: Hashable, Sendable {
  /// Lets pass or keeps out, whatever stands there.
  public var use: PassageRule.Use?
  /// Time lost there.
  public var delaySeconds: Double?

  public init(use: PassageRule.Use? = nil, delaySeconds: Double? = nil) {
    (self.use, self.delaySeconds) = (use, delaySeconds)
  }
}

/// What a department says of a turn.
public enum TurnOverride: String, CaseIterable, Hashable, Sendable {
  /// No restriction binds it; its angle costs time all the same.
  case allow
  case forbid
}

/// The doors of a station: where its units drive off from, however the nearest road to their parked position lies.
public struct StationDoors: Hashable, Sendable {
  /// Where the entry stands in its file.
  public var line: Int
  /// The name of the station, as units give it.
  public var station: String
  /// In front of the doors.
  public var coordinate: Coordinate
  /// The OSM way that the doors open onto; `nil` is the nearest road.
  public var wayOSMID: Int64?
  /// The direction in which units leave, in degrees clockwise from north; `nil` is any.
  public var headingDegrees: Double?
  /// A unit of the station that stands within this distance of the doors is behind them.
  public var withinMeters: Double
  /// For people.
  public var note: String = ""

  /// Without an entry's word on it: the yard of a large station.
  public static let withinMetersDefault = 100.0

  public init(
    station: String, coordinate: Coordinate, wayOSMID: Int64? = nil,
    withinMeters: Double = StationDoors.withinMetersDefault
  ) {
    (line, self.station, self.coordinate) = (0, station, coordinate)
    (self.wayOSMID, self.withinMeters) = (wayOSMID, withinMeters)
  }

  /// True for a unit of the station that stands behind the doors. O(1).
  public func isHome(ofStation name: String, at place: Coordinate) -> Bool {
    name == station && coordinate.distanceMeters(to: place) <= withinMeters
  }
}
