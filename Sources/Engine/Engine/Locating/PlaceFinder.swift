import API
import Geometry
import PlaceNames
import RoadGraph

/// What a text may mean: by its form, else by names of the map, the units' stations and the layers.
struct PlaceFinder {
  let engine: TocsinEngine
  let state: EngineState
  let markers: KilometreMarkers

  private var network: RoadNetwork { engine.map.network }

  /// All meanings, the best first.
  ///
  /// - Throws: `UNREADABLE_PLACE` if there is none, `UNKNOWN_MARKER`.
  func places(_ text: String) throws(EngineError) -> [FoundPlace] {
    if let coordinate = PlaceText.coordinate(text) { return [FoundPlace(.coordinate, "\(coordinate)", coordinate)] }
    if let number = NationalPointNumber(text: text), let middle = number.middle {
      return [FoundPlace(.pointNumber, number.description, middle)]
    }
    if let crossing = PlaceText.crossing(text) {
      let found = crossings(crossing.one, crossing.other)
      if !found.isEmpty { return found }
    }
    // A name may end in a number: 세종대로 23. It is a kilometre where the road has markers.
    var unknownMarker: EngineError?
    if let (road, meters) = PlaceText.kilometre(text) {
      do throws(EngineError) {
        let found = try kilometres(road, meters: meters)
        if !found.isEmpty { return found }
      } catch {
        unknownMarker = error
      }
    }
    let named = named(text)
    if !named.isEmpty { return named }
    throw unknownMarker
      ?? EngineError(
        .unreadablePlace,
        "neither a coordinate nor a national point number, nor a kilometre, a crossing or a name that is known",
        value: text)
  }

  private func kilometres(_ road: String, meters: Double) throws(EngineError) -> [FoundPlace] {
    try markers.places(road, meters: meters).map { place in
      let name = [place.road, place.direction, "\(meters / 1_000)"].filter { !$0.isEmpty }.joined(separator: " ")
      var found = FoundPlace(.kilometre, name, place.coordinate)
      found.headingDegrees = place.headingDegrees
      return found
    }
  }

  private func crossings(_ one: String, _ other: String) -> [FoundPlace] {
    let names = engine.locateIndexes.names(of: engine.map)
    return names.crossings(one, other).map { crossing in
      FoundPlace(
        .crossing, "\(network.texts[crossing.one]) × \(network.texts[crossing.other])", crossing.coordinate)
    }
  }

  // MARK: Names

  private func named(_ text: String) -> [FoundPlace] {
    var found: [(fit: NameTable.Fit, place: FoundPlace)] = []
    for match in engine.locateIndexes.names(of: engine.map).matches(text) {
      let kind: FoundPlace.Kind = match.roadClass == nil ? .junction : .street
      found.append((match.fit, FoundPlace(kind, network.texts[match.name], match.coordinate)))
    }
    found += stations(text) + features(text)
    // Sorting keeps what is equal in its order: junctions, streets by class, stations, features.
    return found.enumerated().sorted { ($0.element.fit, $0.offset) < ($1.element.fit, $1.offset) }
      .map(\.element.place)
  }

  /// The stations that units name, where a unit of theirs is at home, or else is available.
  private func stations(_ text: String) -> [(fit: NameTable.Fit, place: FoundPlace)] {
    var places: [String: Coordinate] = [:]
    for unit in state.fleet.sorted.map(\.unit) where !unit.station.isEmpty {
      if let home = unit.home {
        places[unit.station] = home.coordinate
      } else if unit.status == .available, places[unit.station] == nil {
        places[unit.station] = unit.coordinate
      }
    }
    let names = places.keys.sorted()
    let table = NameTable(names.enumerated().map { (name: $0.element, item: UInt32($0.offset)) })
    return table.items(like: text).sorted { ($0.fit, $0.item) < ($1.fit, $1.item) }.compactMap { item, fit in
      let name = names[Int(item)]
      return places[name].map { (fit, FoundPlace(.station, name, $0)) }
    }
  }

  private func features(_ text: String) -> [(fit: NameTable.Fit, place: FoundPlace)] {
    engine.locateIndexes.keep(state.layers)
    return state.layers.sorted.flatMap { layer in
      engine.locateIndexes.index(of: layer).features(like: text)
        .sorted { ($0.fit, $0.feature) < ($1.fit, $1.feature) }.prefix(Limits.foundPlacesMax)
        .compactMap { feature, fit in place(of: layer.layer.features[feature], in: layer).map { (fit, $0) } }
    }
  }

  private func place(of feature: LayerFeature, in layer: KeptLayer) -> FoundPlace? {
    let corners = feature.areas.flatMap(\.corners)
    guard let coordinate = feature.point ?? Coordinate.middle(of: corners) else { return nil }
    var place = FoundPlace(.feature, feature.name.isEmpty ? feature.id : feature.name, coordinate)
    (place.layer, place.id) = (layer.layer.name, feature.id)
    return place
  }
}
