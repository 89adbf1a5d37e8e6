import API
import Engine
import Geometry
import Profiles
import RoadGraph
import TOMLText
import Traffic

/// A map with what is compared on it: a profile, the same profile free of the rules of the road, and civil traffic.
///
/// An engine of its own answers: without closures, as the roads are.
public struct CheckedMap: Sendable {
  public let profile: VehicleProfile
  public let civilProfile: VehicleProfile
  /// The profile free of rules.
  let freeProfile: VehicleProfile
  let engine: TocsinEngine
  /// What the department says beyond the map.
  let adjustments: RoadAdjustments
  private let roads: ProfileRoads
  private let unmatched: [UnmatchedOverride]

  public var map: CityMap { engine.map }

  /// Customizes three profiles.
  ///
  /// - Parameters:
  ///   - profile: of the units that start from the stations.
  ///   - civilProfile: for whom roads are looked for that can't be reached.
  ///   - overrides: the department's.
  /// - Throws: ``EngineError``. O(one full customization per profile).
  public init(
    map: CityMap, profile: VehicleProfile, civilProfile: VehicleProfile, overrides: CheckedOverrides? = nil
  ) throws(EngineError) {
    (self.profile, self.civilProfile, freeProfile) = (profile, civilProfile, profile.freeOfRules)
    engine = try TocsinEngine(
      map: map, profiles: ProfileSet([profile, freeProfile, civilProfile]), overridesPath: overrides?.path)
    var adjustments = RoadAdjustments()
    unmatched = overrides?.resolve(on: map.network, into: &adjustments) ?? []
    self.adjustments = adjustments
    roads = ProfileRoads(profile: profile, network: map.network, adjustments: adjustments)
  }

  /// The overrides, or parts of them, that match nothing: nobody drives by them.
  var overrideFindings: [Finding] {
    unmatched.map { entry in
      Finding(
        .overrideUnmatched, .warning, subject: "\(entry.kind.rawValue) \(entry.id)", "line \(entry.line): \(entry.why)",
        osmID: Int64(entry.id))
    }
  }

  /// The fastest way by one of the profiles; `nil` if there is none.
  func route(_ from: Coordinate, _ to: Coordinate, by profile: VehicleProfile) -> RouteAnswer? {
    var request = RouteRequest(places: [Place(from), Place(to)], profile: profile.name)
    request.detail = [.shape]
    return try? engine.route(request)
  }

  /// The road that a place means for one of the profiles; `nil` if none is near.
  func snap(_ place: Coordinate, by profile: VehicleProfile) -> SnappedPlace? {
    try? engine.snap(SnapRequest(place: Place(place), profile: profile.name)).places.first
  }

  /// The nearest road that the profile may drive, whether or not a way leads to it; `nil` if none is near.
  func nearestRoad(_ place: Coordinate) -> (way: Way, meters: Double)? {
    let query = Snapper.Query(place, radiusMeters: Limits.snapRadiusMeters, count: 1)
    let nearest = Snapper(map.network).candidates(query, isUsable: roads.isPassable).first
    return nearest.flatMap { road in
      map.network.way(of: road.position.piece).map { (map.network.ways[$0], road.distanceMeters) }
    }
  }
}

/// A department's file of overrides, to be checked.
public struct CheckedOverrides: Sendable {
  public let path: String
  private let overrides: RoadOverrides
  /// All that there are: an entry for another one matches nothing.
  private let profileNames: Set<String>

  /// Reads the file.
  ///
  /// - Throws: `FileError` with the line and the key of the first fault. O(size of the file).
  public init(path: String, profileNames: [String]) throws(FileError) {
    self.path = path
    self.profileNames = Set(profileNames)
    overrides = try RoadOverrides.load(path)
  }

  func resolve(on network: RoadNetwork, into adjustments: inout RoadAdjustments) -> [UnmatchedOverride] {
    let (resolved, unmatched) = overrides.resolved(on: network, profileNames: profileNames)
    adjustments.overrides = resolved
    return unmatched
  }
}

extension VehicleProfile {
  /// The same vehicle, bound by no rule of the road: what is forbidden is open and costs nothing beyond driving.
  ///
  /// What stands in the way for good (blocks, fixed bollards) still does.
  var freeOfRules: VehicleProfile {
    var free = self
    free.name = name + " without rules"
    let exemptions: [WritableKeyPath<ExemptionRules, PassageRule>] = [
      \.turnBans, \.contraflow, \.emergencyTurnBans, \.privateRoads, \.restrictedAccess, \.destinationOnly, \.busLanes,
      \.highOccupancy, \.emergencyWays, \.legalLimits,
    ]
    for rule in exemptions { free.exemptions[keyPath: rule] = .allowed }
    let barriers: [WritableKeyPath<Barriers, PassageRule>] = [
      \.gate, \.liftGate, \.swingGate, \.lockedGate, \.removableBollard, \.risingBollard,
    ]
    for rule in barriers { free.barriers[keyPath: rule] = .allowed }
    return free
  }
}
