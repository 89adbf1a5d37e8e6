import RoadGraph

/// What the labels of a ``Sweep`` are made of.
struct SweepColumns {
  let entries: UnsafeMutablePointer<UInt64>
  /// Entries of each vertex.
  let depth: Int
  let memberBits: UInt32
  let weights: UnsafePointer<Weight>
}

/// The earliest few of different groups, in registers: entries as in a ``Sweep``, ascending.
protocol EarliestFew: BitwiseCopyable {
  var first: UInt64 { get }
  /// With what of others is earlier, when they have come as far as this.
  func lowered(by other: Self, _ weight: UInt64, _ memberBits: UInt32) -> Self
}

/// The labels of a ``Sweep`` that keeps few of them: that takes a quarter less time than going through memory.
struct FewLabels<Few: EarliestFew>: SweepLabels {
  private let labels: UnsafeMutablePointer<Few>
  private let memberBits: UInt32
  private let weights: UnsafePointer<Weight>

  init(_ columns: SweepColumns) {
    precondition(MemoryLayout<Few>.stride == columns.depth * MemoryLayout<UInt64>.stride, "labels of another depth")
    labels = UnsafeMutableRawPointer(columns.entries).assumingMemoryBound(to: Few.self)
    (memberBits, weights) = (columns.memberBits, columns.weights)
  }

  @inline(__always) func label(_ vertex: Int) -> Few { labels[vertex] }
  @inline(__always) func keep(_ label: Few, at vertex: Int) { labels[vertex] = label }
  @inline(__always) func isEmpty(_ label: Few) -> Bool { label.first >= SweepArrivals.none }
  @inline(__always) func lowered(_ label: Few, by other: Few, over arc: Int) -> Few {
    label.lowered(by: other, UInt64(weights[arc]) << 32, memberBits)
  }
}

struct Earliest2: EarliestFew {
  var first: UInt64
  private var second: UInt64

  @inline(__always) func lowered(by other: Earliest2, _ weight: UInt64, _ memberBits: UInt32) -> Earliest2 {
    var label = self
    // What follows is later still.
    if other.first &+ weight < label.second {
      label.insert(other.first &+ weight, memberBits)
      if other.second &+ weight < label.second { label.insert(other.second &+ weight, memberBits) }
    }
    return label
  }

  /// Puts an entry that is earlier than the last one in its place, once a group. Without branches: which place that is
  /// nobody foresees.
  @inline(__always) private mutating func insert(_ entry: UInt64, _ memberBits: UInt32) {
    let isFirst = isSameGroup(entry, first, memberBits)
    let low = isFirst ? min(first, entry) : first
    let high = isFirst ? second : entry
    (first, second) = (min(low, high), max(low, high))
  }
}

struct Earliest3: EarliestFew {
  var first: UInt64
  private var second: UInt64
  private var third: UInt64

  @inline(__always) func lowered(by other: Earliest3, _ weight: UInt64, _ memberBits: UInt32) -> Earliest3 {
    var label = self
    // What follows is later still.
    if other.first &+ weight < label.third {
      label.insert(other.first &+ weight, memberBits)
      if other.second &+ weight < label.third {
        label.insert(other.second &+ weight, memberBits)
        if other.third &+ weight < label.third { label.insert(other.third &+ weight, memberBits) }
      }
    }
    return label
  }

  /// As that of two.
  @inline(__always) private mutating func insert(_ entry: UInt64, _ memberBits: UInt32) {
    let isFirst = isSameGroup(entry, first, memberBits)
    // Nobody's entries are those of the first group: both may be meant.
    let isSecond = !isFirst && isSameGroup(entry, second, memberBits)
    let low = isFirst ? min(first, entry) : first
    let middle = isSecond ? min(second, entry) : second
    let high = isFirst || isSecond ? third : entry
    let upper = min(middle, high)
    (first, second, third) = (min(low, upper), max(low, upper), max(middle, high))
  }
}

/// True if two entries are of one group.
@inline(__always) private func isSameGroup(_ left: UInt64, _ right: UInt64, _ memberBits: UInt32) -> Bool {
  UInt32(truncatingIfNeeded: left ^ right) &>> memberBits == 0
}
