extension PartialCustomization {
  /// Propagates the changes of the vertex v that was taken out of the queue to the arcs of one half above it.
  ///
  /// In a triangle of v with a and b above, a below b, v–a is the bottom, v–b the middle, and the top a–b is kept at a.
  /// Where the bottom changed, all tops at a are relaxed, elsewhere those whose middle changed: for the one arc these
  /// are upper, for the other intermediate triangles.
  func propagate(
    bottoms: borrowing GatheredRow<Weights>, middles: borrowing GatheredRow<Weights>, to tops: Half
  ) {
    var (next, nextChanged, triangles) = (0, 0, 0)
    for bottom in 0..<bottoms.count {
      let isChanged = bottoms.isChanged[bottom]
      if !isChanged && nextChanged == middles.changedCount { continue }
      let vertex = bottoms.upperEnds[bottom]
      while next < middles.count && middles.upperEnds[next] <= vertex { next &+= 1 }
      if next == middles.count { break }
      while nextChanged < middles.changedCount && middles.changed[nextChanged] < next { nextChanged &+= 1 }
      var row = UpperRow(tops, of: vertex, bottom: (Sums(bottoms.old[bottom]), Sums(bottoms.new[bottom])))
      if row.isInfinite { continue }
      if isChanged {
        for middle in next..<middles.count { row.relax(tops, middles, middle, marks) }
        triangles &+= middles.count &- next
      } else {
        for number in nextChanged..<middles.changedCount { row.relax(tops, middles, middles.changed[number], marks) }
        triangles &+= middles.changedCount &- nextChanged
      }
      if row.mustBeQueued { enqueue(vertex.position) }
    }
    work.propagated += triangles
  }

  /// The row of a vertex above the changes: its arcs are the tops of the triangles on one bottom arc.
  private struct UpperRow {
    /// The weights of the bottom arc, before the update and now.
    private let oldBottom: Sums
    private let newBottom: Sums
    private let upperEnds: UnsafePointer<Rank>
    /// The part of the row that may still be relaxed: middle arcs come by ascending upper end.
    private var rest: Range<Int>
    /// Whether an arc was lowered or became stale.
    private(set) var mustBeQueued = false

    @inline(__always) init(_ half: Half, of vertex: Rank, bottom: (old: Sums, new: Sums)) {
      (oldBottom, newBottom) = bottom
      upperEnds = half.graph.upperEnds(of: vertex.position)
      rest = half.graph.row(vertex.position)
    }

    /// Whether no way leads over the bottom arc, before or now.
    @inline(__always) var isInfinite: Bool {
      !oldBottom.isAnywhereBelow(Sums(.infinity)) && !newBottom.isAnywhereBelow(Sums(.infinity))
    }

    /// Lets the bottom arc and a middle arc lower the top of their triangle, or make it stale.
    @inline(__always)
    mutating func relax(
      _ half: Half, _ middles: borrowing GatheredRow<Weights>, _ middle: Int, _ marks: UnsafeMutablePointer<Marks>
    ) {
      let oldSums = oldBottom.adding(middles.old[middle])
      let newSums = newBottom.adding(middles.new[middle])
      let infinity = Sums(.infinity)
      if !oldSums.isAnywhereBelow(infinity) && !newSums.isAnywhereBelow(infinity) { return }
      let top = upperEnds.position(of: middles.upperEnds[middle], in: rest)
      rest = top..<rest.upperBound
      guard top < rest.upperBound, upperEnds[top] == middles.upperEnds[middle] else { return }
      let weights = Sums(half.new[top])
      if newSums.isAnywhereBelow(weights) {
        half.new[top] = weights.lowered(by: newSums).weights
        marks[half.offset &+ top].insert(.isLowered)
        mustBeQueued = true
      }
      if oldSums.wasAnywhereTight(at: weights, becoming: newSums) {
        marks[half.offset &+ top].insert(.isStale)
        mustBeQueued = true
      }
    }
  }
}
