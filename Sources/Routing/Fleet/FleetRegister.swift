import API
import Geometry
import RoadGraph

/// A unit where it stands: immutable, so that rankings and changes of the fleet never meet.
public final class StationedUnit: Sendable {
  public let unit: ResponseUnit
  /// Where the unit can drive off; empty if no road for its profile is near.
  public let starts: [UnitStart]
  /// The road that it was snapped to.
  public let snapped: SnapCandidate?
  /// Where that is; straight lines to it, less ``startsWithinMeters``, bound every travel time.
  public let point: SpherePoint
  /// No start lies farther from ``point``.
  public let startsWithinMeters: Double
  public let turnout: Turnout

  public init(_ unit: ResponseUnit, starts: [UnitStart], snapped: SnapCandidate?, startsWithinMeters: Double = 0) {
    (self.unit, self.starts, self.snapped) = (unit, starts, snapped)
    self.startsWithinMeters = startsWithinMeters
    turnout = Turnout(of: unit)
    point = SpherePoint(snapped?.coordinate ?? unit.coordinate)
  }
}

/// Where a unit can drive off, and what it has behind it there.
public struct UnitStart: Hashable, Sendable {
  public let place: RoadPlace
  /// What the whole arc weighs more than the rest ahead of the unit, without traffic; 0 if it can't be driven through.
  public let traversedWeight: Weight

  public init(place: RoadPlace, traversedWeight: Weight) {
    (self.place, self.traversedWeight) = (place, traversedWeight)
  }
}

/// The units of all agencies, by id and by profile: units of one profile are ranked together.
public struct FleetRegister: Sendable {
  private var profileByID: [String: String] = [:]
  private var unitsByProfile: [String: ProfileUnits] = [:]

  public init() {}

  public var count: Int { profileByID.count }

  /// The units of each profile. O(profiles), and O(units) for the first call after a change.
  public var byProfile: [(profile: String, columns: UnitColumns)] {
    unitsByProfile.map { (profile: $0.key, columns: $0.value.columns) }
  }

  /// The profiles that units drive by, in no particular order. O(profiles).
  public var profiles: some Collection<String> { unitsByProfile.keys }

  /// All units by id. O(n log n).
  public var sorted: [StationedUnit] {
    unitsByProfile.values.flatMap(\.byID.values).sorted { $0.unit.id < $1.unit.id }
  }

  public subscript(id: String) -> StationedUnit? { profileByID[id].flatMap { unitsByProfile[$0]?.byID[id] } }

  /// Adds a unit or replaces the one with its id. O(1).
  public mutating func put(_ unit: StationedUnit) {
    let (id, profile) = (unit.unit.id, unit.unit.profile)
    if let known = profileByID.updateValue(profile, forKey: id), known != profile {
      unitsByProfile[known]?.byID[id] = nil
    }
    unitsByProfile[profile, default: ProfileUnits()].byID[id] = unit
  }

  /// The same units, each placed again. O(n).
  public func mapped(_ place: (StationedUnit) -> StationedUnit) -> FleetRegister {
    var register = self
    register.unitsByProfile = unitsByProfile.mapValues { $0.mapped(place) }
    return register
  }

  /// Removes a unit; false if there is none with this id. O(1).
  public mutating func remove(_ id: String) -> Bool {
    guard let profile = profileByID.removeValue(forKey: id) else { return false }
    unitsByProfile[profile]?.byID[id] = nil
    return true
  }
}
