extension RoadNetwork {
  /// The strongly connected parts of the roads of a vehicle: within one, every arc can be reached from every other one.
  ///
  /// Source: Tarjan, "Depth-first search and linear graph algorithms" (SIAM J. Comput. 1972), without recursion.
  ///
  /// - Parameters:
  ///   - isDriven: whether the vehicle may drive along all of an arc; others are in no part's count.
  ///   - isOpen: whether the vehicle may drive out of `arc` over `turn`.
  /// - Complexity: O(arcs + turns).
  public func connectedParts(
    isDriven: (ArcID) -> Bool, isOpen: (_ arc: ArcID, _ turn: TurnID) -> Bool
  ) -> ConnectedParts {
    var search = ComponentSearch(network: self)
    for arc in arcHead.indices where search.isUnseen(arc) { search.run(from: arc, isOpen: isOpen) }
    return search.parts(counting: isDriven)
  }
}

/// The strongly connected parts of a road network, for one vehicle.
///
/// A part of some size is a network: a town, a bank of a river. A tiny one is an island, such as a closed yard, or a
/// pocket that one can't leave or can't enter, such as a one-way at the edge of the map.
public struct ConnectedParts: Sendable {
  /// The number of each arc's part, by `ArcID`. No turn leads to a part of a higher number.
  public let numbers: [UInt32]
  /// How many arcs that can be driven each part has.
  public let arcCounts: [Int]
  /// All arcs, part by part.
  let arcs: [ArcID]

  /// A part with this many arcs is a network on every map. As OSRM has it for the nodes of its graph.
  public static let networkArcs = 1_000
  /// On a small map, a part is a network that is no smaller than the largest one divided by this.
  static let networkShare = 2

  /// Flags the arcs that can be driven onto from a network; those of a network are. O(arcs + turns).
  public func entered(in network: RoadNetwork, isOpen: (_ arc: ArcID, _ turn: TurnID) -> Bool) -> [Bool] {
    var isEntered = networks
    for arc in arcs.reversed() where isEntered[part(of: arc)] {
      for turn in network.turns(from: arc) where isOpen(arc, turn) {
        isEntered[part(of: network.turnHead[turn])] = true
      }
    }
    return numbers.map { isEntered[Int($0)] }
  }

  /// Flags the arcs from which a network can be driven onto; those of a network are. O(arcs + turns).
  ///
  /// - Parameter isOpenBehind: whether the vehicle may turn so once it has come to the end of an arc: a barrier on it
  ///   doesn't hold who is past it.
  public func left(
    in network: RoadNetwork, isOpen: (_ arc: ArcID, _ turn: TurnID) -> Bool, isOpenBehind: (TurnID) -> Bool
  ) -> [Bool] {
    var isLeft = networks
    for arc in arcs where !isLeft[part(of: arc)] {
      isLeft[part(of: arc)] = network.turns(from: arc).contains {
        isOpen(arc, $0) && isLeft[part(of: network.turnHead[$0])]
      }
    }
    return network.arcHead.indices.map { arc in
      isLeft[part(of: arc)]
        || network.turns(from: arc).contains { isOpenBehind($0) && isLeft[part(of: network.turnHead[$0])] }
    }
  }

  /// Flags the parts that are no islands; the largest one never is.
  private var networks: [Bool] {
    let enough = min(Self.networkArcs * Self.networkShare, arcCounts.max() ?? 0)
    return arcCounts.map { $0 * Self.networkShare >= enough }
  }

  private func part(of arc: ArcID) -> Int { Int(numbers[arc.position]) }
}

private struct ComponentSearch {
  private let network: RoadNetwork
  /// Order of discovery, and the earliest arc known to be reachable within the part that is still open.
  private var discovered: [UInt32]
  private var earliest: [UInt32]
  private var component: [UInt32]
  private var partCount: UInt32 = 0
  private var closed: [ArcID] = []
  private var clock: UInt32 = 0
  private var open: [ArcID] = []
  private var path: [(arc: ArcID, nextTurn: Int)] = []
  private static let none = UInt32.max

  init(network: RoadNetwork) {
    self.network = network
    discovered = [UInt32](repeating: Self.none, count: network.arcCount)
    earliest = discovered
    component = discovered
  }

  func isUnseen(_ arc: ArcID) -> Bool { discovered[arc.position] == Self.none }

  mutating func run(from root: ArcID, isOpen: (ArcID, TurnID) -> Bool) {
    enter(root)
    while let (arc, turnPosition) = path.last {
      if turnPosition == network.firstTurn[arc].upperBound {
        leave(arc)
        continue
      }
      path[path.count - 1].nextTurn += 1
      let turn = TurnID(turnPosition)
      let next = network.turnHead[turn]
      guard isOpen(arc, turn) else { continue }
      if isUnseen(next) {
        enter(next)
      } else if component[next.position] == Self.none {
        earliest[arc.position] = min(earliest[arc.position], discovered[next.position])
      }
    }
  }

  private mutating func enter(_ arc: ArcID) {
    discovered[arc.position] = clock
    earliest[arc.position] = clock
    clock += 1
    open.append(arc)
    path.append((arc, network.firstTurn[arc].lowerBound))
  }

  private mutating func leave(_ arc: ArcID) {
    path.removeLast()
    if let parent = path.last?.arc {
      earliest[parent.position] = min(earliest[parent.position], earliest[arc.position])
    }
    guard earliest[arc.position] == discovered[arc.position] else { return }
    while let member = open.popLast() {
      component[member.position] = partCount
      closed.append(member)
      if member == arc { break }
    }
    partCount += 1
  }

  func parts(counting isDriven: (ArcID) -> Bool) -> ConnectedParts {
    var arcCounts = [Int](repeating: 0, count: Int(partCount))
    for arc in closed where isDriven(arc) { arcCounts[Int(component[arc.position])] += 1 }
    return ConnectedParts(numbers: component, arcCounts: arcCounts, arcs: closed)
  }
}
