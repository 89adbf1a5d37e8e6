import Engine
import Geometry
import Profiles
import Traffic

/// A map with what is compared on it: a profile, the same profile free of the rules of the road, and civil traffic.
///
/// An engine of its own answers: without closures, as the roads are.
public struct CheckedMap: Sendable {
  public let profile: VehicleProfile
  public let civilProfile: VehicleProfile
  let engine: TocsinEngine
  let freeName: String

  public var map: CityMap { engine.map }

  /// Customizes three profiles.
  ///
  /// - Parameters:
  ///   - profile: of the units that start from the stations.
  ///   - civilProfile: for whom roads are looked for that can't be reached.
  /// - Throws: ``EngineError``. O(one full customization per profile).
  public init(map: CityMap, profile: VehicleProfile, civilProfile: VehicleProfile) throws(EngineError) {
    self.profile = profile
    self.civilProfile = civilProfile
    let free = profile.freeOfRules
    freeName = free.name
    engine = try TocsinEngine(map: map, profiles: ProfileSet([profile, free, civilProfile]))
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

  /// The road that a place would mean if no rule of the road held; `nil` if none is near.
  func freeSnap(_ place: Coordinate) -> SnappedPlace? { snap(place, by: freeName) }

  private func snap(_ place: Coordinate, by profile: String) -> SnappedPlace? {
    try? engine.snap(SnapRequest(place: Place(place), profile: profile)).places.first
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
    free.exemptions.restrictedAccess = .allowed
    free.exemptions.destinationOnly = .allowed
    free.exemptions.busLanes = .allowed
    free.exemptions.emergencyWays = .allowed
    free.barriers.gate = .allowed
    free.barriers.liftGate = .allowed
    free.barriers.swingGate = .allowed
    free.barriers.lockedGate = .allowed
    free.barriers.removableBollard = .allowed
    free.barriers.risingBollard = .allowed
    return free
  }
}
