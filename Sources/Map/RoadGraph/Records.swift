/// An OSM way of the map. 24 bytes in the file.
public struct Way: Sendable, BitwiseCopyable {
  public var osmID: Int64
  public var name: TextID
  /// The road number (`ref`).
  public var ref: TextID
  public var attributes: AttributesID
  /// Number of OSM nodes of the way in the source.
  public var nodeCount: UInt32

  public init(osmID: Int64, name: TextID, ref: TextID, attributes: AttributesID, nodeCount: UInt32) {
    (self.osmID, self.name, self.ref) = (osmID, name, ref)
    (self.attributes, self.nodeCount) = (attributes, nodeCount)
  }
}

/// What an OSM node that a vehicle feels is.
public enum FeatureKind: UInt8, CaseIterable, OSMNamed, Sendable {
  case trafficSignals, stop, giveWay, crossing, trafficCalming
  case gate, liftGate, swingGate, bollard, removableBollard, risingBollard, block, otherBarrier
  case tollBooth, borderControl, heightRestrictor
  /// Water that runs over the road.
  case ford
  /// Nothing but a word on who may pass.
  case accessSign

  /// True for what stands in the way until it is opened.
  public var isBarrier: Bool { (FeatureKind.gate.rawValue...FeatureKind.otherBarrier.rawValue).contains(rawValue) }

  /// True for what a vehicle doesn't meet that turns round in front of it.
  public var liesAcross: Bool { isBarrier || self == .ford || self == .accessSign }
}

/// An OSM node that a vehicle feels: a barrier or a signal. 16 bytes in the file.
public struct PointFeature: Hashable, Sendable, BitwiseCopyable {
  /// Yes-or-no facts of a point.
  public struct Flags: OptionSet, Hashable, Sendable, BitwiseCopyable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// `locked=yes`.
    public static let locked = Flags(rawValue: 1 << 0)
    /// Felt only along the OSM way (`traffic_signals:direction=forward`).
    public static let forwardOnly = Flags(rawValue: 1 << 1)
    /// Felt only against the OSM way.
    public static let backwardOnly = Flags(rawValue: 1 << 2)
    /// Nothing is felt: something stands there at times only, as a conditional rule says.
    public static let unfelt = Flags(rawValue: 1 << 3)
  }

  public var osmID: Int64
  private var kindValue: UInt8
  public var flags: Flags
  /// Who may pass, from the access tags of the OSM node; empty if it has none.
  public var access: AccessFlags
  /// `maxheight`, `maxheight:physical`, whichever is lower; 0 if the map tells none.
  public var maxHeightCentimeters: UInt16 = 0
  /// What fits through (`maxwidth:physical`, `maxwidth`); 0 if the map tells none.
  public var maxWidthCentimeters: UInt16 = 0

  public init(osmID: Int64, kind: FeatureKind, access: AccessFlags = [], flags: Flags = []) {
    (self.osmID, kindValue, self.flags, self.access) = (osmID, kind.rawValue, flags, access)
  }

  public var kind: FeatureKind { FeatureKind(rawValue: kindValue) ?? .otherBarrier }
  public var isLocked: Bool { flags.contains(.locked) }
}

/// A piece of a road segment: a stretch of one OSM way, or a point on it (of length zero). 20 bytes in the file.
///
/// The weight of a segment is the sum of its pieces' weights, so one closed piece closes the way through.
public struct Piece: Sendable, BitwiseCopyable {
  /// What a piece is made of.
  public enum Kind: Sendable, Hashable {
    case stretch(WayID)
    case point(FeatureID)
  }

  private var reference: UInt32
  /// Stretch: index, within the OSM way, of the first of its OSM nodes in the way's order.
  public var firstNode: UInt32
  public var lengthCentimeters: UInt32
  /// Position of its first point in the shape of its segment.
  public var firstPoint: UInt32
  private var flags: UInt32

  public init(stretchOf way: WayID, firstNode: UInt32, lengthCentimeters: UInt32, firstPoint: UInt32, isReversed: Bool)
  {
    (reference, self.firstNode, self.firstPoint) = (way.rawValue, firstNode, firstPoint)
    (self.lengthCentimeters, flags) = (lengthCentimeters, isReversed ? 1 : 0)
  }

  /// - Parameter isReversed: the segment runs against the point's OSM way here.
  public init(point feature: FeatureID, firstPoint: UInt32, isReversed: Bool) {
    (reference, firstNode, self.firstPoint) = (feature.rawValue, 0, firstPoint)
    (lengthCentimeters, flags) = (0, isReversed ? 3 : 2)
  }

  public var kind: Kind { flags & 2 != 0 ? .point(FeatureID(reference)) : .stretch(WayID(reference)) }
  /// True if the segment runs against the OSM way here.
  public var isReversed: Bool { flags & 1 != 0 }
}

/// The two original arcs of a road segment. 8 bytes in the file.
public struct SegmentArcs: Hashable, Sendable, BitwiseCopyable {
  private var forwardValue: UInt32
  private var backwardValue: UInt32
  private static let none = UInt32.max

  public init(forward: ArcID?, backward: ArcID?) {
    forwardValue = forward?.rawValue ?? Self.none
    backwardValue = backward?.rawValue ?? Self.none
  }

  /// The arc along the segment's shape.
  public var forward: ArcID? { forwardValue == Self.none ? nil : ArcID(forwardValue) }
  /// The arc against the segment's shape.
  public var backward: ArcID? { backwardValue == Self.none ? nil : ArcID(backwardValue) }
}

/// The segment that an arc runs along, and in which direction. 4 bytes in the file.
public struct ArcCourse: Hashable, Sendable, BitwiseCopyable {
  private var value: UInt32

  public init(segment: SegmentID, isBackward: Bool) { value = segment.rawValue << 1 | (isBackward ? 1 : 0) }

  public var segment: SegmentID { SegmentID(value >> 1) }
  /// True if the arc runs against the segment's shape.
  public var isBackward: Bool { value & 1 != 0 }
}

/// What a profile needs to know of a turn. 2 bytes in the file.
public struct TurnAttributes: Hashable, Sendable, BitwiseCopyable {
  private var halfAngle: Int8
  public var flags: TurnFlags

  /// - Parameter angleDegrees: change of heading, −180...180, positive to the right; kept to 2 degrees.
  public init(angleDegrees: Int, flags: TurnFlags) {
    halfAngle = Int8(clamping: angleDegrees / 2)
    self.flags = flags
  }

  /// Change of heading in degrees, −180...180, positive to the right.
  public var angleDegrees: Int { Int(halfAngle) * 2 }
}

/// Yes-or-no facts of a turn.
public struct TurnFlags: OptionSet, Hashable, Sendable, BitwiseCopyable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// A turn restriction forbids it to civil traffic.
  public static let banned = TurnFlags(rawValue: 1 << 0)
  /// The restriction does not hold for responders (`except=emergency`).
  public static let exceptEmergency = TurnFlags(rawValue: 1 << 1)
  /// Back onto the reverse arc.
  public static let uTurn = TurnFlags(rawValue: 1 << 2)
  /// A U-turn where the road ends: there is no other way to go on.
  public static let deadEnd = TurnFlags(rawValue: 1 << 3)
  /// A turn restriction made for responders forbids it to them (`restriction:emergency=no_*`).
  public static let bannedForEmergency = TurnFlags(rawValue: 1 << 4)
  /// From a lesser road onto a greater one, without signals: one waits for a gap.
  public static let yields = TurnFlags(rawValue: 1 << 5)
  /// A U-turn without room for one: in a tunnel, on a motorway, trunk road or link.
  public static let confined = TurnFlags(rawValue: 1 << 6)
}

/// A rule of the map that holds at times only. 24 bytes in the file.
///
/// While its condition holds, a turn is banned or free, an OSM way has other attributes, or a barrier is another one.
/// Of several rules for one subject that hold at once, the last one in the table counts.
public struct ConditionalRule: Hashable, Sendable, BitwiseCopyable {
  /// What changes while the condition holds.
  public enum Effect: Hashable, Sendable {
    /// Civil traffic may not turn; with `exceptEmergency` the ban says itself that responders may.
    case ban(TurnID, exceptEmergency: Bool)
    /// A ban is suspended.
    case free(TurnID)
    case attributes(WayID, AttributesID)
    /// The second one stands in place of the first one.
    case feature(FeatureID, FeatureID)
  }

  /// The relation, OSM way or OSM node that says so.
  public var osmID: Int64
  /// When, such as `Mo-Fr 07:00-09:00`.
  public var condition: TextID
  private var kindValue: UInt32
  private var subject: UInt32
  private var replacement: UInt32

  public init(osmID: Int64, condition: TextID, effect: Effect) {
    (self.osmID, self.condition) = (osmID, condition)
    (kindValue, subject, replacement) =
      switch effect {
      case .ban(let turn, let exceptEmergency): (exceptEmergency ? 1 : 0, turn.rawValue, 0)
      case .free(let turn): (2, turn.rawValue, 0)
      case .attributes(let way, let attributes): (3, way.rawValue, attributes.rawValue)
      case .feature(let feature, let other): (4, feature.rawValue, other.rawValue)
      }
  }

  public var effect: Effect {
    switch kindValue {
    case 0, 1: .ban(TurnID(subject), exceptEmergency: kindValue == 1)
    case 2: .free(TurnID(subject))
    case 3: .attributes(WayID(subject), AttributesID(replacement))
    default: .feature(FeatureID(subject), FeatureID(replacement))
    }
  }
}
