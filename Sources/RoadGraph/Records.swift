import MapFile

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
    self.osmID = osmID
    self.name = name
    self.ref = ref
    self.attributes = attributes
    self.nodeCount = nodeCount
  }
}

/// What an OSM node that a vehicle feels is.
public enum FeatureKind: UInt8, CaseIterable, Sendable {
  case trafficSignals, stop, giveWay, crossing, trafficCalming
  case gate, liftGate, swingGate, bollard, removableBollard, risingBollard, block, otherBarrier

  /// True for what stands in the way until it is opened.
  public var isBarrier: Bool { rawValue >= FeatureKind.gate.rawValue }
}

/// An OSM node that a vehicle feels: a barrier or a signal. 16 bytes in the file.
public struct PointFeature: Hashable, Sendable, BitwiseCopyable {
  public var osmID: Int64
  private var kindValue: UInt8
  private var lockedValue: UInt8
  /// Who may pass, from the access tags of the OSM node; empty if it has none.
  public var access: AccessFlags
  private var unused: UInt32 = 0

  public init(osmID: Int64, kind: FeatureKind, access: AccessFlags = [], isLocked: Bool = false) {
    self.osmID = osmID
    kindValue = kind.rawValue
    lockedValue = isLocked ? 1 : 0
    self.access = access
  }

  public var kind: FeatureKind { FeatureKind(rawValue: kindValue) ?? .otherBarrier }
  /// `locked=yes`.
  public var isLocked: Bool { lockedValue != 0 }
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
    reference = way.rawValue
    self.firstNode = firstNode
    self.lengthCentimeters = lengthCentimeters
    self.firstPoint = firstPoint
    flags = isReversed ? 1 : 0
  }

  public init(point feature: FeatureID, firstPoint: UInt32) {
    reference = feature.rawValue
    firstNode = 0
    lengthCentimeters = 0
    self.firstPoint = firstPoint
    flags = 2
  }

  public var kind: Kind { flags & 2 != 0 ? .point(FeatureID(reference)) : .stretch(WayID(reference)) }
  /// True if the segment runs against the OSM way here.
  public var isReversed: Bool { flags & 1 != 0 }
}

/// The two arcs of a road segment. 8 bytes in the file.
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
}
