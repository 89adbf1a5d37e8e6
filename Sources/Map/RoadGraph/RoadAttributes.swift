/// The kind of road that OSM's `highway` key names. Source: OSM wiki, Key:highway.
public enum RoadClass: UInt8, CaseIterable, OSMNamed, Sendable {
  case motorway, motorwayLink, trunk, trunkLink, primary, primaryLink, secondary, secondaryLink, tertiary, tertiaryLink
  case unclassified, residential, livingStreet, service, track, busway, pedestrian, path, ferry, shuttleTrain
}

/// A kind that profiles and reports name as OSM spells it, where OSM has a word.
public protocol OSMNamed {
  /// Such as `motorway_link` for `motorwayLink`.
  var osmName: String { get }
}

extension OSMNamed {
  public var osmName: String { nameInSnakeCase }

  var nameInSnakeCase: String {
    String(describing: self).reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
  }
}

/// Who may drive one direction of a road, or pass a barrier, as far as the map's tags tell.
///
/// What a profile makes of it is the profile's decision: the map file keeps facts, not weights.
public struct AccessFlags: OptionSet, Hashable, Sendable, BitwiseCopyable {
  public let rawValue: UInt16
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Ordinary motor cars may pass.
  public static let civil = AccessFlags(rawValue: 1 << 0)
  /// Civil traffic may use it only to reach a place on it (`destination`, `customers`, `delivery`); with ``civil``.
  public static let destinationOnly = AccessFlags(rawValue: 1 << 1)
  /// Tagged `no`, `agricultural` or the like: closed to civil traffic, physically drivable.
  public static let restricted = AccessFlags(rawValue: 1 << 2)
  /// Buses only (`access=no` with `bus=yes` or `psv=yes`, `highway=busway`).
  public static let bus = AccessFlags(rawValue: 1 << 3)
  /// This direction runs against a one-way.
  public static let contraflow = AccessFlags(rawValue: 1 << 4)
  /// The tags give responders this direction (`emergency=yes`, `access=emergency`, `service=emergency_access`,
  /// `oneway:emergency=no`).
  public static let emergency = AccessFlags(rawValue: 1 << 5)
  /// `emergency=designated`: made for responders.
  public static let emergencyDesignated = AccessFlags(rawValue: 1 << 6)
  /// `emergency=no`: responders can't use it.
  public static let noEmergency = AccessFlags(rawValue: 1 << 7)
  /// For people on foot or bicycles (pedestrian zones, paths); with ``civil`` if `access=yes` opens it to all.
  public static let footOnly = AccessFlags(rawValue: 1 << 8)
  /// Tagged `private`, `permit` or the like: for whom the owner lets in.
  public static let ownersOnly = AccessFlags(rawValue: 1 << 9)
  /// One lane, beside the others, is for buses (`lanes:psv`, `bus:lanes`, `busway=lane`).
  public static let besideBusLane = AccessFlags(rawValue: 1 << 10)
  /// Only cars with several people in them (`hov=designated` on all lanes).
  public static let highOccupancy = AccessFlags(rawValue: 1 << 11)
  /// With ``ownersOnly``: a private service road, such as a company's yard, which is no street of houses.
  public static let yard = AccessFlags(rawValue: 1 << 12)
}

/// What holds for one direction of a road.
public struct DirectionAttributes: Hashable, Sendable, BitwiseCopyable {
  public var access: AccessFlags
  /// The signed limit in km/h; 0 if the map has none.
  public var maxspeedKmh: UInt8
  /// The advised speed in km/h (`maxspeed:advisory`); 0 if the map has none.
  public var advisoryKmh: UInt8
  /// Number of lanes in this direction that cars may use; 0 if unknown.
  public var laneCount: UInt8
  private var unused: UInt8 = 0

  public init(access: AccessFlags, maxspeedKmh: UInt8 = 0, advisoryKmh: UInt8 = 0, laneCount: UInt8 = 0) {
    (self.access, self.laneCount) = (access, laneCount)
    (self.maxspeedKmh, self.advisoryKmh) = (maxspeedKmh, advisoryKmh)
  }
}

/// Yes-or-no facts of a road.
public struct RoadFlags: OptionSet, Hashable, Sendable, BitwiseCopyable {
  public let rawValue: UInt16
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  public static let bridge = RoadFlags(rawValue: 1 << 0)
  public static let tunnel = RoadFlags(rawValue: 1 << 1)
  public static let roundabout = RoadFlags(rawValue: 1 << 2)
  /// Under 3 m wide, or one lane for both directions.
  public static let narrow = RoadFlags(rawValue: 1 << 3)
  public static let toll = RoadFlags(rawValue: 1 << 4)
  public static let oneway = RoadFlags(rawValue: 1 << 5)
  /// `service=emergency_access`, fire lanes and other ways made for responders.
  public static let emergencyAccess = RoadFlags(rawValue: 1 << 6)
  /// A bridge that is opened for ships (`bridge=movable`).
  public static let movableBridge = RoadFlags(rawValue: 1 << 7)
  /// Both directions take turns on one lane (`oneway=alternating`).
  public static let alternating = RoadFlags(rawValue: 1 << 8)
  /// A track, busway, path or pedestrian zone that its tags open to motor cars (`motor_vehicle=yes`).
  public static let openedToCars = RoadFlags(rawValue: 1 << 9)
  /// Over frozen water or snow, so that it is there in winter only (`ice_road`, `winter_road`, `seasonal=winter`).
  public static let winterRoad = RoadFlags(rawValue: 1 << 10)
  /// Through water (`ford`).
  public static let ford = RoadFlags(rawValue: 1 << 11)
  /// Under water now and then (`flood_prone`, `tidal`).
  public static let floodProne = RoadFlags(rawValue: 1 << 12)
}

/// What a profile needs to know of an OSM way; many ways share one record. Directions are those of the OSM way.
/// 44 bytes in the file.
public struct RoadAttributes: Hashable, Sendable, BitwiseCopyable {
  private var classValue: UInt8
  private var serviceValue: UInt8 = 0
  private var surfaceValue: UInt8 = 0
  private var smoothnessValue: UInt8 = 0
  /// `tracktype=grade1` to `grade5`; 0 if the map tells none.
  public var trackGrade: UInt8 = 0
  public var layer: Int8
  public var flags: RoadFlags
  public var forward: DirectionAttributes
  public var backward: DirectionAttributes
  /// What the law lets through (`maxheight`, `maxweight`, ...).
  public var legalLimits = SizeLimits()
  /// What fits through (`maxheight:physical`, ...).
  public var physicalLimits = SizeLimits()
  /// How long the whole OSM way takes, as its `duration` says (ferries, shuttle trains); 0 if the map tells none.
  public var durationSeconds: UInt32 = 0

  public init(
    roadClass: RoadClass, flags: RoadFlags = [], layer: Int8 = 0, forward: DirectionAttributes,
    backward: DirectionAttributes
  ) {
    (classValue, self.flags, self.layer) = (roadClass.rawValue, flags, layer)
    (self.forward, self.backward) = (forward, backward)
  }

  public var roadClass: RoadClass { RoadClass(rawValue: classValue) ?? .service }

  /// The kind of service road; ``ServiceKind/none`` on other roads.
  public var service: ServiceKind {
    get { ServiceKind(rawValue: serviceValue) ?? .none }
    set { serviceValue = newValue.rawValue }
  }

  public var surface: Surface {
    get { Surface(rawValue: surfaceValue) ?? .unknown }
    set { surfaceValue = newValue.rawValue }
  }

  public var smoothness: Smoothness {
    get { Smoothness(rawValue: smoothnessValue) ?? .unknown }
    set { smoothnessValue = newValue.rawValue }
  }

  /// The attributes along the OSM way (`false`) or against it (`true`).
  public subscript(againstWay against: Bool) -> DirectionAttributes { against ? backward : forward }
}
