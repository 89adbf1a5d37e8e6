extension RoadNetwork {
  /// The arcs of the largest strongly connected part: from each of them every other one can be reached.
  ///
  /// What lies outside is an island for the vehicle, or a pocket that one can't leave or can't enter.
  /// Source: Tarjan, "Depth-first search and linear graph algorithms" (SIAM J. Comput. 1972), without recursion.
  ///
  /// - Parameter isOpen: whether the vehicle may drive out of `arc` over `turn`.
  /// - Returns: a flag per arc. O(arcs + turns).
  public func largestComponent(isOpen: (_ arc: ArcID, _ turn: TurnID) -> Bool) -> [Bool] {
    var search = ComponentSearch(network: self)
    for arc in arcHead.indices where search.isUnseen(arc) { search.run(from: arc, isOpen: isOpen) }
    return search.largest()
  }
}

private struct ComponentSearch {
  private let network: RoadNetwork
  /// Order of discovery, and the earliest arc known to be reachable within the part that is still open.
  private var discovered: [UInt32]
  private var earliest: [UInt32]
  private var component: [UInt32]
  private var sizes: [Int] = []
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
    var size = 0
    while let member = open.popLast() {
      component[member.position] = UInt32(sizes.count)
      size += 1
      if member == arc { break }
    }
    sizes.append(size)
  }

  /// Of equal parts the one that was closed first.
  func largest() -> [Bool] {
    guard let size = sizes.max(), let number = sizes.firstIndex(of: size) else { return [] }
    return component.map { $0 == UInt32(number) }
  }
}
