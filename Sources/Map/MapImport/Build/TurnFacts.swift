import RoadGraph

/// What turns are like: their angles, and what flags tell of them apart from restrictions.
struct TurnFacts {
  let numbering: Numbering
  let vertexArcs: VertexArcs
  let arcs: ArcFacts
  let segments: SegmentBuilder
  let map: SourceMap

  /// Signals that stand up to this far before a junction belong to it.
  private static let signalCentimeters: UInt32 = 4000
  /// A driver that turns less than this follows the road or merges.
  private static let mergeDegrees = 30
  /// A road that is greater by this many classes is given way to.
  private static let yieldRanks = 2

  /// True if another road than the one that `arc` came on can be driven where it ends, with its one-way.
  func goesOn(behind arc: OriginalArcID) -> Bool {
    let segment = numbering.arcCourse[arc.position].segment
    return vertexArcs.out(of: numbering.arcHead[arc.position]).contains { next in
      numbering.arcCourse[next.position].segment != segment && !arcs.isContraflow[next.position]
    }
  }

  /// - Parameter goesOn: what ``goesOn(behind:)`` says of `arc`.
  func attributes(from arc: OriginalArcID, onto next: OriginalArcID, goesOn: Bool) -> TurnAttributes {
    if numbering.arcCourse[arc.position].segment == numbering.arcCourse[next.position].segment {
      var flags: TurnFlags = goesOn ? .uTurn : [.uTurn, .deadEnd]
      if isConfined(arc) { flags.insert(.confined) }
      return TurnAttributes(angleDegrees: 180, flags: flags)
    }
    let angleDegrees = arcs.angleDegrees(from: arc, to: next)
    let yields = abs(angleDegrees) >= Self.mergeDegrees && isOntoGreaterRoad(arc, next) && !hasSignals(arc)
    return TurnAttributes(angleDegrees: angleDegrees, flags: yields ? .yields : [])
  }

  // MARK: Flags

  /// True if there is no room to turn round where an arc ends.
  private func isConfined(_ arc: OriginalArcID) -> Bool {
    let road = attributes(ofWay: arcs.lastWay[arc.position])
    switch road.roadClass {
    case .motorway, .motorwayLink, .trunk, .trunkLink: return true
    default:
      return !road.flags.isDisjoint(with: [.tunnel, .roundabout])
        || road.flags.isSuperset(of: [.bridge, .oneway])
    }
  }

  private func isOntoGreaterRoad(_ arc: OriginalArcID, _ next: OriginalArcID) -> Bool {
    let (left, entered) = (
      attributes(ofWay: arcs.lastWay[arc.position]), attributes(ofWay: arcs.firstWay[next.position])
    )
    guard !entered.flags.contains(.roundabout), !left.flags.contains(.roundabout) else { return false }
    return left.roadClass.rank - entered.roadClass.rank >= Self.yieldRanks
  }

  private func attributes(ofWay way: UInt32) -> RoadAttributes {
    map.roads.attributes[map.roads.ways[Int(way)].attributes.position]
  }

  /// True if there are signals where an arc ends, or shortly before.
  private func hasSignals(_ arc: OriginalArcID) -> Bool {
    let node = numbering.vertexNodes[numbering.arcHead[arc.position].position]
    if isSignal(map.nodes.featureIDs[Int(node)]) { return true }
    let course = numbering.arcCourse[arc.position]
    let segment = course.segment.position
    let pieces = segments.pieces[Int(segments.firstPiece[segment])..<Int(segments.firstPiece[segment + 1])]
    return course.isBackward
      ? endsAtSignal(pieces, isBackward: true) : endsAtSignal(pieces.reversed(), isBackward: false)
  }

  /// - Parameters:
  ///   - pieces: from the end of an arc backwards.
  ///   - isBackward: the arc runs against its segment.
  private func endsAtSignal(_ pieces: some Sequence<Piece>, isBackward: Bool) -> Bool {
    var walkedCentimeters: UInt32 = 0
    for piece in pieces {
      let other: PointFeature.Flags = piece.isReversed == isBackward ? .backwardOnly : .forwardOnly
      if case .point(let feature) = piece.kind, isSignal(feature),
        !map.nodes.features[feature.position].flags.contains(other)
      {
        return true
      }
      walkedCentimeters += piece.lengthCentimeters
      if walkedCentimeters > Self.signalCentimeters { return false }
    }
    return false
  }

  private func isSignal(_ feature: FeatureID) -> Bool {
    feature != .none && map.nodes.features[feature.position].kind == .trafficSignals
  }
}

extension RoadClass {
  /// How great a road is, 0 for the greatest; a link is as great as what it links.
  fileprivate var rank: Int {
    switch self {
    case .motorway, .motorwayLink: 0
    case .trunk, .trunkLink: 1
    case .primary, .primaryLink: 2
    case .secondary, .secondaryLink: 3
    case .tertiary, .tertiaryLink: 4
    case .unclassified: 5
    case .residential, .livingStreet, .busway: 6
    case .service, .ferry, .shuttleTrain: 7
    case .track, .pedestrian, .path: 8
    }
  }
}
