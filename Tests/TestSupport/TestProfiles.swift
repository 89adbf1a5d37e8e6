import Profiles
import RoadGraph

/// Profiles whose times can be checked by head.
public enum TestProfiles {
  /// As fast as signed, 36 km/h (10 m/s) where nothing is; no time lost at anything; obeys all rules of the road.
  public static let plain = obedient(name: "plain")

  /// Like ``plain``, with lights and siren: turn bans, private roads and bus lanes do not bind it, a gate takes 10 s,
  /// contraflow and removable bollards are last resorts.
  public static let siren: VehicleProfile = {
    var profile = obedient(name: "siren")
    profile.siren = .on
    profile.exemptions.turnBans = .allowed
    profile.exemptions.privateRoads = .allowed
    profile.exemptions.restrictedAccess = .allowed
    profile.exemptions.destinationOnly = .allowed
    profile.exemptions.busLanes = .allowed
    profile.exemptions.emergencyWays = .allowed
    profile.exemptions.contraflow = .lastResort
    profile.barriers.gate = PassageRule(.allowed, delaySeconds: 10)
    profile.barriers.removableBollard = .lastResort
    return profile
  }()

  /// Like ``siren``, but alleys feel four times as long as they are.
  public static let choosy: VehicleProfile = {
    var profile = siren
    profile.name = "choosy"
    profile.reluctance.byService[.alley] = 4
    return profile
  }()

  /// The first two and the ones that come with the engine.
  public static let all = ProfileSet(ProfileSet.builtIn.profiles + [plain, siren])

  private static func obedient(name: String) -> VehicleProfile {
    var profile = VehicleProfile(name: name)
    profile.turns.uTurnConfined = .allowed
    profile.barriers.heightRestrictor = .allowed
    for roadClass in RoadClass.allCases { profile.speeds.byClass[roadClass] = 36 }
    profile.speeds.maxKmh = 300
    profile.speeds.narrowMaxKmh = 300
    profile.speeds.movableBridgeMaxKmh = 300
    return profile
  }
}
