import HeapModule

/// Blocks waiting to be divided, the one with the largest key first.
struct BlockQueue {
  private struct Item: Comparable {
    let key: Double
    let block: Int32

    /// Equal keys go by block, so that the order never depends on the heap's shape.
    static func < (left: Item, right: Item) -> Bool { (left.key, -left.block) < (right.key, -right.block) }
  }

  private var heap = Heap<Item>()

  /// Adds a block in O(log n).
  mutating func add(_ block: Int32, key: Double) { heap.insert(Item(key: key, block: block)) }

  /// Takes the block with the largest key in O(log n).
  mutating func takeFirst() -> Int32? { heap.popMax()?.block }
}
