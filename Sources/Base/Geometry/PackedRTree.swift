import HeapModule

/// A static R-tree over items that are sorted along a Hilbert curve, packed without pointers.
///
/// Source: Kamel, Faloutsos, "On packing R-trees" (CIKM 1993). Boxes are stored level by level, items first; a box of
/// the next level covers ``fanout`` consecutive boxes. A view: it owns no memory.
public struct PackedRTree {
  /// Boxes under one parent.
  public static let fanout = 16

  private let boxes: UnsafeBufferPointer<BoundingBox>
  private let itemCount: Int

  /// - Parameters:
  ///   - itemCount: number of items, in the order that ``order(of:)`` gave.
  ///   - boxes: what ``boxes(of:)`` gave, alive while the view is used.
  public init(itemCount: Int, boxes: UnsafeBufferPointer<BoundingBox>) {
    precondition(boxes.count == Self.boxCount(itemCount: itemCount), "an R-tree of another size")
    self.boxes = boxes
    self.itemCount = itemCount
  }

  /// The order in which items with these boxes must be stored. O(n log n); ties keep their order.
  public static func order(of boxes: [BoundingBox]) -> [Int] {
    let all = boxes.reduce(BoundingBox.empty) { $0.union($1) }
    let keys = boxes.map { HilbertCurve.position(of: $0.center, in: all) }
    return boxes.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
  }

  /// The boxes of all levels over items in tree order. O(n).
  public static func boxes(of items: [BoundingBox]) -> [BoundingBox] {
    var boxes = items
    var level = 0..<boxes.count
    while level.count > 1 {
      for first in stride(from: level.lowerBound, to: level.upperBound, by: fanout) {
        let parent = boxes[first..<min(first + fanout, level.upperBound)].reduce(BoundingBox.empty) { $0.union($1) }
        boxes.append(parent)
      }
      level = level.upperBound..<boxes.count
    }
    return boxes
  }

  /// Number of boxes of a tree over `itemCount` items.
  public static func boxCount(itemCount: Int) -> Int {
    var (count, width) = (itemCount, itemCount)
    while width > 1 {
      width = parentCount(of: width)
      count += width
    }
    return count
  }

  private static func parentCount(of width: Int) -> Int { (width + fanout - 1) / fanout }

  /// Items by ascending distance from the origin of `plane`, best first (Hjaltason, Samet 1999).
  ///
  /// - Parameters:
  ///   - radiusMeters: items farther away are left out.
  ///   - itemDistanceMeters: the exact distance of an item; at least the distance of its box.
  ///   - visit: called with each item and its distance; returns false to stop.
  public func visitNearest(
    in plane: LocalPlane, radiusMeters: Double, itemDistanceMeters: (Int) -> Double,
    visit: (_ item: Int, _ distanceMeters: Double) -> Bool
  ) {
    guard let root = boxes.indices.last else { return }
    var queue = Heap<Candidate>()
    queue.insert(Candidate(distanceMeters: boxes[root].distanceMeters(in: plane), box: root, isExact: false))
    while let nearest = queue.popMin(), nearest.distanceMeters <= radiusMeters {
      if nearest.isExact {
        guard visit(nearest.box, nearest.distanceMeters) else { return }
      } else if nearest.box < itemCount {
        let distanceMeters = itemDistanceMeters(nearest.box)
        queue.insert(Candidate(distanceMeters: distanceMeters, box: nearest.box, isExact: true))
      } else {
        for child in children(of: nearest.box) {
          let distanceMeters = boxes[child].distanceMeters(in: plane)
          guard distanceMeters <= radiusMeters else { continue }
          queue.insert(Candidate(distanceMeters: distanceMeters, box: child, isExact: false))
        }
      }
    }
  }

  /// Items whose boxes, and those above them, are meant; in no particular order. O(log n + boxes that are meant).
  public func visit<Failure: Error>(
    where isMeant: (BoundingBox) -> Bool, _ body: (_ item: Int) throws(Failure) -> Void
  ) throws(Failure) {
    guard let root = boxes.indices.last else { return }
    var waiting = [root]
    while let box = waiting.popLast() {
      guard isMeant(boxes[box]) else { continue }
      if box < itemCount { try body(box) } else { waiting += children(of: box) }
    }
  }

  /// O(levels below the root).
  private func children(of box: Int) -> Range<Int> {
    var below = 0..<itemCount
    var level = itemCount..<itemCount + Self.parentCount(of: itemCount)
    while box >= level.upperBound {
      (below, level) = (level, level.upperBound..<level.upperBound + Self.parentCount(of: level.count))
    }
    let first = below.lowerBound + (box - level.lowerBound) * Self.fanout
    return first..<min(first + Self.fanout, below.upperBound)
  }

  private struct Candidate: Comparable {
    let distanceMeters: Double
    let box: Int
    let isExact: Bool

    /// Ties go by position, so that the order of answers never depends on the heap.
    static func < (left: Self, right: Self) -> Bool {
      (left.distanceMeters, left.box) < (right.distanceMeters, right.box)
    }
  }
}
