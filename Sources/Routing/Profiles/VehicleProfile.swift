import RoadGraph

/// How one kind of vehicle drives: what turns the facts of a map into speeds, delays and permissions.
///
/// A value read from a TOML file (see `BuiltIn`, or `tocsin profile show`). Speeds are in km/h, delays in seconds;
/// `nil` for a speed means that the vehicle doesn't drive there.
public struct VehicleProfile: Hashable, Sendable {
  /// Whether the tags made for responders hold for the vehicle.
  public enum Siren: String, CaseIterable, Sendable {
    /// Lights and siren: `emergency=*`, `except=emergency`, `restriction:emergency`, `oneway:emergency=no` hold.
    case on
    /// A responder's vehicle that drives without: only `emergency=no` holds, since what doesn't carry a vehicle with
    /// its siren on doesn't carry it with the siren off either.
    case off
    /// A civil vehicle: none of them holds.
    case none
  }

  public var name: String
  /// One line for people.
  public var summary: String = ""
  public var siren: Siren = .none
  /// From the alarm until the wheels turn.
  public var turnoutSeconds: Double = 0
  /// Likewise of a unit that is on the road already.
  public var turnoutMobileSeconds: Double = 0
  /// How far, along the road, a crew walks from a junction to a scene.
  public var walkToSceneMeters: Double = 0
  public var size = Size()
  public var speeds = Speeds()
  public var roads = RoadConditions()
  public var reluctance = ReluctanceFactors()
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
    public var byClass = KindTable<RoadClass, Double?>(repeating: nil)
    /// Times a signed limit gives the speed there; advised speeds likewise.
    public var maxspeedFactor: Double = 1
    /// The vehicle is never faster.
    public var maxKmh: Double = 100
    /// Nor on a narrow road.
    public var narrowMaxKmh: Double = 100
    /// Nor where both directions take turns on one lane.
    public var alternatingMaxKmh: Double = 100
    /// Nor on a bridge that opens for ships, where no limit is signed.
    public var movableBridgeMaxKmh: Double = 100
  }

  /// How fast the vehicle is on roads in bad condition, and in alleys, driveways and the like.
  public struct RoadConditions: Hashable, Sendable {
    public var byService = KindTable<ServiceKind, SpeedCap>(repeating: .any)
    public var bySurface = KindTable<Surface, SpeedCap>(repeating: .any)
    public var bySmoothness = KindTable<Smoothness, SpeedCap>(repeating: .any)
    /// `tracktype=grade1` to `grade5`, by 0 to 4.
    public var byTrackGrade = [SpeedCap](repeating: .any, count: gradeCount)

    /// Number of OSM's track grades.
    public static let gradeCount = 5

    public init() {}
  }

  /// How many seconds a second there feels like: 1 is no reluctance. Steers routes, never shown as time.
  public struct ReluctanceFactors: Hashable, Sendable {
    public var byService = KindTable<ServiceKind, Double>(repeating: 1)
    /// Narrow roads with traffic in both directions.
    public var narrow: Double = 1
    /// Where both directions take turns on one lane.
    public var alternating: Double = 1
    /// Ways open to responders that are not designated for them.
    public var emergencyWays: Double = 1

    public init() {}

    /// No way weighs more than this times its time, but for last resorts. O(1).
    public var largest: Double {
      ServiceKind.allCases.reduce(max(1, narrow, alternating, emergencyWays)) { max($0, byService[$1]) }
    }
  }

  /// Time lost at what lies on the road or at a junction, in seconds.
  public struct Delays: Hashable, Sendable {
    public var trafficSignals: Double = 0
    public var stop: Double = 0
    public var giveWay: Double = 0
    public var crossing: Double = 0
    public var trafficCalming: Double = 0
    public var tollBooth: Double = 0
    public var borderControl: Double = 0
  }

  /// Time lost in turns, in seconds, and what the vehicle does to turn round.
  public struct Turns: Hashable, Sendable {
    /// A left turn of 90 degrees. Across oncoming traffic where one drives on the right.
    public var left: Double = 0
    /// A right turn of 90 degrees.
    public var right: Double = 0
    /// A left turn of 135 degrees or more.
    public var sharpLeft: Double = 0
    /// A right turn of 135 degrees or more.
    public var sharpRight: Double = 0
    /// Waiting for a gap where a lesser road meets a greater one without signals.
    public var yielding: Double = 0
    /// Turning round on the same road.
    public var uTurn: Double = 0
    /// Turning round where the road goes on. Where it ends for this vehicle, it always may.
    public var uTurnAwayFromDeadEnd = PassageRule.never
    /// Turning round where there is no room for it: in a tunnel, on a motorway. Counts besides the rule above.
    public var uTurnConfined = PassageRule.never
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
    /// A bar across the road of which the map doesn't tell the height. Where it does, the vehicle fits or it doesn't.
    public var heightRestrictor = PassageRule.never
    public var other = PassageRule.never
  }
}
