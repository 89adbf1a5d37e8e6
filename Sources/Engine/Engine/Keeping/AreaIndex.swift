import API
import Geometry

/// The areas of a layer, found by place.
struct AreaIndex: Sendable {
  private struct Entry: Sendable {
    /// Position of the feature in its layer.
    let feature: Int
    let polygon: Polygon
  }

  /// In the order of the tree.
  private let entries: [Entry]
  private let boxes: [BoundingBox]
  /// The entries of each feature, by its position; of those with areas alone.
  private let entriesOfFeature: [Int: [Int]]

  /// O(corners x log corners).
  init(_ features: [LayerFeature]) {
    let unsorted = features.enumerated().flatMap { position, feature in
      feature.areas.compactMap { area in
        Polygon(area.corners, holes: area.holes).map { Entry(feature: position, polygon: $0) }
      }
    }
    let order = PackedRTree.order(of: unsorted.map(\.polygon.boundingBox))
    entries = order.map { unsorted[$0] }
    boxes = PackedRTree.boxes(of: entries.map(\.polygon.boundingBox))
    entriesOfFeature = Dictionary(grouping: entries.indices) { [entries] in entries[$0].feature }
  }

  /// True if there is no area at all.
  var isEmpty: Bool { entries.isEmpty }

  /// The features that a place lies in, by their positions, in their order. O(log areas, and the areas near it).
  func features(at place: Coordinate) -> [Int] {
    var found: Set<Int> = []
    boxes.withUnsafeBufferPointer { boxes in
      PackedRTree(itemCount: entries.count, boxes: boxes).visit(where: { $0.contains(place) }) { item in
        if entries[item].polygon.contains(place) { found.insert(entries[item].feature) }
      }
    }
    return found.sorted()
  }

  /// True if a place lies in one feature's areas, or in any. O(log areas, and the areas near it).
  func contains(_ place: Coordinate, feature: Int?) -> Bool {
    let found = features(at: place)
    return feature.map(found.contains) ?? !found.isEmpty
  }

  /// A place that lies in areas of both, of one feature each or of any; `nil` if there is none.
  /// O(pairs of areas whose boxes meet).
  ///
  /// - Parameter check: called again and again; ends the work by throwing.
  func overlap<Failure: Error>(
    feature: Int?, with other: AreaIndex, feature otherFeature: Int?, check: () throws(Failure) -> Void
  ) throws(Failure) -> Coordinate? {
    for item in items(of: feature) {
      try check()
      let polygon = entries[item].polygon
      for near in other.items(of: otherFeature, near: polygon.boundingBox) {
        if let place = try polygon.overlap(with: other.entries[near].polygon, check: check) { return place }
      }
    }
    return nil
  }

  /// Around one feature's areas, or all. O(areas).
  func boundingBox(of feature: Int?) -> BoundingBox {
    items(of: feature).reduce(BoundingBox.empty) { $0.union(entries[$1].polygon.boundingBox) }
  }

  private func items(of feature: Int?) -> [Int] {
    feature.map { entriesOfFeature[$0] ?? [] } ?? Array(entries.indices)
  }

  /// In the order of the tree. O(log areas, and the areas near the box), or O(areas of the feature).
  private func items(of feature: Int?, near box: BoundingBox) -> [Int] {
    if feature != nil { return items(of: feature).filter { entries[$0].polygon.boundingBox.intersects(box) } }
    var found: [Int] = []
    boxes.withUnsafeBufferPointer { boxes in
      PackedRTree(itemCount: entries.count, boxes: boxes).visit(where: { $0.intersects(box) }) { found.append($0) }
    }
    return found.sorted()
  }
}
