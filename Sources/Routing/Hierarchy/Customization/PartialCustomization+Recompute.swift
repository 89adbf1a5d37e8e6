import RoadGraph

extension PartialCustomization {
  /// Recomputes the stale arcs of one half of a vertex; all its arcs at once where that's cheaper.
  func recompute(_ vertex: Int, _ own: Half, through opposite: Half, _ turnWeights: (TurnID) -> Weights) {
    let row = own.graph.row(vertex)
    let stale = row.count { marks[own.offset &+ $0].contains(.isStale) }
    if stale == 0 { return }
    if stale <= Self.singleArcsMax {
      for arc in row where marks[own.offset + arc].contains(.isStale) {
        own.new[arc] = weights(of: arc, vertex, own, through: opposite, turnWeights)
      }
      return
    }
    scatterWeights(of: vertex, own, through: opposite, turnWeights)
    let upperEnds = own.graph.upperEnds(of: vertex)
    for arc in row where marks[own.offset + arc].contains(.isStale) {
      own.new[arc] = scatter[upperEnds[arc].position].weights
    }
    work.batched += opposite.graph.rowBelow(vertex).count * row.count
  }

  /// Up to this many stale arcs of a vertex are recomputed one by one; set by hand, like the prices of triangles.
  private static var singleArcsMax: Int { 3 }

  /// Scatters the weights of all arcs of one half of a vertex: in each lane the smallest of the turns' weights and the
  /// sums over all lower triangles.
  private func scatterWeights(
    of vertex: Int, _ own: Half, through opposite: Half, _ turnWeights: (TurnID) -> Weights
  ) {
    let row = own.graph.row(vertex)
    let upperEnds = own.graph.upperEnds(of: vertex)
    for arc in row { scatter[upperEnds[arc].position] = Sums(.infinity) }
    for kept in hierarchy.keptTurns[vertex] {
      let arc = Int(kept.position) - own.offset
      guard row.contains(arc) else { continue }
      let upper = upperEnds[arc].position
      scatter[upper] = scatter[upper].lowered(by: Sums(turnWeights(kept.turn)))
    }
    BasicCustomization<Lanes>.relaxLowerTriangles(vertex, own.weighted, through: opposite.weighted, scatter)
  }

  /// The same of a single arc.
  private func weights(
    of arc: Int, _ vertex: Int, _ own: Half, through opposite: Half, _ turnWeights: (TurnID) -> Weights
  ) -> Weights {
    // Whatever undercut the weights has lowered them already, so nothing below them is left to be found.
    let known = Sums(own.new[arc])
    var sums = Sums(.infinity)
    for kept in hierarchy.keptTurns[vertex] where Int(kept.position) == own.offset + arc {
      sums = sums.lowered(by: Sums(turnWeights(kept.turn)))
    }
    guard known.isAnywhereBelow(sums) else { return known.weights }
    var triangles = 0
    LowerTriangles(
      lowerEnd: Rank(vertex), upperEnd: own.graph.upperEnds(of: vertex)[arc], own.graph, opposite.graph
    ).visit { _, first, second in
      sums = sums.lowered(by: Sums(opposite.new[first]).adding(own.new[second]))
      triangles &+= 1
      return known.isAnywhereBelow(sums)
    }
    work.single += triangles
    return sums.weights
  }
}

// MARK: - Verifying

extension PartialCustomization {
  /// Up to this many hierarchy arcs a debug build verifies the whole metrics after each update, so that tests of small
  /// maps find the update that broke one, and those of large maps don't wait for it.
  private static var verifiedArcsMax: Int { 5_000 }

  var isVerified: Bool { hierarchy.isContractedHere && hierarchy.arcCount <= Self.verifiedArcsMax }

  /// Whether every arc weighs the smallest of its turns and its lower triangles, and no mark is left. O(triangles).
  func isCustomized(_ metrics: [Metric], _ turnWeights: (TurnID) -> Weights) -> Bool {
    let (upward, downward) = halves(metrics, from: metrics)
    return (0..<hierarchy.vertexCount).allSatisfy { vertex in
      [(upward, downward), (downward, upward)].allSatisfy { own, opposite in
        scatterWeights(of: vertex, own, through: opposite, turnWeights)
        let upperEnds = own.graph.upperEnds(of: vertex)
        return own.graph.row(vertex).allSatisfy { arc in
          let weights = scatter[upperEnds[arc].position].weights
          return weights.lanes(differingFrom: own.new[arc]) == 0 && marks[own.offset + arc].isEmpty
        }
      }
    }
  }
}
