import Geometry
import Profiles
import RoadGraph
import Traffic

/// Where a crew gets out and walks: at the junctions near a scene, and before what bars the road to it.
///
/// A scene near a junction is at the junction: reached over every road that leads there, whatever turn or one-way
/// would be needed for the last metres. How far a crew walks, along the road, is a matter of its profile; a car walks
/// nowhere.
struct CrewWalk {
  private let scene: Coordinate
  private let choice: RoadChoice

  init(to scene: Coordinate, _ choice: RoadChoice) { (self.scene, self.choice) = (scene, choice) }

  private var network: RoadNetwork { choice.roads.network }
  private var metersMax: Double {
    choice.role == .origin ? 0 : choice.roads.costs.profile.walkToSceneMeters
  }

  /// The stops from which a crew walks to one of some places on roads. O(roads within the walk).
  func stops(around places: [SnapCandidate]) -> [SnapCandidate] {
    guard metersMax > 0 else { return [] }
    let found = places.flatMap { barredWays(to: $0) } + junctions(around: places).flatMap(arms)
    var positions = Set(places.map(\.position))
    return found.filter { positions.insert($0.position).inserted }
  }

  // MARK: Junctions

  /// The vertices within the walk, nearest first.
  private func junctions(around places: [SnapCandidate]) -> [VertexID] {
    var meters: [VertexID: Double] = [:]
    var open: [(vertex: VertexID, meters: Double)] = places.flatMap { ends(around: $0.position) }
    while let next = open.popLast() {
      guard next.meters <= metersMax, next.meters < meters[next.vertex] ?? .infinity else { continue }
      meters[next.vertex] = next.meters
      for segment in network.segments(at: next.vertex) {
        guard let (first, last) = network.ends(of: segment) else { continue }
        open.append((first == next.vertex ? last : first, next.meters + network.lengthMeters(of: segment)))
      }
    }
    return meters.keys.sorted { (meters[$0] ?? 0, $0.rawValue) < (meters[$1] ?? 0, $1.rawValue) }
  }

  /// The ends of a position's segment, and how far each is.
  private func ends(around position: RoadPosition) -> [(vertex: VertexID, meters: Double)] {
    guard let (first, last) = network.ends(of: position.segment) else { return [] }
    let pieces = network.pieceIDs(of: position.segment)
    let before = pieces.prefix { $0 != position.piece }.reduce(0) { $0 + network.pieces[$1].lengthCentimeters }
    let meters = Double(before + position.part(of: network.pieces[position.piece].lengthCentimeters)) / 100
    return [(first, meters), (last, network.lengthMeters(of: position.segment) - meters)]
  }

  /// The ends of the roads that lead to a vertex; for a stop also the beginnings of those that leave it.
  private func arms(of vertex: VertexID) -> [SnapCandidate] {
    network.segments(at: vertex).compactMap { segment in
      let isAtEnd = network.ends(of: segment)?.last == vertex
      let stretches = network.pieceIDs(of: segment).filter { network.way(of: $0) != nil }
      guard let piece = isAtEnd ? stretches.last : stretches.first else { return nil }
      let arcs = network.segmentArcs[segment]
      let (arriving, leaving) = isAtEnd ? (arcs.forward, arcs.backward) : (arcs.backward, arcs.forward)
      let usable = [arriving, choice.role == .stop ? leaving : nil].compactMap { $0 }
        .filter { choice.roads.isPassable($0, at: piece) }
      let position = RoadPosition(
        segment: segment, piece: piece, fraction: isAtEnd ? RoadPosition.fractionMax : 0)
      return usable.isEmpty ? nil : candidate(at: position, usable)
    }
  }

  // MARK: Barred ways

  /// The end of the last piece before what bars the way to a place, or makes it a last resort, on its own road.
  private func barredWays(to place: SnapCandidate) -> [SnapCandidate] {
    let arcs = network.segmentArcs[place.position.segment]
    return [arcs.forward, arcs.backward].compactMap { $0 }.compactMap { barredWay(along: $0, to: place.position) }
  }

  private func barredWay(along arc: ArcID, to position: RoadPosition) -> SnapCandidate? {
    let direction = SegmentDirection(network.arcCourse[arc])
    let own = network.pieces[position.piece].lengthCentimeters
    let ahead = position.part(of: own)
    var walkedMeters = Double(direction == .forward ? ahead : own - ahead) / 100
    var isBarred = !isPlain(position.piece, direction)
    for piece in network.pieceIDs(along: arc).prefix(while: { $0 != position.piece }).reversed() {
      guard walkedMeters <= metersMax else { return nil }
      if isBarred, isPlain(piece, direction), network.way(of: piece) != nil {
        let fraction = direction == .forward ? RoadPosition.fractionMax : 0
        return candidate(
          at: RoadPosition(segment: position.segment, piece: piece, fraction: fraction), [arc])
      }
      isBarred = isBarred || !isPlain(piece, direction)
      walkedMeters += Double(network.pieces[piece].lengthCentimeters) / 100
    }
    return nil
  }

  private func isPlain(_ piece: PieceID, _ direction: SegmentDirection) -> Bool {
    let cost = choice.roads.costs.pieceCost(piece, direction)
    return cost.isPassable && !cost.needsLastResort
  }

  private func candidate(at position: RoadPosition, _ arcs: [ArcID]) -> SnapCandidate {
    let (start, end) = network.line(at: position)
    let coordinate = network.coordinate(at: position)
    func along(isBackward: Bool) -> ArcID? { arcs.first { network.arcCourse[$0].isBackward == isBackward } }
    return SnapCandidate(
      position: position, coordinate: coordinate, distanceMeters: scene.distanceMeters(to: coordinate),
      bearingDegrees: start.bearingDegrees(to: end),
      isLeftOfShape: LocalPlane(around: scene).nearestPoint(onLineFrom: start, to: end).isLeftOfLine,
      arcs: SegmentArcs(forward: along(isBackward: false), backward: along(isBackward: true)))
  }
}
