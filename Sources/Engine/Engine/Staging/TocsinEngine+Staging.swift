import API
import Fleet
import Traffic

/// Where units gather out of danger.
extension TocsinEngine {
  public func staging(_ request: StagingRequest, within limit: WorkLimit) throws(EngineError) -> StagingAnswer {
    try Validation.staging(request)
    if !request.profile.isEmpty { try Validation.profile(request.profile, among: profileNames) }
    let hazard = Hazard(request)
    let others = request.profile.isEmpty ? [] : [request.profile]
    return try withTraffic(of: request.whatIf + [hazard.closure], and: others, within: limit) {
      state throws(EngineError) in
      let (places, unusable) = try places(of: request, in: state)
      let units = try force(of: request, in: state, within: limit)
      var scene = Scene(FastestUnitsRequest(incident: request.scene, count: 1))
      var answer = StagingAnswer(
        version: state.snapshot.version, scene: try nearestRoad(to: &scene, in: state.snapshot),
        unitIDs: units.map(\.unit.id))
      let comparison = StagingComparison(
        engine: self, state: state, request: request, hazard: hazard, units: units, limit: limit)
      answer.refused = unusable.map { RefusedStaging($0, .unusable) }
      for (place, judged) in zip(places, try comparison.judged(places)) {
        switch judged {
        case .success(let spot): answer.spots.append(spot)
        case .failure(let refused): answer.refused.append(RefusedStaging(place, refused.obstacle, about: refused.about))
        }
      }
      answer.spots.sort { $0.isBetter(than: $1) }
      answer.refused.sort { $0.place.id < $1.place.id }
      return answer
    }
  }

  /// The places that are asked about; those of a layer that can't be used are apart.
  ///
  /// - Throws: `UNKNOWN_LAYER`, `NO_STAGING_PLACES`, `LIMIT_EXCEEDED`.
  private func places(
    of request: StagingRequest, in state: EngineState
  ) throws(EngineError) -> (places: [StagingPlace], unusable: [StagingPlace]) {
    guard case .layer(let name) = request.places else {
      if case .listed(let places) = request.places { return (places, []) }
      return ([], [])
    }
    let kept = try state.layers.layer(name.composed)
    let all = kept.layer.features.map { feature in
      feature.point.map { StagingPlace(id: feature.id, name: feature.name, $0, capacity: feature.capacity) }
    }
    let unusable = kept.placement.unusable
    let (usable, others) = (
      all.indices.filter { !unusable.contains($0) }.compactMap { all[$0] },
      unusable.sorted().compactMap { all[$0] }
    )
    guard !usable.isEmpty || !others.isEmpty else {
      throw EngineError(.noStagingPlaces, "the layer has no points", value: name)
    }
    try Validation.atMost(
      Limits.stagingPlacesMax, "staging_places", usable.count + others.count, "too many places to gather in")
    return (usable, others)
  }

  /// The units that gather, by id.
  ///
  /// - Throws: `UNKNOWN_UNIT`, `INVALID_ARGUMENT` if nobody goes, and what choosing by a plan throws.
  private func force(
    of request: StagingRequest, in state: EngineState, within limit: WorkLimit
  ) throws(EngineError) -> [StationedUnit] {
    let ids: [String]
    switch request.force {
    case .units(let given): ids = given
    case .incidentType(let type): ids = try chosen(.incidentType(type), request, in: state, within: limit)
    case .plan(let plan): ids = try chosen(.plan(id: plan), request, in: state, within: limit)
    }
    if ids.isEmpty { throw EngineError(.invalidArgument, "no unit goes by the plan") }
    try Validation.atMost(Limits.stagingUnitsMax, "staging_units", ids.count, "too many units")
    return try Set(ids.map(\.composed)).sorted().map { id throws(EngineError) in
      guard let unit = state.fleet[id] else { throw EngineError(.unknownUnit, "no unit has this id", value: id) }
      return unit
    }
  }

  private func chosen(
    _ wanted: RecommendRequest.Wanted, _ request: StagingRequest, in state: EngineState, within limit: WorkLimit
  ) throws(EngineError) -> [String] {
    let question = RecommendRequest(incident: request.scene, wanted: wanted)
    return try recommended(question, in: state, within: limit).answer.units.map(\.unit.unit.id)
  }
}

extension StagingSpot {
  /// By the time until the scene is reached, then by the way on, then by id.
  fileprivate func isBetter(than other: StagingSpot) -> Bool {
    (assembleSeconds + onwardSeconds, onwardSeconds, place.id)
      < (other.assembleSeconds + other.onwardSeconds, other.onwardSeconds, other.place.id)
  }
}

extension LayerFeature {
  /// How many vehicles a place holds, by its tag; `nil` if none says so in whole numbers.
  fileprivate var capacity: Int? {
    tags.first { $0.key == "capacity" }.flatMap { Int($0.value) }.flatMap { $0 < 0 ? nil : $0 }
  }
}
