import HeapModule
import RoadGraph

/// Partial customization: brings metrics up to date after a few turn weights changed, up or down; one metric, or
/// several in one sweep, since a closed road mostly changes the same arcs of all of them.
///
/// Vertices with arcs that may have changed wait in a queue by rank. When one is taken out, all arcs below it are
/// final. Its stale arcs are recomputed; then its changes propagate upwards: a changed arc is the bottom or the middle
/// of triangles whose other such arc is kept at the same vertex, and the sum of the two relaxes the top. A new sum
/// below the top's weight simply becomes its weight. An old sum that was its weight and has grown makes it *stale*: it
/// is recomputed, from its turns and its lower triangles, when its own vertex comes out of the queue. What is stale
/// under one metric is recomputed for all: for the others that finds what they have.
///
/// - SeeAlso: Dibbelt, Strasser, Wagner, JEA 2016, doi:10.1145/2886843, section 7.5.
final class PartialCustomization<Lanes: WeightLanes> {
  typealias Weights = Lanes.Weights
  typealias Sums = Lanes.Weights.Sums

  let hierarchy: ContractionHierarchy
  /// What is known of each arc, by position among upward and downward arcs; empty between updates.
  let marks: UnsafeMutablePointer<Marks>
  private let isQueued: UnsafeMutablePointer<Bool>
  private var queue = Heap<UInt32>()
  let scatter: UnsafeMutablePointer<Sums>
  private var upwardRow: GatheredRow<Weights>
  private var downwardRow: GatheredRow<Weights>
  /// The positions of the arcs that changed.
  private var changes: [UInt32] = []
  private var changedLanes: UInt8 = 0
  /// What the last update cost.
  var work = TriangleCount<Weights>()

  init(_ hierarchy: ContractionHierarchy) {
    self.hierarchy = hierarchy
    marks = .allocate(capacity: hierarchy.arcCount)
    marks.initialize(repeating: [], count: hierarchy.arcCount)
    isQueued = .allocate(capacity: hierarchy.vertexCount)
    isQueued.initialize(repeating: false, count: hierarchy.vertexCount)
    scatter = .allocate(capacity: hierarchy.vertexCount)
    upwardRow = GatheredRow(hierarchy.upward)
    downwardRow = GatheredRow(hierarchy.downward)
  }

  deinit {
    marks.deallocate()
    isQueued.deallocate()
    scatter.deallocate()
  }

  struct Marks: OptionSet, BitwiseCopyable {
    let rawValue: UInt8
    /// Has a new weight.
    static var isLowered: Marks { Marks(rawValue: 1) }
    /// Has to be recomputed.
    static var isStale: Marks { Marks(rawValue: 2) }
  }

  /// One direction of a hierarchy while it changes.
  struct Half {
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
  ///   - workMax: the work ends when it has cost more than this many triangles, and leaves `metrics` half changed.
  ///   - turnWeights: of a turn after the change, by lane.
  ///   - isOver: looked at before each vertex: true ends the work as well.
  /// - Returns: what changed; `nil` if the work was ended.
  func update(
    _ metrics: [Metric], from old: [Metric], changed: [TurnID], workMax: Int,
    turnWeights: (TurnID) -> Weights, isOver: () -> Bool = { false }
  ) -> CustomizationChanges? {
    let (upward, downward) = halves(metrics, from: old)
    (changes, changedLanes, work) = ([], 0, TriangleCount())
    for turn in changed { relax(turn, turnWeights(turn), upward, downward) }
    while let vertex = takeLowest() {
      if work.total > workMax || isOver() {
        abandon(from: vertex, upward, downward)
        return nil
      }
      work.vertices += 1
      recompute(vertex, upward, through: downward, turnWeights)
      recompute(vertex, downward, through: upward, turnWeights)
      let isUpwardChanged = gatherChanges(of: vertex, upward, into: &upwardRow)
      let isDownwardChanged = gatherChanges(of: vertex, downward, into: &downwardRow)
      guard isUpwardChanged || isDownwardChanged else { continue }
      upwardRow.fill(upward.graph.row(vertex), old: upward.old, new: upward.new)
      downwardRow.fill(downward.graph.row(vertex), old: downward.old, new: downward.new)
      propagate(bottoms: downwardRow, middles: upwardRow, to: upward)
      propagate(bottoms: upwardRow, middles: downwardRow, to: downward)
    }
    assert(
      !isVerified || isCustomized(metrics, turnWeights),
      "an arc weighs something else than its turns and lower triangles: was every changed turn named?")
    return CustomizationChanges(positions: changes, lanes: changedLanes)
  }

  func halves(_ metrics: [Metric], from old: [Metric]) -> (upward: Half, downward: Half) {
    func half(_ graph: SearchGraph, offset: Int) -> Half {
      Half(
        graph: graph.pointers, old: Lanes(old, offset: offset), new: Lanes(metrics, offset: offset), offset: offset)
    }
    return (half(hierarchy.upward, offset: 0), half(hierarchy.downward, offset: hierarchy.upward.arcCount))
  }

  /// Lets a turn's new weights lower its arc, or make it stale.
  private func relax(_ turn: TurnID, _ weights: Weights, _ upward: Half, _ downward: Half) {
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

  func enqueue(_ vertex: Int) {
    if isQueued[vertex] { return }
    isQueued[vertex] = true
    queue.insert(UInt32(vertex))
  }

  private func takeLowest() -> Int? {
    guard let lowest = queue.popMin() else { return nil }
    isQueued[Int(lowest)] = false
    return Int(lowest)
  }

  /// Gathers the changed arcs of a vertex and clears its marks. False if there are none.
  private func gatherChanges(of vertex: Int, _ half: Half, into gathered: inout GatheredRow<Weights>) -> Bool {
    let row = half.graph.row(vertex)
    gathered.begin(half.graph.upperEnds(of: vertex) + row.lowerBound, count: row.count)
    for arc in row where !marks[half.offset &+ arc].isEmpty {
      marks[half.offset &+ arc] = []
      let lanes = half.new[arc].lanes(differingFrom: half.old[arc])
      if lanes == 0 { continue }
      changedLanes |= lanes
      changes.append(UInt32(half.offset + arc))
      gathered.append(changed: arc - row.lowerBound)
    }
    return gathered.changedCount > 0
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
