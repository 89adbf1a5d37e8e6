import Foundation

/// What an import read, built and left out: stored in the map file, so that nobody has to guess later.
///
/// Two imports of the same source give equal reports.
public struct ImportReport: Codable, Hashable, Sendable {
  /// Objects of one kind that were left out for one reason.
  public struct Dropped: Codable, Hashable, Sendable {
    public var reason: DropReason
    public var count: Int
    /// The first few of them.
    public var examples: [Example]
  }

  /// An object that was left out.
  public struct Example: Codable, Hashable, Sendable {
    public var osmID: Int64
    /// The value that was not understood, if that was the reason.
    public var value: String?
  }

  /// Objects in the source.
  public var osmNodes = 0
  public var osmWays = 0
  public var osmRelations = 0
  /// OSM ways that became roads.
  public var roads = 0
  /// The tables of the network.
  public var vertices = 0
  public var segments = 0
  public var arcs = 0
  /// Arcs against a one-way, for responders only; included in ``arcs``.
  public var contraflowArcs = 0
  /// Copies of arcs that remember how they were entered, for turn restrictions over several roads; included in
  /// ``arcs``.
  public var shadowArcs = 0
  public var turns = 0
  public var bannedTurns = 0
  /// Signals, barriers and the like on roads, by kind.
  public var features: [String: Int] = [:]
  /// Rules of OSM ways and turns that hold at times only.
  public var conditionalRules = 0
  /// Junctions with a name or number, and milestones.
  public var namedPoints = 0
  /// Turn restrictions in force, by the value of their tag; with `:conditional` behind those that hold at times
  /// only, and `:emergency` behind those made for responders.
  public var restrictions: [String: Int] = [:]
  /// The IANA name of the time zone in which the map's conditional rules are meant.
  public var timeZone = ""
  /// Where it comes from: `nearest city: Seoul, 3 km`.
  public var timeZoneOrigin = ""
  /// What speaks against it, for people; `nil` if nothing does.
  public var timeZoneDoubt: String?
  /// The last day of the holidays that were told, by `PH` and `SH`.
  public var holidaysUntil: [String: String] = [:]
  /// What was left out, in the order of ``DropReason``.
  public var dropped: [Dropped] = []

  /// The number of objects left out for `reason`.
  public func count(of reason: DropReason) -> Int { dropped.first { $0.reason == reason }?.count ?? 0 }

  /// The report as JSON with sorted keys: the same bytes for the same report.
  public var json: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    // Integers and texts only: encoding them has no way to fail.
    return (try? encoder.encode(self)).map(Array.init) ?? []
  }
}

/// Why an import leaves something out.
public enum DropReason: String, Codable, CaseIterable, Error {
  case wayNotDriven = "way of a highway class that no vehicle drives"
  case wayNotInUse = "way that is planned, under construction or gone"
  case wayIsArea = "way that is an area"
  case ferryWithoutCars = "ferry that takes no motor vehicles"
  case wayClosedToAll = "way that neither the public nor responders can use"
  case wayTwice = "way that occurs twice"
  case wayTooShort = "way with fewer than 2 known nodes"
  case wayWithGaps = "way with nodes that the source lacks (cut there)"
  case nodeWithoutCoordinate = "node of a road without a valid coordinate"
  case nodeOnMeridian = "node on the 180th meridian that another one stands for (joined)"
  case contraflowOnMotorway = "direction against a one-way motorway, motorway link or trunk road"
  case onewayReversible = "road whose one-way is reversed at times (closed to civil traffic)"
  case unparsableMaxspeed = "maxspeed that is not understood"
  case unlimitedSpeed = "maxspeed=none on a road that is neither motorway nor trunk road (its usual speed counts)"
  case unparsableLanes = "number of lanes that is not understood"
  case unparsableSize = "size or weight limit that is not understood"
  case unparsableDuration = "duration that is not understood"
  case unknownAccess = "access value that is not understood"
  case unknownOneway = "oneway value that is not understood"
  case milestoneWithoutDistance = "milestone without a distance that is understood"
  case unknownSurface = "surface, smoothness or tracktype that is not understood"
  case conditionNotUnderstood = "condition that is not understood"
  case conditionPartNotUnderstood = "part of a condition that is not understood (the rest holds)"
  case conditionOtherVehicles = "condition for other vehicles only"
  case conditionOfOtherKey = "condition of a key that is not read"
  case conditionsTooMany = "condition beside too many others"
  case restrictionUnknown = "restriction of an unknown kind"
  case restrictionOtherVehicles = "restriction for other vehicles only"
  case restrictionExceptsCars = "restriction that does not hold for cars"
  case restrictionIncomplete = "restriction without from, via or to"
  case restrictionMembers = "restriction with more from or to members than its kind has"
  case restrictionSeveralNodes = "restriction via several nodes"
  case restrictionMemberMissing = "restriction whose member is missing from the network"
  case restrictionDisconnected = "restriction whose members do not meet in their order"
  case restrictionAmbiguous = "restriction that fits several turns and names none"
  case restrictionBendsOtherwise = "restriction whose members turn another way than its name says (the members count)"
  case restrictionTurnsBack = "restriction that commands to turn back under another name"
  case restrictionCommandsClosed = "restriction that commands a turn that cars may not make"
  case restrictionContradicted = "restriction of a turn that another one commands (which counts)"
}

extension DropReason {
  /// What is left out of conditional tags has as many causes as values.
  fileprivate var isOfConditions: Bool {
    switch self {
    case .conditionNotUnderstood, .conditionPartNotUnderstood, .conditionOtherVehicles, .conditionOfOtherKey,
      .conditionsTooMany:
      true
    default: false
    }
  }
}

/// Collects what is left out while an import runs.
final class DropLog {
  /// Examples kept per reason; of conditions, each kind is one.
  static let examplesMax = 5
  static let conditionKindsMax = 200

  private var dropped: [DropReason: ImportReport.Dropped] = [:]

  func drop(_ reason: DropReason, osmID: Int64, value: String? = nil) {
    var entry = dropped[reason] ?? ImportReport.Dropped(reason: reason, count: 0, examples: [])
    entry.count += 1
    let isKnownKind = reason.isOfConditions && entry.examples.contains { $0.value == value }
    if !isKnownKind, entry.examples.count < (reason.isOfConditions ? Self.conditionKindsMax : Self.examplesMax) {
      entry.examples.append(ImportReport.Example(osmID: osmID, value: value))
    }
    dropped[reason] = entry
  }

  /// Logs an object once for each value that was not understood.
  func drop(_ reason: DropReason, osmID: Int64, values: [String]) {
    for value in values { drop(reason, osmID: osmID, value: value) }
  }

  /// All entries, in the order of the reasons.
  var entries: [ImportReport.Dropped] { DropReason.allCases.compactMap { dropped[$0] } }
}
