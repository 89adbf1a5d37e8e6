import Profiles
import RoadGraph

/// A profile on a map without traffic: what never changes while a map is served.
public struct ProfileRoads: Sendable {
  public let costs: CostModel
  /// By `ArcID`, without traffic.
  public let freeFlowWeights: [Weight]
  /// By `TurnID`, without the arc that is left.
  public let turnCosts: [Weight]
  /// Where there is no more to tell than weight and length.
  public let plain: PlainRoads
  /// Arcs that can be driven onto from a network; see ``RoadGraph/ConnectedParts``.
  public let isEntered: [Bool]
  /// Arcs from whose end a network can be driven onto.
  public let isLeft: [Bool]
  /// No road is driven faster: straight lines at this speed bound every travel time from below.
  public let metersPerSecondMax: Double

  public var profile: VehicleProfile { costs.profile }
  public var network: RoadNetwork { costs.network }

  /// Applies a profile to a network. O(pieces + turns).
  ///
  /// - Parameter adjustments: what holds beyond the map's plain tags.
  public init(profile: VehicleProfile, network: RoadNetwork, adjustments: RoadAdjustments = .none) {
    let costs = CostModel(profile: profile, network: network, adjustments: adjustments)
    let arcWeights = costs.arcWeights()
    let (turnCosts, plain) = costs.turnCosts(arcWeights: arcWeights)
    self.costs = costs
    freeFlowWeights = arcWeights
    self.turnCosts = turnCosts
    self.plain = plain
    func isOpen(_ arc: ArcID, _ turn: TurnID) -> Bool {
      turnCosts[turn.position].adding(arcWeights[arc.position]) < .infinity
    }
    let parts = network.connectedParts(isDriven: { arcWeights[$0.position] < .infinity }, isOpen: isOpen)
    isEntered = Self.withShadows(parts.entered(in: network, isOpen: isOpen), network: network)
    isLeft = parts.left(in: network, isOpen: isOpen) { turnCosts[$0.position] < .infinity }
    metersPerSecondMax = Self.metersPerSecondMax(costs)
  }

  /// Flags all arcs of which the original or a shadow is flagged: a road that is entered on a shadow only can be gone
  /// to all the same.
  private static func withShadows(_ flags: [Bool], network: RoadNetwork) -> [Bool] {
    var all = flags
    for arc in network.arcHead.indices where flags[arc.position] { all[network.original(of: arc).position] = true }
    for arc in network.arcHead.indices where all[network.original(of: arc).position] { all[arc.position] = true }
    return all
  }

  private static func metersPerSecondMax(_ costs: CostModel) -> Double {
    let fastestKmh = costs.network.pieces.indices.reduce(0.0) { fastest, piece in
      max(fastest, costs.speedKmh(piece, .forward) ?? 0, costs.speedKmh(piece, .backward) ?? 0)
    }
    return max(fastestKmh, 1) / 3.6
  }

  /// The costs of parts of arcs without traffic.
  public var freeFlowParts: ArcParts { ArcParts(costs: costs) }

  /// True if the vehicle may drive along a piece of an arc at all.
  public func isPassable(_ arc: ArcID, at piece: PieceID) -> Bool {
    costs.pieceCost(piece, SegmentDirection(network.arcCourse[arc])).isPassable
  }

  /// True if it may also begin or end a trip there.
  public func isStop(_ arc: ArcID, at piece: PieceID) -> Bool {
    isPassable(arc, at: piece) && costs.isForStops(piece: piece, SegmentDirection(network.arcCourse[arc]))
  }
}
