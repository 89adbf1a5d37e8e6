import Foundation
import Geometry
import Profiles
import RoadGraph
import TOMLText
import TimeRules
import Traffic

/// Explains the OSM ways of a map for one profile, at one moment and without traffic.
public struct WayExplainer: Sendable {
  private let network: RoadNetwork
  private let costs: CostModel
  private let moment: Date
  private let values: [String: String]

  /// Works out the rules that hold at `moment`. O(pieces + turns).
  public init(network: RoadNetwork, profile: VehicleProfile, overrides: CheckedOverrides? = nil, at moment: Date) {
    (self.network, self.moment) = (network, moment)
    var adjustments = RoadSchedule(network).adjustments(at: moment)
    _ = overrides?.resolve(on: network, into: &adjustments)
    costs = CostModel(profile: profile, network: network, adjustments: adjustments)
    values = profile.values
  }

  /// Explains a way; `nil` if the map has no road with this OSM id. O(pieces of the way, rules of the map).
  ///
  /// - Parameter place: only the piece of the way nearest to it is explained; `nil` explains all.
  public func explanation(ofWay osmID: Int64, near place: Coordinate? = nil) -> WayExplanation? {
    guard let way = network.way(osmID: osmID) else { return nil }
    var stretches = network.stretches(of: way).sorted { network.pieces[$0].firstNode < network.pieces[$1].firstNode }
    if let place, let nearest = nearest(of: stretches, to: place) { stretches = [nearest] }
    let passed = stretches.map { points(around: $0) }.flatMap { $0.before + $0.after }
    return WayExplanation(
      way: osmID, name: network.texts[network.ways[way].name], profile: costs.profile.name,
      facts: RoadFacts.list(costs.attributes(of: way)), conditions: conditions(of: way, passed),
      overrides: overrides(of: way, passed), parts: parts(stretches))
  }

  private func nearest(of stretches: [PieceID], to place: Coordinate) -> PieceID? {
    let wanted = Set(stretches)
    let query = Snapper.Query(place, radiusMeters: Self.radiusMeters, count: 1)
    return Snapper(network).candidates(query) { wanted.contains($1) }.first?.position.piece
  }

  /// A place that is farther from the way was not meant.
  private static let radiusMeters = 1_000.0
}

// MARK: What the map and the department say

extension WayExplainer {
  private func conditions(of way: WayID, _ points: [Point]) -> [WayExplanation.Condition] {
    let plain = RoadFacts.list(network.attributes[network.ways[way].attributes])
    let features = Set(points.compactMap(\.feature))
    return network.conditionalRules.buffer.compactMap { rule in
      switch rule.effect {
      case .attributes(way, let attributes):
        condition(of: rule, RoadFacts.list(network.attributes[attributes]).filter { !plain.contains($0) })
      case .feature(let feature, let other) where features.contains(feature):
        condition(of: rule, RoadFacts.list(network.features[other]))
      default: nil
      }
    }
  }

  private func condition(of rule: ConditionalRule, _ facts: [WayExplanation.Fact]) -> WayExplanation.Condition {
    let condition = network.condition(of: rule)
    let isMeant = condition.map { costs.profile.passes($0.vehicle) } ?? false
    return WayExplanation.Condition(
      text: network.texts[rule.condition], holds: isMeant && condition?.holds(at: moment, in: network.clock) ?? false,
      facts: facts)
  }

  private func overrides(of way: WayID, _ points: [Point]) -> [WayExplanation.Override] {
    let (overrides, profile) = (costs.adjustments.overrides, costs.profile.name)
    let ofWay = overrides.entries(ofWay: way, for: profile).map { entry in
      WayExplanation.Override(
        entry.head, "way", entry.direction.rawValue, entry.change.use,
        entry.change.speedKmh.map { "\($0.plainText) km/h" }
      )
    }
    let ofNodes = points.flatMap { point in
      switch point {
      case .piece(_, let feature): overrides.entries(of: feature, for: profile)
      case .junction(let vertex, let feature):
        feature.map { overrides.entries(of: $0, for: profile) } ?? overrides.entries(at: vertex, for: profile)
      }
    }.map { entry in
      WayExplanation.Override(
        entry.head, "node", "\(entry.osmID)", entry.change.use, entry.change.delaySeconds.map { "\($0.plainText) s" })
    }
    var seen: Set<WayExplanation.Override> = []
    return (ofWay + ofNodes).filter { seen.insert($0).inserted }
  }
}

extension WayExplanation.Override {
  fileprivate init(
    _ head: RoadOverrides.Head, _ kind: String, _ subject: String, _ use: PassageRule.Use?, _ amount: String?
  ) {
    let says = [use.map { $0 == .never ? "deny" : $0 == .allowed ? "allow" : $0.rawValue }, amount].compactMap { $0 }
    self.init(line: head.line, text: "\(kind) \(subject): \(says.joined(separator: ", "))", note: head.note)
  }
}

// MARK: What pieces cost

extension WayExplainer {
  /// Something that lies on the way, or at a junction of it.
  private enum Point: Hashable {
    case piece(PieceID, FeatureID)
    case junction(VertexID, FeatureID?)

    var feature: FeatureID? {
      switch self {
      case .piece(_, let feature): feature
      case .junction(_, let feature): feature
      }
    }
  }

  /// What a vehicle on the way passes right before and after a stretch, on its segment and at the segment's ends.
  private func points(around stretch: PieceID) -> (before: [Point], after: [Point]) {
    let segment = network.segment(of: stretch)
    let pieces = network.pieceIDs(of: segment)
    let (before, after) = (pieces.reversed().drop { $0 >= stretch }, pieces.drop { $0 <= stretch })
    guard let (first, last) = network.ends(of: segment) else { return ([], []) }
    let (low, high) = (points(leading: before, to: first), points(leading: after, to: last))
    return network.pieces[stretch].isReversed ? (high, low) : (low, high)
  }

  /// The points up to the next stretch, or to the junction if there is none.
  private func points(leading pieces: some Sequence<PieceID>, to vertex: VertexID) -> [Point] {
    var points: [Point] = []
    for piece in pieces {
      guard case .point(let feature) = network.pieces[piece].kind else { return points }
      points.append(.piece(piece, feature))
    }
    guard costs.junction(vertex) != nil else { return points }
    let feature = network.vertexFeature[vertex]
    return points + [.junction(vertex, feature == .none ? nil : feature)]
  }

  /// The stretches with what lies between them, each once.
  private func parts(_ stretches: [PieceID]) -> [WayExplanation.Part] {
    var seen: Set<Point> = []
    return stretches.flatMap { stretch in
      let (before, after) = points(around: stretch)
      func new(_ points: [Point]) -> [WayExplanation.Part] {
        points.filter { seen.insert($0).inserted }.flatMap { parts(of: $0) }
      }
      return new(before.reversed()) + parts(of: stretch) + new(after)
    }
  }

  private func parts(of point: Point) -> [WayExplanation.Part] {
    switch point {
    case .piece(let piece, _): parts(of: piece)
    case .junction(let vertex, let feature): junctionPart(vertex, feature).map { [$0] } ?? []
    }
  }

  /// A junction is felt alike from every side: one line says it.
  private func junctionPart(_ vertex: VertexID, _ feature: FeatureID?) -> WayExplanation.Part? {
    costs.junction(vertex).map { junction in
      let seconds = junction.cost.isPassable ? Double(junction.cost.timeMilliseconds) / 1000 : nil
      return WayExplanation.Part(
        kind: feature.map { network.features[$0].kind.osmName } ?? "junction", node: network.vertexOSMNode[vertex],
        lengthMeters: 0, isAgainstWay: nil, seconds: seconds,
        reluctanceSeconds: Double(junction.cost.reluctanceMilliseconds) / 1000, speedKmh: nil,
        reason: reason(junction.reason, nil), exemptions: junction.exemptions.list.map(\.name),
        exemptionSeconds: junction.exemptions.isEmpty ? 0 : seconds ?? 0, civilTrafficShare: 0)
    }
  }

  /// Along the OSM way and against it.
  private func parts(of id: PieceID) -> [WayExplanation.Part] {
    let piece = network.pieces[id]
    let arcs = network.segmentArcs[network.segment(of: id)]
    return [false, true].compactMap { isAgainstWay in
      let direction: SegmentDirection = isAgainstWay == piece.isReversed ? .forward : .backward
      let isOnMap = (direction == .forward ? arcs.forward : arcs.backward) != nil
      return isOnMap ? part(id, piece, direction, isAgainstWay) : nil
    }
  }

  private func part(
    _ id: PieceID, _ piece: Piece, _ direction: SegmentDirection, _ isAgainstWay: Bool
  ) -> WayExplanation.Part? {
    guard let why = costs.reason(piece: id, direction) else { return nil }
    let cost = costs.pieceCost(id, direction)
    var (kind, node, side) = ("stretch", Int64?.none, DirectionAttributes?.none)
    switch piece.kind {
    case .stretch(let way): side = costs.attributes(of: way)[againstWay: isAgainstWay]
    case .point(let feature): (kind, node) = (network.features[feature].kind.osmName, network.features[feature].osmID)
    }
    return WayExplanation.Part(
      kind: kind, node: node, lengthMeters: Double(piece.lengthCentimeters) / 100, isAgainstWay: isAgainstWay,
      seconds: cost.isPassable ? Double(cost.timeMilliseconds) / 1000 : nil,
      reluctanceSeconds: cost.isPassable ? Double(cost.reluctanceMilliseconds) / 1000 : 0,
      speedKmh: costs.speedKmh(id, direction).map(thousandths), reason: reason(why, side),
      exemptions: costs.exemptions(piece: id, direction).list.map(\.name),
      exemptionSeconds: thousandths(costs.exemptionSeconds(piece: id, direction)),
      civilTrafficShare: costs.civilTrafficShare(id, direction))
  }

  private func reason(_ reason: RuleReason, _ side: DirectionAttributes?) -> WayExplanation.Reason {
    let value = reason.key.flatMap { values[$0] }
    let rule = reason.key.map { "\($0) = \(value ?? "")" }
    let text: String =
      switch reason {
      case .maxspeed: "maxspeed \(side?.maxspeedKmh ?? 0), \(rule ?? "")"
      case .advisory: "maxspeed:advisory \(side?.advisoryKmh ?? 0), \(rule ?? "")"
      case .openToAll: "open to everybody"
      case .noEmergency: "emergency=no"
      case .size: "whether the vehicle fits"
      case .duration: "duration of the OSM way"
      case .overrides: "overrides"
      case .openedWay: "opened by overrides, no speed in the profile"
      default: rule ?? ""
      }
    return WayExplanation.Reason(key: reason.key, value: value, text: text)
  }

  private func thousandths(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}
