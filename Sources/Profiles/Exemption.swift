/// Something on a road, at a gate or in a turn that is not open to everybody, or not without stopping.
///
/// A route lists the ones it uses, so that nobody is sent against a one-way without being told.
public enum Exemption: UInt8, CaseIterable, Sendable {
  /// A turn that a restriction forbids to civil traffic.
  case turnBan
  /// Against a one-way.
  case contraflow
  /// A way tagged `private` or `no`.
  case restrictedAccess
  /// A way that civil traffic may use only to reach a place on it.
  case destinationOnly
  case busLane
  /// A way for people on foot or bicycles.
  case pedestrianZone
  /// A way that the map opens for responders only.
  case emergencyWay
  case track
  case ferry
  /// A gate that has to be opened.
  case gate
  case lockedGate
  /// A bollard that has to be taken out or lowered.
  case bollard
  /// Any other barrier that the profile lets pass.
  case barrier

  /// The name that answers use: `turn_ban`.
  public var name: String {
    switch self {
    case .turnBan: "turn_ban"
    case .restrictedAccess: "restricted_access"
    case .destinationOnly: "destination_only"
    case .busLane: "bus_lane"
    case .pedestrianZone: "pedestrian_zone"
    case .emergencyWay: "emergency_way"
    case .lockedGate: "locked_gate"
    case .contraflow, .track, .ferry, .gate, .bollard, .barrier: String(describing: self)
    }
  }
}

/// A set of exemptions.
public struct Exemptions: OptionSet, Hashable, Sendable, BitwiseCopyable {
  public let rawValue: UInt16
  public init(rawValue: UInt16) { self.rawValue = rawValue }
  public init(_ exemption: Exemption) { rawValue = 1 << UInt16(exemption.rawValue) }

  public static let turnBan = Exemptions(.turnBan)
  public static let contraflow = Exemptions(.contraflow)
  public static let restrictedAccess = Exemptions(.restrictedAccess)
  public static let destinationOnly = Exemptions(.destinationOnly)
  public static let busLane = Exemptions(.busLane)
  public static let pedestrianZone = Exemptions(.pedestrianZone)
  public static let emergencyWay = Exemptions(.emergencyWay)
  public static let track = Exemptions(.track)
  public static let ferry = Exemptions(.ferry)
  public static let gate = Exemptions(.gate)
  public static let lockedGate = Exemptions(.lockedGate)
  public static let bollard = Exemptions(.bollard)
  public static let barrier = Exemptions(.barrier)

  /// The exemptions of the set, in the order of ``Exemption/allCases``. O(kinds).
  public var list: [Exemption] { Exemption.allCases.filter { contains(Exemptions($0)) } }
}
