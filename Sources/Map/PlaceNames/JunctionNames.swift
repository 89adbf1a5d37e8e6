import Geometry
import MapFile
import RoadGraph

/// A junction with a name, on the way along a road.
public struct WalkedJunction: Sendable, Hashable {
  /// Its own name; of one without, the street that crosses there or the bridge or tunnel that begins there.
  public let name: TextID
  /// True for a crossing street: the junction is called by both streets.
  public let isCrossing: Bool
  public let coordinate: Coordinate
  public let lengthMeters: Double
}

/// How people call the junctions of a road.
public struct JunctionNames: Sendable {
  private typealias Name = (text: TextID, isCrossing: Bool)

  private let network: RoadNetwork

  public init(_ network: RoadNetwork) { self.network = network }

  /// The next junction with a name along a road; `nil` if the road ends, or none is near. O(arcs on the way).
  public func next(from place: RoadPlace, _ view: RoadChain.View) -> WalkedJunction? {
    var found: WalkedJunction?
    RoadChain(network, from: place, view).visit { link in
      found = change(on: link, view) ?? junction(atEndOf: link, view)
      return found == nil
    }
    return found
  }

  private func junction(atEndOf link: RoadChain.Link, _ view: RoadChain.View) -> WalkedJunction? {
    guard let way = network.endWay(of: link.arc, atHead: view == .ahead), let name = name(of: link.end, on: way) else {
      return nil
    }
    return WalkedJunction(
      name: name.text, isCrossing: name.isCrossing, coordinate: network.vertexCoordinate[link.end],
      lengthMeters: link.endMeters)
  }

  /// Where one road becomes another, or comes onto a bridge with a name, and nothing else meets it.
  private func change(on link: RoadChain.Link, _ view: RoadChain.View) -> WalkedJunction? {
    let course = network.arcCourse[link.arc]
    let range = network.firstPiece[course.segment]
    guard range.count > 1 else { return nil }
    let isBackward = course.isBackward == (view == .ahead)
    var (meters, last): (Double, WayID?) = (link.beginMeters, nil)
    for number in isBackward ? Array(range.reversed()) : Array(range) {
      let piece = PieceID(number)
      guard let way = network.way(of: piece) else { continue }
      if meters >= 0, let last, last != way, let name = name(of: way, after: last) {
        let position = RoadPosition(
          segment: course.segment, piece: piece, fraction: isBackward ? RoadPosition.fractionMax : 0)
        return WalkedJunction(
          name: name.text, isCrossing: name.isCrossing, coordinate: network.coordinate(at: position),
          lengthMeters: meters)
      }
      (meters, last) = (meters + Double(network.pieces[piece].lengthCentimeters) / 100, way)
    }
    return nil
  }

  // MARK: Names

  /// What a vertex is called by those who come on an OSM way.
  private func name(of vertex: VertexID, on way: WayID) -> Name? {
    if let own = network.names.name(of: vertex) { return (own, false) }
    var crossing: (road: RoadClass, text: TextID)?
    var structure: Name?
    for other in ways(at: vertex) where other != way {
      guard let name = name(of: other, after: way) else { continue }
      guard name.isCrossing else {
        structure = structure ?? name
        continue
      }
      let road = network.attributes[network.ways[other].attributes].roadClass
      let isBetter = crossing.map {
        (road.rawValue, network.texts[name.text]) < ($0.road.rawValue, network.texts[$0.text])
      }
      if isBetter ?? true { crossing = (road, name.text) }
    }
    return crossing.map { ($0.text, true) } ?? structure
  }

  /// What the place is called where an OSM way leaves another one: by its road if that is another one, else by the
  /// bridge or tunnel that begins there; `nil` for nothing new.
  private func name(of way: WayID, after last: WayID) -> Name? {
    if let sameness = network.sameness(last, way), sameness != RoadNetwork.Sameness.nameless {
      let begun = network.structure(of: way)
      return begun == network.structure(of: last) ? nil : begun.map { ($0, false) }
    }
    let own = network.ways[way]
    let road = network.attributes[own.attributes].roadClass
    let text = own.name == .empty ? own.ref : own.name
    return text == .empty || road == .ferry || road == .shuttleTrain ? nil : (text, true)
  }

  /// The OSM ways that meet at a vertex.
  private func ways(at vertex: VertexID) -> [WayID] {
    let out = network.firstOut[vertex].compactMap { network.endWay(of: ArcID($0), atHead: false) }
    return out + network.arcs(into: vertex).compactMap { network.endWay(of: $0, atHead: true) }
  }
}

extension RoadNetwork {
  /// The name of the bridge or tunnel that an OSM way lies on or in; `nil` if it has none.
  public func structure(of way: WayID) -> TextID? {
    let flags = attributes[ways[way].attributes].flags
    if flags.contains(.tunnel), let name = names.text(of: way, .tunnel) { return name }
    return flags.contains(.bridge) ? names.text(of: way, .bridge) : nil
  }
}
