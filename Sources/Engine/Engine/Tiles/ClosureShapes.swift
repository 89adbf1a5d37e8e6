import API
import Geometry
import RoadGraph
import Synchronization
import Traffic
import VectorTiles

/// A closure in force, as it is drawn.
struct ClosureShape: Sendable {
  let closure: RoadClosure
  /// Where both directions are meant, and where it is the direction of the line alone.
  let lines: (both: [[MercatorPosition]], oneWay: [[MercatorPosition]])
  let corners: (least: MercatorPosition, most: MercatorPosition)
  /// Of the greatest road that it lies on.
  let roadClass: RoadClass

  /// `nil` if the map has none of its roads. O(points).
  init?(_ resolved: ResolvedClosure, on network: RoadNetwork) {
    let ways = MatchedStretches(resolved.stretches, on: network).ways(.shapes)
    let classes = ways.compactMap { way in
      network.way(osmID: way.osmID).map { network.attributes[network.ways[$0].attributes].roadClass }
    }
    guard let greatest = classes.min(by: { $0.rawValue < $1.rawValue }) else { return nil }
    func lines(_ isMeant: (WayDirection) -> Bool) -> [[MercatorPosition]] {
      var lines: [[MercatorPosition]] = []
      for shape in ways.filter({ isMeant($0.direction) }).flatMap(\.shapes) {
        var parts = TileLines()
        parts.add(shape)
        lines += parts.lines.map { $0.map { MercatorPosition.of($0) } }
      }
      return lines
    }
    closure = resolved.closure
    self.lines = (lines { $0 == .both }, lines { $0 != .both })
    corners = MercatorPosition.corners(of: (self.lines.both + self.lines.oneWay).joined())
    roadClass = greatest
  }

  /// What is drawn first: what is closed, then the greater roads.
  fileprivate var order: (Int, UInt8, String) { (closure.effect == .closed ? 0 : 1, roadClass.rawValue, closure.id) }
}

/// The shapes of all closures in force: made once for a version of them, and those that stay aren't made again.
final class ClosureShapes: Sendable {
  private struct Made {
    var version: UInt64
    var shapes: [ClosureShape]
  }

  private let made = Mutex<Made?>(nil)

  /// This many closures are drawn in about a millisecond.
  private static let checkInterval = 16

  /// In the order in which they are drawn. O(closures), and O(points) for those that are new.
  ///
  /// - Throws: `CANCELLED`, `DEADLINE_EXCEEDED`.
  func shapes(
    of traffic: TrafficState, version: UInt64, on network: RoadNetwork, within limit: WorkLimit
  ) throws(EngineError) -> [ClosureShape] {
    let known = made.withLock { $0 }
    if let known, known.version == version { return known.shapes }
    let byID = Dictionary((known?.shapes ?? []).map { ($0.closure.id, $0) }) { first, _ in first }
    var shapes: [ClosureShape] = []
    for (number, entry) in traffic.entries.enumerated() where entry.isInForce {
      if number % Self.checkInterval == 0 { try limit.check() }
      if let known = byID[entry.closure.id], known.closure == entry.closure {
        shapes.append(known)
      } else if let shape = ClosureShape(entry.resolved, on: network) {
        shapes.append(shape)
      }
    }
    shapes.sort { $0.order < $1.order }
    made.withLock { made in
      if made.map({ $0.version < version }) ?? true { made = Made(version: version, shapes: shapes) }
    }
    return shapes
  }
}
