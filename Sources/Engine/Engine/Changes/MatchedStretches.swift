import API
import Geometry
import RoadGraph
import Traffic

/// The OSM ways that stretches of road belong to, with how much of each is meant in both directions and in one only.
struct MatchedStretches {
  /// A way, and a direction of it.
  private struct Part: Hashable {
    var way: WayID
    var direction: WayDirection
  }

  private let network: RoadNetwork
  private var centimeters: [Part: Int] = [:]
  /// What is meant, in the order of the pieces of road.
  private var extents: [Part: [(piece: PieceID, extent: ClosedRange<UInt32>)]] = [:]

  /// O(n log n).
  init(_ stretches: [DirectedStretch], on network: RoadNetwork) {
    self.network = network
    for (piece, stretches) in Dictionary(grouping: stretches, by: \.piece.piece).sorted(by: { $0.key < $1.key }) {
      if let way = network.way(of: piece) { add(stretches, of: piece, way) }
    }
  }

  private mutating func add(_ stretches: [DirectedStretch], of piece: PieceID, _ way: WayID) {
    let isReversed = network.pieces[piece].isReversed
    func meant(isForward: Bool) -> [ClosedRange<UInt32>] {
      stretches.filter { ($0.piece.isBackward == isReversed) == isForward }.map(\.extent)
    }
    let (forward, backward) = (meant(isForward: true), meant(isForward: false))
    let all = length(piece, forward + backward)
    let (forwardLength, backwardLength) = (length(piece, forward), length(piece, backward))
    // What is meant in both directions is what is in one and the other, and counts once.
    let parts: [(WayDirection, Int, [ClosedRange<UInt32>])] = [
      (.both, forwardLength + backwardLength - all, forward.common(with: backward)),
      (.forward, all - backwardLength, forward.without(backward)),
      (.backward, all - forwardLength, backward.without(forward)),
    ]
    for (direction, length, lines) in parts where length > 0 || (all == 0 && direction == .both) {
      let part = Part(way: way, direction: direction)
      centimeters[part, default: 0] += length
      extents[part, default: []] += lines.map { (piece, $0) }
    }
  }

  private func length(_ piece: PieceID, _ extents: [ClosedRange<UInt32>]) -> Int {
    network.lengthCentimeters(of: piece, extents)
  }

  /// The ways in the order of their ids.
  func ways(_ detail: ClosureDetail) -> [MatchedWay] {
    let order = WayDirection.allCases
    func number(_ part: Part) -> (WayID, Int) { (part.way, order.firstIndex(of: part.direction) ?? 0) }
    return centimeters.sorted { number($0.key) < number($1.key) }.map { part, centimeters in
      let way = network.ways[part.way]
      var matched = MatchedWay(
        osmID: way.osmID, name: network.texts[way.name], lengthMeters: Double(centimeters) / 100,
        direction: part.direction)
      if detail.contains(.shapes) { matched.shapes = shapes(of: part) }
      return matched
    }
  }

  /// Line by line, in the direction that is meant; in both, in that of the way.
  private func shapes(of part: Part) -> [[Coordinate]] {
    (extents[part] ?? []).map { piece, extent in
      let shape = network.shape(of: piece, in: network.segment(of: piece), between: extent)
      return network.pieces[piece].isReversed == (part.direction == .backward) ? shape : shape.reversed()
    }
  }
}

extension [ClosedRange<UInt32>] {
  /// What lies in these extents and in others.
  fileprivate func common(with others: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
    joined.flatMap { extent in
      others.joined.filter(extent.overlaps).map { $0.clamped(to: extent) }
    }.filter { $0.lowerBound < $0.upperBound }
  }

  /// What lies in these extents and in none of others.
  fileprivate func without(_ others: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
    others.joined.reduce(joined) { rest, other in
      rest.flatMap { extent -> [ClosedRange<UInt32>] in
        guard extent.overlaps(other) else { return [extent] }
        let before = extent.lowerBound < other.lowerBound ? [extent.lowerBound...other.lowerBound] : []
        return before + (other.upperBound < extent.upperBound ? [other.upperBound...extent.upperBound] : [])
      }
    }
  }
}
