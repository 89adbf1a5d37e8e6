import Geometry

/// A direction of travel along an OSM way, along a line, or from one OSM node to another.
public enum WayDirection: String, CaseIterable, Codable, Sendable {
  case both, forward, backward
}

/// Two OSM nodes of a road, in the order of travel.
public struct OSMNodePair: Hashable, Codable, Sendable {
  public var from: Int64
  public var to: Int64

  public init(from: Int64, to: Int64) { (self.from, self.to) = (from, to) }
}

/// An area on the map, by its corners in their order, the last one joined to the first.
public struct Area: Hashable, Codable, Sendable {
  public var corners: [Coordinate]
  /// Parts of it that don't belong to it, by their corners.
  public var holes: [[Coordinate]]

  public init(_ corners: [Coordinate], holes: [[Coordinate]] = []) { (self.corners, self.holes) = (corners, holes) }

  /// Its own, then those of its holes.
  var outlines: [[Coordinate]] { [corners] + holes }
}

/// Which roads a closure means.
public enum RoadSelector: Hashable, Codable, Sendable {
  /// Every road of an OSM way, or what lies between two of its OSM nodes. The direction is that of the OSM way.
  case way(osmID: Int64, direction: WayDirection, nodes: OSMNodePair? = nil)
  /// The road between two OSM nodes that lie on one OSM way. Forward is from the first node to the second.
  case nodes(OSMNodePair, direction: WayDirection)
  /// What lies of roads within a radius of a place; with a heading only in about that direction.
  case point(Coordinate, radiusMeters: Double, headingDegrees: Double? = nil)
  /// The stretch of road nearest to a place, within a radius; with a heading the nearest one in about that direction.
  case nearest(Coordinate, radiusMeters: Double, headingDegrees: Double? = nil)
  /// The roads that a line follows, not those that it crosses. Forward is the line's own direction. Without a direction
  /// as the roads are: both directions, or, where the line follows a one-way anywhere, its own alone.
  case polyline([Coordinate], direction: WayDirection?)
  /// What lies of roads in an area; the last corner is joined to the first.
  case polygon([Coordinate])
  /// The roads that any of several lines follows, each as a ``polyline(_:direction:)``. All must follow some.
  case polylines([[Coordinate]], direction: WayDirection?)
  /// Every stretch of road that touches any of several areas.
  case areas([Area])
  /// A road of an external network, through a link table.
  case link(id: String)
}

/// On which levels the meant roads lie, so that a flooded underpass doesn't close the bridge above it.
public struct LevelFilter: Hashable, Codable, Sendable {
  /// Whether roads of a kind are meant.
  public enum Presence: String, CaseIterable, Codable, Sendable {
    /// With all others.
    case included
    case excluded
    /// No others.
    case only
  }

  /// OSM's `layer`, both ends included; `nil` is every layer. A road without the tag lies on layer 0.
  public var layers: ClosedRange<Int8>?
  public var bridges: Presence
  public var tunnels: Presence

  /// Every level, if nothing is given.
  public init(layers: ClosedRange<Int8>? = nil, bridges: Presence = .included, tunnels: Presence = .included) {
    (self.layers, self.bridges, self.tunnels) = (layers, bridges, tunnels)
  }

  public static let all = LevelFilter()

  /// True for a road of a meant level.
  public func includes(layer: Int8, isBridge: Bool, isTunnel: Bool) -> Bool {
    (layers?.contains(layer) ?? true) && bridges.includes(isBridge) && tunnels.includes(isTunnel)
  }
}

extension LevelFilter.Presence {
  fileprivate func includes(_ isPresent: Bool) -> Bool {
    switch self {
    case .included: true
    case .excluded: !isPresent
    case .only: isPresent
    }
  }
}
