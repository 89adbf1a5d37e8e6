import Geometry

/// The points of a layer on the map, found by place.
struct LayerPoints: Sendable {
  /// Positions of features, in the order of the tree.
  private let features: [UInt32]
  private let places: [Coordinate]
  private let boxes: [BoundingBox]

  /// O(points x log points).
  init(_ points: [Coordinate?]) {
    let numbers = points.indices.filter { points[$0] != nil }
    let unsorted = numbers.compactMap { points[$0] }
    let unsortedBoxes = unsorted.map { BoundingBox(of: [$0]) }
    let order = PackedRTree.order(of: unsortedBoxes)
    features = order.map { UInt32(numbers[$0]) }
    places = order.map { unsorted[$0] }
    boxes = PackedRTree.boxes(of: order.map { unsortedBoxes[$0] })
  }

  /// Points by ascending distance from the middle of a plane. O(log points, and those that are visited).
  ///
  /// - Parameter visit: called with the position of a feature and its distance; returns false to stop.
  func visitNearest(in plane: LocalPlane, radiusMeters: Double, visit: (_ feature: Int, _ meters: Double) -> Bool) {
    boxes.withUnsafeBufferPointer { boxes in
      PackedRTree(itemCount: places.count, boxes: boxes).visitNearest(in: plane, radiusMeters: radiusMeters) { item in
        plane.distanceMeters(to: places[item])
      } visit: { item, meters in
        visit(Int(features[item]), meters)
      }
    }
  }
}

extension LocalPlane {
  /// From the origin.
  func distanceMeters(to place: Coordinate) -> Double {
    let (east, north) = meters(of: place)
    return (east * east + north * north).squareRoot()
  }
}
