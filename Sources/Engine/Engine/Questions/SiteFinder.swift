import API
import Fleet
import Geometry
import RoadGraph
import Traffic

/// A place of a request on the roads of a profile: its nearest road, and the roads that the place may mean as well.
struct Site: Sendable {
  /// The nearest one first; behind those that the place lies on, the junctions from which a crew walks to it.
  let candidates: [SnapCandidate]

  var places: [RoadPlace] {
    candidates.flatMap { candidate in
      [candidate.arcs.forward, candidate.arcs.backward].compactMap { arc in
        arc.map { RoadPlace(arc: $0, position: candidate.position) }
      }
    }
  }
}

/// Whether a vehicle starts at a place, stops there on its way, or goes there.
enum SiteRole {
  case origin, stop, destination
}

/// Puts places of requests on roads.
///
/// A place lies on the road that is nearest to it. What lies at about the same distance may be meant alike: all arms of
/// a junction, both streets of a corner, both halves of a divided road. Which of them counts shows when it is asked for
/// a way: the one that is reached first.
struct SiteFinder: Sendable {
  /// Roads that lie no farther behind the nearest one are as near: where they cross, meet, or share a line. More moves
  /// places along streets: with 5 m, each fourth place of Milan lay 10 m and more from where OSRM has it.
  static let asNearMeters = 1.0
  /// Far off, roads that lie no farther behind the nearest one than this share of its distance.
  static let asNearShare = 0.01
  /// How much farther away than the nearest road the other carriageway of a divided road may lie: about the error of a
  /// position report. A place that lies clearly on one carriageway means that one.
  static let carriagewayMeters = 10.0
  /// The directions of two carriageways are opposite within this angle.
  static let carriagewayDegrees = 35.0
  /// A heading chooses among the nearest road and those that lie no farther behind it: it tells carriageways and
  /// directions apart, and moves no place to another street.
  static let headingMeters = 30.0
  /// A street that lies no farther behind a tunnel is meant before it.
  static let aboveTunnelMeters = 50.0
  private static let neighboursMax = 24

  let network: RoadNetwork

  /// The roads that a place means for a vehicle; `nil` if none is near.
  ///
  /// Roads of a network come first: an island is taken only where nothing else is in reach, since nothing leads there.
  func site(_ place: Place, role: SiteRole, on roads: ProfileRoads, within reach: SnapReach = SnapReach()) -> Site? {
    let (reach, choice) = (reach.of(place), RoadChoice(role: role, roads: roads, levels: place.levels))
    let isConnected = { choice.isConnected($0, at: $1) }
    let near = roadsAtHand(place, reach, isConnected, choice)
    return site(of: place, at: near.isEmpty ? roadsAtHand(place, reach, { _, _ in true }, choice) : near, choice)
  }

  private func site(of place: Place, at near: [SnapCandidate], _ choice: RoadChoice) -> Site? {
    guard !near.isEmpty else { return nil }
    let near = place.side.map { side in near.map { $0.keeping(side) } } ?? near
    return Site(candidates: near + CrewWalk(to: place.coordinate, choice).stops(around: near))
  }

  /// The roads of an island that a place lies nearer to than to `site`; `nil` if there is none.
  ///
  /// A trip that begins and ends in one closed area needs no way out of it.
  func island(at place: Place, nearerThan site: Site, on roads: ProfileRoads, within reach: SnapReach) -> Site? {
    let siteMeters = site.candidates[0].distanceMeters
    guard siteMeters > 0 else { return nil }
    let within = SnapReach(
      radiusMeters: siteMeters, headingToleranceDegrees: reach.of(place).headingToleranceDegrees)
    let choice = RoadChoice(role: .stop, roads: roads, levels: place.levels)
    let near = roadsAtHand(place, within, { _, _ in true }, choice)
    guard let nearest = near.first, nearest.distanceMeters < siteMeters else { return nil }
    return Site(candidates: near)
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

  /// The roads near a place by ascending distance, the one that it means first; with a heading only such as run so, if
  /// one of them is at hand.
  func roads(near place: Place, count: Int, on roads: ProfileRoads, within reach: SnapReach) -> [SnapCandidate] {
    guard let meant = site(place, role: .destination, on: roads, within: reach)?.candidates.first else { return [] }
    let choice = RoadChoice(role: .destination, roads: roads, levels: place.levels)
    var query = query(place, reach.of(place), count: count + 1)
    if !fits(meant, query, choice) { query.headingDegrees = nil }
    let others = candidates(query, choice) { choice.isConnected($0, at: $1) }
    let rest = (others.isEmpty ? candidates(query, choice) { _, _ in true } : others)
      .filter { $0.position.segment != meant.position.segment }
    return Array(([meant] + rest).prefix(count))
  }

  private func fits(_ candidate: SnapCandidate, _ query: Snapper.Query, _ choice: RoadChoice) -> Bool {
    var query = query
    (query.radiusMeters, query.count) = (candidate.distanceMeters + Self.asNearMeters, Self.neighboursMax)
    return candidates(query, choice) { _, _ in true }.contains { $0.position == candidate.position }
  }

  func query(_ place: Place, _ reach: SnapReach, count: Int) -> Snapper.Query {
    var query = Snapper.Query(
      place.coordinate, headingDegrees: place.headingDegrees, radiusMeters: reach.radiusMeters, count: count)
    query.headingToleranceDegrees = reach.headingToleranceDegrees
    return query
  }

  func way(of candidate: SnapCandidate) -> Way? {
    network.way(of: candidate.position.piece).map { network.ways[$0] }
  }
}

// MARK: The roads at hand

extension SiteFinder {
  /// Which arcs count at a piece of them.
  typealias IsUsable = (ArcID, PieceID) -> Bool

  /// The nearest road that counts for a place, then those that may be meant alike, by ascending distance.
  ///
  /// Those need not count by themselves: a road that leads out of the map is as good a start as any to vehicles
  /// that go there.
  private func roadsAtHand(_ place: Place, _ reach: SnapReach, _ isUsable: IsUsable, _ choice: RoadChoice)
    -> [SnapCandidate]
  {
    guard let (nearest, query) = nearestRoad(to: place, reach, isUsable, choice) else { return [] }
    let others = alike(nearest, query, choice)
    let own = others.first { $0.position == nearest.position } ?? nearest
    let near = [own] + others.filter { $0.position.segment != nearest.position.segment }
    return query.headingDegrees == nil ? withoutIdleTurns(near, choice) : near
  }

  /// The nearest road that counts: in the direction of a heading, if one at hand runs so, and above ground, if one
  /// does. With it the query that found it.
  private func nearestRoad(to place: Place, _ reach: SnapReach, _ isUsable: IsUsable, _ choice: RoadChoice)
    -> (road: SnapCandidate, query: Snapper.Query)?
  {
    var query = query(place, reach, count: 1)
    query.headingDegrees = nil
    guard var nearest = candidates(query, choice, isUsable).first else { return nil }
    if place.headingDegrees != nil {
      var heading = query
      heading.headingDegrees = place.headingDegrees
      heading.radiusMeters = min(reach.radiusMeters, nearest.distanceMeters + Self.headingMeters)
      // A heading that fits nothing at hand is that of a vehicle which turns, stands, or left its road.
      if let fitting = candidates(heading, choice, isUsable).first { (nearest, query) = (fitting, heading) }
    }
    if choice.isInTunnel(nearest.position.piece) {
      // People live on streets, and who knows where he is by satellites is in no tunnel.
      var above = query
      above.radiusMeters = min(query.radiusMeters, nearest.distanceMeters + Self.aboveTunnelMeters)
      let street = candidates(above, choice) { !choice.isInTunnel($1) && isUsable($0, $1) }.first
      nearest = street ?? nearest
    }
    return (nearest, query)
  }

  /// The roads that are about as near as the nearest one that counts, that one among them, and its other carriageway.
  private func alike(_ nearest: SnapCandidate, _ query: Snapper.Query, _ choice: RoadChoice) -> [SnapCandidate] {
    let meters = nearest.distanceMeters
    let asNear = max(Self.asNearMeters, Self.asNearShare * meters)
    var query = query
    (query.count, query.radiusMeters) = (Self.neighboursMax, meters + max(asNear, Self.carriagewayMeters))
    let isInTunnel = choice.isInTunnel(nearest.position.piece)
    return candidates(query, choice) { isInTunnel || !choice.isInTunnel($1) }.filter { other in
      other.position == nearest.position || abs(other.distanceMeters - meters) <= asNear
        || isOtherCarriageway(other, of: nearest)
    }
  }

  /// At a junction, who starts leaves it on one of its arms and who ends comes on one: a turn there, with nothing to
  /// drive before or behind it, is none. But who comes off a ferry, or goes onto one, has it on one side.
  private func withoutIdleTurns(_ near: [SnapCandidate], _ choice: RoadChoice) -> [SnapCandidate] {
    guard choice.role != .stop else { return near }
    let kept = near.compactMap { candidate -> SnapCandidate? in
      guard let vertex = network.vertex(at: candidate.position), !choice.isLanding(vertex) else { return candidate }
      var candidate = candidate
      func useful(_ arc: ArcID?) -> ArcID? {
        arc.flatMap { (choice.role == .origin ? network.arcTail[$0] : network.arcHead[$0]) == vertex ? $0 : nil }
      }
      candidate.arcs = SegmentArcs(
        forward: useful(candidate.arcs.forward), backward: useful(candidate.arcs.backward))
      return candidate.arcs.forward == nil && candidate.arcs.backward == nil ? nil : candidate
    }
    return kept.isEmpty ? near : kept
  }

  /// The roads near a place on which the vehicle may stop, by ascending distance.
  private func candidates(_ query: Snapper.Query, _ choice: RoadChoice, _ isUsable: IsUsable) -> [SnapCandidate] {
    Snapper(network).candidates(query) { arc, piece in
      isUsable(arc, piece) && choice.isStop(arc, at: piece)
        && (query.headingDegrees == nil || !choice.isContraflow(arc, at: piece))
    }
  }
}

// MARK: Sides

extension SnapCandidate {
  /// Only the direction in which the place lies on a side; both where one may not be driven, or it lies on the road.
  fileprivate func keeping(_ side: StreetSide) -> SnapCandidate {
    guard arcs.forward != nil, arcs.backward != nil, distanceMeters >= StreetSide.onRoadMeters else { return self }
    var candidate = self
    candidate.arcs =
      isLeftOfShape == (side == .left)
      ? SegmentArcs(forward: arcs.forward, backward: nil) : SegmentArcs(forward: nil, backward: arcs.backward)
    return candidate
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

  /// True on a road that traffic takes in one direction, as a carriageway of a divided road is.
  func isOneway(_ position: RoadPosition) -> Bool {
    guard let way = network.way(of: position.piece) else { return false }
    return network.attributes[network.ways[way].attributes].isOneway
  }

  /// The direction that traffic has on a one-way that is no roundabout; `nil` elsewhere.
  private func onewayDegrees(of candidate: SnapCandidate, _ way: Way) -> Double? {
    let attributes = network.attributes[way.attributes]
    guard attributes.isOneway else { return nil }
    let access = attributes[againstWay: network.pieces[candidate.position.piece].isReversed].access
    let isAlongShape = !access.isEmpty && !access.contains(.contraflow)
    return candidate.bearingDegrees + (isAlongShape ? 0 : 180)
  }
}

extension RoadAttributes {
  /// One-way, and no roundabout.
  fileprivate var isOneway: Bool { flags.contains(.oneway) && !flags.contains(.roundabout) }
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
    guard let site, let nearest = site.candidates.first else { return StationedUnit(unit, starts: [], snapped: nil) }
    let starts = site.places.map { place in
      let rest = roads.freeFlowParts.costToHead(of: place.arc, from: place.position).weight
      let whole = roads.freeFlowWeights[place.arc.position]
      return UnitStart(place: place, traversedWeight: whole - min(rest, whole))
    }
    let startsWithinMeters = site.candidates.map { $0.coordinate.distanceMeters(to: nearest.coordinate) }.max() ?? 0
    return StationedUnit(unit, starts: starts, snapped: nearest, startsWithinMeters: startsWithinMeters)
  }

  /// Receivers of vehicles that stand still report a heading of 0: it is no news.
  private func originSite(of unit: ResponseUnit, on roads: ProfileRoads) -> Site? {
    let heading = unit.headingDegrees == 0 ? nil : unit.headingDegrees
    return site(Place(unit.coordinate, headingDegrees: heading), role: .origin, on: roads)
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
