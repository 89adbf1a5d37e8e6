extension RandomAccessCollection {
  /// The first index whose element belongs behind, in a collection that has all such elements at its end; ``endIndex``
  /// if there is none. O(log n).
  @inlinable public func partitioningIndex(where belongsBehind: (Element) -> Bool) -> Index {
    var (low, rest) = (startIndex, count)
    while rest > 0 {
      let half = rest / 2
      let middle = index(low, offsetBy: half)
      if belongsBehind(self[middle]) {
        rest = half
      } else {
        low = index(after: middle)
        rest -= half + 1
      }
    }
    return low
  }

  /// The first index with a key, in a collection that ascends by its keys; `nil` if it lacks the key. O(log n).
  @inlinable public func index<Key: Comparable>(of key: Key, sortedBy keyOf: (Element) -> Key) -> Index? {
    let index = partitioningIndex { keyOf($0) >= key }
    return index < endIndex && keyOf(self[index]) == key ? index : nil
  }
}

extension Offsets {
  /// The last row that begins at a position or before it: the one that owns the position, if any does. O(log rows).
  @inlinable public func row(at position: Int) -> Index {
    Index(table.buffer.prefix(count).dropFirst().partitioningIndex { Int($0) > position } - 1)
  }
}
