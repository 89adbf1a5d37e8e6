import MapFile
import RoadGraph

/// The weight between the nearest of some terminals and every road arc, in one pass over the hierarchy.
///
/// Weights are composed as for ``LazyRPHAST``: the weight at an arc is that at its tail. It pays where more than some
/// hundreds of arcs are asked for.
///
/// A workspace: it belongs to one thread at a time and allocates nothing per sweep.
public final class WeightSweep: Workspace {
  private let hierarchy: ContractionHierarchy
  private let labels: UnsafeMutablePointer<Weight>

  public init(_ hierarchy: ContractionHierarchy) {
    self.hierarchy = hierarchy
    labels = .allocate(capacity: max(hierarchy.vertexCount, 1))
    labels.initialize(repeating: .infinity, count: hierarchy.vertexCount)
  }

  deinit { labels.deallocate() }

  /// Does nothing: every sweep begins by forgetting the one before.
  public func reset() {}

  /// Weighs all arcs. O(n + m).
  ///
  /// - Parameter isOver: looked at every few thousand vertices: true ends the work.
  /// - Returns: false if the work was ended; then there is nothing to ask for.
  public func run(_ direction: SweepDirection, _ terminals: [Terminal], metric: Metric, isOver: () -> Bool) -> Bool {
    precondition(metric.hierarchy === hierarchy, "a metric of another hierarchy")
    labels.update(repeating: .infinity, count: hierarchy.vertexCount)
    for terminal in terminals {
      let vertex = hierarchy.rank[terminal.arc].position
      labels[vertex] = min(labels[vertex], terminal.offset)
    }
    let weights = metric.sweepWeights(direction)
    return PHAST(hierarchy: hierarchy, direction: direction).run(
      ascending: Labels(labels: labels, weights: weights.rising),
      descending: Labels(labels: labels, weights: weights.falling), isOver: isOver)
  }

  /// The weight at the tail of each arc: of the last run, until the next one, while this sweep lives.
  public var weights: SweptWeights { SweptWeights(labels: labels, ranks: hierarchy.rank.base) }

  /// The weight at the tail of an arc; infinity if there is no way. O(1).
  public func weight(at arc: ArcID) -> Weight { weights[arc] }

  private struct Labels: SweepLabels {
    let labels: UnsafeMutablePointer<Weight>
    let weights: UnsafePointer<Weight>

    @inline(__always) func label(_ vertex: Int) -> Weight { labels[vertex] }
    @inline(__always) func keep(_ label: Weight, at vertex: Int) { labels[vertex] = label }
    @inline(__always) func isEmpty(_ label: Weight) -> Bool { label >= .infinity }
    @inline(__always) func lowered(_ label: Weight, by other: Weight, over arc: Int) -> Weight {
      min(label, other &+ weights[arc])
    }
  }
}

/// The weights that a ``WeightSweep`` found: columns for loops over many arcs.
///
/// Valid while the sweep lives and doesn't run again. Arcs are not checked to be on the map.
@frozen public struct SweptWeights {
  @usableFromInline let labels: UnsafePointer<Weight>
  @usableFromInline let ranks: UnsafePointer<Rank>

  init(labels: UnsafePointer<Weight>, ranks: UnsafePointer<Rank>) { (self.labels, self.ranks) = (labels, ranks) }

  /// The weight at the tail of an arc; infinity if there is no way. O(1).
  @inlinable public subscript(arc: ArcID) -> Weight { labels[ranks[arc.position].position] }
}
