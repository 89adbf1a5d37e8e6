import Foundation
import Geometry

/// A hospital that ambulances go to, as the department knows it.
public struct Hospital: Hashable, Codable, Sendable, Identifiable {
  /// The department's name of the hospital, unique.
  @Composed public var id: String
  /// For people.
  @Composed public var name: String
  /// The ambulance entrance: the middle of a campus lies on the wrong street.
  public var place: Place
  /// What it can do (`stroke`, `pci`, `trauma1`), each once.
  @Composed public var capabilities: [String]
  /// From arrival until the patient is handed over.
  public var offloadSeconds: Double
  /// What it last said of itself.
  public var states: [HospitalState]
  /// When it said so; `nil` if it never did. In a put `nil` is now if there are states, and otherwise says nothing of
  /// them: those known stay.
  public var reportedAt: Date?
  /// Who put it: a complete source removes those of its own that it doesn't name any more.
  @Composed public var source: String

  public init(
    id: String, name: String = "", place: Place, capabilities: [String] = [], offloadSeconds: Double = 0,
    states: [HospitalState] = [], reportedAt: Date? = nil, source: String = ""
  ) {
    (self.id, self.name, self.place) = (id, name, place)
    self.capabilities = capabilities
    (self.offloadSeconds, self.states, self.reportedAt) = (offloadSeconds, states, reportedAt)
    self.source = source
  }
}

/// Whether a hospital takes patients.
public enum HospitalStatus: String, CaseIterable, Codable, Sendable {
  /// Nobody knows: it counts as open, and an answer says so.
  case unknown
  case open
  /// It asks to be passed by.
  case diversion
  /// It takes nobody at all.
  case closed
}

/// What a hospital says of one capability, or of all.
public struct HospitalState: Hashable, Codable, Sendable {
  /// Empty: of the hospital as a whole.
  @Composed public var capability: String
  public var status: HospitalStatus
  /// None left is a diversion for that capability; `nil` is not known.
  public var freeBeds: Int?
  /// From then on the state is unknown; `nil` holds until the next report, or until it is too old.
  public var until: Date?

  public init(_ status: HospitalStatus, for capability: String = "", freeBeds: Int? = nil, until: Date? = nil) {
    (self.status, self.capability) = (status, capability)
    (self.freeBeds, self.until) = (freeBeds, until)
  }
}

/// Hospitals to put.
public struct HospitalsPut: Hashable, Sendable {
  public var hospitals: [Hospital]
  /// These are all the hospitals of this source: others that it has put before are removed. `nil` removes none.
  @Composed public var completeSource: String?

  public init(_ hospitals: [Hospital], completeSource: String? = nil) {
    (self.hospitals, self.completeSource) = (hospitals, completeSource)
  }
}

/// What a hospital says of itself now: all its states, in place of those known.
public struct HospitalReport: Hashable, Sendable {
  @Composed public var id: String
  public var states: [HospitalState]
  /// When it said so; `nil` is now.
  public var reportedAt: Date?

  public init(id: String, states: [HospitalState], reportedAt: Date? = nil) {
    (self.id, self.states, self.reportedAt) = (id, states, reportedAt)
  }
}

/// What became of a change of hospitals.
public struct HospitalChangesAnswer: Hashable, Sendable {
  /// The first version whose answers know the change.
  public var version: UInt64
  /// How many hospitals were put, told of or removed.
  public var count: Int
  /// How many of them were known just so already.
  public var unchangedCount = 0
  /// How many said something later already, and so keep their states.
  public var olderStateCount = 0
  /// Hospitals of a complete source that it does not name any more.
  public var removedIDs: [String] = []

  public init(version: UInt64, count: Int) { (self.version, self.count) = (version, count) }
}

/// A hospital as the engine knows it.
public struct ListedHospital: Hashable, Sendable {
  public var hospital: Hospital
  /// Where it is on the road; `nil` if no road is near.
  public var snapped: SnappedPlace?

  public init(_ hospital: Hospital, snapped: SnappedPlace? = nil) {
    (self.hospital, self.snapped) = (hospital, snapped)
  }
}

/// All hospitals by id.
public struct ListHospitalsAnswer: Hashable, Sendable {
  public var version: UInt64
  public var hospitals: [ListedHospital]

  public init(version: UInt64, hospitals: [ListedHospital]) { (self.version, self.hospitals) = (version, hospitals) }
}

// MARK: Checks

extension Validation {
  /// - Throws: ``EngineError`` for the first value that can't be taken; its message names the hospital.
  ///   `INVALID_HOSPITAL`, `INVALID_COORDINATE`, `INVALID_HEADING`, `TIME_AHEAD`, `LIMIT_EXCEEDED`.
  public static func hospital(_ hospital: Hospital, at now: Date, _ limits: EngineLimits) throws(EngineError) {
    try id(hospital.id, .invalidHospital)
    try named("hospital \(hospital.id)") { () throws(EngineError) in
      try text(hospital.name, "the name", .invalidHospital)
      try text(hospital.source, "the source", .invalidHospital)
      try place(hospital.place)
      try atMost(Limits.capabilitiesMax, "capabilities", hospital.capabilities.count, "too many capabilities")
      for capability in hospital.capabilities { try id(capability, .invalidHospital) }
      try unique(hospital.capabilities, .invalidHospital)
      try positive(hospital.offloadSeconds, "the handover", max: Limits.offloadSecondsMax, .invalidHospital)
      try states(hospital.states, hospital.reportedAt, at: now, limits)
    }
  }

  /// - Throws: ``EngineError`` for the first value that can't be taken; its message names the hospital.
  public static func hospitalReport(
    _ report: HospitalReport, at now: Date, _ limits: EngineLimits
  ) throws(EngineError) {
    try id(report.id, .invalidHospital)
    try named("hospital \(report.id)") { () throws(EngineError) in
      try states(report.states, report.reportedAt, at: now, limits)
    }
  }

  private static func states(
    _ states: [HospitalState], _ reportedAt: Date?, at now: Date, _ limits: EngineLimits
  ) throws(EngineError) {
    try notAhead(reportedAt, of: now, "the states' time", limits)
    try atMost(Limits.hospitalStatesMax, "hospital_states", states.count, "too many states")
    for state in states {
      try text(state.capability, "a capability", .invalidHospital)
      if let beds = state.freeBeds, !(0...Limits.hospitalBedsMax).contains(beds) {
        throw EngineError(.invalidHospital, "free beds are 0 to \(Limits.hospitalBedsMax)", value: "\(beds)")
      }
    }
    try unique(states.map(\.capability), .invalidHospital)
  }
}
