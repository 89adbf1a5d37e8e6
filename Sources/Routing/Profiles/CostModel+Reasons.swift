import MapFile
import RoadGraph

extension CostModel {
  /// What decides the cost of a piece in one direction; `nil` at a point that is not felt in it. O(1).
  public func reason(piece: PieceID, _ direction: SegmentDirection) -> RuleReason? {
    let piece = network.pieces[piece]
    let isAgainstWay = direction.isAgainstWay(piece)
    return switch piece.kind {
    case .stretch(let way): roads.rule(way, isAgainstWay: isAgainstWay).reason
    case .point(let feature): points.rule(feature, isAgainstWay: isAgainstWay).reason
    }
  }

  /// What passing a junction costs for what lies there, with the reason and the exemptions; `nil` where nothing lies.
  /// O(1).
  public func junction(_ vertex: VertexID) -> (cost: TravelCost, reason: RuleReason, exemptions: Exemptions)? {
    let rule = points.rule(at: vertex, network.vertexFeature[vertex])
    return rule.reason.map { (rule.cost, $0, rule.exemptions) }
  }

  /// The attributes that an OSM way has at the moment. O(1).
  public func attributes(of way: WayID) -> RoadAttributes { network.attributes[roads.attributes(of: way)] }
}
