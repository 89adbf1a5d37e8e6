import RoadGraph

/// The earliest of many at every road arc: up to eight labels at each vertex, each of another one.
///
/// Keeping only as many is exact. If one is among the k earliest at v and its way leads through w, fewer than k
/// others are earlier at w, as each of them would be earlier at v by as much; ties go by number, and stay ties along
/// the way.
///
/// Sources belong to groups, and count once a group: the vehicles of one crew go out one at a time.
///
/// A workspace, as ``WeightSweep``, of which this is the form with several labels.
public final class Sweep: Workspace {
  /// How many there may be at each arc.
  public static let depthMax = 8

  /// Where one of them starts.
  public struct Source: Sendable, Hashable {
    public let terminal: Terminal
    /// Of which the earliest member counts alone.
    public let group: UInt32
    /// Its number in the group.
    public let member: UInt32

    public init(_ terminal: Terminal, group: UInt32, member: UInt32 = 0) {
      (self.terminal, self.group, self.member) = (terminal, group, member)
    }
  }

  private let hierarchy: ContractionHierarchy
  /// `depth` entries for each vertex, ascending: weight above group above member.
  private var entries: UnsafeMutablePointer<UInt64>
  private var capacity: Int
  private var depth = 1
  private var memberBits: UInt32 = 0

  public init(_ hierarchy: ContractionHierarchy) {
    self.hierarchy = hierarchy
    capacity = max(hierarchy.vertexCount, 1)
    entries = .allocate(capacity: capacity)
    entries.initialize(repeating: SweepArrivals.none, count: capacity)
  }

  deinit { entries.deallocate() }

  /// Does nothing: every sweep begins by forgetting the one before.
  public func reset() {}

  /// Finds the earliest groups at all arcs. O(depth × (n + m)).
  ///
  /// - Parameters:
  ///   - depth: how many, 1 to ``depthMax``.
  ///   - isOver: looked at every few thousand vertices: true ends the work.
  /// - Returns: false if the work was ended; then there is nothing to ask for.
  public func run(
    _ direction: SweepDirection, _ sources: [Source], depth: Int, metric: Metric, isOver: () -> Bool
  ) -> Bool {
    precondition(metric.hierarchy === hierarchy, "a metric of another hierarchy")
    precondition((1...Self.depthMax).contains(depth), "a depth is 1 to 8")
    begin(sources, depth)
    let weights = metric.sweepWeights(direction)
    let (rising, falling) = (columns(weights.rising), columns(weights.falling))
    for source in sources where source.terminal.offset < .infinity {
      let vertex = hierarchy.rank[source.terminal.arc].position
      Labels(rising).insert(packed(source), into: entries + vertex * depth)
    }
    let sweep = PHAST(hierarchy: hierarchy, direction: direction)
    return switch depth {
    case 2: sweep.run(ascending: FewLabels<Earliest2>(rising), descending: FewLabels(falling), isOver: isOver)
    case 3: sweep.run(ascending: FewLabels<Earliest3>(rising), descending: FewLabels(falling), isOver: isOver)
    default: sweep.run(ascending: Labels(rising), descending: Labels(falling), isOver: isOver)
    }
  }

  private func columns(_ weights: UnsafePointer<Weight>) -> SweepColumns {
    SweepColumns(entries: entries, depth: depth, memberBits: memberBits, weights: weights)
  }

  private func begin(_ sources: [Source], _ depth: Int) {
    let (groupMax, memberMax) = sources.reduce((UInt32(0), UInt32(0))) { (max($0.0, $1.group), max($0.1, $1.member)) }
    memberBits = UInt32(UInt32.bitWidth - memberMax.leadingZeroBitCount)
    precondition(
      memberBits < 32 && groupMax.leadingZeroBitCount >= Int(memberBits), "groups and members take more than 32 bits")
    self.depth = depth
    let count = hierarchy.vertexCount * depth
    if count > capacity {
      entries.deallocate()
      (entries, capacity) = (.allocate(capacity: count), count)
    }
    entries.initialize(repeating: SweepArrivals.none, count: count)
  }

  private func packed(_ source: Source) -> UInt64 {
    UInt64(source.terminal.offset) << 32 | UInt64(source.group &<< memberBits | source.member)
  }

  /// Who comes to each arc: of the last run, until the next one, while this sweep lives.
  public var arrivals: SweepArrivals {
    SweepArrivals(entries: entries, ranks: hierarchy.rank.base, depth: depth, memberBits: memberBits)
  }

  /// Who comes to the tail of an arc as the first (0), the second ...; `nil` if nobody does. O(1).
  public func entry(_ number: Int, at arc: ArcID) -> SweepArrivals.Entry? { arrivals.entry(number, at: arc) }

  /// Labels of any depth, where they lie.
  private struct Labels: SweepLabels {
    private let entries: UnsafeMutablePointer<UInt64>
    private let depth: Int
    private let memberBits: UInt32
    private let weights: UnsafePointer<Weight>

    init(_ columns: SweepColumns) {
      (entries, depth, memberBits, weights) = (columns.entries, columns.depth, columns.memberBits, columns.weights)
    }

    @inline(__always) func label(_ vertex: Int) -> UnsafeMutablePointer<UInt64> { entries + vertex &* depth }
    @inline(__always) func keep(_ label: UnsafeMutablePointer<UInt64>, at vertex: Int) {}
    @inline(__always) func isEmpty(_ label: UnsafeMutablePointer<UInt64>) -> Bool { label[0] >= SweepArrivals.none }
    @inline(__always) func lowered(
      _ label: UnsafeMutablePointer<UInt64>, by other: UnsafeMutablePointer<UInt64>, over arc: Int
    ) -> UnsafeMutablePointer<UInt64> {
      let weight = UInt64(weights[arc]) << 32
      for number in 0..<depth {
        let entry = other[number] &+ weight
        // What follows is later still.
        if entry >= label[depth &- 1] { break }
        insert(entry, into: label)
      }
      return label
    }

    /// Puts an entry in its place, once a group.
    @inline(__always) func insert(_ entry: UInt64, into label: UnsafeMutablePointer<UInt64>) {
      let last = depth &- 1
      if entry >= label[last] { return }
      var place = 0
      while place < last && !isSameGroup(entry, label[place]) { place &+= 1 }
      // At the last place anything gives way.
      if isSameGroup(entry, label[place]) && entry >= label[place] { return }
      while place > 0 && label[place &- 1] > entry {
        label[place] = label[place &- 1]
        place &-= 1
      }
      label[place] = entry
    }

    @inline(__always) private func isSameGroup(_ left: UInt64, _ right: UInt64) -> Bool {
      UInt32(truncatingIfNeeded: left ^ right) &>> memberBits == 0
    }
  }
}
