import API
import Foundation
import MapMatching
import Profiles
import RoadGraph
import Traffic

/// The ways of vehicles that were seen at some places.
extension TocsinEngine {
  public func match(_ request: MatchRequest, within limit: WorkLimit) throws(EngineError) -> MatchAnswer {
    try Validation.match(request)
    let state = currentState()
    let layers = try state.layers.asked(request.detail.layers)
    let profile = try profileSnapshot(request.profile, of: state.snapshot)
    let start = request.points[0].at
    let points = request.points.map { point in
      TraceMatcher.Point(
        point.coordinate, seconds: start.flatMap { point.at?.timeIntervalSince($0) },
        deviationMeters: point.accuracyMeters, headingDegrees: point.headingDegrees)
    }
    let found = try TraceMatcher(map.network, .driven(by: profile.roads))
      .match(points, splitsAtGaps: request.splitsAtGaps, check: limit.check)
    var answer = MatchAnswer(
      version: state.snapshot.version, matchings: [],
      points: [MatchedPoint?](repeating: nil, count: request.points.count))
    for (number, match) in found.enumerated() {
      try limit.check()
      let route = Self.route(of: match, in: profile, request.detail, layers)
      answer.matchings.append(Matching(route: route, confidence: match.confidence))
      for (position, point) in match.points.enumerated() {
        let direction = SegmentDirection(map.network.arcCourse[point.arc])
        answer.points[point.index] = MatchedPoint(
          place: sites.snappedPlace(point.snapped, driving: direction), matching: number, number: position,
          alternativesCount: point.alternativesCount)
      }
    }
    return answer
  }

  /// The way of a trace, with a leg from each point to the next.
  private static func route(
    of match: TraceMatch, in profile: ProfileSnapshot, _ detail: RouteDetail, _ layers: [KeptLayer]
  ) -> Route {
    let network = profile.roads.network
    var assembly = RouteAssembly(profile, detail: detail)
    var assets = AssetFinder(layers, profile)
    var reached = (position: match.points[0].snapped.position, arc: match.points[0].arc)
    for (way, end) in zip(match.ways, match.points.dropFirst()) {
      let stays = way.count == 1 && !network.isAhead(end.snapped.position, of: reached.position, on: end.arc)
      let target = stays ? reached.position : end.snapped.position
      let trip = Trip(arcs: way, start: reached.position, end: target, weight: 0, entered: nil)
      assembly.append(trip)
      if !layers.isEmpty { assets.append(trip, afterTurningRound: 0) }
      reached = (target, end.arc)
    }
    var route = assembly.lineWithLegs
    assets.list(in: &route)
    return route
  }
}

extension TraceMatcher.Roads {
  /// What a vehicle may drive when all roads are open: a trace is of the past, and what is closed now wasn't then.
  fileprivate static func driven(by roads: ProfileRoads) -> TraceMatcher.Roads {
    TraceMatcher.Roads { arc, piece in
      roads.isPassable(arc, at: piece)
    } isOpen: { turn, arc in
      roads.freeFlowWeights[roads.network.turnHead[turn].position] < .infinity
        && roads.costs.turnCost(turn, from: arc).isPassable
    }
  }
}

extension RoadNetwork {
  /// True for a position that lies on an arc behind another one, as one drives. O(1).
  fileprivate func isAhead(_ position: RoadPosition, of other: RoadPosition, on arc: ArcID) -> Bool {
    let isAlongShape = (other.piece, other.fraction) < (position.piece, position.fraction)
    let isSame = (other.piece, other.fraction) == (position.piece, position.fraction)
    return !isSame && isAlongShape != arcCourse[arc].isBackward
  }
}
