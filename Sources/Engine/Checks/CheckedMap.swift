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
  let engine: TocsinEngine
  let freeName: String
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
    self.profile = profile
    self.civilProfile = civilProfile
    let free = profile.freeOfRules
    freeName = free.name
    engine = try TocsinEngine(
      map: map, profiles: ProfileSet([profile, free, civilProfile]), overridesPath: overrides?.path)
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

  /// The fastest way by the profile; `nil` if there is none.
  func route(_ from: Coordinate, _ to: Coordinate) -> RouteAnswer? { route(from, to, by: profile.name) }

  /// The fastest way if no rule of the road held; `nil` if there is none.
  func freeRoute(_ from: Coordinate, _ to: Coordinate) -> RouteAnswer? { route(from, to, by: freeName) }

  private func route(_ from: Coordinate, _ to: Coordinate, by profile: String) -> RouteAnswer? {
    var request = RouteRequest(places: [Place(from), Place(to)], profile: profile)
    request.detail = [.shape]
    return try? engine.route(request)
  }

  /// The road that a place means for the profile; `nil` if none is near.
  func snap(_ place: Coordinate) -> SnappedPlace? { snap(place, by: profile.name) }

  /// The nearest road that the profile may drive, whether or not a way leads to it; `nil` if none is near.
  func nearestRoad(_ place: Coordinate) -> (way: Way, meters: Double)? {
    let query = Snapper.Query(place, radiusMeters: Limits.snapRadiusMeters, count: 1)
    let nearest = Snapper(map.network).candidates(query, isUsable: roads.isPassable).first
    return nearest.flatMap { road in
      map.network.way(of: road.position.piece).map { (map.network.ways[$0], road.distanceMeters) }
    }
  }

  /// The road that a place would mean if no rule of the road held; `nil` if none is near.
  func freeSnap(_ place: Coordinate) -> SnappedPlace? { snap(place, by: freeName) }

  private func snap(_ place: Coordinate, by profile: String) -> SnappedPlace? {
    try? engine.snap(SnapRequest(place: Place(place), profile: profile)).places.first
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
    free.exemptions.turnBans = .allowed
    free.exemptions.contraflow = .allowed
    free.exemptions.emergencyTurnBans = .allowed
    free.exemptions.privateRoads = .allowed
    free.exemptions.restrictedAccess = .allowed
    free.exemptions.destinationOnly = .allowed
    free.exemptions.busLanes = .allowed
    free.exemptions.highOccupancy = .allowed
    free.exemptions.emergencyWays = .allowed
    free.exemptions.legalLimits = .allowed
    free.barriers.gate = .allowed
    free.barriers.liftGate = .allowed
    free.barriers.swingGate = .allowed
    free.barriers.lockedGate = .allowed
    free.barriers.removableBollard = .allowed
    free.barriers.risingBollard = .allowed
    return free
  }
}
