extension CityDraft {
  /// Roundabouts need this much road on every arm.
  private static let leastArmMeters = 48.0

  mutating func placeFeatures() {
    var random = CityRandom(seed: seed, stream: Stream.features)
    cornerUse = [OSMNodeUse](repeating: [], count: map.position.count)
    for corner in map.position.indices where map.roadDegree[corner] > 0 {
      cornerUse[corner] = use(ofCorner: Int32(corner), &random)
    }
    placeBarriers(&random)
  }

  private func use(ofCorner corner: Int32, _ random: inout CityRandom) -> OSMNodeUse {
    let roads = map.roads(from: corner)
    if roads.count == 1 { return random.chance(0.5) ? .turningCircle : [] }
    guard roads.count >= 3 else { return [] }
    let traits = roads.map { map.traits(of: $0) }
    let arterials = traits.count { $0.roadClass.isArterial }
    let collectors = traits.count { $0.roadClass <= .tertiary }
    var use: OSMNodeUse = []
    if random.chance(signalChance(arterials: arterials, collectors: collectors)) { use.insert(.signals) }
    if use.isEmpty, isRoomForRoundabout(roads), random.chance(collectors >= 3 ? 0.16 : 0.003) { return .roundabout }
    if random.chance(restrictionChance(roads: roads.count, arterials: arterials, use)), isRestrictable(traits) {
      use.insert(.restricted)
    }
    return use
  }

  private func signalChance(arterials: Int, collectors: Int) -> Double {
    if arterials >= 3 { return 0.9 }
    if arterials == 2, collectors >= 3 { return 0.75 }
    if arterials == 2 { return 0.05 }
    return collectors >= 4 ? 0.5 : collectors == 3 ? 0.12 : 0
  }

  private func isRoomForRoundabout(_ roads: [Int32]) -> Bool {
    roads.count <= 5
      && roads.allSatisfy { side in
        let traits = map.traits(of: side)
        return traits.roadClass > .primary && traits.structure == .ground && traits.flow == .both
          && !traits.isCutThrough && map.length(side) > CityDraft.leastArmMeters
      } && areArmsApart(roads)
  }

  /// Two arms with less than 45 degrees between them would meet before they reach the circle.
  private func areArmsApart(_ roads: [Int32]) -> Bool {
    roads.indices.allSatisfy { index in
      map.direction(roads[index]).dot(map.direction(roads[(index + 1) % roads.count])) < 0.7
    }
  }

  private func restrictionChance(roads: Int, arterials: Int, _ use: OSMNodeUse) -> Double {
    if use.contains(.signals) { return roads >= 4 ? 0.5 : 0.25 }
    return arterials >= 2 ? 0.05 : 0.006
  }

  /// On one-way and blocked roads a forbidden turn could leave no way out.
  private func isRestrictable(_ traits: [RoadTraits]) -> Bool {
    traits.allSatisfy { ($0.flow == .both || $0.flow == .divided) && $0.access == .everybody }
  }

  // MARK: Barriers

  /// Gates, bollards and cut-throughs on streets that nothing else joins: the network stays connected without them.
  private mutating func placeBarriers(_ random: inout CityRandom) {
    for piece in 0..<map.pieceCount {
      let traits = map.traits[piece]
      let isLocal = traits.roadClass >= .residential && traits.isRoad && traits.flow == .both
      guard isLocal, traits.access == .everybody, traits.barrier.isEmpty, isLonePiece(piece) else { continue }
      guard random.chance(0.07) else { continue }
      map.setTraits(barred(traits, &random), ofPiece: piece)
    }
  }

  private func isLonePiece(_ piece: Int) -> Bool {
    [Int32(2 * piece), Int32(2 * piece + 1)].allSatisfy { side in
      let roads = map.roads(from: map.tail[Int(side)])
      return roads.count >= 3 && roads.count { map.street(of: $0) == map.street[piece] } == 1
    }
  }

  private func barred(_ traits: RoadTraits, _ random: inout CityRandom) -> RoadTraits {
    var barred = traits
    switch random.fraction() {
    case ..<0.22: barred.barrier = .bollard
    case ..<0.40: barred.barrier = .removableBollard
    case ..<0.58: barred.barrier = .gate
    case ..<0.72: barred.barrier = .liftGate
    case ..<0.77: barred.barrier = .lockedGate
    default:
      barred = .cutThrough(&random)
      if random.chance(0.4) { barred.barrier = .removableBollard }
    }
    return barred
  }
}
