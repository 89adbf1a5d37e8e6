/// The arcs of one half of a vertex while it tells others of its changes, copied so that they lie side by side.
struct RowInWork<Weights: WeightVector>: ~Copyable {
  private(set) var upperEnds: UnsafePointer<Rank>
  private(set) var count = 0
  let old: UnsafeMutablePointer<Weights>
  let new: UnsafeMutablePointer<Weights>
  let isChanged: UnsafeMutablePointer<Bool>
  /// The places in the row of the arcs that changed, ascending.
  let changed: UnsafeMutablePointer<Int>
  private(set) var changedCount = 0

  /// Room for the longest row of a graph. O(n).
  init(_ graph: SearchGraph) {
    let capacity = graph.vertices.map { graph.arcs(of: $0).count }.max() ?? 0
    upperEnds = graph.upperEnds.base
    old = .allocate(capacity: capacity)
    new = .allocate(capacity: capacity)
    isChanged = .allocate(capacity: capacity)
    isChanged.initialize(repeating: false, count: capacity)
    changed = .allocate(capacity: capacity)
  }

  deinit {
    old.deallocate()
    new.deallocate()
    isChanged.deallocate()
    changed.deallocate()
  }

  /// Goes on to another row, of which nothing has changed yet.
  mutating func begin(_ upperEnds: UnsafePointer<Rank>, count: Int) {
    for position in 0..<changedCount { isChanged[changed[position]] = false }
    changedCount = 0
    (self.upperEnds, self.count) = (upperEnds, count)
  }

  mutating func append(changed place: Int) {
    isChanged[place] = true
    changed[changedCount] = place
    changedCount += 1
  }

  /// Copies the weights of the row's arcs: those before the update only where they're others.
  func fill<Lanes: WeightLanes>(_ arcs: Range<Int>, old oldWeights: Lanes, new newWeights: Lanes)
  where Lanes.Weights == Weights {
    for place in 0..<count {
      new[place] = newWeights[arcs.lowerBound &+ place]
      old[place] = isChanged[place] ? oldWeights[arcs.lowerBound &+ place] : new[place]
    }
  }
}
