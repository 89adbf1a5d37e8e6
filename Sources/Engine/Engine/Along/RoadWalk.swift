import API
import Geometry
import HeapModule
import MapFile
import RoadGraph

/// Looks for points of layers along roads as a hose is laid or a person walks: each road in both directions, whatever
/// vehicles may do there, but for ferries.
///
/// Dijkstra's search over vertices, from the places on roads outwards, that ends at the radius or where nothing nearer
/// can come. O(roads within reach x log vertices).
struct RoadWalk {
  private let network: RoadNetwork
  private let starts: [SnapCandidate]
  private let layers: [KeptLayer]
  private static let verticesBetweenLooks = 64

  init(from starts: [SnapCandidate], to layers: [KeptLayer], on network: RoadNetwork) {
    (self.starts, self.layers, self.network) = (starts, layers, network)
  }

  /// A vertex that is reached.
  private struct Reached: Comparable {
    var meters: Double
    var vertex: VertexID

    static func < (left: Reached, right: Reached) -> Bool {
      (left.meters, left.vertex.rawValue) < (right.meters, right.vertex.rawValue)
    }
  }

  /// What is known while the search goes on.
  private struct Front {
    var queue = Heap<Reached>()
    var meters: [VertexID: Double] = [:]
    var found: [NearestFeatures]

    mutating func reach(_ vertex: VertexID, _ meters: Double, within radius: Double) {
      guard meters <= radius, meters < self.meters[vertex] ?? .infinity else { return }
      self.meters[vertex] = meters
      queue.insert(Reached(meters: meters, vertex: vertex))
    }

    /// True if nothing that is farther away than this matters.
    func isComplete(at meters: Double) -> Bool { found.allSatisfy { $0.isComplete(at: meters) } }
  }

  /// - Throws: `CANCELLED`, `DEADLINE_EXCEEDED`.
  func nearest(_ request: NearbyRequest, within limit: WorkLimit) throws(EngineError) -> [NearbyFeature] {
    var front = Front(found: layers.map { NearestFeatures($0, count: request.count) })
    for start in starts { begin(at: start, &front, request.radiusMeters) }
    var settled = 0
    while let next = front.queue.popMin() {
      guard next.meters <= front.meters[next.vertex] ?? .infinity else { continue }
      settled += 1
      if settled % Self.verticesBetweenLooks == 0 { try limit.check() }
      if front.isComplete(at: next.meters) { break }
      for segment in segments(at: next.vertex) { walk(segment, from: next, &front, request.radiusMeters) }
    }
    let plane = LocalPlane(around: request.place.coordinate)
    return front.found.flatMap { found in
      found.sorted.compactMap { point -> NearbyFeature? in
        let feature = found.layer.layer.features[point.feature]
        guard let place = feature.point else { return nil }
        return NearbyFeature(
          found.layer.layer.name, feature, airMeters: plane.distanceMeters(to: place), roadMeters: point.meters,
          side: point.side)
      }
    }
  }

  /// Along the road that the place lies on, to both sides.
  private func begin(at start: SnapCandidate, _ front: inout Front, _ radius: Double) {
    let segment = start.position.segment
    let own = meters(start.position.piece, start.position.fraction, of: segment)
    forEachSpot(of: segment) { layer, spot, meters in
      note(spot, of: layer, start.distanceMeters + abs(meters - own), alongShape: meters >= own, &front, radius)
    }
    guard let ends = network.ends(of: segment) else { return }
    front.reach(ends.first, start.distanceMeters + own, within: radius)
    front.reach(ends.last, start.distanceMeters + network.lengthMeters(of: segment) - own, within: radius)
  }

  private func walk(_ segment: SegmentID, from end: Reached, _ front: inout Front, _ radius: Double) {
    guard let ends = network.ends(of: segment) else { return }
    let whole = network.lengthMeters(of: segment)
    // A loop is walked both ways.
    for isAlongShape in [true, false] where (isAlongShape ? ends.first : ends.last) == end.vertex {
      forEachSpot(of: segment) { layer, spot, meters in
        note(
          spot, of: layer, end.meters + (isAlongShape ? meters : whole - meters), alongShape: isAlongShape, &front,
          radius)
      }
      front.reach(isAlongShape ? ends.last : ends.first, end.meters + whole, within: radius)
    }
  }

  private func forEachSpot(of segment: SegmentID, _ body: (_ layer: Int, LayerRoads.Spot, _ meters: Double) -> Void) {
    for (number, layer) in layers.enumerated() {
      for spot in layer.placement.roads[segment] { body(number, spot, meters(spot.piece, spot.fraction, of: segment)) }
    }
  }

  private func note(
    _ spot: LayerRoads.Spot, of layer: Int, _ meters: Double, alongShape: Bool, _ front: inout Front, _ radius: Double
  ) {
    let all = meters + Double(spot.distanceMeters)
    guard all <= radius else { return }
    let isOnRoad = Double(spot.distanceMeters) < StreetSide.onRoadMeters
    front.found[layer].note(
      Int(spot.feature), meters: all, side: isOnRoad ? .none : spot.isLeftOfShape == alongShape ? .left : .right)
  }

  /// From where a segment's shape begins.
  private func meters(_ piece: PieceID, _ fraction: UInt32, of segment: SegmentID) -> Double {
    let before = network.pieceIDs(of: segment).prefix { $0 != piece }
      .reduce(0) { $0 + Int(network.pieces[$1].lengthCentimeters) }
    return Double(before + Int(RoadPosition.part(fraction, of: network.pieces[piece].lengthCentimeters))) / 100
  }

  /// Those that lead to a vertex or away from it, each once, without ferries.
  private func segments(at vertex: VertexID) -> [SegmentID] {
    let leaving = TableIndices<ArcID>(network.firstOut[vertex]).map { network.arcCourse[$0].segment }
    let all = leaving + network.arcs(into: vertex).map { network.arcCourse[$0].segment }
    var seen: Set<SegmentID> = []
    return all.filter { segment in
      seen.insert(segment).inserted && network.pieceIDs(of: segment).allSatisfy { network.isWalked($0, .all) }
    }
  }
}
