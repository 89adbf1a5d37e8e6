import API
import Geometry
import MapMatching
import RoadGraph
import Synchronization

/// Finds the roads of a map that closures and speeds mean.
public final class RoadResolver: Sendable {
  let network: RoadNetwork
  private let linkTable: Mutex<LinkTable>
  private let nodeIndex = Mutex<OSMNodeIndex?>(nil)

  public init(_ network: RoadNetwork, links: LinkTable = LinkTable()) {
    self.network = network
    linkTable = Mutex(links)
  }

  /// The roads of external networks.
  public var links: LinkTable {
    get { linkTable.withLock { $0 } }
    set { linkTable.withLock { $0 = newValue } }
  }

  /// The index of OSM nodes, made when it is first needed. O(points) then.
  var nodes: OSMNodeIndex {
    nodeIndex.withLock { index in
      if let index { return index }
      let made = OSMNodeIndex(network)
      index = made
      return made
    }
  }

  /// A closure with the roads that it means.
  ///
  /// - Parameter budget: what it may take, with what was found before.
  /// - Throws: ``TrafficError`` if the map has none of them, its hours are not understood, or the budget is used up.
  /// - Complexity: O(log ways + stretches) for a way; O(log spans + matches) for places and areas; see
  ///   ``MapMatching/PolylineMatcher`` for lines.
  public func resolve(
    _ closure: RoadClosure, within budget: RoadBudget = RoadBudget()
  ) throws(TrafficError) -> ResolvedClosure {
    try budget.check()
    let parts = try closure.selector.parts.map { (part) throws(TrafficError) in
      try meantRuns(of: part, closure.levels, within: budget)
    }
    return try ResolvedClosure(closure, runs: parts.flatMap(\.self), on: network, within: budget)
  }

  /// A closure that was accepted before; on a map that lacks roads of it it closes the others. Its hours were
  /// understood then.
  public func restore(_ closure: RoadClosure) -> ResolvedClosure? {
    let budget = RoadBudget.unlimited
    let runs = closure.selector.parts.flatMap { (try? meantRuns(of: $0, closure.levels, within: budget)) ?? [] }
    return try? ResolvedClosure(closure, runs: runs, on: network, within: budget)
  }

  /// The stretches of a part of a selector on the levels that are meant; at least one.
  private func meantRuns(
    of part: RoadSelector, _ levels: LevelFilter, within budget: RoadBudget
  ) throws(TrafficError) -> [[DirectedStretch]] {
    let runs = try runs(of: part, levels, budget).map { $0.filter { isMeant($0.piece, by: levels) } }
    if runs.allSatisfy(\.isEmpty) { throw .nothingMatched(part) }
    return runs
  }

  private func isMeant(_ directed: DirectedPiece, by levels: LevelFilter) -> Bool {
    guard levels != .all, let way = network.way(of: directed.piece) else { return true }
    let attributes = network.attributes[network.ways[way].attributes]
    return levels.includes(
      layer: attributes.layer, isBridge: attributes.flags.contains(.bridge),
      isTunnel: attributes.flags.contains(.tunnel))
  }

  /// The stretches of a selector: those of each run are driven one after the other, or lie on one OSM way.
  private func runs(
    of selector: RoadSelector, _ levels: LevelFilter, _ budget: RoadBudget
  ) throws(TrafficError) -> [[DirectedStretch]] {
    let areas = AreaFinder(network: network, budget: budget)
    return switch selector {
    case .way(let osmID, let direction, let nodes): try runs(ofWay: osmID, direction, between: nodes)
    case .nodes(let pair, let direction): try runs(from: pair, direction)
    case .point(let center, let radiusMeters, let heading):
      try areas.runs(within: radiusMeters, of: center, headingDegrees: heading)
    case .nearest(let center, let radiusMeters, let heading):
      try areas.nearestRuns(to: center, within: radiusMeters, headingDegrees: heading) {
        isMeant($0, by: levels)
      }
    case .polyline(let line, let direction): try runs(along: line, direction, budget)
    case .polylines(let lines, let direction):
      try lines.map { (line) throws(TrafficError) in try runs(along: line, direction, budget) }.flatMap(\.self)
    case .polygon(let corners): try areas.runs(in: [Area(corners)])
    case .areas(let several): try areas.runs(in: several)
    case .link(let id): [try stretches(ofLink: id)]
    }
  }
}

// MARK: Ways, nodes, lines, links

extension RoadResolver {
  private func runs(ofWay osmID: Int64, _ direction: WayDirection, between pair: OSMNodePair?)
    throws(TrafficError) -> [[DirectedStretch]]
  {
    guard let way = network.way(osmID: osmID) else { throw .unknownWay(osmID: osmID) }
    guard let pair else { return direction.runs(stretches(of: way)) }
    let stretches = stretches(nodes.stretches(onWay: way, from: pair.from, to: pair.to))
    if stretches.isEmpty { throw .unknownNodes(pair) }
    // The nodes tell which part is meant, whichever is first; the direction is that of the OSM way.
    let first = stretches[0].piece
    let isAlong = network.pieces[first.piece].isReversed == first.isBackward
    return direction.runs(isAlong ? stretches : stretches.reversed().map(\.reversed))
  }

  /// All of an OSM way, in its own order.
  private func stretches(of way: WayID) -> [DirectedStretch] {
    network.stretches(of: way).sorted { network.pieces[$0].firstNode < network.pieces[$1].firstNode }
      .map { DirectedStretch(DirectedPiece($0, isBackward: network.pieces[$0].isReversed)) }
  }

  private func runs(from pair: OSMNodePair, _ direction: WayDirection) throws(TrafficError) -> [[DirectedStretch]] {
    let stretches = stretches(nodes.stretches(from: pair.from, to: pair.to))
    if stretches.isEmpty { throw .unknownNodes(pair) }
    return direction.runs(stretches)
  }

  private func runs(
    along line: [Coordinate], _ direction: WayDirection?, _ budget: RoadBudget
  ) throws(TrafficError) -> [[DirectedStretch]] {
    let matcher = PolylineMatcher(network)
    func stretches(_ line: [Coordinate]) throws(TrafficError) -> [DirectedStretch] {
      try matcher.match(line, check: budget.check)?.pieces.map {
        DirectedStretch(DirectedPiece($0.piece, isBackward: $0.isBackward), $0.covered)
      } ?? []
    }
    if let direction {
      // Roads along a line are not quite the same in both directions of it.
      let there = direction == .backward ? [] : try stretches(line)
      let back = direction == .forward ? [] : try stretches(line.reversed())
      return direction.runs(there, back: back)
    }
    let there = try stretches(line)
    let isTwoWay = there.allSatisfy { network.isCivil($0.piece.piece, isBackward: !$0.piece.isBackward) }
    return (isTwoWay ? WayDirection.both : .forward).runs(there)
  }

  func stretches(ofLink id: String) throws(TrafficError) -> [DirectedStretch] {
    guard let stretches = links.stretches(of: id) else { throw .unknownLink(id: id) }
    return stretches
  }

  /// What lies between OSM nodes, with how far along its piece it lies. O(points of the pieces).
  func stretches(_ found: [NodeStretch]) -> [DirectedStretch] {
    found.map { stretch in
      let piece = DirectedPiece(stretch.piece, isBackward: stretch.isBackward)
      let points = network.pointRange(of: stretch.piece, in: stretch.segment)
      if Int(stretch.firstPoint) <= points.lowerBound, Int(stretch.lastPoint) >= points.upperBound - 1 {
        return DirectedStretch(piece)
      }
      let shape = PieceShape(stretch.piece, in: stretch.segment, network)
      return DirectedStretch(piece, shape.extent(ofPoints: stretch.firstPoint...stretch.lastPoint))
    }
  }
}

extension RoadSelector {
  /// What must be on the map each by itself: a line that follows no road would be left open without notice.
  fileprivate var parts: [RoadSelector] {
    guard case .polylines(let lines, let direction) = self else { return [self] }
    return lines.map { .polyline($0, direction: direction) }
  }
}

extension WayDirection {
  /// The runs of stretches that are given in their order along something.
  fileprivate func runs(_ stretches: [DirectedStretch]) -> [[DirectedStretch]] {
    runs(stretches, back: stretches.reversed().map(\.reversed))
  }

  fileprivate func runs(
    _ there: @autoclosure () -> [DirectedStretch], back: @autoclosure () -> [DirectedStretch]
  ) -> [[DirectedStretch]] {
    switch self {
    case .both: [there(), back()]
    case .forward: [there()]
    case .backward: [back()]
    }
  }
}
