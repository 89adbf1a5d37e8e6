import API
import RoadGraph
import Traffic

/// Adds up what is reached, and lists or draws it where that is asked for.
struct ReachCollector {
  /// By band.
  private(set) var centimeters: [Int]
  private(set) var layers: LayerReach
  private(set) var writer: ReachedRoadWriter
  private(set) var drawing: ReachDrawing
  private let detail: ReachDetail
  private let direction: ReachDirection
  private let lengths: DrivableLengths
  private let network: RoadNetwork

  /// - Parameter layers: nothing of them is counted yet.
  init(_ request: ReachRequest, _ lengths: DrivableLengths, _ layers: LayerReach, in profile: ProfileSnapshot) {
    (detail, direction) = (request.detail, request.direction)
    (self.lengths, self.layers, network) = (lengths, layers, profile.roads.network)
    centimeters = [Int](repeating: 0, count: request.limitsSeconds.count)
    writer = ReachedRoadWriter(network, box: request.detail.box)
    drawing = ReachDrawing(network)
  }

  /// Adds what of an arc is reached.
  mutating func add(_ arc: ArcID, of reach: RoadReach) {
    switch reach.extent(of: arc) {
    case .nothing: return
    case .all(let band, let near, let far):
      let way = detail.roads ? network.onlyWay(along: arc) : nil
      // Layers and roads are told by parts, unless all of an arc is one.
      guard layers.isEmpty, !lengths.isPart[arc.position], !detail.roads || way != nil else {
        return addParts(of: arc, of: reach)
      }
      if lengths.centimeters[arc.position] == 0 { return }
      centimeters[band] += Int(lengths.centimeters[arc.position])
      if detail.outlines { drawing.addAll(of: network.arcCourse[arc].segment, band: band) }
      if let way {
        let (begin, end) = direction == .from ? (near, far) : (far, near)
        writer.addAll(of: arc, way, band: band, begin: begin, end: end)
      }
    case .parts: addParts(of: arc, of: reach)
    }
  }

  private mutating func addParts(of arc: ArcID, of reach: RoadReach) {
    let segment = network.arcCourse[arc].segment
    reach.visitParts(of: arc) { part in
      guard network.isOnLand(part.piece) else { return }
      centimeters[part.band] += Int(network.lengthCentimeters(of: part.piece, part.extent))
      if !layers.isEmpty { layers.add(part, of: segment) }
      if detail.outlines { drawing.add(part, in: segment) }
      if detail.roads { writer.add(part, on: arc) }
    }
    writer.finishRoad()
  }
}
