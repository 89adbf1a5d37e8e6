import API
import Foundation
import Geometry
import RoadGraph
import Synchronization

/// What rankings look at of every unit of a profile before they know which ones they need.
///
/// It stands apart from the units themselves: counting references to a thousand units, which other threads count at the
/// same time, takes longer than the rest of a ranking.
public struct UnitColumns: Sendable {
  /// Of one unit.
  public struct Facts: Sendable {
    public let status: UnitStatus
    public let reportedAt: Date
    public let turnout: Turnout
    /// Where it stands; straight lines to it, less ``startsWithinMeters``, bound every travel time.
    public let point: SpherePoint
    public let startsWithinMeters: Double
    /// False if no road for its profile is near.
    public let isOnRoad: Bool
  }

  /// In no particular order.
  public let units: [StationedUnit]
  /// Of each unit.
  public let facts: [Facts]

  init(_ units: some Collection<StationedUnit>) {
    self.units = Array(units)
    facts = units.map { unit in
      Facts(
        status: unit.unit.status, reportedAt: unit.unit.reportedAt, turnout: unit.turnout, point: unit.point,
        startsWithinMeters: unit.startsWithinMeters, isOnRoad: !unit.starts.isEmpty)
    }
  }
}

/// The units of one profile by id, and their columns, made when they are first asked for.
struct ProfileUnits: Sendable {
  private final class Columns: Sendable {
    let made = Mutex<UnitColumns?>(nil)
  }

  var byID: [String: StationedUnit] = [:] { didSet { forgetColumns() } }
  private var columnsOfNow = Columns()

  /// O(units) for the first call after a change, O(1) for others.
  var columns: UnitColumns {
    columnsOfNow.made.withLock { made in
      if let made { return made }
      let columns = UnitColumns(byID.values)
      made = columns
      return columns
    }
  }

  func mapped(_ place: (StationedUnit) -> StationedUnit) -> ProfileUnits {
    var units = ProfileUnits()
    units.byID = byID.mapValues(place)
    return units
  }

  /// Others may have a copy of the units as they were, with those columns.
  private mutating func forgetColumns() {
    if isKnownUniquelyReferenced(&columnsOfNow) {
      columnsOfNow.made.withLock { $0 = nil }
    } else {
      columnsOfNow = Columns()
    }
  }
}
