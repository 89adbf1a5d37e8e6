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

  private func snappedPlace(_ candidate: SnapCandidate, driving direction: SegmentDirection) -> SnappedPlace {
    let way = way(of: candidate)
    let bearing = candidate.bearingDegrees + (direction == .backward ? 180 : 0)
    let isLeft = candidate.isLeftOfShape == (direction == .forward)
    return SnappedPlace(
      coordinate: candidate.coordinate, distanceMeters: candidate.distanceMeters, wayOSMID: way?.osmID ?? 0,
      name: way.map { network.texts[$0.name] } ?? "", headingDegrees: Heading.wrapped(bearing),
      side: candidate.distanceMeters < StreetSide.onRoadMeters ? .none : isLeft ? .left : .right)
  }

  /// The error for a place without a road in reach, with the distance of the nearest one that is not too far to tell.
  func offMap(_ place: Place, within reach: SnapReach, on roads: [ProfileRoads]) -> EngineError {
    let nearest = roads.compactMap { nearestMeters(to: place, within: reach, on: $0) }.min()
    let direction = place.headingDegrees == nil ? "" : " in that direction"
    let hint =
      nearest.map { ": the nearest one is \(Int($0.rounded())) m away" }
      ?? ", nor within \(Int(Limits.nearestRoadMeters)) m"
    return EngineError(
      .offMap, "no road that may be driven\(direction) lies within \(reach.radiusMeters) m of the place\(hint)",
      value: "\(place.coordinate)")
  }

  private func nearestMeters(to place: Place, within reach: SnapReach, on roads: ProfileRoads) -> Double? {
    var query = query(place, reach, count: 1)
    query.radiusMeters = Limits.nearestRoadMeters
    return Snapper(network).candidates(query, isUsable: roads.isPassable).first?.distanceMeters
  }
}
