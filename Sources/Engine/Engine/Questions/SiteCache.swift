import API
import RoadGraph
import Synchronization
import Traffic

/// Where kept places lie on the roads of each profile: traffic leaves that as it is, so it is kept.
final class SiteCache: Sendable {
  /// The places of one profile.
  private struct Placed {
    var roadsVersion: UInt64
    var sites: [Place: MatrixSites] = [:]
  }

  private let role: SiteRole
  private let placed = Mutex<[String: Placed]>([:])
  /// More are forgotten, but for those that were asked for last.
  private static let placesMax = 20_000
  private static let placesBetweenLooks = 64

  /// - Parameter role: what vehicles do at the places.
  init(_ role: SiteRole) { self.role = role }

  /// The roads of some places, and those of islands that they lie nearer to. O(places), and O(log roads) for each that
  /// is new.
  ///
  /// - Throws: `CANCELLED`, `DEADLINE_EXCEEDED`.
  func sites(
    of places: [Place], for profile: ProfileSnapshot, in state: EngineState, _ finder: SiteFinder,
    within limit: WorkLimit
  ) throws(EngineError) -> [MatrixSites] {
    let (name, roadsVersion) = (profile.roads.profile.name, state.snapshot.roadsVersion)
    var known = placed.withLock { $0[name] } ?? Placed(roadsVersion: roadsVersion)
    if known.roadsVersion != roadsVersion { known = Placed(roadsVersion: roadsVersion) }
    var isNew = false
    var found: [MatrixSites] = []
    found.reserveCapacity(places.count)
    for (number, place) in places.enumerated() {
      if let sites = known.sites[place] {
        found.append(sites)
        continue
      }
      if number % Self.placesBetweenLooks == 0 { try limit.check() }
      let sites = finder.matrixSites(place, role, on: profile.roads, within: SnapReach())
      found.append(sites)
      known.sites[place] = sites
      isNew = true
    }
    if isNew {
      if known.sites.count > Self.placesMax {
        known.sites = Dictionary(zip(places, found)) { first, _ in first }
      }
      placed.withLock { $0[name] = known }
    }
    return found
  }
}

extension SiteFinder {
  /// The roads of a place, and those of an island that it lies nearer to; see ``island(at:nearerThan:on:within:)``.
  func matrixSites(_ place: Place, _ role: SiteRole, on roads: ProfileRoads, within reach: SnapReach) -> MatrixSites {
    guard let site = site(place, role: role, on: roads, within: reach) else { return MatrixSites() }
    return MatrixSites(site: site, island: island(at: place, nearerThan: site, on: roads, within: reach))
  }
}
