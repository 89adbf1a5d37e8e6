extension ContractionHierarchy {
  /// Checks the whole structure; a broken invariant is a `precondition` failure. For tests.
  ///
  /// - Complexity: O(lower triangles × log degree).
  public func checkInvariants() {
    for vertex in order.indices {
      precondition(rank[order[vertex]] == vertex, "order and rank are inverse")
      precondition(parent[vertex] == .none || parent[vertex] > vertex, "a parent is above its child")
    }
    upward.checkInvariants()
    downward.checkInvariants()
    checkTurnPositions()
    for vertex in order.indices {
      checkAncestors(of: vertex)
      checkClosure(at: vertex)
    }
  }

  /// Each turn lies on an arc between its ends' ranks.
  private func checkTurnPositions() {
    for arc in firstTurn.indices {
      for turn in firstTurn[arc] {
        let position = turnPosition[position: turn]
        if position == Self.noPosition { continue }
        let row =
          position < upward.arcCount
          ? upward.arcs(of: rank[arc]).contains(Int(position))
          : downward.upperEnd(of: Int(position) - upward.arcCount) == rank[arc]
        precondition(row, "a turn lies on an arc that starts where it does")
      }
    }
  }

  /// Every arc leads to an ancestor in the elimination tree.
  private func checkAncestors(of vertex: Rank) {
    for graph in [upward, downward] {
      var ancestor = vertex
      for upper in graph.upperEnds(of: vertex) {
        while ancestor < upper { ancestor = parent[ancestor] }
        precondition(ancestor == upper, "an upper end is an ancestor")
      }
    }
  }

  /// Whenever there are a→x and x→b, there is a→b.
  private func checkClosure(at vertex: Rank) {
    for tail in downward.upperEnds(of: vertex) {
      for head in upward.upperEnds(of: vertex) where head != tail {
        let arc = tail < head ? upward.arc(lower: tail, upper: head) : downward.arc(lower: head, upper: tail)
        precondition(arc != nil, "a shortcut is missing")
      }
    }
  }
}

extension SearchGraph {
  fileprivate func checkInvariants() {
    precondition(firstBelow.isValid(total: arcCount), "offsets ascend")
    for vertex in vertices {
      let row = upperEnds(of: vertex)
      precondition(row.allSatisfy { $0 > vertex }, "upper ends are above")
      precondition(zip(row, row.dropFirst()).allSatisfy { $0 < $1 }, "upper ends ascend")
      let list = below.rows(firstBelow[vertex])
      precondition(zip(list, list.dropFirst()).allSatisfy { $0.lowerEnd < $1.lowerEnd }, "lower ends ascend")
      for row in list {
        precondition(arc(lower: row.lowerEnd, upper: vertex) == row.arc, "an arc is kept at its lower end")
      }
    }
  }

  /// The upper end of an arc. O(n).
  fileprivate func upperEnd(of arc: Int) -> Rank? {
    vertices.first { arcs(of: $0).contains(arc) }.map { upperEnds(of: $0)[arc - arcs(of: $0).lowerBound] }
  }
}
