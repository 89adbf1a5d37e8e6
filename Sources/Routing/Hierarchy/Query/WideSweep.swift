import RoadGraph

/// Eight ``WeightSweep``s at once: the weights of eight sets of terminals lie side by side at each vertex.
///
/// That takes twice as long as one of them. A workspace, as that is.
public final class WideSweep: Workspace {
  /// How many rows there are at most.
  public static let rowsMax = 8

  private let hierarchy: ContractionHierarchy
  /// Old x86-64 compares signed numbers alone, so each weight is kept with its sign bit inverted; see ``FourSums``.
  private let labels: UnsafeMutablePointer<SIMD8<Int32>>

  public init(_ hierarchy: ContractionHierarchy) {
    self.hierarchy = hierarchy
    labels = .allocate(capacity: max(hierarchy.vertexCount, 1))
    labels.initialize(repeating: Labels.infinity, count: hierarchy.vertexCount)
  }

  deinit { labels.deallocate() }

  /// Does nothing: every sweep begins by forgetting the one before.
  public func reset() {}

  /// Weighs all arcs for each row of terminals. O(n + m).
  ///
  /// - Parameters:
  ///   - rows: at most ``rowsMax``.
  ///   - isOver: looked at every few thousand vertices: true ends the work.
  /// - Returns: false if the work was ended; then there is nothing to ask for.
  public func run(
    _ direction: SweepDirection, rows: ArraySlice<[Terminal]>, metric: Metric, isOver: () -> Bool
  ) -> Bool {
    precondition(metric.hierarchy === hierarchy, "a metric of another hierarchy")
    precondition(rows.count <= Self.rowsMax, "too many rows")
    labels.update(repeating: Labels.infinity, count: hierarchy.vertexCount)
    for (row, terminals) in rows.enumerated() {
      for terminal in terminals {
        let vertex = hierarchy.rank[terminal.arc].position
        labels[vertex][row] = min(labels[vertex][row], Labels.signed(min(terminal.offset, .infinity)))
      }
    }
    let weights = metric.sweepWeights(direction)
    return PHAST(hierarchy: hierarchy, direction: direction).run(
      ascending: Labels(labels: labels, weights: weights.rising),
      descending: Labels(labels: labels, weights: weights.falling), isOver: isOver)
  }

  /// The weight of a row at the tail of an arc; infinity if there is no way. O(1).
  public func weight(ofRow row: Int, at arc: ArcID) -> Weight {
    Labels.unsigned(labels[hierarchy.rank[arc].position][row])
  }

  private struct Labels: SweepLabels {
    let labels: UnsafeMutablePointer<SIMD8<Int32>>
    let weights: UnsafePointer<Weight>

    static var infinity: SIMD8<Int32> { SIMD8(repeating: signed(.infinity)) }
    static func signed(_ weight: Weight) -> Int32 { Int32(bitPattern: weight) ^ Int32.min }
    static func unsigned(_ label: Int32) -> Weight { Weight(bitPattern: label ^ Int32.min) }

    @inline(__always) func label(_ vertex: Int) -> SIMD8<Int32> { labels[vertex] }
    @inline(__always) func keep(_ label: SIMD8<Int32>, at vertex: Int) { labels[vertex] = label }
    @inline(__always) func isEmpty(_ label: SIMD8<Int32>) -> Bool { label == Self.infinity }
    @inline(__always) func lowered(_ label: SIMD8<Int32>, by other: SIMD8<Int32>, over arc: Int) -> SIMD8<Int32> {
      let sum = other &+ SIMD8(repeating: Int32(bitPattern: weights[arc]))
      return label.replacing(with: sum, where: sum .< label)
    }
  }
}
