import RoadGraph
import Traffic

extension TocsinEngine {
  public func route(_ request: RouteRequest) throws(EngineError) -> RouteAnswer {
    guard request.places.count >= 2 else {
      throw EngineError(.invalidArgument, "a route needs a start and an end", value: "\(request.places.count) places")
    }
    try Validation.atMost(Limits.viaPointsMax, request.places.count - 2, "too many places on the way")
    for place in request.places { try Validation.place(place) }
    let snapshot = currentState().snapshot
    let profile = try profileSnapshot(request.profile, of: snapshot)
    var assembly = RouteAssembly(profile, detail: request.detail)
    var ends: [SnappedPlace] = []
    for (from, to) in zip(request.places, request.places.dropFirst()) {
      let origin = try site(of: from, role: .origin, on: profile.roads)
      let destination = try site(of: to, role: .destination, on: profile.roads)
      let search = TripSearch(to: destination.places, in: profile)
      guard let trip = paths.withWorkspace({ search.fastestTrip(from: origin.places, with: $0) }) else {
        throw EngineError(
          .noRoute, "there is no way for \(request.profile) on this map as it is now",
          value: "\(from.coordinate) to \(to.coordinate)")
      }
      assembly.append(trip)
      ends.append(origin.snappedPlace(at: trip.start, by: sites))
      ends.append(destination.snappedPlace(at: trip.end, by: sites))
    }
    return RouteAnswer(version: snapshot.version, from: ends[0], to: ends[ends.count - 1], route: assembly.line)
  }

  public func snap(_ request: SnapRequest) throws(EngineError) -> SnapAnswer {
    try Validation.place(request.place)
    try Validation.count(request.count, max: Limits.snapCandidatesMax)
    try Validation.radius(request.radiusMeters, max: Limits.snapRadiusMeters)
    let snapshot = currentState().snapshot
    let profile = try profileSnapshot(request.profile, of: snapshot)
    let query = Snapper.Query(
      request.place.coordinate, headingDegrees: request.place.headingDegrees, radiusMeters: request.radiusMeters,
      count: request.count)
    let candidates = sites.candidates(query, role: .destination, on: profile.roads)
    guard !candidates.isEmpty else { throw offMap(request.place, radiusMeters: request.radiusMeters) }
    return SnapAnswer(version: snapshot.version, places: candidates.map(sites.snappedPlace))
  }

  func profileSnapshot(_ name: String, of snapshot: TrafficSnapshot) throws(EngineError) -> ProfileSnapshot {
    try Validation.profile(name, among: profileNames)
    guard let profile = snapshot[profile: name] else {
      throw EngineError(.unknownProfile, "the profile is not served", value: name)
    }
    return profile
  }

  private func site(of place: Place, role: SiteRole, on roads: ProfileRoads) throws(EngineError) -> Site {
    guard let site = sites.site(place, role: role, on: roads) else {
      throw offMap(place, radiusMeters: Limits.snapRadiusMeters)
    }
    return site
  }

  func offMap(_ place: Place, radiusMeters: Double) -> EngineError {
    EngineError(
      .offMap, "no road that may be driven lies within \(radiusMeters) m of the place", value: "\(place.coordinate)")
  }
}

extension Site {
  /// The candidate that a trip began or ended at.
  func snappedPlace(at position: RoadPosition, by sites: SiteFinder) -> SnappedPlace {
    sites.snappedPlace(candidates.first { $0.position == position } ?? candidates[0])
  }
}
