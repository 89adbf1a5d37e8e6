import API
import Foundation
import Geometry
import MapMatching
import RoadGraph
import Synchronization

/// Finds the roads of a map that closures and speeds mean.
public final class RoadResolver: Sendable {
  let network: RoadNetwork
  let timeZone: TimeZone
  private let linkTable: Mutex<LinkTable>
  private let nodeIndex = Mutex<OSMNodeIndex?>(nil)

  public init(_ network: RoadNetwork, links: LinkTable = LinkTable()) {
    self.network = network
    timeZone = TimeZone(identifier: network.timeZone) ?? .gmt
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
  /// - Throws: ``TrafficError`` if the map has none of them, or its hours are not understood.
  /// - Complexity: O(log ways + stretches) for a way; O(log spans + matches) for places and areas; see
  ///   ``MapMatching/PolylineMatcher`` for lines.
  public func resolve(_ closure: RoadClosure) throws(TrafficError) -> ResolvedClosure {
    let runs = try runs(of: closure.selector, closure.levels).map { $0.filter { isMeant($0, by: closure.levels) } }
    if runs.allSatisfy(\.isEmpty) { throw .nothingMatched(closure.selector) }
    return try ResolvedClosure(closure, runs: runs, on: network, timeZone: timeZone)
  }

  /// A closure that was accepted before; on a map that lacks its roads it closes none. Its hours were understood then.
  public func restore(_ closure: RoadClosure) -> ResolvedClosure? {
    if let resolved = try? resolve(closure) { return resolved }
    return try? ResolvedClosure(closure, runs: [], on: network, timeZone: timeZone)
  }

  private func isMeant(_ directed: DirectedPiece, by levels: LevelFilter) -> Bool {
    guard levels != .all, let way = network.way(of: directed.piece) else { return true }
    let attributes = network.attributes[network.ways[way].attributes]
    return levels.includes(
      layer: attributes.layer, isBridge: attributes.flags.contains(.bridge),
      isTunnel: attributes.flags.contains(.tunnel))
  }

  /// The directed pieces of a selector: those of each run are driven one after the other, or lie on one OSM way.
  private func runs(of selector: RoadSelector, _ levels: LevelFilter) throws(TrafficError) -> [[DirectedPiece]] {
    switch selector {
    case .way(let osmID, let direction, let nodes): try runs(ofWay: osmID, direction, between: nodes)
    case .nodes(let pair, let direction): try runs(from: pair, direction)
    case .point(let center, let radiusMeters, let heading):
      AreaFinder(network: network).runs(within: radiusMeters, of: center, headingDegrees: heading)
    case .nearest(let center, let radiusMeters, let heading):
      AreaFinder(network: network).nearestRuns(to: center, within: radiusMeters, headingDegrees: heading) {
        isMeant($0, by: levels)
      }
    case .polyline(let line, let direction): runs(along: line, direction)
    case .polygon(let corners): AreaFinder(network: network).runs(in: corners)
    case .link(let id): [try pieces(ofLink: id)]
    }
  }
}

// MARK: Ways, nodes, lines, links

extension RoadResolver {
  private func runs(ofWay osmID: Int64, _ direction: WayDirection, between pair: OSMNodePair?)
    throws(TrafficError) -> [[DirectedPiece]]
  {
    guard let way = network.way(osmID: osmID) else { throw .unknownWay(osmID: osmID) }
    guard let pair else { return direction.runs(pieces(of: way)) }
    let stretches = nodes.stretches(onWay: way, from: pair.from, to: pair.to).map(DirectedPiece.init)
    if stretches.isEmpty { throw .unknownNodes(pair) }
    // The nodes tell which part is meant, whichever is first; the direction is that of the OSM way.
    let isAlong = network.pieces[stretches[0].piece].isReversed == stretches[0].isBackward
    return direction.runs(isAlong ? stretches : stretches.reversed().map(\.reversed))
  }

  /// The pieces along an OSM way.
  private func pieces(of way: WayID) -> [DirectedPiece] {
    network.stretches(of: way).sorted { network.pieces[$0].firstNode < network.pieces[$1].firstNode }
      .map { DirectedPiece($0, isBackward: network.pieces[$0].isReversed) }
  }

  private func runs(from pair: OSMNodePair, _ direction: WayDirection) throws(TrafficError) -> [[DirectedPiece]] {
    let stretches = nodes.stretches(from: pair.from, to: pair.to)
    if stretches.isEmpty { throw .unknownNodes(pair) }
    return direction.runs(stretches.map(DirectedPiece.init))
  }

  private func runs(along line: [Coordinate], _ direction: WayDirection) -> [[DirectedPiece]] {
    let matcher = PolylineMatcher(network)
    func pieces(_ line: [Coordinate]) -> [DirectedPiece] {
      matcher.match(line)?.pieces.map { DirectedPiece($0.piece, isBackward: $0.isBackward) } ?? []
    }
    return direction.runs(pieces(line), back: pieces(line.reversed()))
  }

  func pieces(ofLink id: String) throws(TrafficError) -> [DirectedPiece] {
    guard let pieces = links.pieces(of: id) else { throw .unknownLink(id: id) }
    return pieces
  }
}

extension WayDirection {
  /// The runs of pieces that are given in their order along something.
  fileprivate func runs(_ pieces: [DirectedPiece]) -> [[DirectedPiece]] {
    runs(pieces, back: pieces.reversed().map(\.reversed))
  }

  fileprivate func runs(
    _ there: @autoclosure () -> [DirectedPiece], back: @autoclosure () -> [DirectedPiece]
  ) -> [[DirectedPiece]] {
    switch self {
    case .both: [there(), back()]
    case .forward: [there()]
    case .backward: [back()]
    }
  }
}

extension DirectedPiece {
  init(_ stretch: NodeStretch) { self.init(stretch.piece, isBackward: stretch.isBackward) }

  /// The other direction of the same piece.
  var reversed: DirectedPiece { DirectedPiece(rawValue ^ 1) }
}
