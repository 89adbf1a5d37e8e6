/// A run card: what a kind of incident wants, alarm by alarm.
public struct ResponsePlan: Hashable, Codable, Sendable, Identifiable {
  /// The department's name of the plan, unique.
  @Composed public var id: String
  /// For people.
  @Composed public var name: String
  /// First alarm, second alarm …: each on top of those before it.
  public var levels: [PlanLevel]
  /// Agencies that are not asked like our own.
  public var agencies: [AgencyRule] = []
  /// Stations in order: then a unit's place in this list counts, not its time. Empty where time counts.
  @Composed public var stationOrder: [String] = []
  /// Units whose times lie in one span of this length are equal, and the one that has been idle longest goes; 0 is no
  /// such span.
  public var tieSeconds = 0.0
  /// How often it was changed since it was new, from 1. Of a put: the one that its writer saw, 0 for whichever.
  public var revision: UInt64 = 0

  public init(id: String, name: String = "", levels: [PlanLevel]) {
    (self.id, self.name, self.levels) = (id, name, levels)
  }
}

extension ResponsePlan {
  /// About what it takes to keep it, or to tell it. O(texts).
  public var byteCount: Int {
    let lines = levels.flatMap(\.lines)
    let texts = [id, name] + stationOrder + agencies.map(\.agency) + levels.map(\.crewLine) + lines.map(\.name)
    return texts.byteCount + lines.flatMap(\.needs).reduce(0) { $0 + $1.byteCount }
  }
}

extension UnitNeed {
  fileprivate var byteCount: Int { [String].textBytes + capabilities.byteCount + agencies.byteCount }
}

extension [String] {
  /// Of an empty text: what keeps it apart from others.
  static var textBytes: Int { 16 }

  /// Of all texts.
  var byteCount: Int { reduce(0) { $0 + $1.utf8.count + Self.textBytes } }
}

/// What one alarm wants on top of the alarms below it.
public struct PlanLevel: Hashable, Codable, Sendable {
  public var lines: [PlanLine]
  /// People that all levels up to this one bring together; units are added until it is met. `nil` is no such aim.
  public var crewTotalMin: Int?
  /// The line that units are added to; empty is the first one.
  @Composed public var crewLine: String

  public init(_ lines: [PlanLine], crewTotalMin: Int? = nil, crewLine: String = "") {
    (self.lines, self.crewTotalMin, self.crewLine) = (lines, crewTotalMin, crewLine)
  }
}

/// This many units of a kind.
public struct PlanLine: Hashable, Codable, Sendable {
  /// Such as `engine`, unique in its level.
  @Composed public var name: String
  /// How many, 1 or more.
  public var count: Int
  /// This many come from however far, the rest only within ``travelSecondsMax``; `nil` is all of them.
  public var minimumCount: Int?
  public var travelSecondsMax: Double?
  /// Who may fill a place: the first is what is meant, the others may stand in.
  public var needs: [UnitNeed]
  /// "If closer": adds a unit only where it is earlier than every unit of the other lines.
  public var isOnlyIfFirst = false
  /// When the last of the line should be there, from the alarm: for the report alone.
  public var goalSeconds: Double?

  public init(_ name: String, count: Int, minimumCount: Int? = nil, needs: [UnitNeed]) {
    (self.name, self.count, self.minimumCount, self.needs) = (name, count, minimumCount, needs)
  }
}

/// Who may fill a place in a line.
public struct UnitNeed: Hashable, Codable, Sendable {
  /// A unit must have all of these.
  @Composed public var capabilities: [String]
  /// A unit must belong to one of these; empty takes all.
  @Composed public var agencies: [String]
  /// Who stands in counts as so much later.
  public var penaltySeconds: Double
  /// People on board at least; `nil` takes any number, also one that is not known.
  public var crewCountMin: Int?

  public init(
    _ capabilities: [String], agencies: [String] = [], penaltySeconds: Double = 0, crewCountMin: Int? = nil
  ) {
    (self.capabilities, self.agencies) = (capabilities, agencies)
    (self.penaltySeconds, self.crewCountMin) = (penaltySeconds, crewCountMin)
  }
}

/// How the units of an agency compare to our own.
public enum AgencyTier: String, CaseIterable, Codable, Sendable {
  /// By time, like our own.
  case closest
  /// Only where the others leave a place open.
  case last
  case never
}

/// How one agency is asked.
public struct AgencyRule: Hashable, Codable, Sendable {
  @Composed public var agency: String
  public var tier: AgencyTier
  /// Its units count as so much later.
  public var penaltySeconds: Double
  /// It is asked by telephone first: its units are marked so.
  public var isOnRequest: Bool

  public init(_ agency: String, tier: AgencyTier = .closest, penaltySeconds: Double = 0, isOnRequest: Bool = false) {
    (self.agency, self.tier, self.penaltySeconds, self.isOnRequest) = (agency, tier, penaltySeconds, isOnRequest)
  }
}

/// A station that keeps this many units that can do something.
public struct KeepRule: Hashable, Codable, Sendable {
  @Composed public var station: String
  /// Empty: whatever they can do.
  @Composed public var capability: String
  /// 1 or more.
  public var count: Int

  public init(station: String, capability: String = "", count: Int) {
    (self.station, self.capability, self.count) = (station, capability, count)
  }
}
