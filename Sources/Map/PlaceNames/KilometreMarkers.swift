import API
import Geometry
import MapFile
import RoadGraph

/// A sign beside a road that says how far along it one is.
public struct KilometreSign: Sendable {
  /// The road's number or name; empty if the sign doesn't say.
  public var road: String
  public var direction: String
  public var meters: Double
  public var coordinate: Coordinate

  public init(road: String, direction: String, meters: Double, _ coordinate: Coordinate) {
    (self.road, self.direction, self.meters, self.coordinate) = (road, direction, meters, coordinate)
  }
}

/// The kilometre signs of a map's roads: from a place to its kilometre, and from a kilometre to its place.
public struct KilometreMarkers: Sendable {
  /// A sign on its road.
  private struct Marker: Sendable {
    let sign: KilometreSign
    let position: RoadPosition
    let metersAlong: Double
    let way: WayID
  }

  /// Signs of one road in one direction, by kilometre.
  private struct Group: Sendable {
    let road: String
    let direction: String
    var markers: [Int]
  }

  /// How far from its road a sign may stand.
  static let roadMeters = 40.0
  /// What a sign's place is off by at least, and what is lost of the way to it.
  static let (errorMetersMin, errorShare) = (10.0, 0.005)
  private static let candidatesMax = 12

  private let network: RoadNetwork
  private let markers: [Marker]
  private let markersOfSegment: [SegmentID: [Int]]
  private let groups: [Group]
  /// By the folded number or name of the road.
  private let groupsOfRoad: [[UInt8]: [Int]]
  /// Signs that no road is near: they say nothing.
  public let offRoadCount: Int

  /// Puts signs on their roads. O(signs x log segments).
  public init(_ signs: [KilometreSign], on network: RoadNetwork) {
    self.network = network
    var markers: [Marker] = []
    for sign in signs {
      guard let position = Self.position(of: sign, on: network), let way = network.way(of: position.piece) else {
        continue
      }
      markers.append(
        Marker(sign: sign, position: position, metersAlong: network.metersAlong(position), way: way))
    }
    self.markers = markers
    offRoadCount = signs.count - markers.count
    markersOfSegment = Dictionary(grouping: markers.indices) { markers[$0].position.segment }
    var groups: [String: Group] = [:]
    for (number, marker) in markers.enumerated() {
      let road = Self.road(of: marker.sign, marker.way, network)
      groups[
        "\(road)\n\(marker.sign.direction)", default: Group(road: road, direction: marker.sign.direction, markers: [])
      ]
      .markers.append(number)
    }
    self.groups = groups.sorted { $0.key < $1.key }.map { group in
      var group = group.value
      group.markers.sort { (markers[$0].sign.meters, $0) < (markers[$1].sign.meters, $1) }
      return group
    }
    var groupsOfRoad: [[UInt8]: Set<Int>] = [:]
    for (number, group) in self.groups.enumerated() {
      for marker in group.markers {
        let way = network.ways[markers[marker].way]
        for name in [group.road, network.texts[way.name], network.texts[way.ref]] where !name.isEmpty {
          groupsOfRoad[SearchKey.whole(name), default: []].insert(number)
        }
      }
    }
    self.groupsOfRoad = groupsOfRoad.mapValues { $0.sorted() }
  }

  /// True without any sign.
  public var isEmpty: Bool { markers.isEmpty }

  /// The road that a sign speaks of, if one is near, else the nearest one.
  private static func position(of sign: KilometreSign, on network: RoadNetwork) -> RoadPosition? {
    let query = Snapper.Query(sign.coordinate, radiusMeters: roadMeters, count: candidatesMax)
    let found = Snapper(network).candidates(query) { _, piece in
      guard let way = network.way(of: piece) else { return false }
      let road = network.attributes[network.ways[way].attributes].roadClass
      return road != .ferry && road != .shuttleTrain
    }
    let key = SearchKey.whole(sign.road)
    let own = found.first { candidate in
      guard !key.isEmpty, let way = network.way(of: candidate.position.piece).map({ network.ways[$0] }) else {
        return false
      }
      return SearchKey.whole(network.texts[way.ref]) == key || SearchKey.whole(network.texts[way.name]) == key
    }
    return (own ?? found.first)?.position
  }

  private static func road(of sign: KilometreSign, _ way: WayID, _ network: RoadNetwork) -> String {
    if !sign.road.isEmpty { return sign.road }
    let way = network.ways[way]
    return network.texts[way.ref == .empty ? way.name : way.ref]
  }
}

// MARK: From a place to its kilometre

extension KilometreMarkers {
  /// The kilometre of a place in its direction of travel, between the nearest signs behind it and ahead of it; `nil`
  /// beyond the outermost ones. O(arcs on the way).
  public func mark(at place: RoadPlace) -> KilometreMark? {
    guard !markers.isEmpty, let behind = nearest(from: place, .behind), let ahead = nearest(from: place, .ahead)
    else { return nil }
    let (one, other) = (markers[behind.marker], markers[ahead.marker])
    let share = behind.meters / max(behind.meters + ahead.meters, 1)
    let meters = one.sign.meters + (other.sign.meters - one.sign.meters) * share
    let nearer = behind.meters <= ahead.meters ? one : other
    return KilometreMark(
      road: Self.road(of: nearer.sign, nearer.way, network), kilometres: (meters / 100).rounded() / 10,
      direction: nearer.sign.direction,
      errorMeters: max(min(behind.meters, ahead.meters) * Self.errorShare, Self.errorMetersMin))
  }

  private func nearest(from place: RoadPlace, _ view: RoadChain.View) -> (marker: Int, meters: Double)? {
    var found: (marker: Int, meters: Double)?
    RoadChain(network, from: place, view).visit { link in
      found = nearest(on: link, view)
      return found == nil
    }
    return found
  }

  /// The first sign on an arc that doesn't lie before the place.
  private func nearest(on link: RoadChain.Link, _ view: RoadChain.View) -> (marker: Int, meters: Double)? {
    let course = network.arcCourse[link.arc]
    return (markersOfSegment[course.segment] ?? []).map { marker -> (marker: Int, meters: Double) in
      (marker, link.beginMeters + traversed(markers[marker].metersAlong, on: link.arc, view))
    }.filter { $0.meters >= 0 }.min { ($0.meters, $0.marker) < ($1.meters, $1.marker) }
  }
}

// MARK: From a kilometre to its place

extension KilometreMarkers {
  /// Where a kilometre of a road lies.
  public struct Place: Sendable {
    public let road: String
    public let direction: String
    public let coordinate: Coordinate
    /// The direction of travel, where traffic has only one.
    public let headingDegrees: Double?
  }

  /// The places that the kilometre of a road may mean, one for each direction that its signs have; none for a road
  /// without signs.
  ///
  /// - Parameter road: number or name, with a direction behind it or without: `호남고속도로 하행`.
  /// - Throws: `UNKNOWN_MARKER` with the range of the road's signs. O(arcs between two signs).
  public func places(_ road: String, meters: Double) throws(EngineError) -> [Place] {
    let meant = meantGroups(road)
    let found = meant.compactMap { place(at: meters, of: groups[$0]) }
    if found.isEmpty, !meant.isEmpty {
      let ranges = meant.map { number in
        let (group, signs) = (groups[number], groups[number].markers.map { markers[$0].sign.meters })
        let range = "\((signs.first ?? 0) / 1_000) to \((signs.last ?? 0) / 1_000)"
        return [group.road, group.direction, range].filter { !$0.isEmpty }.joined(separator: " ")
      }
      throw EngineError(
        .unknownMarker, "the road's markers have \(ranges.joined(separator: ", "))", value: "\(meters / 1_000)")
    }
    return found
  }

  private func meantGroups(_ text: String) -> [Int] {
    let words = SearchKey.words(of: text)
    for count in stride(from: words.count, to: 0, by: -1) {
      guard let numbers = groupsOfRoad[Array(words.prefix(count).joined())] else { continue }
      let direction = words.dropFirst(count).joined()
      return numbers.filter { SearchKey.whole(groups[$0].direction).starts(with: direction) }
    }
    return []
  }

  private func place(at meters: Double, of group: Group) -> Place? {
    let above = group.markers.partitioningIndex { markers[$0].sign.meters >= meters }
    guard above < group.markers.count else { return nil }
    let next = markers[group.markers[above]]
    if next.sign.meters == meters { return place(at: next.position, of: group) }
    guard above > 0 else { return nil }
    let last = markers[group.markers[above - 1]]
    let share = (meters - last.sign.meters) / (next.sign.meters - last.sign.meters)
    return place(at: position(from: last, to: next, share: share), of: group)
  }

  private func place(at position: RoadPosition, of group: Group) -> Place {
    let shape = network.shape(of: position.segment)
    let point = min(Int(network.pieces[position.piece].firstPoint), shape.count - 2)
    let arcs = [false, true].filter { network.isCivil(position.piece, isBackward: $0) }
    let heading = arcs.count == 1 ? shape[point].bearingDegrees(to: shape[point + 1]) + (arcs[0] ? 180 : 0) : nil
    return Place(
      road: group.road, direction: group.direction, coordinate: network.coordinate(at: position),
      headingDegrees: heading.map(Heading.wrapped))
  }

  /// The place between two signs along their road; straight on where no way along it leads from one to the other.
  private func position(from last: Marker, to next: Marker, share: Double) -> RoadPosition {
    for arc in [
      network.segmentArcs[last.position.segment].forward, network.segmentArcs[last.position.segment].backward,
    ] {
      for view in [RoadChain.View.ahead, .behind] {
        guard let arc, let found = position(from: RoadPlace(arc: arc, position: last.position), view, to: next, share)
        else { continue }
        return found
      }
    }
    var sign = last.sign
    sign.coordinate = last.sign.coordinate.interpolated(to: next.sign.coordinate, fraction: share)
    return Self.position(of: sign, on: network) ?? (share < 0.5 ? last.position : next.position)
  }

  private func position(
    from start: RoadPlace, _ view: RoadChain.View, to next: Marker, _ share: Double
  ) -> RoadPosition? {
    var links: [RoadChain.Link] = []
    var total: Double?
    RoadChain(network, from: start, view).visit { link in
      links.append(link)
      guard network.arcCourse[link.arc].segment == next.position.segment else { return true }
      let meters = link.beginMeters + traversed(next.metersAlong, on: link.arc, view)
      total = meters >= 0 ? meters : nil
      return false
    }
    guard let total else { return nil }
    let wanted = total * share
    guard let link = links.first(where: { $0.endMeters >= wanted }) else { return nil }
    let segment = network.arcCourse[link.arc].segment
    return network.position(
      on: segment, metersAlong: traversed(wanted - link.beginMeters, on: link.arc, view))
  }

  /// From the end where a look along an arc begins, by the metres along its segment's shape, and the other way round.
  private func traversed(_ meters: Double, on arc: ArcID, _ view: RoadChain.View) -> Double {
    let course = network.arcCourse[arc]
    return course.isBackward == (view == .ahead) ? network.lengthMeters(of: course.segment) - meters : meters
  }
}

extension RoadNetwork {
  /// The signs that the map itself has.
  public var milestones: [KilometreSign] {
    names.points.buffer.filter { $0.kind == .milestone }.map { point in
      KilometreSign(
        road: texts[point.ref], direction: texts[point.name], meters: Double(point.meters), point.coordinate)
    }
  }
}
