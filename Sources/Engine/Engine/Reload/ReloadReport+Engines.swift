import API
import RoadGraph
import Traffic

extension ReloadReport {
  /// How a successor differs from the engine whose place it took.
  init(_ old: TocsinEngine, _ new: TocsinEngine, _ parts: Set<ReloadPart>) {
    let (before, after) = (old.currentState(), new.currentState())
    self.init(version: after.snapshot.version, before: MapFacts(old.map), after: MapFacts(new.map))
    self.parts = ReloadPart.allCases.filter(parts.contains)
    addedProfiles = new.profileNames.filter { !old.profileNames.contains($0) }
    removedProfiles = old.profileNames.filter { !new.profileNames.contains($0) }
    unitCount = after.fleet.count
    lostUnits = IDList(
      after.fleet.sorted.filter { $0.snapped == nil && before.fleet[$0.unit.id]?.snapped != nil }.map(\.unit.id))
    lostFeatures = IDList(after.layers.featuresOffRoad(onRoadIn: before.layers))
    note(after.traffic, before.traffic, new.map.network, old.map.network)
    linkCount = new.resolver.links.count
    unmatchedTypicalCount = new.typicalMatches.unmatchedCount
  }

  /// Notes what of the files is not on the map.
  mutating func note(_ inputs: EngineInputs, on engine: TocsinEngine) {
    if !inputs.links.isEmpty {
      unmatchedLinks = IDList(Array(Set(engine.resolver.table(of: inputs.links).unmatched.map(\.linkID))))
    }
    speeds = engine.writer.withLock { $0.speedLosses.values.sorted { $0.source < $1.source } }
    guard let overrides = inputs.overrides?.overrides else { return }
    overrideCount = overrides.entryCount
    unmatchedOverrides =
      overrides.resolved(on: engine.map.network, profileNames: Set(engine.profileNames)).unmatched
  }

  /// Less than this share of a closure's length is a part of it.
  private static let wholeShare = 0.95

  private mutating func note(
    _ after: TrafficState, _ before: TrafficState, _ network: RoadNetwork, _ oldNetwork: RoadNetwork
  ) {
    var (unmatched, partly): ([String], [String]) = ([], [])
    for entry in after.entries {
      let meters = network.meters(of: entry.resolved.stretches)
      let metersBefore = before[closureID: entry.closure.id].map { oldNetwork.meters(of: $0.resolved.stretches) }
      if entry.resolved.stretches.isEmpty {
        unmatched.append(entry.closure.id)
      } else if let metersBefore, meters < metersBefore * Self.wholeShare {
        partly.append(entry.closure.id)
      }
    }
    closureCount = after.closureCount
    (unmatchedClosures, partlyMatchedClosures) = (IDList(unmatched), IDList(partly))
  }
}

extension LayerShelf {
  /// Points that no road is near, but was in another shelf: as `layer/id`.
  fileprivate func featuresOffRoad(onRoadIn other: LayerShelf) -> [String] {
    sorted.flatMap { kept -> [String] in
      guard let before = other[name: kept.layer.name] else { return [] }
      return zip(kept.layer.features, kept.positions).filter { feature, position in
        position == nil && feature.point != nil
          && before.position(ofFeature: feature.id).map { before.positions[$0] != nil } ?? false
      }.map { "\(kept.layer.name)/\($0.0.id)" }
    }
  }
}

extension MapFacts {
  fileprivate init(_ map: CityMap) {
    self.init(
      path: map.path, bytes: map.sections.reduce(0) { $0 + UInt64($1.byteCount) },
      vertexCount: map.network.vertexCount, arcCount: map.network.arcCount, wayCount: map.network.ways.count)
  }
}

extension RoadNetwork {
  /// The length of stretches in all.
  fileprivate func meters(of stretches: [DirectedStretch]) -> Double {
    stretches.reduce(0) { $0 + Double(lengthCentimeters(of: $1.piece.piece, $1.extent)) / 100 }
  }
}
