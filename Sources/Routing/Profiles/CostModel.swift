import RoadGraph

/// What driving costs one kind of vehicle on one map: a profile applied to the facts of a road network.
///
/// Attribute sets and point features are few, so their rules are worked out once, in O(ways + features + segments);
/// every cost is then a lookup. The weight of a turn in the graph that is searched is the weight of the arc that it
/// leaves plus the turn's own cost.
public final class CostModel: Sendable {
  public let profile: VehicleProfile
  public let network: RoadNetwork
  public let adjustments: RoadAdjustments
  let roads: WayRules
  let points: PointRules
  let turnRules: TurnRules
  /// The flags of turns that adjustments change for this profile; `nil` for those that its department forbids.
  let turnChanges: [TurnID: TurnFlags?]
  /// True where three roads or more meet that this vehicle may drive at least one way, by `VertexID`.
  let isJunction: [Bool]
  /// Arcs that begin and end in zones, by `ArcID`; empty if the profile has no zones on this map.
  let zones: [ArcZones]

  /// - Parameter adjustments: what holds beyond the map's plain tags.
  public init(profile: VehicleProfile, network: RoadNetwork, adjustments: RoadAdjustments = .none) {
    self.profile = profile
    self.network = network
    self.adjustments = adjustments
    roads = WayRules(profile, network, adjustments)
    points = PointRules(profile, network, adjustments)
    turnRules = TurnRules(profile)
    turnChanges = adjustments.turnFlags(on: network, for: profile)
    isJunction = Self.junctions(of: network, roads)
    zones = roads.hasZones ? ArcZones.all(of: network, roads) : []
  }

  private static func junctions(of network: RoadNetwork, _ roads: WayRules) -> [Bool] {
    var roadCounts = [UInt8](repeating: 0, count: network.vertexCount)
    func count(_ vertex: VertexID, _ pieces: some Sequence<PieceID>) {
      guard roadCounts[vertex.position] < .max, roads.isOpen(atFirstStretchOf: pieces) else { return }
      roadCounts[vertex.position] += 1
    }
    for segment in network.segmentArcs.indices {
      guard let (first, last) = network.ends(of: segment) else { continue }
      count(first, network.pieceIDs(of: segment))
      count(last, network.pieceIDs(of: segment).reversed())
    }
    return roadCounts.map { $0 > 2 }
  }
}

// MARK: Roads

extension CostModel {
  /// The cost of a piece of a segment, in one direction. O(1); O(log segments) in a zone.
  public func pieceCost(_ piece: PieceID, _ direction: SegmentDirection) -> TravelCost {
    cost(piece, direction) { network.segment(of: piece) }
  }

  /// The speed on a stretch in one direction; `nil` where the vehicle can't drive, and for a point. O(1).
  public func speedKmh(_ piece: PieceID, _ direction: SegmentDirection) -> Double? {
    ruled(piece, direction, stretch: { $0.speedKmh }, point: { _ in nil })
  }

  /// The share of civil traffic's delay that the vehicle suffers on a stretch: 0 = none, 1 = all of it. O(1).
  public func civilTrafficShare(_ piece: PieceID, _ direction: SegmentDirection) -> Double {
    ruled(piece, direction, stretch: { $0.civilTrafficShare }, point: { _ in 0 })
  }

  /// What the vehicle needs to pass a piece; empty where everybody may, and where it can't pass at all. O(1).
  public func exemptions(piece: PieceID, _ direction: SegmentDirection) -> Exemptions {
    ruled(piece, direction, stretch: { $0.exemptions }, point: { $0.exemptions })
  }

  /// True if a piece is a last resort in one direction, or entering it is. O(1); O(log segments) in a zone.
  public func isLastResort(piece: PieceID, _ direction: SegmentDirection) -> Bool {
    let cost = pieceCost(piece, direction)
    let perMillisecond = ruled(piece, direction, stretch: { $0.reluctancePerMillisecond }, point: { _ in 0 })
    // What a factor adds is rounded.
    return Double(cost.reluctanceMilliseconds) > perMillisecond * Double(cost.timeMilliseconds) + 1
  }

  /// True where a trip may begin or end: not on a private yard through which the vehicle may drive as a last resort.
  /// O(1).
  public func isForStops(piece: PieceID, _ direction: SegmentDirection) -> Bool {
    ruled(piece, direction, stretch: { $0.isForStops }, point: { _ in true })
  }

  /// What decides the cost of a piece in one direction; `nil` at a point that is not felt in it. O(1).
  public func reason(piece: PieceID, _ direction: SegmentDirection) -> RuleReason? {
    ruled(piece, direction, stretch: { $0.reason }, point: { $0.reason })
  }

  /// What passing a junction costs for what lies there, with the reason and the exemptions; `nil` where nothing lies.
  /// O(1).
  public func junction(_ vertex: VertexID) -> (cost: TravelCost, reason: RuleReason, exemptions: Exemptions)? {
    let rule = points.rule(at: vertex, network.vertexFeature[vertex])
    return rule.reason.map { (rule.cost, $0, rule.exemptions) }
  }

  /// The attributes that an OSM way has at the moment. O(1).
  public func attributes(of way: WayID) -> RoadAttributes { network.attributes[roads.attributes(of: way)] }

  /// What the rule for a piece in one direction says. O(1).
  func ruled<Value>(
    _ id: PieceID, _ direction: SegmentDirection, stretch: (RoadRule) -> Value, point: (PointRule) -> Value
  ) -> Value {
    let piece = network.pieces[id]
    let isAgainstWay = direction.isAgainstWay(piece)
    return switch piece.kind {
    case .stretch(let way): stretch(roads.rule(way, isAgainstWay: isAgainstWay))
    case .point(let feature): point(points.rule(feature, isAgainstWay: isAgainstWay))
    }
  }

  /// The cost of an arc: the sum of its pieces. O(pieces).
  public func arcCost(_ arc: ArcID) -> TravelCost { cost(along: network.arcCourse[arc]) }

  /// The weights of all arcs, by `ArcID`. O(pieces).
  public func arcWeights() -> [Weight] { network.arcCourse.buffer.map { cost(along: $0).weight } }

  private func cost(along course: ArcCourse) -> TravelCost {
    let direction = SegmentDirection(course)
    var sum = TravelCost.zero
    for piece in network.pieceIDs(of: course.segment) { sum += cost(piece, direction) { course.segment } }
    return sum
  }

  private func cost(_ id: PieceID, _ direction: SegmentDirection, in segment: () -> SegmentID) -> TravelCost {
    let piece = network.pieces[id]
    let isAgainstWay = direction.isAgainstWay(piece)
    switch piece.kind {
    case .stretch(let way):
      let rule = roads.rule(way, isAgainstWay: isAgainstWay)
      let cost = rule.cost(lengthCentimeters: piece.lengthCentimeters)
      return rule.isZone && roads.entersZone(at: id, direction, in: segment()) ? cost + .lastResort : cost
    case .point(let feature): return points.rule(feature, isAgainstWay: isAgainstWay).cost
    }
  }
}

// MARK: The graph that is searched

extension CostModel {
  /// The weights of all turns in the graph that is searched: the arc that each one leaves plus its own cost.
  ///
  /// - Parameters:
  ///   - arcWeights: by `ArcID`, such as ``arcWeights()`` with live traffic applied.
  ///   - turnCosts: by `TurnID`.
  /// - Returns: by `TurnID`, never above ``Weight/infinity``. O(turns).
  public static func turnWeights(arcWeights: [Weight], turnCosts: [Weight], network: RoadNetwork) -> [Weight] {
    precondition(arcWeights.count == network.arcCount, "arc weights of another network")
    precondition(turnCosts.count == network.turnCount, "turn costs of another network")
    var weights = turnCosts
    for arc in network.firstTurn.indices {
      for turn in network.firstTurn[arc] { weights[turn] = turnCosts[turn].adding(arcWeights[arc.position]) }
    }
    return weights
  }
}
