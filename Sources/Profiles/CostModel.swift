import MapFile
import RoadGraph

/// What driving costs one kind of vehicle on one map: a profile applied to the facts of a road network.
///
/// Attribute sets and point features are few, so their rules are worked out once, in O(attribute sets + features +
/// segments); every cost is then a lookup. The weight of a turn in the graph that is searched is the weight of the
/// arc that it leaves plus the turn's own cost.
public final class CostModel: Sendable {
  public let profile: VehicleProfile
  public let network: RoadNetwork
  public let adjustments: RoadAdjustments
  /// Two per set of attributes: along the OSM way, against it.
  private let roadRules: [RoadRule]
  /// By `FeatureID`.
  private let pointRules: [PointRule]
  private let turnRules: TurnRules
  /// True where three roads or more meet, by `VertexID`.
  private let isJunction: [Bool]

  public init(profile: VehicleProfile, network: RoadNetwork, adjustments: RoadAdjustments = .none) {
    self.adjustments = adjustments
    self.profile = profile
    self.network = network
    roadRules = network.attributes.buffer.flatMap { attributes in
      [false, true].map { profile.roadRule(attributes, againstWay: $0) }
    }
    pointRules = network.features.buffer.map(profile.pointRule)
    turnRules = TurnRules(profile)
    isJunction = Self.junctions(of: network)
  }

  private static func junctions(of network: RoadNetwork) -> [Bool] {
    var roadCounts = [UInt32](repeating: 0, count: network.vertexCount)
    for arcs in network.segmentArcs.buffer {
      guard let arc = arcs.forward ?? arcs.backward else { continue }
      roadCounts[network.arcTail[arc].position] += 1
      roadCounts[network.arcHead[arc].position] += 1
    }
    return roadCounts.map { $0 > 2 }
  }
}

// MARK: Roads

extension CostModel {
  /// The cost of a piece of a segment, in one direction. O(1).
  public func pieceCost(_ piece: PieceID, _ direction: SegmentDirection) -> TravelCost {
    cost(network.pieces[piece], direction)
  }

  /// The speed on a stretch in one direction; `nil` where the vehicle can't drive, and for a point. O(1).
  public func speedKmh(_ piece: PieceID, _ direction: SegmentDirection) -> Double? {
    let piece = network.pieces[piece]
    guard case .stretch(let way) = piece.kind else { return nil }
    return roadRule(way, piece, direction).speedKmh
  }

  /// What the vehicle needs to pass a piece; empty where everybody may, and where it can't pass at all. O(1).
  public func exemptions(piece: PieceID, _ direction: SegmentDirection) -> Exemptions {
    let piece = network.pieces[piece]
    return switch piece.kind {
    case .stretch(let way): roadRule(way, piece, direction).exemptions
    case .point(let feature): pointRules[feature.position].exemptions
    }
  }

  /// The cost of an arc: the sum of its pieces. O(pieces).
  public func arcCost(_ arc: ArcID) -> TravelCost {
    let course = network.arcCourse[arc]
    return cost(ofSegment: course.segment, SegmentDirection(course))
  }

  /// The weights of all arcs, by `ArcID`. O(pieces).
  public func arcWeights() -> [Weight] {
    network.arcCourse.buffer.map { cost(ofSegment: $0.segment, SegmentDirection($0)).weight }
  }

  private func cost(ofSegment segment: SegmentID, _ direction: SegmentDirection) -> TravelCost {
    var sum = TravelCost.zero
    for piece in network.pieces.rows(network.firstPiece[segment]) { sum += cost(piece, direction) }
    return sum
  }

  private func cost(_ piece: Piece, _ direction: SegmentDirection) -> TravelCost {
    switch piece.kind {
    case .stretch(let way): roadRule(way, piece, direction).cost(lengthCentimeters: piece.lengthCentimeters)
    case .point(let feature): pointRules[feature.position].cost
    }
  }

  private func roadRule(_ way: WayID, _ piece: Piece, _ direction: SegmentDirection) -> RoadRule {
    roadRules[2 * network.ways[way].attributes.position + (direction.isAgainstWay(piece) ? 1 : 0)]
  }
}

// MARK: Turns

extension CostModel {
  /// The cost of a turn, with the signal or barrier at the junction, without the arc that it leaves. O(turns there).
  ///
  /// - Parameter arc: the arc that the turn leaves.
  public func turnCost(_ turn: TurnID, from arc: ArcID) -> TravelCost {
    cost(turn, from: arc) { arcCost($0).isPassable }
  }

  /// What the vehicle needs to make a turn; empty where everybody may, and where it can't. O(1).
  public func exemptions(turn: TurnID, from arc: ArcID) -> Exemptions {
    guard turnCost(turn, from: arc).isPassable else { return [] }
    let flags = network.turnAttributes[turn].flags
    let atPoint = pointRule(at: network.arcHead[arc], flags).exemptions
    return turnRules.isBanned(flags) ? atPoint.union(.turnBan) : atPoint
  }

  /// The weights of all turns, by `TurnID`, each without the arc that it leaves.
  ///
  /// - Parameter arcWeights: those of ``arcWeights()``.
  /// - Complexity: O(turns).
  public func turnCosts(arcWeights: [Weight]) -> [Weight] {
    precondition(arcWeights.count == network.arcCount, "weights of another network")
    var weights: [Weight] = []
    weights.reserveCapacity(network.turnCount)
    for arc in network.arcHead.indices {
      for turn in network.turns(from: arc) {
        weights.append(cost(turn, from: arc) { arcWeights[$0.position] < .infinity }.weight)
      }
    }
    return weights
  }

  /// The weights of all turns, by `TurnID`, each without the arc that it leaves. O(pieces + turns).
  public func turnCosts() -> [Weight] { turnCosts(arcWeights: arcWeights()) }

  private func cost(_ turn: TurnID, from arc: ArcID, _ isPassable: (ArcID) -> Bool) -> TravelCost {
    let attributes = network.turnAttributes[turn]
    let vertex = network.arcHead[arc]
    var place: TurnPlace = isJunction[vertex.position] ? .junction : []
    if attributes.flags.contains(.uTurn), turnRules.limitsUTurns,
      attributes.flags.contains(.deadEnd) || isDeadEnd(arc, isPassable)
    {
      place.insert(.deadEnd)
    }
    return turnRules.cost(attributes, at: place) + pointRule(at: vertex, attributes.flags).cost
  }

  /// True if this vehicle can't go on where the arc ends: every road there is closed to it, or banned.
  ///
  /// A vehicle that stops at a gate or drives into a pedestrian zone's last street has to turn round there.
  private func isDeadEnd(_ arc: ArcID, _ isPassable: (ArcID) -> Bool) -> Bool {
    network.turns(from: arc).allSatisfy { turn in
      let attributes = network.turnAttributes[turn]
      if attributes.flags.contains(.uTurn) { return true }
      let cost = turnRules.cost(attributes, at: []) + pointRule(at: network.arcHead[arc], attributes.flags).cost
      return !cost.isPassable || !isPassable(network.turnHead[turn])
    }
  }

  /// The rule for what lies at a junction. Turning round in front of a barrier doesn't pass it.
  private func pointRule(at vertex: VertexID, _ turn: TurnFlags) -> PointRule {
    let feature = network.vertexFeature[vertex]
    guard feature != .none else { return .nothing }
    let rule = pointRules[feature.position]
    return rule.isBarrier && turn.contains(.uTurn) ? .nothing : rule
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
