/// The lowest of a set of ranks: a binary heap.
struct RankQueue {
  private var heap: [UInt32] = []

  var isEmpty: Bool { heap.isEmpty }

  mutating func push(_ vertex: Int) {
    heap.append(UInt32(vertex))
    var child = heap.count - 1
    while child > 0, heap[(child - 1) / 2] > heap[child] {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func popLowest() -> Int? {
    guard let lowest = heap.first else { return nil }
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    var parent = 0
    while 2 * parent + 1 < heap.count {
      var child = 2 * parent + 1
      if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
      if heap[parent] <= heap[child] { break }
      heap.swapAt(parent, child)
      parent = child
    }
    return Int(lowest)
  }
}
