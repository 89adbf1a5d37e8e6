import Geometry
import MapFile
import RoadGraph

/// Which vertices have the names of junctions.
///
/// A junction of divided roads has several vertices and one named node, on one of them or in their middle: it names
/// all vertices nearby where roads cross on the ground.
struct VertexNaming {
  static let radiusMeters = 40.0

  private let numbering: Numbering
  private let map: SourceMap
  /// Named junctions from south to north, milestones left out.
  private let points: [SourceNamedPoint]

  init(_ numbering: Numbering, _ map: SourceMap) {
    (self.numbering, self.map) = (numbering, map)
    points = map.nodes.named.filter { $0.kind != .milestone }
      .sorted { ($0.coordinate.latitudeE7, $0.osmID) < ($1.coordinate.latitudeE7, $1.osmID) }
  }

  /// The names by vertex. O(vertices x log points).
  func names(_ texts: inout TextPoolBuilder) -> [VertexName] {
    guard !points.isEmpty else { return [] }
    var own: [VertexID: SourceNamedPoint] = [:]
    for point in points {
      guard let node = map.nodes.position(of: point.osmID) else { continue }
      let vertex = numbering.vertexOfNode[Int(node)]
      if vertex != .max { own[VertexID(vertex)] = point }
    }
    let crossings = crossings()
    return numbering.vertexNodes.indices.compactMap { number in
      let vertex = VertexID(number)
      guard let point = own[vertex] ?? (crossings[number] ? nearestPoint(to: vertex) : nil) else { return nil }
      return VertexName(vertex, texts.id(of: point.name.isEmpty ? point.ref : point.name))
    }
  }

  /// True for vertices where three roads or more meet, one of them at least on the ground.
  private func crossings() -> [Bool] {
    var counts = [Int](repeating: 0, count: numbering.vertexNodes.count)
    var isOnGround = [Bool](repeating: false, count: counts.count)
    for arc in numbering.arcCourse.indices where !numbering.arcCourse[arc].isBackward {
      let chain = numbering.segmentChains[numbering.arcCourse[arc].segment.position]
      for (vertex, stretch) in [(numbering.arcTail[arc], chain[0]), (numbering.arcHead[arc], chain[chain.count - 1])] {
        counts[vertex.position] += 1
        let way = map.roads.ways[Int(stretch.way)]
        if map.roads.attributes[way.attributes.position].layer == 0 { isOnGround[vertex.position] = true }
      }
    }
    return counts.indices.map { counts[$0] >= 3 && isOnGround[$0] }
  }

  /// Motorway junctions name their own vertex alone.
  private func nearestPoint(to vertex: VertexID) -> SourceNamedPoint? {
    let place = map.nodes.coordinates[Int(numbering.vertexNodes[vertex.position])]
    let reachE7 = Int32(Self.radiusMeters / Earth.metersPerDegree * 1e7)
    var index = points.partitioningIndex { $0.coordinate.latitudeE7 >= place.latitudeE7 - reachE7 }
    var best: (point: SourceNamedPoint, meters: Double)?
    while index < points.count, points[index].coordinate.latitudeE7 <= place.latitudeE7 + reachE7 {
      let point = points[index]
      index += 1
      guard point.kind != .motorwayJunction, !point.name.isEmpty else { continue }
      let meters = place.distanceMeters(to: point.coordinate)
      if meters <= Self.radiusMeters, meters < best?.meters ?? .infinity { best = (point, meters) }
    }
    return best?.point
  }
}
