import RoadGraph

/// The smallest weights between each of some sets of sources and each of some sets of targets.
///
/// The fewer sets are searched from, one by one with ``LazyRPHAST`` while the others are few, eight at once with
/// ``WideSweep`` where a sweep over all arcs is less work than the climbs of all of them.
public struct ManyToMany: Sendable {
  private let lazySearches: WorkspacePool<LazyRPHAST>
  private let wideSweeps: WorkspacePool<WideSweep>
  private let vertexCount: Int

  /// A sweep pays once there is a set to be asked for among this many vertices: 600 of them in a metropolis of 220,000.
  private static let verticesForEachSet = 365
  /// Fewer sets than these leave most of a sweep's rows empty.
  private static let sweptSetsMin = 3

  /// - Parameter lazySearches: of the same hierarchy.
  public init(_ hierarchy: ContractionHierarchy, _ lazySearches: WorkspacePool<LazyRPHAST>) {
    self.lazySearches = lazySearches
    wideSweeps = WorkspacePool(hierarchy)
    vertexCount = hierarchy.vertexCount
  }

  /// The weights, row by row, a row for each set of sources; infinity where there is no way.
  ///
  /// Weights are composed as for ``PathQuery``. An empty set has no ways.
  ///
  /// - Parameter isOver: looked at every few milliseconds: true ends the work.
  /// - Returns: `nil` if the work was ended.
  /// - Complexity: see ``LazyRPHAST`` and ``WideSweep``, once for each of the fewer sets.
  public func weights(
    from sources: [[Terminal]], to targets: [[Terminal]], metric: Metric, isOver: () -> Bool
  ) -> [Weight]? {
    let areSourcesFewer = sources.count <= targets.count
    let (fixed, others) = areSourcesFewer ? (sources, targets) : (targets, sources)
    let direction: SweepDirection = areSourcesFewer ? .from : .towards
    let isSwept = others.count >= vertexCount / Self.verticesForEachSet && fixed.count >= Self.sweptSetsMin
    var weights = [Weight](repeating: .infinity, count: sources.count * targets.count)
    let isWhole = weights.withUnsafeMutableBufferPointer { weights in
      let table = Table(weights: weights, columnCount: targets.count, isTransposed: !areSourcesFewer)
      return isSwept
        ? sweep(direction, fixed, others, metric, into: table, isOver)
        : search(direction, fixed, others, metric, into: table, isOver)
    }
    return isWhole ? weights : nil
  }

  /// Where the weight between a set that is searched from and another one belongs.
  private struct Table {
    let weights: UnsafeMutableBufferPointer<Weight>
    let columnCount: Int
    let isTransposed: Bool

    subscript(fixed: Int, other: Int) -> Weight {
      get { weights[position(fixed, other)] }
      nonmutating set { weights[position(fixed, other)] = newValue }
    }

    private func position(_ fixed: Int, _ other: Int) -> Int {
      isTransposed ? other * columnCount + fixed : fixed * columnCount + other
    }
  }

  private func search(
    _ direction: SweepDirection, _ fixed: [[Terminal]], _ others: [[Terminal]], _ metric: Metric,
    into table: Table, _ isOver: () -> Bool
  ) -> Bool {
    lazySearches.withWorkspace { search in
      for (row, terminals) in fixed.enumerated() where !terminals.isEmpty {
        if isOver() { return false }
        switch direction {
        case .from: search.setSources(terminals, metric: metric)
        case .towards: search.setTargets(terminals, metric: metric)
        }
        for (column, others) in others.enumerated() {
          for other in others {
            let weight = direction == .from ? search.weight(to: other.arc) : search.weight(from: other.arc)
            table[row, column] = min(table[row, column], weight.adding(other.offset))
          }
        }
      }
      return true
    }
  }

  private func sweep(
    _ direction: SweepDirection, _ fixed: [[Terminal]], _ others: [[Terminal]], _ metric: Metric,
    into table: Table, _ isOver: () -> Bool
  ) -> Bool {
    wideSweeps.withWorkspace { sweep in
      for first in stride(from: 0, to: fixed.count, by: WideSweep.rowsMax) {
        let rows = fixed[first..<min(first + WideSweep.rowsMax, fixed.count)]
        guard sweep.run(direction, rows: rows, metric: metric, isOver: isOver) else { return false }
        for (column, others) in others.enumerated() {
          for other in others {
            for row in rows.indices {
              let weight = sweep.weight(ofRow: row - first, at: other.arc)
              table[row, column] = min(table[row, column], weight.adding(other.offset))
            }
          }
        }
      }
      return true
    }
  }
}
