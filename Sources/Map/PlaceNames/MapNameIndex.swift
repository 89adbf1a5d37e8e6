import API
import Geometry
import MapFile
import RoadGraph

/// The names of a map: streets, bridges, tunnels, road numbers and junctions, found by their beginnings.
public struct MapNameIndex: Sendable {
  /// A stretch of street by its name, or a junction.
  public struct Match: Sendable {
    public let fit: NameTable.Fit
    public let name: TextID
    /// The class of a street; `nil` for a junction.
    public let roadClass: RoadClass?
    public let coordinate: Coordinate
  }

  /// Parts of a street that lie farther from each other are streets of their own.
  static let apartMeters = 1_000.0
  /// Where two streets meet at places that lie no farther from each other is one junction.
  static let junctionMeters = 100.0
  /// Names that are looked at in full, and OSM ways of one name.
  static let (namesMax, waysMax) = (40, 2_000)
  /// Names of each of two streets that cross: each pair of them is compared.
  static let crossingNamesMax = 12

  private let network: RoadNetwork
  private let streets: NameTable
  private let firstWay: Offsets<TextID>
  private let waysByText: Rows<WayID>
  private let junctions: NameTable

  /// O(ways, and the bytes of all different names x log names).
  public init(_ network: RoadNetwork) {
    self.network = network
    var pairs: [(text: TextID, way: WayID)] = []
    for way in network.ways.indices {
      let own = network.ways[way]
      if own.name != .empty { pairs.append((own.name, way)) }
      if own.ref != .empty { pairs.append((own.ref, way)) }
    }
    for name in network.names.wayNames.buffer where name.kind == .bridge || name.kind == .tunnel {
      if network.ways[name.way].name != name.text { pairs.append((name.text, name.way)) }
    }
    let textCount = network.texts.offsets.count
    let (first, order) = Offsets<TextID>.sorting(
      pairs.map { $0.text.position < textCount ? $0.text : nil }, count: textCount)
    (firstWay, waysByText) = (first, Rows(order.map { pairs[Int($0)].way }))
    let texts = first.indices.filter { !first[$0].isEmpty }.map { (name: network.texts[$0], item: $0.rawValue) }
    let others = network.names.otherNames.buffer.filter { $0.name.position < textCount }
      .map { (name: network.texts[$0.other], item: $0.name.rawValue) }
    streets = NameTable(texts + others)
    junctions = NameTable(
      network.names.points.buffer.enumerated().lazy.filter { $0.element.kind != .milestone }.map { number, point in
        (network.texts[point.name == .empty ? point.ref : point.name], UInt32(number))
      })
  }

  /// Streets and junctions whose names begin like a text, the best first. O(what is found).
  public func matches(_ text: String) -> [Match] {
    let streets = best(streets.items(like: text)).flatMap { item, fit in
      parts(of: TextID(item)).map {
        Match(fit: fit, name: TextID(item), roadClass: $0.roadClass, coordinate: $0.middle)
      }
    }
    let junctions = best(junctions.items(like: text)).map { item, fit in
      let point = network.names.points[position: Int(item)]
      let name = point.name == .empty ? point.ref : point.name
      return Match(fit: fit, name: name, roadClass: nil, coordinate: point.coordinate)
    }
    return ranked(withoutTwins(junctions) + streets)
  }

  /// Where two streets cross, by the beginnings of their names, the best first; where a text is a whole name, it means
  /// that street alone. O(what is found).
  public func crossings(_ one: String, _ other: String) -> [(one: TextID, other: TextID, coordinate: Coordinate)] {
    let others = meant(other).map { (text: $0, ends: ends(of: $0)) }
    return meant(one).flatMap { text in
      let own = ends(of: text)
      return others.filter { $0.text != text }.flatMap { other in
        clusters(own.intersection(other.ends)).map { (text, other.text, $0) }
      }
    }
  }

  private func meant(_ text: String) -> [TextID] {
    let items = best(streets.items(like: text))
    let whole = items.filter { $0.fit == .whole }
    return (whole.isEmpty ? Array(items) : whole).prefix(Self.crossingNamesMax).map { TextID($0.item) }
  }

  private func best(_ items: [(item: UInt32, fit: NameTable.Fit)]) -> ArraySlice<(item: UInt32, fit: NameTable.Fit)> {
    items.sorted { ($0.fit, $0.item) < ($1.fit, $1.item) }.prefix(Self.namesMax)
  }

  private func ranked(_ matches: [Match]) -> [Match] {
    matches.sorted { one, other in
      if one.fit != other.fit { return one.fit < other.fit }
      if one.roadClass?.rawValue != other.roadClass?.rawValue {
        return (one.roadClass.map { Int($0.rawValue) } ?? -1) < (other.roadClass.map { Int($0.rawValue) } ?? -1)
      }
      let (left, right) = (network.texts[one.name], network.texts[other.name])
      if left != right { return left < right }
      return (one.coordinate.latitudeE7, one.coordinate.longitudeE7)
        < (other.coordinate.latitudeE7, other.coordinate.longitudeE7)
    }
  }

  /// Signals and exits of one junction often have its name each.
  private func withoutTwins(_ matches: [Match]) -> [Match] {
    matches.reduce(into: []) { kept, match in
      let isKnown = kept.contains { other in
        other.name == match.name && other.coordinate.distanceMeters(to: match.coordinate) <= Self.apartMeters
      }
      if !isKnown { kept.append(match) }
    }
  }
}

// MARK: Streets

extension MapNameIndex {
  private func ways(of text: TextID) -> Slice<UnsafeBufferPointer<WayID>> {
    waysByText.buffer[firstWay[text]].prefix(Self.waysMax)
  }

  /// A street by the box around it.
  private struct Part {
    var box: BoundingBox
    var roadClass: RoadClass
    var places: [Coordinate]

    func isNear(_ other: Part) -> Bool {
      let corners = [(box, other.box), (other.box, box)].map { one, two in
        one.distanceMeters(in: LocalPlane(around: two.corners.southWest)) <= MapNameIndex.apartMeters
          || one.distanceMeters(in: LocalPlane(around: two.corners.northEast)) <= MapNameIndex.apartMeters
      }
      return box.intersects(other.box) || corners.contains(true)
    }

    mutating func join(_ other: Part) {
      box = box.union(other.box)
      places += other.places
      if other.roadClass.rawValue < roadClass.rawValue { roadClass = other.roadClass }
    }
  }

  /// The streets of one name, each where its middle is.
  private func parts(of text: TextID) -> [(roadClass: RoadClass, middle: Coordinate)] {
    var parts: [Part] = []
    for way in ways(of: text) {
      guard var part = part(of: way) else { continue }
      for known in parts.indices.reversed() where parts[known].isNear(part) {
        part.join(parts.remove(at: known))
      }
      parts.append(part)
    }
    return parts.compactMap { part in
      Self.nearest(to: part.places, among: part.places).map { (part.roadClass, $0) }
    }
  }

  private func part(of way: WayID) -> Part? {
    let stretches = network.stretches(of: way)
    guard let piece = stretches.isEmpty ? nil : stretches[stretches.count / 2] else { return nil }
    let ends = [(stretches[0], UInt32(0)), (stretches[stretches.count - 1], RoadPosition.fractionMax)]
    let middle = coordinate(piece, RoadPosition.fractionMax / 2)
    return Part(
      box: BoundingBox(of: ends.map { coordinate($0.0, $0.1) } + [middle]),
      roadClass: network.attributes[network.ways[way].attributes].roadClass, places: [middle])
  }

  private func coordinate(_ piece: PieceID, _ fraction: UInt32) -> Coordinate {
    network.coordinate(at: RoadPosition(segment: network.segment(of: piece), piece: piece, fraction: fraction))
  }

  /// Where the OSM ways of a name meet others.
  private func ends(of text: TextID) -> Set<Coordinate> {
    var found: Set<Coordinate> = []
    for way in ways(of: text) {
      for piece in network.stretches(of: way) {
        found.insert(coordinate(piece, 0))
        found.insert(coordinate(piece, RoadPosition.fractionMax))
      }
    }
    return found
  }

  /// One place for those that lie together.
  private func clusters(_ places: Set<Coordinate>) -> [Coordinate] {
    var clusters: [[Coordinate]] = []
    for place in places.sorted(by: { ($0.latitudeE7, $0.longitudeE7) < ($1.latitudeE7, $1.longitudeE7) }) {
      if let known = clusters.firstIndex(where: { $0[0].distanceMeters(to: place) <= Self.junctionMeters }) {
        clusters[known].append(place)
      } else {
        clusters.append([place])
      }
    }
    return clusters.compactMap { Self.nearest(to: $0, among: $0) }
  }

  /// Of some places the one that is nearest to the middle of all.
  private static func nearest(to all: [Coordinate], among places: [Coordinate]) -> Coordinate? {
    guard let middle = Coordinate.middle(of: all) else { return nil }
    return places.min { $0.distanceMeters(to: middle) < $1.distanceMeters(to: middle) }
  }
}

extension BoundingBox {
  fileprivate var corners: (southWest: Coordinate, northEast: Coordinate) {
    (
      Coordinate(latitudeE7: minLatitudeE7, longitudeE7: minLongitudeE7),
      Coordinate(latitudeE7: maxLatitudeE7, longitudeE7: maxLongitudeE7)
    )
  }
}
