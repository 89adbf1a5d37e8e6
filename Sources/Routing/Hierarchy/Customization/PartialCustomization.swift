import HeapModule
import RoadGraph

/// Partial customization: brings metrics up to date after a few turn weights changed, up or down; one metric, or several
/// ones in one sweep, as a closed road mostly changes the same arcs of all of them.
///
/// Vertices with arcs that may have changed wait in a queue by rank. One that is taken out has only final arcs below it.
/// A changed arc of it takes part in triangles with the arcs of the same vertex; each tells an arc above what its new
/// sum is. A sum below that arc's weight simply becomes its weight. An old sum that was its weight and has grown makes
/// it *stale*: it's computed anew, from its turns and its lower triangles, when its own vertex comes out of the queue.
/// What is stale under one metric is computed for all: for the others that finds what they have.
///
/// - SeeAlso: Dibbelt, Strasser, Wagner, JEA 2016, doi:10.1145/2886843, section 7.5.
final class PartialCustomization<Lanes: WeightLanes> {
  typealias Weights = Lanes.Weights
  typealias Sums = Lanes.Weights.Sums

  let hierarchy: ContractionHierarchy
  /// What is known of each arc, by position among upward and downward arcs; empty between updates.
  private let marks: UnsafeMutablePointer<Marks>
  private let isQueued: UnsafeMutablePointer<Bool>
  private var queue = Heap<UInt32>()
  private let scatter: UnsafeMutablePointer<Sums>
  private var upwardRow: RowInWork<Weights>
  private var downwardRow: RowInWork<Weights>
  /// The positions of the arcs that changed.
  private var changes: [UInt32] = []
  private var changedLanes: UInt8 = 0
  /// What the last update cost, in triangles of a full customization.
  private(set) var work = 0

  init(_ hierarchy: ContractionHierarchy) {
    self.hierarchy = hierarchy
    marks = .allocate(capacity: hierarchy.arcCount)
    marks.initialize(repeating: [], count: hierarchy.arcCount)
    isQueued = .allocate(capacity: hierarchy.vertexCount)
    isQueued.initialize(repeating: false, count: hierarchy.vertexCount)
    scatter = .allocate(capacity: hierarchy.vertexCount)
    upwardRow = RowInWork(hierarchy.upward)
    downwardRow = RowInWork(hierarchy.downward)
  }

  deinit {
    marks.deallocate()
    isQueued.deallocate()
    scatter.deallocate()
  }

  fileprivate struct Marks: OptionSet, BitwiseCopyable {
    let rawValue: UInt8
    /// Has a new weight.
    static var isLowered: Marks { Marks(rawValue: 1) }
    /// Has to be computed anew.
    static var isStale: Marks { Marks(rawValue: 2) }
  }

  /// One direction of a hierarchy while it changes.
  fileprivate struct Half {
    let graph: SearchGraphPointers
    /// Before the update, and now.
    let old: Lanes
    let new: Lanes
    /// Where its arcs begin among the positions of all arcs.
    let offset: Int

    var weighted: BasicCustomization<Lanes>.WeightedGraph { (graph, new) }
  }

  /// Updates metrics in place.
  ///
  /// - Parameters:
  ///   - metrics: by lane; they weigh what `old` weighs.
  ///   - workMax: the work is ended when it has become more than so many triangles, and leaves `metrics` half changed.
  ///   - turnWeights: of a turn after the change, by lane.
  ///   - isOver: looked at before each vertex: true ends the work as well.
  /// - Returns: what changed; `nil` if the work was ended.
  func update(
    _ metrics: [Metric], from old: [Metric], changed: [TurnID], workMax: Int,
    turnWeights: (TurnID) -> Weights, isOver: () -> Bool = { false }
  ) -> CustomizationChanges? {
    let upwardCount = hierarchy.upward.arcCount
    let upward = Half(
      graph: hierarchy.upward.pointers, old: Lanes(old, offset: 0), new: Lanes(metrics, offset: 0), offset: 0)
    let downward = Half(
      graph: hierarchy.downward.pointers, old: Lanes(old, offset: upwardCount),
      new: Lanes(metrics, offset: upwardCount), offset: upwardCount)
    (changes, changedLanes, work) = ([], 0, 0)
    for turn in changed { enqueue(turn, turnWeights(turn), upward, downward) }
    while let vertex = takeLowest() {
      if work > workMax || isOver() {
        abandon(from: vertex, upward, downward)
        return nil
      }
      work += Self.workPerVertex
      recompute(vertex, upward, through: downward, turnWeights)
      recompute(vertex, downward, through: upward, turnWeights)
      let isUpwardChanged = collect(vertex, upward, &upwardRow)
      let isDownwardChanged = collect(vertex, downward, &downwardRow)
      guard isUpwardChanged || isDownwardChanged else { continue }
      upwardRow.fill(upward.graph.row(vertex), old: upward.old, new: upward.new)
      downwardRow.fill(downward.graph.row(vertex), old: downward.old, new: downward.new)
      tell(upward, of: downwardRow, upwardRow)
      tell(downward, of: upwardRow, downwardRow)
    }
    return CustomizationChanges(positions: changes, lanes: changedLanes)
  }

  private static var workPerVertex: Int { 16 }

  /// Lets a turn's new weights lower its arc, or make it stale.
  private func enqueue(_ turn: TurnID, _ weights: Weights, _ upward: Half, _ downward: Half) {
    let position = Int(hierarchy.turnPosition[turn])
    guard position != ContractionHierarchy.noPosition else { return }
    let half = position < downward.offset ? upward : downward
    let arc = position - half.offset
    let (known, sums) = (Sums(half.new[arc]), Sums(weights))
    let isLowered = sums.isAnywhereBelow(known)
    if isLowered {
      half.new[arc] = known.lowered(by: sums).weights
      marks[position].insert(.isLowered)
    }
    let isStale = known.isAnywhereBelow(sums)
    if isStale { marks[position].insert(.isStale) }
    if isLowered || isStale { enqueue(half.graph.lowerEnd(of: arc, vertexCount: hierarchy.vertexCount)) }
  }

  private func enqueue(_ vertex: Int) {
    if isQueued[vertex] { return }
    isQueued[vertex] = true
    queue.insert(UInt32(vertex))
  }

  private func takeLowest() -> Int? {
    guard let lowest = queue.popMin() else { return nil }
    isQueued[Int(lowest)] = false
    return Int(lowest)
  }

  /// Takes down which arcs of a vertex changed, and takes their marks off. False if there are none.
  private func collect(_ vertex: Int, _ half: Half, _ rowInWork: inout RowInWork<Weights>) -> Bool {
    let row = half.graph.row(vertex)
    rowInWork.begin(half.graph.upperEnds(of: vertex) + row.lowerBound, count: row.count)
    for arc in row where !marks[half.offset &+ arc].isEmpty {
      marks[half.offset &+ arc] = []
      let lanes = half.new[arc].lanes(differingFrom: half.old[arc])
      if lanes == 0 { continue }
      changedLanes |= lanes
      changes.append(UInt32(half.offset + arc))
      rowInWork.append(changed: arc - row.lowerBound)
    }
    return rowInWork.changedCount > 0
  }

  /// Empties the queue.
  private func abandon(from vertex: Int, _ upward: Half, _ downward: Half) {
    var next: Int? = vertex
    while let vertex = next {
      for half in [upward, downward] {
        for arc in half.graph.row(vertex) { marks[half.offset + arc] = [] }
      }
      next = takeLowest()
    }
  }
}

// MARK: - Computing stale arcs anew

extension PartialCustomization {
  /// Computes the stale arcs of one half of a vertex anew; all its arcs at once where that's cheaper.
  private func recompute(_ vertex: Int, _ own: Half, through opposite: Half, _ turnWeights: (TurnID) -> Weights) {
    let row = own.graph.row(vertex)
    let stale = row.count { marks[own.offset &+ $0].contains(.isStale) }
    if stale == 0 { return }
    if stale <= Self.singleArcsMax {
      for arc in row where marks[own.offset + arc].contains(.isStale) {
        own.new[arc] = weights(of: arc, vertex, own, through: opposite, turnWeights)
      }
      return
    }
    let upperEnds = own.graph.upperEnds(of: vertex)
    for arc in row { scatter[upperEnds[arc].position] = Sums(.infinity) }
    for kept in hierarchy.keptTurns[vertex] {
      let arc = Int(kept.position) - own.offset
      guard row.contains(arc) else { continue }
      let upper = upperEnds[arc].position
      scatter[upper] = scatter[upper].lowered(by: Sums(turnWeights(kept.turn)))
    }
    BasicCustomization<Lanes>.relaxLowerTriangles(vertex, own.weighted, through: opposite.weighted, scatter)
    for arc in row where marks[own.offset + arc].contains(.isStale) {
      own.new[arc] = scatter[upperEnds[arc].position].weights
    }
    work += opposite.graph.rowBelow(vertex).count * row.count
  }

  /// Up to this many stale arcs of a vertex are computed one by one.
  private static var singleArcsMax: Int { 3 }

  /// In each lane the smallest of the turns' weights and the sums over all lower triangles.
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
    work += triangles * Self.workPerSingleTriangle
    return sums.weights
  }

  private static var workPerSingleTriangle: Int { 2 }
}

// MARK: - Propagating changes upwards

extension PartialCustomization {
  /// Tells the arcs of one half what became of their way through the vertex in work: those kept at the upper ends of
  /// its `lower` arcs, to the upper ends of its `upper` arcs above.
  private func tell(_ half: Half, of lower: borrowing RowInWork<Weights>, _ upper: borrowing RowInWork<Weights>) {
    var (next, nextChanged, told) = (0, 0, 0)
    for first in 0..<lower.count {
      let isChanged = lower.isChanged[first]
      if !isChanged && nextChanged == upper.changedCount { continue }
      let lowerEnd = lower.upperEnds[first]
      while next < upper.count && upper.upperEnds[next] <= lowerEnd { next &+= 1 }
      if next == upper.count { break }
      while nextChanged < upper.changedCount && upper.changed[nextChanged] < next { nextChanged &+= 1 }
      var listener = Listener(half, at: lowerEnd, first: (Sums(lower.old[first]), Sums(lower.new[first])))
      if listener.isOutOfReach { continue }
      if isChanged {
        for second in next..<upper.count { listener.hear(half, upper, second, marks) }
        told &+= upper.count &- next
      } else {
        for number in nextChanged..<upper.changedCount { listener.hear(half, upper, upper.changed[number], marks) }
        told &+= upper.changedCount &- nextChanged
      }
      if listener.isConcerned { enqueue(lowerEnd.position) }
    }
    work += told * Self.workPerTold
  }

  /// To find an arc takes as long as a few triangles; less of them, the more metrics each one serves.
  private static var workPerTold: Int { Weights.laneCount == 1 ? 4 : 2 }

  /// The row of a vertex that is told of changes below.
  private struct Listener {
    /// The weights of the way's first arc, before the update and now.
    private let oldFirst: Sums
    private let newFirst: Sums
    private let upperEnds: UnsafePointer<Rank>
    /// The part of the row that may still be told.
    private var row: Range<Int>
    /// Whether the vertex has to be looked at.
    private(set) var isConcerned = false

    @inline(__always) init(_ half: Half, at vertex: Rank, first: (old: Sums, new: Sums)) {
      (oldFirst, newFirst) = first
      upperEnds = half.graph.upperEnds(of: vertex.position)
      row = half.graph.row(vertex.position)
    }

    /// Whether the way is infinite, before and now.
    @inline(__always) var isOutOfReach: Bool {
      !oldFirst.isAnywhereBelow(Sums(.infinity)) && !newFirst.isAnywhereBelow(Sums(.infinity))
    }

    /// Learns what became of the way whose second arc is that at a place of `upper`.
    @inline(__always)
    mutating func hear(
      _ half: Half, _ upper: borrowing RowInWork<Weights>, _ second: Int, _ marks: UnsafeMutablePointer<Marks>
    ) {
      let oldSums = oldFirst.adding(upper.old[second])
      let newSums = newFirst.adding(upper.new[second])
      let infinity = Sums(.infinity)
      if !oldSums.isAnywhereBelow(infinity) && !newSums.isAnywhereBelow(infinity) { return }
      let arc = upperEnds.position(of: upper.upperEnds[second], in: row)
      row = arc..<row.upperBound
      guard arc < row.upperBound, upperEnds[arc] == upper.upperEnds[second] else { return }
      let weights = Sums(half.new[arc])
      if newSums.isAnywhereBelow(weights) {
        half.new[arc] = weights.lowered(by: newSums).weights
        marks[half.offset &+ arc].insert(.isLowered)
        isConcerned = true
      }
      if oldSums.wasAnywhereTight(at: weights, becoming: newSums) {
        marks[half.offset &+ arc].insert(.isStale)
        isConcerned = true
      }
    }
  }
}
