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
  private let roads: ProfileRoads

  /// - Parameter layers: nothing of them is counted yet.
  init(_ request: ReachRequest, _ lengths: DrivableLengths, _ layers: LayerReach, in profile: ProfileSnapshot) {
    (detail, direction) = (request.detail, request.direction)
    (self.lengths, self.layers, roads) = (lengths, layers, profile.roads)
    centimeters = [Int](repeating: 0, count: request.limitsSeconds.count)
    writer = ReachedRoadWriter(profile.roads.network, box: request.detail.box)
    drawing = ReachDrawing(profile.roads.network)
  }

  /// Adds what of an arc is reached.
  mutating func add(_ arc: ArcID, of reach: RoadReach) {
    switch reach.extent(of: arc) {
    case .nothing: return
    case .all(let band, let near, let far) where isAlike(arc):
      let centimeters = lengths.centimeters[arc.position]
      if centimeters == 0 { return }
      self.centimeters[band] += Int(centimeters)
      if detail.outlines { drawing.addAll(of: roads.network.arcCourse[arc].segment, band: band) }
      if detail.roads {
        let (begin, end) = direction == .from ? (near, far) : (far, near)
        writer.addAll(of: arc, band: band, begin: begin, end: end)
      }
    case .all, .parts: addParts(of: arc, of: reach)
    }
  }

  /// True if an arc counts as a whole or not at all.
  private func isAlike(_ arc: ArcID) -> Bool {
    layers.isEmpty && !lengths.partly.contains(arc) && (!detail.roads || writer.isOneWay(arc))
  }

  private mutating func addParts(of arc: ArcID, of reach: RoadReach) {
    reach.visitParts(of: arc) { part in
      guard roads.isOnLand(part.piece) else { return }
      centimeters[part.band] += Int(roads.network.lengthCentimeters(of: part.piece, part.extent))
      if !layers.isEmpty { layers.add(part, of: roads.network.arcCourse[arc].segment) }
      if detail.outlines { drawing.add(part, in: roads.network.arcCourse[arc].segment) }
      if detail.roads { writer.add(part, on: arc) }
    }
    writer.finishRoad()
  }
}
