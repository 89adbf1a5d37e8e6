import HeapModule
import RoadGraph

/// Dijkstra's algorithm over arcs and their turns by length, from a place on an arc, within a limit of some metres.
///
/// Shadow arcs count as their originals: what they ban in addition is no matter for a line that was drawn.
struct RoadSearch {
  private struct Label {
    let arc: ArcID
    let isCivil: Bool
    /// From the start to the tail of the arc.
    var lengthMeters: Double
    var penaltyMeters: Double
    /// Position of the label of the arc before; -1 for the arc of the start.
    var parent: Int
    var isSettled = false

    var totalMeters: Double { lengthMeters + penaltyMeters }
  }

  private struct QueueItem: Comparable {
    let totalMeters: Double
    let label: Int

    static func < (left: Self, right: Self) -> Bool {
      (left.totalMeters, left.label) < (right.totalMeters, right.label)
    }
  }

  /// On one arc a line may run back this far and still count as standing still.
  static let backwardMeters = 5.0

  /// Which turns may be made.
  typealias IsOpen = (TurnID, ArcID) -> Bool

  private let network: RoadNetwork
  private let isOpen: IsOpen
  private let backwardMeters: Double
  private var knownFacts: [ArcID: MatchingFacts] = [:]
  private var labels: [Label] = []
  private var labelOfArc: [ArcID: Int] = [:]
  private var queue = Heap<QueueItem>()
  private var start: Candidate?

  init(
    _ network: RoadNetwork, backwardMeters: Double = Self.backwardMeters, isOpen: @escaping IsOpen = { _, _ in true }
  ) {
    (self.network, self.backwardMeters, self.isOpen) = (network, backwardMeters, isOpen)
  }

  /// What is known of an arc. O(1) after the first time.
  mutating func facts(of arc: ArcID) -> MatchingFacts {
    if let known = knownFacts[arc] { return known }
    let facts = network.facts(of: arc)
    knownFacts[arc] = facts
    return facts
  }

  /// Searches all ways from a candidate that are at most `limitMeters` long, penalties included. O(n log n) for the
  /// arcs within the limit.
  mutating func run(from start: Candidate, limitMeters: Double) {
    self.start = start
    labels.removeAll(keepingCapacity: true)
    labelOfArc.removeAll(keepingCapacity: true)
    let facts = facts(of: start.arc)
    relaxTurns(
      from: start.arc, RoadDistance(lengthMeters: facts.lengthMeters - start.alongMeters, penaltyMeters: 0),
      isCivil: facts.isCivil, parent: -1, limitMeters: limitMeters)
    while let item = queue.popMin() {
      guard !labels[item.label].isSettled else { continue }
      labels[item.label].isSettled = true
      let label = labels[item.label]
      let length = label.lengthMeters + self.facts(of: label.arc).lengthMeters
      relaxTurns(
        from: label.arc, RoadDistance(lengthMeters: length, penaltyMeters: label.penaltyMeters),
        isCivil: label.isCivil, parent: item.label, limitMeters: limitMeters)
    }
  }

  private mutating func relaxTurns(
    from arc: ArcID, _ driven: RoadDistance, isCivil: Bool, parent: Int, limitMeters: Double
  ) {
    guard driven.lengthMeters + driven.penaltyMeters <= limitMeters else { return }
    for turn in network.turns(from: arc) where isOpen(turn, arc) {
      let next = network.original(of: network.turnHead[turn])
      let nextIsCivil = facts(of: next).isCivil
      var penalty = driven.penaltyMeters + Self.penaltyMeters(network.turnAttributes[turn].flags)
      if isCivil && !nextIsCivil { penalty += MatchCosts.nonCivilMeters }
      let label = Label(
        arc: next, isCivil: nextIsCivil, lengthMeters: driven.lengthMeters, penaltyMeters: penalty, parent: parent)
      if label.totalMeters <= limitMeters { improve(label) }
    }
  }

  private mutating func improve(_ label: Label) {
    if let known = labelOfArc[label.arc] {
      guard label.totalMeters < labels[known].totalMeters else { return }
      labels[known] = label
      queue.insert(QueueItem(totalMeters: label.totalMeters, label: known))
    } else {
      labelOfArc[label.arc] = labels.count
      queue.insert(QueueItem(totalMeters: label.totalMeters, label: labels.count))
      labels.append(label)
    }
  }

  private static func penaltyMeters(_ turn: TurnFlags) -> Double {
    (turn.contains(.uTurn) ? MatchCosts.uTurnMeters : 0) + (turn.contains(.banned) ? MatchCosts.bannedTurnMeters : 0)
  }

  /// The way from the start of the last search to another candidate; `nil` if it is beyond the limit. O(1).
  func distance(to end: Candidate) -> RoadDistance? {
    if let direct = directMeters(to: end) { return RoadDistance(lengthMeters: direct, penaltyMeters: 0) }
    guard let label = labelOfArc[end.arc].map({ labels[$0] }) else { return nil }
    return RoadDistance(lengthMeters: label.lengthMeters + end.alongMeters, penaltyMeters: label.penaltyMeters)
  }

  /// The arcs that the way to another candidate enters, its own one included: none if it stays on its arc; `nil` if
  /// it is beyond the limit. O(arcs).
  func arcs(to end: Candidate) -> [ArcID]? {
    if directMeters(to: end) != nil { return [] }
    guard var position = labelOfArc[end.arc] else { return nil }
    var arcs: [ArcID] = []
    while position >= 0 {
      arcs.append(labels[position].arc)
      position = labels[position].parent
    }
    return arcs.reversed()
  }

  private func directMeters(to end: Candidate) -> Double? {
    guard let start, start.arc == end.arc, end.alongMeters >= start.alongMeters - backwardMeters else {
      return nil
    }
    return max(0, end.alongMeters - start.alongMeters)
  }
}
