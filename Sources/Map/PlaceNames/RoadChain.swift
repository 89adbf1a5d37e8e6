import Geometry
import MapFile
import RoadGraph

/// The way of one road from a place on it, ahead or behind, arc by arc: as far as the road goes on under its name or
/// number, or straight on without either.
public struct RoadChain {
  /// Which way one looks, seen in the direction of travel.
  public enum View: Sendable { case ahead, behind }

  /// An arc of the road.
  public struct Link: Sendable {
    public let arc: ArcID
    /// From the place to where the look along the arc begins and ends; of the first arc the beginning is negative.
    public let beginMeters: Double
    public let endMeters: Double
    /// Where it ends: the head looking ahead, the tail looking behind.
    public let end: VertexID
  }

  /// Nobody looks farther.
  public static let linksMax = 200
  /// A road without name or number goes on within this angle.
  static let straightDegrees = 45.0

  let network: RoadNetwork
  public let view: View
  private let start: Link

  /// - Parameter place: a place on an original arc.
  public init(_ network: RoadNetwork, from place: RoadPlace, _ view: View) {
    (self.network, self.view) = (network, view)
    let whole = network.lengthMeters(of: place.position.segment)
    let along = network.metersAlong(place.position)
    let isBackward = network.arcCourse[place.arc].isBackward
    let traversed = isBackward == (view == .ahead) ? whole - along : along
    start = Link(
      arc: place.arc, beginMeters: -traversed, endMeters: whole - traversed,
      end: view == .ahead ? network.arcHead[place.arc] : network.arcTail[place.arc])
  }

  /// Calls `body` with one arc after the other, until it returns false. O(arcs at the vertices on the way).
  public func visit(_ body: (Link) -> Bool) {
    var link = start
    var seen: Set<SegmentID> = []
    while seen.count < Self.linksMax, seen.insert(network.arcCourse[link.arc].segment).inserted, body(link),
      let arc = next(behind: link)
    {
      let length = network.lengthMeters(of: network.arcCourse[arc].segment)
      link = Link(
        arc: arc, beginMeters: link.endMeters, endMeters: link.endMeters + length,
        end: view == .ahead ? network.arcHead[arc] : network.arcTail[arc])
    }
  }

  /// The arc on which the road goes on.
  private func next(behind link: Link) -> ArcID? {
    let own = network.endWay(of: link.arc, atHead: view == .ahead)
    var best: (arc: ArcID, sameness: Int, degrees: Double)?
    for arc in neighbours(of: link) {
      let other = network.endWay(of: arc, atHead: view != .ahead)
      guard let own, let other, let sameness = network.sameness(own, other) else { continue }
      let degrees = bend(from: link.arc, to: arc)
      if sameness == RoadNetwork.Sameness.nameless, degrees > Self.straightDegrees { continue }
      if let best, (best.sameness, best.degrees) <= (sameness, degrees) { continue }
      best = (arc, sameness, degrees)
    }
    return best?.arc
  }

  /// The originals that traffic may take behind an arc, or come on before it; not back on the same road.
  private func neighbours(of link: Link) -> [ArcID] {
    let own = network.arcCourse[link.arc].segment
    let arcs = view == .ahead ? network.firstOut[link.end].map { ArcID($0) } : network.arcs(into: link.end)
    let isCivil = network.isCivil(link.arc)
    return arcs.filter { arc in
      network.arcCourse[arc].segment != own && !network.isShadow(arc) && (!isCivil || network.isCivil(arc))
    }
  }

  private func bend(from arc: ArcID, to next: ArcID) -> Double {
    view == .ahead
      ? Heading.angleDegrees(network.arrivingDegrees(arc), network.leavingDegrees(next))
      : Heading.angleDegrees(network.leavingDegrees(arc), network.arrivingDegrees(next))
  }
}

extension RoadNetwork {
  /// How two stretches of road belong together.
  enum Sameness {
    static let (name, number, nameless) = (0, 1, 2)
  }

  /// The lower the more alike; `nil` for two roads.
  func sameness(_ one: WayID, _ other: WayID) -> Int? {
    let (one, other) = (ways[one], ways[other])
    if one.name != .empty, one.name == other.name { return Sameness.name }
    if one.ref != .empty, one.ref == other.ref { return Sameness.number }
    let isNameless = one.name == .empty && other.name == .empty && one.ref == .empty && other.ref == .empty
    return isNameless && attributes[one.attributes].roadClass == attributes[other.attributes].roadClass
      ? Sameness.nameless : nil
  }

  /// The OSM way at one end of an arc.
  func endWay(of arc: ArcID, atHead: Bool) -> WayID? {
    let course = arcCourse[arc]
    let range = firstPiece[course.segment]
    guard !range.isEmpty else { return nil }
    return way(of: PieceID(course.isBackward == atHead ? range.lowerBound : range.upperBound - 1))
  }

  /// True for an arc that ordinary cars may take.
  func isCivil(_ arc: ArcID) -> Bool {
    let course = arcCourse[arc]
    return pieceIDs(of: course.segment).allSatisfy { isCivil($0, isBackward: course.isBackward) }
  }

  /// From the beginning of a segment's shape to a place on it. O(pieces).
  public func metersAlong(_ position: RoadPosition) -> Double {
    var centimeters = 0.0
    for piece in pieceIDs(of: position.segment) {
      let length = pieces[piece].lengthCentimeters
      if piece == position.piece { return (centimeters + Double(position.part(of: length))) / 100 }
      centimeters += Double(length)
    }
    return centimeters / 100
  }

  /// The place on a segment this far along its shape. O(pieces).
  public func position(on segment: SegmentID, metersAlong meters: Double) -> RoadPosition {
    var rest = max(meters, 0) * 100
    var last = PieceID(firstPiece[segment].lowerBound)
    for piece in pieceIDs(of: segment) {
      guard case .stretch = pieces[piece].kind else { continue }
      let length = Double(pieces[piece].lengthCentimeters)
      last = piece
      if rest <= length {
        let share = length > 0 ? rest / length : 0
        return RoadPosition(
          segment: segment, piece: piece, fraction: UInt32((share * Double(RoadPosition.fractionMax)).rounded()))
      }
      rest -= length
    }
    return RoadPosition(segment: segment, piece: last, fraction: RoadPosition.fractionMax)
  }
}
