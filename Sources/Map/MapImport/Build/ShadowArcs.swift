import MapFile
import RoadGraph

/// The arcs of the network: the originals, and behind each one its *shadow arcs*.
///
/// The graph that is searched has one vertex per arc, so a turn knows the arc that it leaves and nothing before that.
/// A restriction over a path of three arcs or more, `a b c`, needs to know more: `b` may be left for `c`, but not by
/// a driver that came from `a`. So each prefix of such a path, from two arcs on, gets a shadow arc: a copy of its last
/// arc (same segment, same ends) for a driver that has just driven the prefix. A turn leads onto the shadow of the
/// longest prefix that ends there, and onto the original if none does; then a banned path is a banned turn out of its
/// shadow. Nobody loses a turn that way: whoever need not care drives the same roads, over shadows.
///
/// That is the automaton of Aho and Corasick, "Efficient string matching" (CACM 1975), doi:10.1145/360825.360855: its
/// states are original arcs (one arc known) and prefixes (more known).
struct ShadowArcs {
  /// Original arcs first, then prefixes in the order of their lengths.
  private typealias State = Int

  private struct Step: Hashable {
    let state: State
    let arc: OriginalArcID
  }

  /// A prefix of two arcs or more.
  private struct Prefix {
    let last: OriginalArcID
    /// The state of the longest shorter ending of the prefix.
    let fallback: State
  }

  private let originalCount: Int
  private var prefixes: [Prefix] = []
  private var longer: [Step: State] = [:]
  /// Original arcs that begin a prefix.
  private var isBeginning: [Bool]
  /// Per original arc: its number among all arcs; its shadows follow it. n + 1 offsets.
  private var firstArc: [UInt32] = []
  /// Per arc: its state.
  private var states: [UInt32] = []
  private var arcOfPrefix: [ArcID] = []

  /// - Parameter paths: what restrictions forbid: arcs of which each one starts where the one before ends.
  init(originalCount: Int, paths: [[OriginalArcID]]) {
    self.originalCount = originalCount
    isBeginning = [Bool](repeating: false, count: originalCount)
    let longest = paths.map(\.count).max() ?? 0
    for length in stride(from: 2, to: longest, by: 1) {
      for path in paths where path.count > length { addPrefix(path[..<length]) }
    }
    numberArcs()
  }

  /// Adds a prefix whose own prefixes are there already, as all shorter ones are.
  private mutating func addPrefix(_ path: ArraySlice<OriginalArcID>) {
    guard let last = path.last, let state = state(of: path.dropLast()) else { return }
    let step = Step(state: state, arc: last)
    guard longer[step] == nil else { return }
    let fallback = state < originalCount ? last.position : next(after: self.fallback(of: state), onto: last)
    longer[step] = originalCount + prefixes.count
    prefixes.append(Prefix(last: last, fallback: fallback))
    if state < originalCount { isBeginning[state] = true }
  }

  private mutating func numberArcs() {
    var shadowsOfArc: [OriginalArcID: [State]] = [:]
    for (index, prefix) in prefixes.enumerated() {
      shadowsOfArc[prefix.last, default: []].append(originalCount + index)
    }
    arcOfPrefix = [ArcID](repeating: ArcID(UInt32(0)), count: prefixes.count)
    for original in 0..<originalCount {
      firstArc.append(UInt32(states.count))
      states.append(UInt32(original))
      for shadow in shadowsOfArc[OriginalArcID(original)] ?? [] {
        arcOfPrefix[shadow - originalCount] = ArcID(states.count)
        states.append(UInt32(shadow))
      }
    }
    firstArc.append(UInt32(states.count))
  }

  // MARK: States

  /// The state of a path: an arc, or a prefix that was added. O(length).
  private func state(of path: ArraySlice<OriginalArcID>) -> State? {
    guard let first = path.first else { return nil }
    return path.dropFirst().reduce(first.position) { state, arc in
      state.flatMap { longer[Step(state: $0, arc: arc)] }
    }
  }

  private func fallback(of state: State) -> State { prefixes[state - originalCount].fallback }

  /// The state behind a turn: the longest prefix that ends with its arc.
  private func next(after state: State, onto arc: OriginalArcID) -> State {
    var state = state
    while state >= originalCount {
      if let next = longer[Step(state: state, arc: arc)] { return next }
      state = fallback(of: state)
    }
    guard isBeginning[state] else { return arc.position }
    return longer[Step(state: state, arc: arc)] ?? arc.position
  }
}

extension ShadowArcs {
  /// The number of all arcs, shadows included.
  var arcCount: Int { states.count }
  var shadowCount: Int { prefixes.count }

  /// The arc that `arc` is or is a shadow of. O(1).
  func original(of arc: ArcID) -> OriginalArcID {
    let state = Int(states[arc.position])
    return state < originalCount ? OriginalArcID(state) : prefixes[state - originalCount].last
  }

  /// An original arc, then its shadows. O(1).
  func arcs(of original: OriginalArcID) -> TableIndices<ArcID> {
    TableIndices(start: firstArc[original.position], end: firstArc[original.position + 1])
  }

  /// The arc that the turn from `arc` onto `original` enters. O(length of the longest path).
  func next(after arc: ArcID, onto original: OriginalArcID) -> ArcID {
    let state = next(after: Int(states[arc.position]), onto: original)
    return state < originalCount ? ArcID(firstArc[state]) : arcOfPrefix[state - originalCount]
  }

  /// The arcs for a driver that has just driven `path`, a prefix of a banned path or one arc.
  /// O(shadows of its last arc).
  func arcs(behind path: ArraySlice<OriginalArcID>) -> [ArcID] {
    guard let last = path.last, let wanted = state(of: path) else { return [] }
    return arcs(of: last).filter { arc in
      var state = Int(states[arc.position])
      while state != wanted, state >= originalCount { state = fallback(of: state) }
      return state == wanted
    }
  }
}
