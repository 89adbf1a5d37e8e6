/// Something on a road, at a gate or in a turn that is not open to everybody, or not without stopping.
///
/// A route lists the ones it uses, so that nobody is sent against a one-way without being told.
public enum Exemption: UInt8, CaseIterable, Sendable {
  /// A turn that a restriction forbids to civil traffic.
  case turnBan
  /// A turn that a restriction forbids to responders.
  case emergencyTurnBan
  /// Against a one-way.
  case contraflow
  /// A way, or a gate, for whom its owner lets in (`private`, `permit`).
  case privateRoad
  /// A way closed to civil traffic (`no`, `agricultural`).
  case restrictedAccess
  /// A way that civil traffic may use only to reach a place on it.
  case destinationOnly
  case busLane
  /// A way for cars with several people in them.
  case highOccupancy
  /// A way for people on foot or bicycles.
  case pedestrianZone
  /// A paved path, wide enough to drive on.
  case parkPath
  /// A way that the map opens for responders only.
  case emergencyWay
  case track
  /// A ferry, or a train for cars.
  case ferry
  /// A sign says that the vehicle is too large or too heavy.
  case legalLimit
  /// A road over ice or snow, which is there in winter only.
  case winterRoad
  /// A road through water.
  case ford
  /// A road that is under water now and then.
  case floodProne
  /// A gate that has to be opened.
  case gate
  case lockedGate
  /// A bollard that has to be taken out or lowered.
  case bollard
  /// Any other barrier that the profile lets pass.
  case barrier

  /// The name that answers use: `turn_ban`.
  public var name: String { Self.names[Int(rawValue)] }

  private static let names = allCases.map { "\($0)".replacing(/[A-Z]/) { "_\($0.output.lowercased())" } }
}

/// A set of exemptions.
public struct Exemptions: OptionSet, Hashable, Sendable, BitwiseCopyable {
  public let rawValue: UInt32
  public init(rawValue: UInt32) { self.rawValue = rawValue }
  public init(_ exemption: Exemption) { rawValue = 1 << UInt32(exemption.rawValue) }

  public static let turnBan = Exemptions(.turnBan)
  public static let emergencyTurnBan = Exemptions(.emergencyTurnBan)
  public static let contraflow = Exemptions(.contraflow)
  public static let privateRoad = Exemptions(.privateRoad)
  public static let restrictedAccess = Exemptions(.restrictedAccess)
  public static let destinationOnly = Exemptions(.destinationOnly)
  public static let busLane = Exemptions(.busLane)
  public static let highOccupancy = Exemptions(.highOccupancy)
  public static let pedestrianZone = Exemptions(.pedestrianZone)
  public static let parkPath = Exemptions(.parkPath)
  public static let emergencyWay = Exemptions(.emergencyWay)
  public static let track = Exemptions(.track)
  public static let ferry = Exemptions(.ferry)
  public static let legalLimit = Exemptions(.legalLimit)
  public static let winterRoad = Exemptions(.winterRoad)
  public static let ford = Exemptions(.ford)
  public static let floodProne = Exemptions(.floodProne)
  public static let gate = Exemptions(.gate)
  public static let lockedGate = Exemptions(.lockedGate)
  public static let bollard = Exemptions(.bollard)
  public static let barrier = Exemptions(.barrier)

  /// The exemptions of the set, in the order of ``Exemption/allCases``. O(kinds).
  public var list: [Exemption] { Exemption.allCases.filter { contains(Exemptions($0)) } }
}
