import API
import Geometry
import RoadGraph
import Traffic

/// Finds what of some layers lies along a route, and when the vehicle passes it.
///
/// Walks along the trips as ``RouteAssembly`` does, so that its times are those of the route. Costs O(segments, and
/// points on them); with cameras O(segments x log cameras, and what is near the way).
struct AssetFinder {
  private let snapshot: ProfileSnapshot
  private let network: RoadNetwork
  private let layers: [KeptLayer]
  private let hasSights: Bool
  /// Until here.
  private var driven = TravelAmount()
  private var passings: [AssetPassing] = []

  init(_ layers: [KeptLayer], _ snapshot: ProfileSnapshot) {
    (self.layers, self.snapshot, network) = (layers, snapshot, snapshot.roads.network)
    hasSights = layers.contains { !$0.placement.sights.isEmpty }
  }

  /// Lists what lies along one trip in its route.
  static func list(_ layers: [KeptLayer], along trip: Trip, _ snapshot: ProfileSnapshot, in route: inout Route) {
    if layers.isEmpty { return }
    var finder = AssetFinder(layers, snapshot)
    finder.append(trip)
    finder.list(in: &route)
  }

  /// Goes on along a trip.
  ///
  /// - Parameter turnRoundMilliseconds: what turning round before it takes.
  mutating func append(_ trip: Trip, afterTurningRound turnRoundMilliseconds: Weight = 0) {
    driven.milliseconds += Int(turnRoundMilliseconds) + Int(trip.turnRoundMilliseconds)
    var sights: [SegmentID: [LayerSight]] = [:]
    let parts = trip.parts(in: network) { arc, turn in
      let segment = network.arcCourse[arc].segment
      guard layers.allSatisfy({ $0.placement.roads[segment].isEmpty }) else { return nil }
      if hasSights {
        let near = self.sights(near: segment)
        sights[segment] = near
        guard near.isEmpty else { return nil }
      }
      return snapshot.plainAmount(arc, turn)
    }
    for part in parts {
      if let amount = part.plain {
        driven = driven + amount
        continue
      }
      driven.milliseconds += snapshot.turnMilliseconds(onto: part)
      if network.way(of: part.piece) != nil, !part.isEmpty || trip.start == trip.end {
        appendSpots(on: part)
        if hasSights {
          let near = sights[part.segment] ?? self.sights(near: part.segment)
          sights[part.segment] = near
          for sight in near { append(sight, along: part) }
        }
      }
      driven = driven + snapshot.amount(of: part)
    }
  }

  /// What lies along all that was walked.
  func list(in route: inout Route) {
    let assets = AssetPasses(passings, layers).assets
    route.assets = Array(assets.prefix(Limits.routeAssetsMax))
    route.assetsLeftOutCount = assets.count - route.assets.count
  }

  // MARK: On the road

  private mutating func appendSpots(on part: TripPart) {
    for (number, layer) in layers.enumerated() {
      for spot in layer.placement.roads.spots(on: part.piece, of: part.segment, in: part.fractions) {
        let there = driven + snapshot.amount(of: part, until: spot.fraction)
        let point = AssetPassing.Point(
          at: there, side: side(isLeftOfShape: spot.isLeftOfShape, Double(spot.distanceMeters), on: part),
          distanceMeters: Double(spot.distanceMeters))
        passings.append(
          AssetPassing(
            layer: number, feature: Int(spot.feature), from: there, until: there, nearest: point,
            position: RoadPosition(segment: part.segment, piece: spot.piece, fraction: spot.fraction)))
      }
    }
  }

  private func side(isLeftOfShape: Bool, _ meters: Double, on part: TripPart) -> StreetSide {
    if meters < StreetSide.onRoadMeters { return .none }
    return isLeftOfShape == (part.direction == .forward) ? .left : .right
  }

  // MARK: In sight

  /// A camera of one of the layers.
  private struct LayerSight {
    var layer: Int
    var sight: LayerSights.Sight
  }

  private func sights(near segment: SegmentID) -> [LayerSight] {
    let shape = network.shape(of: segment)
    let spansMeridian = zip(shape, shape.dropFirst()).contains(where: BoundingBox.spansMeridian)
    let box = spansMeridian ? BoundingBox(of: shape).roundTheEarth : BoundingBox(of: shape)
    return layers.enumerated().flatMap { number, layer in
      layer.placement.sights.near(box).map { LayerSight(layer: number, sight: $0) }
    }
  }

  private mutating func append(_ found: LayerSight, along part: TripPart) {
    let sight = found.sight
    guard network.isInTunnel(part.piece) == sight.isInTunnel,
      network.isWalked(part.piece, layers[found.layer].layer.rule.levels)
    else { return }
    for seen in PieceSight(sight.sector, part.piece, of: part.segment, in: network).parts(within: part.fractions) {
      let fractions = seen.fractions
      let (first, last) =
        part.direction == .forward
        ? (fractions.lowerBound, fractions.upperBound) : (fractions.upperBound, fractions.lowerBound)
      let point = AssetPassing.Point(
        at: driven + snapshot.amount(of: part, until: seen.nearestFraction),
        side: side(isLeftOfShape: seen.isLeftOfShape, seen.nearestMeters, on: part),
        distanceMeters: seen.nearestMeters)
      passings.append(
        AssetPassing(
          layer: found.layer, feature: sight.feature, from: driven + snapshot.amount(of: part, until: first),
          until: driven + snapshot.amount(of: part, until: last), nearest: point))
    }
  }
}
