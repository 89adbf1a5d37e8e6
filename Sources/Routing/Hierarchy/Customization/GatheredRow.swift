/// The arcs of one half of a vertex while its changes propagate, copied so that they lie side by side.
struct GatheredRow<Weights: WeightVector>: ~Copyable {
  private(set) var upperEnds: UnsafePointer<Rank>
  private(set) var count = 0
  let old: UnsafeMutablePointer<Weights>
  let new: UnsafeMutablePointer<Weights>
  let isChanged: UnsafeMutablePointer<Bool>
  /// The positions in the row of the arcs that changed, ascending.
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
    for number in 0..<changedCount { isChanged[changed[number]] = false }
    changedCount = 0
    (self.upperEnds, self.count) = (upperEnds, count)
  }

  mutating func append(changed position: Int) {
    isChanged[position] = true
    changed[changedCount] = position
    changedCount += 1
  }

  /// Copies the weights of the row's arcs: those before the update only where they differ.
  func fill<Lanes: WeightLanes>(_ arcs: Range<Int>, old oldWeights: Lanes, new newWeights: Lanes)
  where Lanes.Weights == Weights {
    for position in 0..<count {
      new[position] = newWeights[arcs.lowerBound &+ position]
      old[position] = isChanged[position] ? oldWeights[arcs.lowerBound &+ position] : new[position]
    }
  }
}
