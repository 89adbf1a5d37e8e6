import API
import Geometry
import Languages
import PlaceNames

/// Where somebody is, in words.
extension TocsinEngine {
  public func locate(_ request: LocateRequest, within limit: WorkLimit) throws(EngineError) -> LocateAnswer {
    try Validation.locate(request)
    let language = try Language.named(request.language)
    let state = currentState()
    let markers = locateIndexes.markers(context.locateLayers.markers.flatMap { state.layers[name: $0] }, on: map)
    var found: [FoundPlace] = []
    if case .text(let text) = request.from {
      found = try PlaceFinder(engine: self, state: state, markers: markers).places(text)
      found = Array(found.prefix(Limits.foundPlacesMax))
    }
    try limit.check()
    let place = place(of: request, found)
    var answer = LocateAnswer(version: state.snapshot.version, coordinate: place.coordinate)
    answer.roads = try roads(
      at: place, request, PlaceWriter(sites: sites, language: language, markers: markers, place: place))
    answer.nationalPointNumber = NationalPointNumber(place.coordinate)?.description ?? ""
    answer.district = district(of: place.coordinate, in: state)
    answer.nearby = nearby(place.coordinate, in: state)
    answer.found = found.map { found in
      var found = found
      found.district = district(of: found.coordinate, in: state)
      return found
    }
    return answer
  }

  /// The place that is asked for, or the best one that the text may mean.
  private func place(of request: LocateRequest, _ found: [FoundPlace]) -> Place {
    switch (request.from, found.first) {
    case (.place(let place), _): place
    case (.text, let best?): Place(best.coordinate, headingDegrees: best.headingDegrees, levels: request.levels)
    // What has no meaning was refused.
    case (.text, nil): Place(Coordinate(latitudeE7: 0, longitudeE7: 0))
    }
  }

  private func roads(
    at place: Place, _ request: LocateRequest, _ writer: PlaceWriter
  ) throws(EngineError) -> [LocatedRoad] {
    let atHand = RoadsAtHand(network: map.network, place: place, radiusMeters: request.radiusMeters)
    let entries = atHand.found(count: request.count)
    if !entries.isEmpty { return writer.roads(entries) }
    if let nearest = atHand.nearest() { return [writer.offRoad(nearest)] }
    throw EngineError(
      .offMap, "no road lies within \(Int(Limits.nearestRoadMeters)) m of the place", value: "\(place.coordinate)")
  }

  /// The first area that a place lies in, of the layer that the settings name.
  private func district(of place: Coordinate, in state: EngineState) -> String {
    guard let layer = context.locateLayers.districts.flatMap({ state.layers[name: $0] }),
      let feature = layer.areas.features(at: place).first.map({ layer.layer.features[$0] })
    else { return "" }
    return feature.name.isEmpty ? feature.id : feature.name
  }

  private func nearby(_ place: Coordinate, in state: EngineState) -> [LocatedFeature] {
    let layers = context.locateLayers.nearby.compactMap { state.layers[name: $0] }
    var found: [LocatedFeature] = []
    for layer in layers {
      let near = locateIndexes.index(of: layer).nearest(
        to: place, within: Limits.locatedFeatureMeters, count: Limits.locatedFeaturesMax)
      for (number, meters) in near {
        guard let point = layer.layer.features[number].point else { continue }
        found.append(
          LocatedFeature(
            layer: layer.layer.name, id: layer.layer.features[number].id, name: layer.layer.features[number].name,
            point, distanceMeters: meters))
      }
    }
    return found.sorted { $0.distanceMeters < $1.distanceMeters }
  }
}
