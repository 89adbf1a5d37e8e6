/// Blocks waiting to be divided, the one with the largest key first: a binary heap.
struct BlockQueue {
  private var heap: [(key: Double, block: Int32)] = []

  /// Adds a block in O(log n).
  mutating func add(_ block: Int32, key: Double) {
    heap.append((key, block))
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard precedes(child, parent) else { break }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  /// Takes the block with the largest key in O(log n).
  mutating func takeFirst() -> Int32? {
    guard let first = heap.first else { return nil }
    let last = heap.removeLast()
    guard !heap.isEmpty else { return first.block }
    heap[0] = last
    var parent = 0
    while true {
      var largest = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && precedes(child, largest) {
        largest = child
      }
      if largest == parent { return first.block }
      heap.swapAt(parent, largest)
      parent = largest
    }
  }

  /// Equal keys go by block, so that the order never depends on the heap's shape.
  private func precedes(_ first: Int, _ second: Int) -> Bool {
    (heap[first].key, -heap[first].block) > (heap[second].key, -heap[second].block)
  }
}
