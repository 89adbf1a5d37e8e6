import Foundation

/// Which hospital takes a patient: the nearest one that can, by drive from the scene.
public struct HospitalsRequest: Sendable {
  /// Who takes the patient there.
  public enum Carrier: Hashable, Sendable {
    /// A vehicle at the scene, by its profile.
    case profile(String)
    /// A unit that comes to the scene first, or is there.
    case unit(id: String)
    /// Of these units those that are at the hospital first: the whole chain of unit, scene and hospital.
    case units(UnitFilter)
  }

  public var scene: Place
  public var carrier: Carrier
  /// From the unit's arrival until it leaves with the patient.
  public var onSceneSeconds = 0.0
  /// A hospital must have all of these.
  @Composed public var capabilities: [String] = []
  /// How many hospitals are wanted, 1 to ``Limits/rankedHospitalsMax``.
  public var count = HospitalsRequest.countDefault
  /// The nearest hospital with these as well comes first if it costs at most ``preferenceSecondsMax`` more.
  @Composed public var preferredCapabilities: [String] = []
  public var preferenceSecondsMax = 0.0
  /// States that are older count as unknown.
  public var stateAgeSecondsMax = HospitalsRequest.stateAgeSecondsDefault
  /// Hospitals on diversion are listed last instead of left out.
  public var showsDiverted = false
  /// Hospitals that have refused the patient.
  @Composed public var excludedIDs: [String] = []
  /// For the scene; units have their own.
  public var reach = SnapReach()
  public var detail: RouteDetail = []
  /// Closures that hold for this question only, at most ``Limits/whatIfClosuresMax``. Their times don't matter.
  public var whatIf: [RoadClosure] = []

  public static let countDefault = 5
  public static let stateAgeSecondsDefault = 1_800.0

  public init(scene: Place, carrier: Carrier) { (self.scene, self.carrier) = (scene, carrier) }

  /// True if a unit is to be found as well.
  public var asksForUnits: Bool {
    if case .units = carrier { true } else { false }
  }
}

/// A hospital that the patient can be taken to.
public struct RankedHospital: Hashable, Sendable {
  public var hospital: Hospital
  /// Of what is needed, by what the hospital last said.
  public var status: HospitalStatus
  /// How old that is; `nil` if it never said anything.
  public var stateAgeSeconds: Double?
  /// From the scene.
  public var travelSeconds: Double
  /// From now: the unit, the time on scene, the drive.
  public var arrivalSeconds: Double
  /// From now until the patient is handed over.
  public var handoverSeconds: Double
  /// The unit that takes the patient; empty without one.
  public var unitID: String
  /// It has the preferred capabilities, and takes patients for them.
  public var isPreferred: Bool
  /// How much longer the drive is than to the nearest hospital.
  public var extraSeconds: Double
  /// By so much the nearest hospital of the preferred class is too far to come first; `nil` for others.
  public var tooFarSeconds: Double?
  /// From the scene.
  public var route: Route

  public init(_ hospital: Hospital, status: HospitalStatus, stateAgeSeconds: Double?, route: Route) {
    (self.hospital, self.status, self.stateAgeSeconds) = (hospital, status, stateAgeSeconds)
    (travelSeconds, self.route) = (route.travelSeconds, route)
    (arrivalSeconds, handoverSeconds, extraSeconds) = (route.travelSeconds, route.travelSeconds, 0)
    (unitID, isPreferred) = ("", false)
  }
}

/// The hospitals for a patient.
public struct HospitalsAnswer: Hashable, Sendable {
  public var version: UInt64
  public var scene: SnappedPlace
  /// The unit that was named, or the one that is at the first hospital first; `nil` without one.
  public var unit: RankedUnit?
  /// The one of the preferred class that is near enough, then by arrival.
  public var hospitals: [RankedHospital] = []
  /// All other hospitals, counted by reason.
  public var leftOut: [LeftOutReason: Int] = [:]
  /// All that could take the patient are on diversion: they are listed nevertheless.
  public var areAllDiverted = false

  public init(version: UInt64, scene: SnappedPlace) { (self.version, self.scene) = (version, scene) }
}

extension Validation {
  /// - Throws: ``EngineError`` for the first value of the request that can't be answered.
  public static func hospitals(
    _ request: HospitalsRequest, profiles: [String], _ limits: EngineLimits
  ) throws(EngineError) {
    try place(request.scene)
    try reach(request.reach)
    switch request.carrier {
    case .profile(let name): try profile(name, among: profiles)
    case .unit(let id): try self.id(id, .unknownUnit)
    case .units(let filter): try self.filter(filter, limits)
    }
    try positive(request.onSceneSeconds, "the time on scene")
    try positive(request.preferenceSecondsMax, "what a preferred hospital may cost more")
    try positive(request.stateAgeSecondsMax, "the largest age of a state", max: Limits.timeToLiveSecondsMax)
    try count(request.count, max: Limits.rankedHospitalsMax, "ranked_hospitals")
    for (names, what) in [(request.capabilities, ""), (request.preferredCapabilities, "preferred ")] {
      try atMost(Limits.capabilitiesMax, "capabilities", names.count, "too many \(what)capabilities")
    }
    try atMost(limits.hospitalsMax, "limits.hospitals", request.excludedIDs.count, "too many hospitals are excluded")
  }
}
