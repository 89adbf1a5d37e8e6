import RoadGraph

/// How one kind of vehicle drives: what turns the facts of a map into speeds, delays and permissions.
///
/// A value read from a TOML file (see `Maps/Profiles`). Speeds are in km/h, delays in seconds; `nil` for a speed means
/// that the vehicle doesn't drive there.
public struct VehicleProfile: Hashable, Sendable {
  /// Whether the vehicle drives with lights and siren, so that tags made for responders hold for it: `emergency=*`,
  /// `except=emergency`, `oneway:emergency=no`.
  public enum Siren: String, CaseIterable, Sendable { case on, off }

  public var name: String
  /// One line for people.
  public var summary: String = ""
  public var siren: Siren = .off
  /// From the alarm until the wheels turn.
  public var turnoutSeconds: Double = 0
  public var speeds = Speeds()
  public var delays = Delays()
  public var turns = Turns()
  public var barriers = Barriers()
  public var exemptions = ExemptionRules()
  public var civilTraffic = CivilTraffic()

  /// A profile that may drive nowhere: what files are read onto.
  public init(name: String) { self.name = name }
}

extension VehicleProfile {
  /// How fast the vehicle is.
  public struct Speeds: Hashable, Sendable {
    /// Where the map has no signed limit.
    public var byClass = RoadClassTable<Double?>(repeating: nil)
    /// Times a signed limit gives the speed there.
    public var maxspeedFactor: Double = 1
    /// The vehicle is never faster.
    public var maxKmh: Double = 100
    /// Nor on an unpaved road.
    public var unpavedMaxKmh: Double = 100
  }

  /// Time lost at what lies on the road or at a junction, in seconds.
  public struct Delays: Hashable, Sendable {
    public var trafficSignals: Double = 0
    public var stop: Double = 0
    public var giveWay: Double = 0
    public var crossing: Double = 0
    public var trafficCalming: Double = 0
  }

  /// Time lost in turns, in seconds, and what the vehicle does to turn round.
  public struct Turns: Hashable, Sendable {
    /// A left turn of 90 degrees. Across oncoming traffic where one drives on the right.
    public var left: Double = 0
    /// A right turn of 90 degrees.
    public var right: Double = 0
    /// A turn of 135 degrees or more, to either side.
    public var sharp: Double = 0
    /// Turning round on the same road.
    public var uTurn: Double = 0
    /// Turning round where the road goes on. Where it ends for this vehicle, it always may.
    public var uTurnAwayFromDeadEnd = PassageRule.never
  }

  /// What happens at things that stand in the way.
  public struct Barriers: Hashable, Sendable {
    public var gate = PassageRule.never
    public var liftGate = PassageRule.never
    public var swingGate = PassageRule.never
    /// Any gate tagged `locked=yes`.
    public var lockedGate = PassageRule.never
    /// A fixed one.
    public var bollard = PassageRule.never
    public var removableBollard = PassageRule.never
    public var risingBollard = PassageRule.never
    public var block = PassageRule.never
    public var other = PassageRule.never
  }

  /// What the vehicle makes of rules that bind civil traffic.
  public struct ExemptionRules: Hashable, Sendable {
    public var turnBans = PassageRule.never
    public var contraflow = PassageRule.never
    public var restrictedAccess = PassageRule.never
    public var destinationOnly = PassageRule.never
    public var busLanes = PassageRule.never
    public var pedestrianZones = PassageRule.never
    public var emergencyWays = PassageRule.never
    public var tracks = PassageRule.never
    public var ferries = PassageRule.never
  }

  /// How much of the delay of civil traffic this vehicle suffers too: 0 = none, 1 = all of it.
  public struct CivilTraffic: Hashable, Sendable {
    public var shareByClass = RoadClassTable<Double>(repeating: 1)
  }
}
