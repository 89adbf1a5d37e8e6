import Geometry
import RoadGraph
import Traffic

/// Where a trip may begin or end: a position on an arc, in its direction of travel.
struct RoadPlace: Hashable, Sendable {
  let arc: ArcID
  let position: RoadPosition
}

/// A place of a request on the roads of a profile: its nearest road, and the roads that the place may mean as well.
struct Site: Sendable {
  /// The nearest one first.
  let candidates: [SnapCandidate]

  var places: [RoadPlace] {
    candidates.flatMap { candidate in
      [candidate.arcs.forward, candidate.arcs.backward].compactMap { arc in
        arc.map { RoadPlace(arc: $0, position: candidate.position) }
      }
    }
  }
}

/// Whether a vehicle starts at a place or goes there.
enum SiteRole {
  case origin, destination
}

/// Puts places of requests on roads.
struct SiteFinder: Sendable {
  /// How far the other carriageway of a divided road may lie behind the nearest one.
  static let carriagewayMeters = 40.0
  /// Two carriageways run within this angle of parallel.
  static let carriagewayDegrees = 35.0
  private static let neighboursMax = 12
  /// So much farther than the nearest road may a place be moved to stand on the main road network.
  static let islandMeters = 200.0

  let network: RoadNetwork

  /// The roads that a place means for a vehicle; `nil` if none is near.
  ///
  /// Roads that are part of the main road network come first: an island is taken only where nothing else lies within
  /// ``islandMeters`` of it. On a divided road a place without a heading means both carriageways.
  func site(_ place: Place, role: SiteRole, on roads: ProfileRoads, within reach: SnapReach = SnapReach()) -> Site? {
    var query = Snapper.Query(
      place.coordinate, headingDegrees: place.headingDegrees, radiusMeters: reach.radiusMeters,
      count: Self.neighboursMax, spreadMeters: Self.carriagewayMeters)
    query.headingToleranceDegrees = reach.headingToleranceDegrees
    let near = candidates(query, role: role, on: roads)
    guard let nearest = near.first else { return nil }
    let others = near.dropFirst().filter { isOtherCarriageway($0, of: nearest) }
    return Site(candidates: [nearest] + others)
  }

  /// Roads near a place by ascending distance; see ``site(_:role:on:within:)``.
  func candidates(_ query: Snapper.Query, role: SiteRole, on roads: ProfileRoads) -> [SnapCandidate] {
    let isConnected = role == .origin ? roads.isLeft : roads.isEntered
    let connected = Snapper(network).candidates(query) { arc, piece in
      isConnected[arc.position] && roads.isPassable(arc, at: piece)
    }
    if let nearest = connected.first, nearest.distanceMeters <= Self.islandMeters { return connected }
    let all = Snapper(network).candidates(query) { roads.isPassable($0, at: $1) }
    guard let onMain = connected.first, let nearest = all.first else { return all }
    return onMain.distanceMeters <= nearest.distanceMeters + Self.islandMeters ? connected : all
  }

  private func isOtherCarriageway(_ other: SnapCandidate, of nearest: SnapCandidate) -> Bool {
    guard other.distanceMeters <= nearest.distanceMeters + Self.carriagewayMeters,
      isOneway(other), isOneway(nearest), name(of: other) == name(of: nearest)
    else { return false }
    let turn = abs(other.bearingDegrees - nearest.bearingDegrees).truncatingRemainder(dividingBy: 180)
    return min(turn, 180 - turn) <= Self.carriagewayDegrees
  }

  private func isOneway(_ candidate: SnapCandidate) -> Bool {
    way(of: candidate).map { network.attributes[$0.attributes].flags.contains(.oneway) } ?? false
  }

  private func name(of candidate: SnapCandidate) -> TextID? { way(of: candidate)?.name }

  func way(of candidate: SnapCandidate) -> Way? {
    network.way(of: candidate.position.piece).map { network.ways[$0] }
  }
}
