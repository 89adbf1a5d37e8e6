/// The lower triangles of one hierarchy arc: the vertices x below both its ends that are joined to both of them.
///
/// For an upward arc v→w that is v→x→w, for a downward arc w→v it is w→x→v. Either way `opposite` joins x to the
/// lower end v, and `own` joins it to the upper end w.
struct LowerTriangles {
  private let own: SearchGraphPointers
  private let opposite: SearchGraphPointers
  private let ofLowerEnd: Range<Int>
  private let ofUpperEnd: Range<Int>

  init(lowerEnd: Rank, upperEnd: Rank, _ own: SearchGraphPointers, _ opposite: SearchGraphPointers) {
    self.own = own
    self.opposite = opposite
    ofLowerEnd = opposite.rowBelow(lowerEnd.position)
    ofUpperEnd = own.rowBelow(upperEnd.position)
  }

  /// Calls `body` with x, the arc of `opposite` at the lower end and the arc of `own` at the upper end, by descending
  /// x, until it returns false: a path's highest vertex, at which it falls apart, is found early. Merges two sorted
  /// lists.
  ///
  /// - Complexity: O(arcs below the lower end + log of those below the upper end + those that it has in between).
  @inline(__always)
  func visit(_ body: (_ middle: Rank, _ first: Int, _ second: Int) -> Bool) {
    guard !ofLowerEnd.isEmpty else { return }
    var lower = ofLowerEnd.upperBound - 1
    var upper = end(ofUpperEnd, own, notAbove: opposite.below[lower].lowerEnd) - 1
    while lower >= ofLowerEnd.lowerBound && upper >= ofUpperEnd.lowerBound {
      let (atLower, atUpper) = (opposite.below[lower], own.below[upper])
      if atLower.lowerEnd == atUpper.lowerEnd {
        if !body(atLower.lowerEnd, atLower.arc.position, atUpper.arc.position) { return }
        lower -= 1
        upper -= 1
      } else if atLower.lowerEnd > atUpper.lowerEnd {
        lower -= 1
      } else {
        upper -= 1
      }
    }
  }

  private func end(_ range: Range<Int>, _ graph: SearchGraphPointers, notAbove highest: Rank) -> Int {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end {
      let middle = (start + end) / 2
      if graph.below[middle].lowerEnd <= highest { start = middle + 1 } else { end = middle }
    }
    return start
  }
}
