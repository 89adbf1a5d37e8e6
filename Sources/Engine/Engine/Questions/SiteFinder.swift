import API
import Fleet
import Geometry
import RoadGraph
import Traffic

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
  /// How much farther away than the nearest road the other carriageway of a divided road may lie: about the error of a
  /// position report. A place that lies clearly on one carriageway means that one.
  static let carriagewayMeters = 10.0
  /// The directions of two carriageways are opposite within this angle.
  static let carriagewayDegrees = 35.0
  private static let neighboursMax = 12

  let network: RoadNetwork

  /// The roads that a place means for a vehicle; `nil` if none is near.
  ///
  /// Roads that are part of the main road network come first: an island is taken only where nothing else is in reach,
  /// since nothing leads there. On a divided road a place without a heading means both carriageways.
  func site(_ place: Place, role: SiteRole, on roads: ProfileRoads, within reach: SnapReach = SnapReach()) -> Site? {
    site(among: candidates(neighbours(place, reach), role: role, on: roads))
  }

  /// The roads of an island that a place lies nearer to than to `site`; `nil` if there is none.
  ///
  /// A trip that begins and ends in one closed area needs no way out of it.
  func island(at place: Place, nearerThan site: Site, on roads: ProfileRoads, within reach: SnapReach) -> Site? {
    var query = neighbours(place, reach)
    query.radiusMeters = site.candidates[0].distanceMeters
    guard query.radiusMeters > 0 else { return nil }
    let near = Snapper(network).candidates(query, isUsable: roads.isStop)
    guard let nearest = near.first, nearest.distanceMeters < query.radiusMeters else { return nil }
    return self.site(among: near)
  }

  /// The place on one OSM way that is nearest to a place; `nil` if the vehicle can't drive off there.
  func site(_ place: Place, onWay way: WayID, on roads: ProfileRoads) -> Site? {
    let query = Snapper.Query(
      place.coordinate, headingDegrees: place.headingDegrees, radiusMeters: Limits.snapRadiusMeters, count: 1)
    let found = Snapper(network).candidates(query) { arc, piece in
      network.way(of: piece) == way && roads.isPassable(arc, at: piece)
    }
    return found.isEmpty ? nil : Site(candidates: found)
  }

  /// Roads near a place by ascending distance; see ``site(_:role:on:within:)``.
  func candidates(_ query: Snapper.Query, role: SiteRole, on roads: ProfileRoads) -> [SnapCandidate] {
    let isConnected = role == .origin ? roads.isLeft : roads.isEntered
    let connected = Snapper(network).candidates(query) { arc, piece in
      isConnected[arc.position] && roads.isStop(arc, at: piece) && isOnTheWay(piece, of: arc, role: role, on: roads)
    }
    return connected.isEmpty ? Snapper(network).candidates(query, isUsable: roads.isStop) : connected
  }

  /// True if no barrier on the arc itself lies between a piece of it and where the vehicle comes from or goes to.
  private func isOnTheWay(_ piece: PieceID, of arc: ArcID, role: SiteRole, on roads: ProfileRoads) -> Bool {
    if roads.freeFlowWeights[arc.position] < .infinity { return true }
    let course = network.arcCourse[arc]
    let middle = RoadPosition(segment: course.segment, piece: piece, fraction: RoadPosition.fractionMax / 2)
    let parts = roads.freeFlowParts
    return switch role {
    case .origin: parts.costToHead(of: arc, from: middle).isPassable
    case .destination: parts.costFromTail(of: arc, to: middle).isPassable
    }
  }

  func query(_ place: Place, _ reach: SnapReach, count: Int, spreadMeters: Double = .infinity) -> Snapper.Query {
    var query = Snapper.Query(
      place.coordinate, headingDegrees: place.headingDegrees, radiusMeters: reach.radiusMeters, count: count,
      spreadMeters: spreadMeters)
    query.headingToleranceDegrees = reach.headingToleranceDegrees
    return query
  }

  /// For a road and its other carriageway.
  private func neighbours(_ place: Place, _ reach: SnapReach) -> Snapper.Query {
    query(place, reach, count: Self.neighboursMax, spreadMeters: Self.carriagewayMeters)
  }

  private func site(among near: [SnapCandidate]) -> Site? {
    guard let nearest = near.first else { return nil }
    let others = near.dropFirst().filter { isOtherCarriageway($0, of: nearest) }
    return Site(candidates: [nearest] + others)
  }

  func way(of candidate: SnapCandidate) -> Way? {
    network.way(of: candidate.position.piece).map { network.ways[$0] }
  }
}

// MARK: Carriageways

extension SiteFinder {
  /// True for the other half of a divided road: a one-way of the same name or number that runs the opposite way.
  ///
  /// What goes on ahead in the same direction is another place, and the far side of a roundabout is one, too.
  private func isOtherCarriageway(_ other: SnapCandidate, of nearest: SnapCandidate) -> Bool {
    guard let one = way(of: nearest), let way = way(of: other), isSameRoad(one, way),
      let there = onewayDegrees(of: other, way), let here = onewayDegrees(of: nearest, one)
    else { return false }
    return 180 - Heading.angleDegrees(there, here) <= Self.carriagewayDegrees
  }

  private func isSameRoad(_ one: Way, _ other: Way) -> Bool {
    one.name != .empty && one.name == other.name || one.ref != .empty && one.ref == other.ref
  }

  /// The direction that traffic has on a one-way that is no roundabout; `nil` elsewhere.
  private func onewayDegrees(of candidate: SnapCandidate, _ way: Way) -> Double? {
    let attributes = network.attributes[way.attributes]
    guard attributes.flags.contains(.oneway), !attributes.flags.contains(.roundabout) else { return nil }
    let access = attributes[againstWay: network.pieces[candidate.position.piece].isReversed].access
    let isAlongShape = !access.isEmpty && !access.contains(.contraflow)
    return candidate.bearingDegrees + (isAlongShape ? 0 : 180)
  }
}

// MARK: Units

/// Where a unit stands: in front of its station's doors, or where it reports from.
extension SiteFinder {
  /// Puts a unit on the roads of its profile.
  func stationed(_ unit: ResponseUnit, in snapshot: TrafficSnapshot) -> StationedUnit {
    guard let roads = snapshot[profile: unit.profile]?.roads else {
      return StationedUnit(unit, starts: [], snapped: nil)
    }
    let site = doorSite(of: unit, on: roads) ?? originSite(of: unit, on: roads)
    guard let nearest = site?.candidates.first else { return StationedUnit(unit, starts: [], snapped: nil) }
    let places = Site(candidates: [nearest]).places
    let starts = places.map { place in
      let rest = roads.freeFlowParts.costToHead(of: place.arc, from: place.position).weight
      let whole = roads.freeFlowWeights[place.arc.position]
      return UnitStart(place: place, traversedWeight: whole - min(rest, whole))
    }
    return StationedUnit(unit, starts: starts, snapped: nearest)
  }

  private func originSite(of unit: ResponseUnit, on roads: ProfileRoads) -> Site? {
    // A heading that fits no road near is a unit that turns or stands: then its place alone counts.
    site(Place(unit.coordinate, headingDegrees: unit.headingDegrees), role: .origin, on: roads)
      ?? site(Place(unit.coordinate), role: .origin, on: roads)
  }

  /// The road in front of the doors behind which a unit stands; `nil` if it is out, or its station has none on record.
  private func doorSite(of unit: ResponseUnit, on roads: ProfileRoads) -> Site? {
    guard let doors = roads.costs.adjustments.overrides.doors(ofStation: unit.station, at: unit.coordinate) else {
      return nil
    }
    let place = Place(doors.coordinate, headingDegrees: doors.headingDegrees)
    let way = doors.wayOSMID.flatMap { network.way(osmID: $0) }
    return way.flatMap { site(place, onWay: $0, on: roads) } ?? site(place, role: .origin, on: roads)
  }
}
