import RoadGraph

/// A few good ways from a set of sources to a set of targets: the shortest one, and ways that differ from it enough
/// without being much longer.
///
/// Single via paths on the search spaces of the elimination-tree query: every common ancestor v of the ends gives a
/// path, the shortest way up to v and the shortest way down from it. Ancestors are separators, so they are the few
/// places through which any other way must pass. A candidate is admissible if it has bounded stretch, limited sharing
/// with every path before it, and passes the T-test: around v it is a shortest path itself (local optimality), so it
/// has no spike and no detour that a driver would shake their head at. It also visits no arc twice. Of the paper's
/// terms one is relaxed: stretch is bounded for the whole path, not for each part of it.
///
/// A workspace, like ``PathQuery``.
///
/// - SeeAlso: Abraham, Delling, Goldberg, Werneck, JEA 2013, doi:10.1145/2444016.2444019 (what a good alternative is);
///   "SeArCCH", ATMOS 2025 (separators of the hierarchy as via vertices).
public final class AlternativePaths: Workspace {
  /// What counts as an alternative: the terms of an admissible path, with the paper's letters.
  public struct Terms: Sendable, Hashable {
    /// How many paths are wanted, the shortest one included.
    public var countMax: Int
    /// Bounded stretch, 1 + ε: the largest weight, as a multiple of the shortest path's.
    public var stretchMax = 1.4
    /// Limited sharing, γ: the largest weight shared with any path before, as a part of the shortest path's.
    public var sharingMax = 0.75
    /// Local optimality, α: the T of the T-test, as a part of the shortest path's weight. From T before the via vertex
    /// to T behind it, the path is a shortest path.
    public var localOptimality = 0.25

    public init(countMax: Int) { self.countMax = countMax }
  }

  /// A path, its weight, and the terminals that it joins, by their positions.
  public struct Path: Sendable, Equatable {
    public let arcs: [ArcID]
    public let weight: Weight
    public let source: Int
    public let target: Int
  }

  /// A vertex that both search spaces hold, and the weight of the way through it.
  private struct Candidate {
    let weight: Weight
    let via: Rank
  }

  /// The number of candidates that are unpacked at most.
  private static let unpackedMax = 60

  private let hierarchy: ContractionHierarchy
  private let localQuery: PathQuery
  private var walk: BidirectionalWalk
  private var unpacking = PathUnpacking()

  public init(_ hierarchy: ContractionHierarchy) {
    self.hierarchy = hierarchy
    localQuery = PathQuery(hierarchy)
    walk = BidirectionalWalk(vertexCount: hierarchy.vertexCount)
  }

  deinit { walk.deallocate() }

  /// Does nothing: every search cleans up after itself.
  public func reset() {}

  /// The shortest path and its alternatives by ascending weight; empty if there is no way.
  ///
  /// - Complexity: that of a path query without pruning, and for each of the first candidates an unpacking and a
  ///   local query: about a millisecond in a metropolis.
  public func paths(from sources: [Terminal], to targets: [Terminal], metric: Metric, terms: Terms) -> [Path] {
    precondition(metric.hierarchy === hierarchy, "a metric of another hierarchy")
    walk.begin(from: sources, to: targets, hierarchy)
    defer { walk.clear() }
    let candidates = candidates(metric, stretchMax: terms.stretchMax)
    guard let shortest = candidates.first else { return [] }
    var chosen = Selection(MeasuredPath(unpacked(shortest, metric), metric), weight: shortest.weight, terms)
    chosen.packed = (Set(chain(from: shortest.via, walk.forward)), Set(chain(from: shortest.via, walk.backward)))
    var vias = [shortest]
    var unpackedCount = 0
    for candidate in candidates.dropFirst() where vias.count < terms.countMax && unpackedCount < Self.unpackedMax {
      if chosen.holds(hierarchy.order[candidate.via]) || sharesTooMuch(candidate, with: chosen) { continue }
      unpackedCount += 1
      let path = MeasuredPath(unpacked(candidate, metric), metric)
      guard chosen.admits(path), passesTTest(path, around: candidate, chosen.testWeight, metric) else { continue }
      chosen.add(path)
      vias.append(candidate)
    }
    return zip(vias, chosen.paths).compactMap { via, path in answer(via, path, sources, targets) }
  }

  /// Every vertex that both search spaces reach within `stretchMax` times the shortest path, by ascending weight.
  private func candidates(_ metric: Metric, stretchMax: Double) -> [Candidate] {
    var (best, bound) = (Weight.infinity, Weight.infinity)
    var met: [Candidate] = []
    walk.run(metric) { vertex, weight in
      if weight < best {
        best = weight
        bound = Weight(min(Double(weight) * stretchMax + 1, Double(Weight.infinity)))
      }
      if weight < bound { met.append(Candidate(weight: weight, via: vertex)) }
      return bound
    }
    return met.filter { $0.weight < bound }.sorted { ($0.weight, $0.via) < ($1.weight, $1.via) }
  }

  private func unpacked(_ candidate: Candidate, _ metric: Metric) -> [ArcID] {
    var arcs: [ArcID] = []
    unpacking.unpack(through: candidate.via, walk, metric: metric, into: &arcs)
    return arcs
  }

  private func answer(_ via: Candidate, _ path: MeasuredPath, _ sources: [Terminal], _ targets: [Terminal]) -> Path? {
    guard let first = path.arcs.first, let last = path.arcs.last,
      let source = sources.cheapest(at: first), let target = targets.cheapest(at: last)
    else { return nil }
    return Path(arcs: path.arcs, weight: via.weight, source: source, target: target)
  }
}

// MARK: What is admitted

extension AlternativePaths {
  /// The vertices from `via` back to the terminal of a search space.
  private func chain(from via: Rank, _ space: LabelledSpace) -> [Rank] {
    var chain = [via]
    var vertex = via
    while space.predecessor(vertex) != vertex {
      vertex = space.predecessor(vertex)
      chain.append(vertex)
    }
    return chain
  }

  /// Whether what a candidate shares with the shortest path is too much already where their shortcuts are the same: a
  /// lower bound that needs no unpacking. O(search space depth).
  private func sharesTooMuch(_ candidate: Candidate, with chosen: Selection) -> Bool {
    func shared(_ space: LabelledSpace, _ known: Set<Rank>) -> Weight {
      let chain = chain(from: candidate.via, space)
      guard let joint = chain.first(where: known.contains), let origin = chain.last else { return 0 }
      return space.weight(joint) - space.weight(origin)
    }
    let sum = shared(walk.forward, chosen.packed.ascent).adding(shared(walk.backward, chosen.packed.descent))
    return Double(sum) > chosen.sharedWeightMax
  }

  /// The T-test: the part of a path from T before its via vertex to T behind it is a shortest path.
  private func passesTTest(
    _ path: MeasuredPath, around candidate: Candidate, _ testWeight: Double, _ metric: Metric
  ) -> Bool {
    guard let via = path.arcs.firstIndex(of: hierarchy.order[candidate.via]) else { return false }
    let middle = Double(path.weights[via])
    let start = path.weights.partitioningIndex { Double($0) >= middle - testWeight }
    let end = min(path.weights.partitioningIndex { Double($0) > middle + testWeight }, path.arcs.count - 1)
    let shortest = localQuery.weight(
      from: [Terminal(path.arcs[start])], to: [Terminal(path.arcs[end])], metric: metric)
    return shortest?.weight == path.weights[end] - path.weights[start]
  }
}

/// The paths chosen so far, and what the next one must keep to.
private struct Selection {
  private(set) var paths: [MeasuredPath]
  private var arcs: [Set<ArcID>]
  /// The vertices of the shortest path's way up and down the hierarchy, shortcuts not unpacked.
  var packed: (ascent: Set<Rank>, descent: Set<Rank>) = ([], [])
  let sharedWeightMax: Double
  /// The T of the T-test.
  let testWeight: Double

  /// - Parameter weight: that of the shortest path, its terminals' offsets included.
  init(_ shortest: MeasuredPath, weight: Weight, _ terms: AlternativePaths.Terms) {
    paths = [shortest]
    arcs = [Set(shortest.arcs)]
    sharedWeightMax = Double(shortest.weight) * terms.sharingMax
    testWeight = Double(shortest.weight) * terms.localOptimality
  }

  /// True if an arc lies on one of the paths: the way through it is nothing new.
  func holds(_ arc: ArcID) -> Bool { arcs.contains { $0.contains(arc) } }

  /// True if a path visits no arc twice and shares little enough with each path before. O(arcs × paths).
  func admits(_ path: MeasuredPath) -> Bool {
    Set(path.arcs).count == path.arcs.count
      && arcs.allSatisfy { Double(path.sharedWeight(with: $0)) <= sharedWeightMax }
  }

  mutating func add(_ path: MeasuredPath) {
    paths.append(path)
    arcs.append(Set(path.arcs))
  }
}

/// A path with the weight from its first arc to each of its arcs.
private struct MeasuredPath {
  let arcs: [ArcID]
  /// Ascending, from 0; as many as there are arcs.
  let weights: [Weight]

  var weight: Weight { weights.last ?? 0 }

  /// An unpacked path: each turn on it weighs what its hierarchy arc does. O(arcs × log degree).
  init(_ arcs: [ArcID], _ metric: Metric) {
    self.arcs = arcs
    let hierarchy = metric.hierarchy
    let (upward, downward) = (hierarchy.upward.pointers, hierarchy.downward.pointers)
    var weights: [Weight] = arcs.isEmpty ? [] : [0]
    for (arc, next) in zip(arcs, arcs.dropFirst()) {
      let (tail, head) = (hierarchy.rank[arc], hierarchy.rank[next])
      let turn =
        tail < head
        ? upward.arc(lower: tail, upper: head).map { metric.upward[$0] }
        : downward.arc(lower: head, upper: tail).map { metric.downward[$0] }
      weights.append(weights[weights.count - 1].adding(turn ?? .infinity))
    }
    self.weights = weights
  }

  /// The weight of the turns between arcs of a set. O(arcs).
  func sharedWeight(with set: Set<ArcID>) -> Weight {
    var shared: Weight = 0
    for index in arcs.indices.dropFirst() where set.contains(arcs[index - 1]) && set.contains(arcs[index]) {
      shared += weights[index] - weights[index - 1]
    }
    return shared
  }
}
