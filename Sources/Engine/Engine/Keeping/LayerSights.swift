import API
import Geometry

/// What the cameras of a layer have in sight, found by place: those whose view has a width and a range.
struct LayerSights: Sendable {
  /// What a camera sees.
  struct Sight: Sendable {
    /// Its feature's position in the layer.
    var feature: Int
    var sector: ViewSector
    /// It hangs in a tunnel, and sees nothing else; others see no tunnel.
    var isInTunnel: Bool
  }

  /// In the order of the tree.
  private let sights: [Sight]
  private let boxes: [BoundingBox]
  private let features: Set<Int>

  /// O(cameras x log cameras).
  init(_ points: [Coordinate?], _ views: [LayerView?], isInTunnel: (Int) -> Bool) {
    let unsorted = points.indices.compactMap { number -> Sight? in
      guard let point = points[number], let view = views[number], let degrees = view.viewDegrees, degrees > 0,
        let meters = view.rangeMeters, meters > 0
      else { return nil }
      let sector = ViewSector(
        at: point, headingDegrees: view.headingDegrees, degrees: degrees, rangeMeters: meters)
      return Sight(feature: number, sector: sector, isInTunnel: isInTunnel(number))
    }
    let unsortedBoxes = unsorted.map(\.sector.boundingBox)
    let order = PackedRTree.order(of: unsortedBoxes)
    sights = order.map { unsorted[$0] }
    boxes = PackedRTree.boxes(of: order.map { unsortedBoxes[$0] })
    features = Set(sights.map(\.feature))
  }

  var isEmpty: Bool { sights.isEmpty }

  /// True for a feature that counts where it sees a way, and not where it is near one. O(1).
  func contains(feature: Int) -> Bool { features.contains(feature) }

  /// Those that may see something in a box. O(log cameras, and those near it).
  func near(_ box: BoundingBox) -> [Sight] {
    if sights.isEmpty { return [] }
    var found: [Sight] = []
    boxes.withUnsafeBufferPointer { boxes in
      PackedRTree(itemCount: sights.count, boxes: boxes).visit(where: { $0.intersects(box) }) {
        found.append(sights[$0])
      }
    }
    return found
  }
}
