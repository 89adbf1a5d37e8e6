import Hierarchy
import RoadGraph

/// Dijkstra on the turn-expanded graph, as plain as can be: every answer of the hierarchy is compared with it.
struct Oracle {
  let graph: TurnExpandedGraph
  let turnWeights: [Weight]

  /// The weight of every arc from the nearest source.
  func weights(from sources: [Terminal]) -> [Weight] {
    var weights = [Weight](repeating: .infinity, count: graph.arcCount)
    var isSettled = [Bool](repeating: false, count: graph.arcCount)
    for source in sources { weights[source.arc.position] = min(weights[source.arc.position], source.offset) }
    while let next = weights.indices.filter({ !isSettled[$0] }).min(by: { weights[$0] < weights[$1] }),
      weights[next] < .infinity
    {
      isSettled[next] = true
      for turn in graph.firstTurn[ArcID(next)] {
        let head = graph.turnHead[position: turn].position
        weights[head] = min(weights[head], weights[next].adding(turnWeights[turn]))
      }
    }
    return weights
  }

  /// The weight from the nearest source to the nearest target, offsets included.
  func weight(from sources: [Terminal], to targets: [Terminal]) -> Weight {
    let weights = weights(from: sources)
    return targets.map { weights[$0.arc.position].adding($0.offset) }.min() ?? .infinity
  }

  /// The smallest sum of the turns along a path; infinity where two arcs in a row are no turn.
  func weight(along path: [ArcID]) -> Weight {
    zip(path, path.dropFirst()).reduce(0) { sum, step in
      let turns = graph.firstTurn[step.0].filter { graph.turnHead[position: $0] == step.1 }
      return sum.adding(turns.map { turnWeights[$0] }.min() ?? .infinity)
    }
  }
}
