import API
import Hierarchy
import Traffic

/// Routes through places, and the roads near a place.
extension TocsinEngine {
  public func route(_ request: RouteRequest, within limit: WorkLimit) throws(EngineError) -> RouteAnswer {
    try Validation.route(request)
    return try withTraffic(of: request.whatIf, at: request.departAt, for: request.profile, within: limit) {
      state throws(EngineError) in
      try routed(request, in: state, within: limit).answer
    }
  }

  /// A route, and what it was made of.
  struct Routed {
    var answer: RouteAnswer
    var profile: ProfileSnapshot
    var stops: [Site]
    var legs: [Itinerary.Leg]
  }

  func routed(_ request: RouteRequest, in state: EngineState, within limit: WorkLimit)
    throws(EngineError) -> Routed
  {
    let snapshot = state.snapshot
    let layers = try state.layers.asked(request.detail.layers)
    let profile = try profileSnapshot(request.profile, of: snapshot)
    let (stops, legs) = try legs(request, in: profile, within: limit)
    var assembly = RouteAssembly(profile, detail: request.detail)
    var assets = AssetFinder(layers, profile)
    for leg in legs {
      try limit.check()
      assembly.append(leg.trip, afterTurningRound: leg.turnRound.timeMilliseconds)
      if !layers.isEmpty { assets.append(leg.trip, afterTurningRound: leg.turnRound.timeMilliseconds) }
    }
    let first = legs[0].trip
    var line = assembly.lineWithLegs
    assets.list(in: &line)
    var ends = zip(legs, stops.dropFirst()).map { leg, stop in
      sites.snappedPlace(at: leg.trip.end, on: leg.trip.arcs[leg.trip.arcs.count - 1], of: stop)
    }
    var answer = RouteAnswer(
      version: snapshot.version, from: sites.snappedPlace(at: first.start, on: first.arcs[0], of: stops[0]),
      to: ends.removeLast(), route: line,
      alternatives: try alternatives(to: line, first, stops, request, layers, in: profile, within: limit))
    (answer.via, answer.basis) = (ends, state.basis)
    return Routed(answer: answer, profile: profile, stops: stops, legs: legs)
  }

  public func snap(_ request: SnapRequest) throws(EngineError) -> SnapAnswer {
    try Validation.place(request.place)
    try Validation.count(request.count, max: Limits.snapCandidatesMax, "snap_candidates")
    try Validation.reach(request.reach)
    let snapshot = currentState().snapshot
    let profile = try profileSnapshot(request.profile, of: snapshot)
    let candidates = sites.roads(near: request.place, count: request.count, on: profile.roads, within: request.reach)
    guard !candidates.isEmpty else { throw sites.offMap(request.place, within: request.reach, on: [profile.roads]) }
    let places = candidates.map { candidate in
      var place = sites.snappedPlace(candidate)
      if request.wantsNodes { place.nodes = sites.nodes(at: candidate) }
      return place
    }
    return SnapAnswer(version: snapshot.version, places: places)
  }

  func profileSnapshot(_ name: String, of snapshot: TrafficSnapshot) throws(EngineError) -> ProfileSnapshot {
    try Validation.profile(name, among: profileNames)
    guard let profile = snapshot[profile: name] else {
      throw EngineError(.unknownProfile, "the profile is not served", value: name)
    }
    return profile
  }

  /// The stops of a route and the fastest way from each to the next; neither is ever empty.
  private func legs(_ request: RouteRequest, in profile: ProfileSnapshot, within limit: WorkLimit)
    throws(EngineError) -> (stops: [Site], legs: [Itinerary.Leg])
  {
    let stops = try stops(request, on: profile.roads)
    if let islands = islands(request, nearerThan: stops, on: profile.roads),
      case .success(let legs) = try fastestLegs(
        islands, keepsDirection: request.keepsDirection, in: profile, within: limit)
    {
      return (islands, legs)
    }
    switch try fastestLegs(stops, keepsDirection: request.keepsDirection, in: profile, within: limit) {
    case .success(let legs): return (stops, legs)
    case .failure(let unreachable):
      let (from, to) = (unreachable.index - 1, unreachable.index)
      let closed = try BlockingClosures(profile).ids(from: stops[from].places, to: stops[to].places, check: limit.check)
      throw EngineError(
        .noRoute, "there is no way for \(request.profile) on this map as it is now" + Self.words(closedBy: closed),
        value: "\(request.places[from].coordinate) to \(request.places[to].coordinate)")
    }
  }

  /// More closures than these are not named.
  private static let namedClosuresMax = 5

  private static func words(closedBy ids: [String]) -> String {
    if ids.isEmpty { return "" }
    let others = ids.count > namedClosuresMax ? " and \(ids.count - namedClosuresMax) more" : ""
    return ": closed by " + ids.prefix(namedClosuresMax).joined(separator: ", ") + others
  }

  private func fastestLegs(_ stops: [Site], keepsDirection: Bool, in profile: ProfileSnapshot, within limit: WorkLimit)
    throws(EngineError) -> Result<[Itinerary.Leg], Itinerary.Unreachable>
  {
    try paths.withWorkspace { query throws(EngineError) in
      try Itinerary(stops, keepsDirection: keepsDirection, in: profile, within: limit).fastestLegs(with: query)
    }
  }

  private func stops(_ request: RouteRequest, on roads: ProfileRoads) throws(EngineError) -> [Site] {
    try request.places.enumerated().map { index, place throws(EngineError) in
      let role: SiteRole = index == 0 ? .origin : index == request.places.count - 1 ? .destination : .stop
      guard let site = sites.site(place, role: role, on: roads, within: request.reach) else {
        throw sites.offMap(place, within: request.reach, on: [roads])
      }
      return site
    }
  }

  /// The stops with those put on islands that lie nearer to one than to a network; `nil` if none does. Two of them may
  /// lie in one closed area, or on a way that leads onto the map.
  func islands(_ request: RouteRequest, nearerThan stops: [Site], on roads: ProfileRoads) -> [Site]? {
    let islands = zip(request.places, stops).map { place, stop in
      sites.island(at: place, nearerThan: stop, on: roads, within: request.reach)
    }
    if islands.allSatisfy({ $0 == nil }) { return nil }
    return zip(islands, stops).map { $0 ?? $1 }
  }

  /// The other good ways between two stops. Those that only weigh little more, as both weigh a last resort, but take
  /// far longer are left out.
  private func alternatives(
    to fastest: Route, _ trip: Trip, _ stops: [Site], _ request: RouteRequest, _ layers: [KeptLayer],
    in profile: ProfileSnapshot, within limit: WorkLimit
  ) throws(EngineError) -> [Route] {
    guard request.alternatives > 0, stops.count == 2 else { return [] }
    try limit.check()
    let search = TripSearch(to: stops[1].places, in: profile, within: limit)
    let trips = alternativePaths.withWorkspace {
      search.alternatives(to: trip, from: stops[0].places.map { TripOrigin($0) }, count: request.alternatives, with: $0)
    }
    let secondsMax = fastest.travelSeconds * AlternativePaths.Terms(countMax: 1).stretchMax
    // Ways that differ only in a turn at the very end, where nothing is driven behind it, are one way.
    var known: Set = [trip.drivenCourses(in: map.network)]
    let others = trips.filter { known.insert($0.drivenCourses(in: map.network)).inserted }
    let lines = try others.map { trip throws(EngineError) in
      try limit.check()
      var assembly = RouteAssembly(profile, detail: request.detail)
      assembly.append(trip)
      var line = assembly.lineWithLegs
      AssetFinder.list(layers, along: trip, profile, in: &line)
      return line
    }
    return lines.filter { $0.travelSeconds <= secondsMax }
  }
}
