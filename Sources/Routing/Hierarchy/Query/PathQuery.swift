import RoadGraph

/// A road arc at which a search begins or ends, and the weight that is added there.
public struct Terminal: Sendable, Hashable {
  public let arc: ArcID
  public let offset: Weight

  public init(_ arc: ArcID, offset: Weight = 0) {
    (self.arc, self.offset) = (arc, offset)
  }
}

/// Shortest paths from a set of sources to a set of targets, by the elimination-tree query.
///
/// The weight of an answer is the source's offset, the weights of all turns on the way, and the target's offset. As a
/// turn's weight contains the arc that it leaves, every arc of the path is counted but the last. Where an arc is both
/// source and target, that arc alone is a legal path: it weighs the two offsets. Callers decide when it makes sense (a
/// target that lies behind the source on the same arc needs a way around) and leave the arc out of one set if not.
///
/// A workspace: it belongs to one thread at a time, allocates nothing per query, and cleans up after each query in time
/// proportional to what the query touched.
///
/// - SeeAlso: Dibbelt, Strasser, Wagner, JEA 2016, doi:10.1145/2886843, section 6.2; Buchhold, Sanders, Wagner,
///   JEA 2019, doi:10.1145/3362693, section 3.4 (pruning).
public final class PathQuery {
  /// Which ends won, and how far they're apart.
  public struct Answer: Sendable, Equatable {
    public let weight: Weight
    /// Positions in the sets of terminals that were asked for.
    public let source: Int
    public let target: Int
  }

  let hierarchy: ContractionHierarchy
  private var walk: BidirectionalWalk
  private var unpacking = PathUnpacking()

  public init(_ hierarchy: ContractionHierarchy) {
    self.hierarchy = hierarchy
    walk = BidirectionalWalk(vertexCount: hierarchy.vertexCount)
  }

  deinit { walk.deallocate() }

  /// The smallest weight of a way from a source to a target; nil if there is none.
  ///
  /// - Complexity: O(arcs of the ancestors of all terminals), tens of microseconds in a metropolis.
  public func weight(from sources: [Terminal], to targets: [Terminal], metric: Metric) -> Answer? {
    search(sources, targets, metric) { meeting, weight in answer(meeting, weight, sources, targets) }
  }

  /// The same with the path itself.
  ///
  /// - Parameter path: replaced by the arcs of the path, source and target included; emptied if there is none.
  /// - Complexity: as ``weight(from:to:metric:)``, and for each arc of the path a few lists of lower triangles.
  public func path(from sources: [Terminal], to targets: [Terminal], metric: Metric, into path: inout [ArcID])
    -> Answer?
  {
    path.removeAll(keepingCapacity: true)
    return search(sources, targets, metric) { meeting, weight in
      unpacking.unpack(through: meeting, walk, metric: metric, into: &path)
      return answer(meeting, weight, sources, targets)
    }
  }

  private func search(
    _ sources: [Terminal], _ targets: [Terminal], _ metric: Metric, found: (Rank, Weight) -> Answer?
  ) -> Answer? {
    precondition(metric.hierarchy === hierarchy, "a metric of another hierarchy")
    walk.begin(from: sources, to: targets, hierarchy)
    defer { walk.clear() }
    // Nothing is relaxed that weighs as much as the best way found so far.
    var (best, meeting) = (Weight.infinity, Rank.none)
    walk.run(metric) { vertex, weight in
      if weight < best { (best, meeting) = (weight, vertex) }
      return best
    }
    return meeting == .none ? nil : found(meeting, best)
  }

  private func answer(_ meeting: Rank, _ weight: Weight, _ sources: [Terminal], _ targets: [Terminal]) -> Answer? {
    guard let source = sources.cheapest(at: hierarchy.order[walk.forward.origin(of: meeting)]),
      let target = targets.cheapest(at: hierarchy.order[walk.backward.origin(of: meeting)])
    else { return nil }
    return Answer(weight: weight, source: source, target: target)
  }
}

extension [Terminal] {
  /// The position of the terminal of the smallest offset among those on one arc.
  func cheapest(at arc: ArcID) -> Int? {
    indices.filter { self[$0].arc == arc }.min { self[$0].offset < self[$1].offset }
  }
}
