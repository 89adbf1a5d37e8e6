import API
import Geometry
import Profiles
import RoadGraph
import Traffic

/// What answers say of places on roads, and of places that no road is near.
extension SiteFinder {
  /// A snapped place, in the only direction that may be driven, or else that of the map.
  func snappedPlace(_ candidate: SnapCandidate) -> SnappedPlace {
    snappedPlace(candidate, driving: candidate.arcs.forward == nil ? .backward : .forward)
  }

  /// The place that a trip begins or ends at.
  ///
  /// - Parameter arc: the arc that the trip drives there.
  func snappedPlace(at position: RoadPosition, on arc: ArcID, of site: Site) -> SnappedPlace {
    snappedPlace(
      site.candidates.first { $0.position == position } ?? site.candidates[0],
      driving: SegmentDirection(network.arcCourse[arc]))
  }

  /// The OSM nodes between which a snapped place lies, in the only direction that may be driven, or else that of the
  /// map.
  func nodes(at candidate: SnapCandidate) -> OSMNodePair? {
    let position = candidate.position
    let before = network.pointsInside(0...position.fraction, of: position.piece, in: position.segment)
    let nodes = network.osmNodes(of: position.segment)
    let line = max(before.upperBound - 1, 0)
    guard line + 1 < nodes.count else { return nil }
    let pair = OSMNodePair(from: nodes[line], to: nodes[line + 1])
    return candidate.arcs.forward == nil ? OSMNodePair(from: pair.to, to: pair.from) : pair
  }

  func snappedPlace(_ candidate: SnapCandidate, driving direction: SegmentDirection) -> SnappedPlace {
    let way = way(of: candidate)
    let bearing = candidate.bearingDegrees + (direction == .backward ? 180 : 0)
    let isLeft = candidate.isLeftOfShape == (direction == .forward)
    var place = SnappedPlace(
      coordinate: candidate.coordinate, distanceMeters: candidate.distanceMeters, wayOSMID: way?.osmID ?? 0,
      name: way.map { network.texts[$0.name] } ?? "", headingDegrees: Heading.wrapped(bearing),
      side: candidate.distanceMeters < StreetSide.onRoadMeters ? .none : isLeft ? .left : .right)
    if let attributes = way.map({ network.attributes[$0.attributes] }) {
      place.isOnBridge = attributes.flags.contains(.bridge)
      place.isInTunnel = attributes.flags.contains(.tunnel)
      place.layer = attributes.layer
    }
    return place
  }

  /// The error for a place without a road in reach, with the distance of the nearest one that is not too far to tell.
  func offMap(_ place: Place, within reach: SnapReach, on roads: [ProfileRoads]) -> EngineError {
    let reach = reach.of(place)
    let nearest = roads.compactMap { nearestMeters(to: place, on: $0) }.min()
    let level = place.levels == .all ? "" : " on the levels that are meant"
    let hint =
      nearest.map { ": the nearest one is \(Int($0.rounded())) m away" }
      ?? ", nor within \(Int(Limits.nearestRoadMeters)) m"
    return EngineError(
      .offMap, "no road that may be driven\(level) lies within \(reach.radiusMeters) m of the place\(hint)",
      value: "\(place.coordinate)")
  }

  private func nearestMeters(to place: Place, on roads: ProfileRoads) -> Double? {
    let query = Snapper.Query(place.coordinate, radiusMeters: Limits.nearestRoadMeters, count: 1)
    let choice = RoadChoice(role: .destination, roads: roads, levels: place.levels)
    return Snapper(network).candidates(query, isUsable: choice.isStop).first?.distanceMeters
  }
}
