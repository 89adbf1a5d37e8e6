import API

/// Who goes to one incident.
public struct Force: Sendable {
  /// Why a unit is among them. Words that callers see.
  public enum Why: String, CaseIterable, Sendable {
    case closest, committed, wanted
    case mutualAid = "mutual_aid"
    case substitute
    case ifFirst = "if_first"
    case crew
    case keptOverruled = "kept_overruled"
  }

  /// A unit that goes, and as what.
  public struct Member: Sendable {
    public var unit: ResponseUnit
    public var arrival: Arrival
    /// Of ``Wish/lines``; `nil` for one that fits none.
    public var line: Int?
    /// In the line, from 1; 0 for one that is beyond its places.
    public var place: Int
    /// Of the line's needs; above 0 it stands in.
    public var needIndex: Int
    public var why: [Why]
    /// Asked by telephone first.
    public var isOnRequest: Bool
  }

  /// Places of a line that stay open.
  public struct Open: Hashable, Sendable {
    /// Of ``Wish/lines``.
    public var line: Int
    public var count: Int

    public init(line: Int, count: Int) { (self.line, self.count) = (line, count) }
  }

  /// By time of arrival, equal ones by id.
  public internal(set) var members: [Member] = []
  public internal(set) var open: [Open] = []

  /// People on board of all; those of a unit that doesn't say count as none.
  public var crewTotal: Int { members.reduce(0) { $0 + ($1.unit.crewCount ?? 0) } }
  public var isCrewUnknown: Bool { members.contains { $0.unit.crewCount == nil } }
  public var firstMilliseconds: Int64? { members.map(\.arrival.etaMilliseconds).min() }
  public var completeMilliseconds: Int64? { members.map(\.arrival.etaMilliseconds).max() }

  /// The units of a line that count for its report.
  public func members(of line: Int) -> [Member] { members.filter { $0.line == line } }

  mutating func sort() {
    members.sort { ($0.arrival.etaMilliseconds, $0.unit.id) < ($1.arrival.etaMilliseconds, $1.unit.id) }
  }
}
