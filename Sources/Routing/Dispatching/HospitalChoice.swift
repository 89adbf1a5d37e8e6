import API
import Foundation

/// Which hospitals a patient can be taken to, in which order: arithmetic over times that are known.
public struct HospitalChoice: Sendable {
  /// A hospital, and when the patient would be there.
  public struct Candidate: Sendable {
    public var hospital: Hospital
    /// `nil` if no way leads there.
    public var way: Way?
    /// False if no road is near it.
    public var isOnMap: Bool

    public init(_ hospital: Hospital, way: Way?, isOnMap: Bool = true) {
      (self.hospital, self.way, self.isOnMap) = (hospital, way, isOnMap)
    }
  }

  /// How the patient gets there.
  public struct Way: Hashable, Comparable, Sendable {
    public var needsLastResort: Bool
    /// From now until the patient is there.
    public var arrivalMilliseconds: Int64
    /// From the scene.
    public var travelMilliseconds: Int64

    public init(needsLastResort: Bool = false, arrivalMilliseconds: Int64, travelMilliseconds: Int64) {
      self.needsLastResort = needsLastResort
      (self.arrivalMilliseconds, self.travelMilliseconds) = (arrivalMilliseconds, travelMilliseconds)
    }

    /// A way without a last resort comes first.
    public static func < (one: Way, other: Way) -> Bool {
      if one.needsLastResort != other.needsLastResort { return other.needsLastResort }
      return one.arrivalMilliseconds < other.arrivalMilliseconds
    }
  }

  /// A hospital that is listed.
  public struct Listed: Sendable {
    /// Position among the candidates.
    public var candidate: Int
    public var way: Way
    public var status: HospitalStatus
    public var stateAgeSeconds: Double?
    public var isPreferred = false
    public var extraMilliseconds: Int64 = 0
    public var tooFarMilliseconds: Int64?
  }

  /// In their order.
  public private(set) var listed: [Listed] = []
  public private(set) var leftOut: [LeftOutReason: Int] = [:]
  public private(set) var areAllDiverted = false

  /// O(n log n).
  public init(_ request: HospitalsRequest, _ candidates: [Candidate], at moment: Date) {
    let judge = HospitalJudge(stateAgeSecondsMax: request.stateAgeSecondsMax, moment: moment)
    let excluded = Set(request.excludedIDs)
    let needed = Set(request.capabilities)
    let preferred = needed.union(request.preferredCapabilities)
    var (open, diverted): ([Listed], [Listed]) = ([], [])
    for (number, candidate) in candidates.enumerated() {
      let hospital = candidate.hospital
      if let reason = Self.reason(hospital, excluded, needed) {
        leftOut[reason, default: 0] += 1
        continue
      }
      let verdict = judge.verdict(on: hospital, for: needed)
      guard verdict.status != .closed, let way = candidate.way else {
        let reason: LeftOutReason =
          verdict.status == .closed ? .closed : candidate.isOnMap ? .unreachable : .offMap
        leftOut[reason, default: 0] += 1
        continue
      }
      var row = Listed(candidate: number, way: way, status: verdict.status, stateAgeSeconds: verdict.ageSeconds)
      row.isPreferred =
        !request.preferredCapabilities.isEmpty && preferred.isSubset(of: hospital.capabilities)
        && judge.verdict(on: hospital, for: preferred).status.takesPatients
      if verdict.status == .diversion { diverted.append(row) } else { open.append(row) }
    }
    areAllDiverted = open.isEmpty && !diverted.isEmpty
    listed = Self.order(open, candidates, request) + Self.sorted(diverted, candidates)
    if let nearest = (open.isEmpty ? diverted : open).map(\.way).min() {
      for index in listed.indices {
        listed[index].extraMilliseconds = max(
          0, listed[index].way.arrivalMilliseconds - nearest.arrivalMilliseconds)
      }
    }
    if !areAllDiverted, !request.showsDiverted, !diverted.isEmpty {
      listed.removeLast(diverted.count)
      leftOut[.diversion] = diverted.count
    }
    if listed.count > request.count {
      leftOut[.outranked] = listed.count - request.count
      listed.removeLast(listed.count - request.count)
    }
  }

  /// Why a hospital isn't thought of at all, whatever it says of itself.
  private static func reason(
    _ hospital: Hospital, _ excluded: Set<String>, _ needed: Set<String>
  ) -> LeftOutReason? {
    if excluded.contains(hospital.id) { return .excluded }
    return needed.isSubset(of: hospital.capabilities) ? nil : .capability
  }

  /// By arrival; the nearest one of the preferred class first, if it is near enough.
  private static func order(
    _ rows: [Listed], _ candidates: [Candidate], _ request: HospitalsRequest
  ) -> [Listed] {
    var rows = sorted(rows, candidates)
    guard let nearest = rows.first?.way, let best = rows.firstIndex(where: \.isPreferred) else { return rows }
    let over =
      rows[best].way.arrivalMilliseconds - nearest.arrivalMilliseconds
      - Int64((request.preferenceSecondsMax * 1000).rounded())
    if over > 0 {
      rows[best].tooFarMilliseconds = over
    } else if rows[best].way.needsLastResort == nearest.needsLastResort {
      rows.insert(rows.remove(at: best), at: 0)
    }
    return rows
  }

  private static func sorted(_ rows: [Listed], _ candidates: [Candidate]) -> [Listed] {
    rows.sorted { one, other in
      if one.way < other.way { return true }
      if other.way < one.way { return false }
      return candidates[one.candidate].hospital.id < candidates[other.candidate].hospital.id
    }
  }
}

/// What a hospital's states come to.
struct HospitalJudge {
  let stateAgeSecondsMax: Double
  let moment: Date

  /// The worst of what it says of each capability, and how old that is.
  func verdict(on hospital: Hospital, for capabilities: Set<String>) -> (status: HospitalStatus, ageSeconds: Double?) {
    guard let reportedAt = hospital.reportedAt else { return (.unknown, nil) }
    // What clocks differ by is no age.
    let age = max(0, moment.timeIntervalSince(reportedAt))
    if age > stateAgeSecondsMax { return (.unknown, age) }
    let states = Dictionary(hospital.states.map { ($0.capability, $0) }) { first, _ in first }
    let statuses = (capabilities.isEmpty ? [""] : capabilities).map { status(of: $0, states) }
    return (statuses.max { $0.gravity < $1.gravity } ?? .unknown, age)
  }

  /// What holds for the whole holds for each capability, if it is bad; else what it says of that one counts.
  private func status(of capability: String, _ states: [String: HospitalState]) -> HospitalStatus {
    let whole = states[""].map(status)
    if let whole, !whole.takesPatients { return whole }
    return states[capability].map(status) ?? whole ?? .unknown
  }

  private func status(_ state: HospitalState) -> HospitalStatus {
    if let until = state.until, until <= moment { return .unknown }
    return state.freeBeds == 0 && state.status.takesPatients ? .diversion : state.status
  }
}

extension HospitalStatus {
  /// Whom nobody knows anything of counts as open: to lose hospitals because a feed is silent would be the worse fault.
  fileprivate var takesPatients: Bool { self == .open || self == .unknown }

  fileprivate var gravity: Int {
    switch self {
    case .open: 0
    case .unknown: 1
    case .diversion: 2
    case .closed: 3
    }
  }
}
