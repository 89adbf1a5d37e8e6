import RoadGraph

/// The rules for all OSM ways of a map under one profile.
///
/// Most ways share the rule of their attributes; a way with a duration or an override has one of its own.
struct WayRules: Sendable {
  /// Two per rule: along the OSM way, against it.
  private let rules: [RoadRule]
  /// Which rule holds, by `WayID`.
  private let ruleByWay: [UInt32]
  /// True if entering some road is a last resort.
  let hasZones: Bool
  private let network: RoadNetwork
  private let attributesByWay: [WayID: AttributesID]

  /// O(ways).
  init(_ profile: VehicleProfile, _ network: RoadNetwork, _ adjustments: RoadAdjustments) {
    self.network = network
    attributesByWay = adjustments.ways.values(for: profile.size)
    var rules = network.attributes.buffer.flatMap { attributes in
      [false, true].map { profile.roadRule(RoadSide(attributes: attributes, isAgainstWay: $0)) }
    }
    var ruleByWay = network.ways.buffer.map(\.attributes.rawValue)
    for (way, attributes) in attributesByWay { ruleByWay[way.position] = attributes.rawValue }
    let overrides = adjustments.overrides
    for way in network.ways.indices {
      let attributes = network.attributes[AttributesID(ruleByWay[way.position])]
      guard attributes.durationSeconds > 0 || overrides.ways[way] != nil else { continue }
      let durationKmh = network.durationKmh(of: way, attributes)
      ruleByWay[way.position] = UInt32(rules.count / 2)
      rules += [false, true].map { isAgainstWay in
        let change = overrides.change(ofWay: way, isAgainstWay: isAgainstWay, for: profile.name)
        return profile.roadRule(
          RoadSide(attributes: attributes, isAgainstWay: isAgainstWay, durationKmh: durationKmh, change: change))
      }
    }
    hasZones = rules.contains { $0.isZone }
    (self.rules, self.ruleByWay) = (rules, ruleByWay)
  }

  /// The rule for one side of an OSM way. O(1).
  func rule(_ way: WayID, isAgainstWay: Bool) -> RoadRule {
    rules[2 * Int(ruleByWay[way.position]) + (isAgainstWay ? 1 : 0)]
  }

  /// The attributes that an OSM way has at the moment. O(1).
  func attributes(of way: WayID) -> AttributesID { attributesByWay[way] ?? network.ways[way].attributes }

  /// The rule for the first stretch of an arc, or the last one. O(points there).
  func rule(ofFirstStretchOf pieces: some Sequence<PieceID>, _ direction: SegmentDirection) -> RoadRule? {
    for id in pieces {
      let piece = network.pieces[id]
      if case .stretch(let way) = piece.kind { return rule(way, isAgainstWay: direction.isAgainstWay(piece)) }
    }
    return nil
  }

  /// True if the vehicle may drive the first stretch in one direction at least. O(points before it).
  func isOpen(atFirstStretchOf pieces: some Sequence<PieceID>) -> Bool {
    for id in pieces {
      guard case .stretch(let way) = network.pieces[id].kind else { continue }
      return rule(way, isAgainstWay: false).speedKmh != nil || rule(way, isAgainstWay: true).speedKmh != nil
    }
    return false
  }

  /// True if a zone is entered with this stretch: the one before it on the same arc lies in none.
  ///
  /// With the first stretch of an arc, the turn enters the zone.
  func entersZone(at stretch: PieceID, _ direction: SegmentDirection, in segment: SegmentID) -> Bool {
    let pieces = network.pieceIDs(of: segment)
    let before =
      switch direction {
      case .forward: rule(ofFirstStretchOf: pieces.reversed().drop { $0 >= stretch }, direction)
      case .backward: rule(ofFirstStretchOf: pieces.drop { $0 <= stretch }, direction)
      }
    return before.map { !$0.isZone } ?? false
  }
}

extension RoadNetwork {
  /// The speed that follows from how long a whole OSM way takes; `nil` if the map doesn't tell. O(stretches).
  fileprivate func durationKmh(of way: WayID, _ attributes: RoadAttributes) -> Double? {
    guard attributes.durationSeconds > 0 else { return nil }
    let centimeters = stretches(of: way).reduce(0.0) { $0 + Double(pieces[$1].lengthCentimeters) }
    // A way of no length takes no time: any speed will do.
    return centimeters > 0 ? centimeters * 0.036 / Double(attributes.durationSeconds) : nil
  }
}

/// The rules for all signals, signs and barriers of a map under one profile.
final class PointRules: Sendable {
  /// By `FeatureID`.
  private let rules: [PointRule]
  /// Junctions at which a department sees something that the map doesn't.
  private let ruleByVertex: [VertexID: PointRule]

  /// O(features).
  init(_ profile: VehicleProfile, _ network: RoadNetwork, _ adjustments: RoadAdjustments) {
    let overrides = adjustments.overrides
    let featureInPlace = adjustments.features.values(for: profile.size)
    rules = network.features.indices.map { feature in
      let change = ResolvedOverrides.change(by: overrides.features[feature, default: []], for: profile.name)
      return profile.pointRule(network.features[featureInPlace[feature] ?? feature], change: change)
    }
    ruleByVertex = overrides.vertices.mapValues {
      profile.pointRule(change: ResolvedOverrides.change(by: $0, for: profile.name))
    }
  }

  /// The rule for a point on a road, nothing if it is not felt in this direction. O(1).
  func rule(_ feature: FeatureID, isAgainstWay: Bool) -> PointRule {
    let rule = rules[feature.position]
    return (isAgainstWay ? rule.isFeltAgainst : rule.isFeltAlong) ? rule : .nothing
  }

  /// The rule for what lies at a junction, felt from every side. O(1).
  ///
  /// - Parameter feature: what the map sees there.
  func rule(at vertex: VertexID, _ feature: FeatureID) -> PointRule {
    if feature != .none { return rules[feature.position] }
    return ruleByVertex.isEmpty ? .nothing : ruleByVertex[vertex] ?? .nothing
  }
}

/// Which ends of an arc lie in a zone.
struct ArcZones: Sendable {
  let begins: Bool
  let ends: Bool

  /// By `ArcID`. O(arcs).
  static func all(of network: RoadNetwork, _ roads: WayRules) -> [ArcZones] {
    network.arcCourse.buffer.map { course in
      let pieces = network.pieceIDs(of: course.segment)
      let direction = SegmentDirection(course)
      let first = roads.rule(ofFirstStretchOf: pieces, direction)?.isZone ?? false
      let last = roads.rule(ofFirstStretchOf: pieces.reversed(), direction)?.isZone ?? false
      return direction == .forward ? ArcZones(begins: first, ends: last) : ArcZones(begins: last, ends: first)
    }
  }
}
