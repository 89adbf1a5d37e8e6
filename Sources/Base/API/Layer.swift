import Geometry

/// A set of places that the department knows: hydrants, cameras, schools, past calls, districts.
public struct Layer: Hashable, Codable, Sendable {
  /// Unique, without a slash.
  @Composed public var name: String
  public var rule: LayerRule
  public var features: [LayerFeature]
  /// How often it was changed since it was new, from 1. Of a put: the one that its writer saw, 0 for whichever.
  public var revision: UInt64

  public init(_ name: String, features: [LayerFeature], rule: LayerRule = LayerRule(), revision: UInt64 = 0) {
    (self.name, self.features, self.rule, self.revision) = (name, features, rule, revision)
  }
}

extension Layer {
  /// About what it takes to keep it. O(corners, tags).
  public var byteCount: Int { features.reduce(0) { $0 + $1.byteCount } }
}

extension LayerFeature {
  fileprivate var byteCount: Int {
    let corners = areas.reduce(0) { $0 + $1.outlines.reduce(0) { $0 + $1.count } }
    return [id, name].byteCount + tags.reduce(0) { $0 + [$1.key, $1.value].byteCount }
      + (corners + 1) * MemoryLayout<Coordinate>.size
  }
}

/// How the points of a layer belong to roads.
public struct LayerRule: Hashable, Codable, Sendable {
  /// How far from a road's line a point still belongs to it.
  public var roadMetersMax: Double
  /// Which of the carriageways within reach it belongs to.
  public var side: LayerSide
  /// On which levels the meant roads lie. A point above a tunnel belongs to the street there unless this says
  /// otherwise.
  public var levels: LevelFilter

  public static let roadMetersUsual = 40.0

  public init(
    roadMetersMax: Double = LayerRule.roadMetersUsual, side: LayerSide = .nearest, levels: LevelFilter = .all
  ) {
    (self.roadMetersMax, self.side, self.levels) = (roadMetersMax, side, levels)
  }

  private enum CodingKeys: CodingKey { case roadMetersMax, side, levels }

  /// Earlier ledgers have the reach alone.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    roadMetersMax = try values.decode(Double.self, forKey: .roadMetersMax)
    side = try values.decodeIfPresent(LayerSide.self, forKey: .side) ?? .nearest
    levels = try values.decodeIfPresent(LevelFilter.self, forKey: .levels) ?? .all
  }
}

/// Which of the carriageways within reach a point belongs to.
public enum LayerSide: String, CaseIterable, Codable, Sendable {
  /// The nearest one, and all that lie as near: the arms of a junction.
  case nearest
  case both
  /// The nearest one of those that it looks at; where it looks nowhere, the nearest one.
  case faced
}

/// One place of a layer: a point or an area.
public struct LayerFeature: Hashable, Codable, Sendable, Identifiable {
  /// Where it is.
  public enum Shape: Hashable, Codable, Sendable {
    case point(Coordinate)
    /// Several for what lies apart, such as a district with an island.
    case areas([Area])
  }

  /// Unique in its layer.
  @Composed public var id: String
  @Composed public var name: String
  public var shape: Shape
  /// How much it counts, such as calls a year; 0 or more.
  public var weight: Double
  /// Where it looks, for a camera.
  public var view: LayerView?
  public var tags: [LayerTag]

  public init(
    id: String, name: String = "", _ shape: Shape, weight: Double = 1, view: LayerView? = nil, tags: [LayerTag] = []
  ) {
    (self.id, self.name, self.shape, self.weight) = (id, name, shape, weight)
    (self.view, self.tags) = (view, tags)
  }

  /// Its place, if it is a point. Never inlined: Swift 6.3.1 fails on it where it optimises loops over features.
  @inline(never) public var point: Coordinate? {
    guard case .point(let point) = shape else { return nil }
    return point
  }

  /// Its areas; none if it is a point. Never inlined either.
  @inline(never) public var areas: [Area] {
    guard case .areas(let areas) = shape else { return [] }
    return areas
  }
}

/// What a camera sees.
public struct LayerView: Hashable, Codable, Sendable {
  public var headingDegrees: Double
  /// From one side to the other; `nil` is not known.
  public var viewDegrees: Double?
  public var rangeMeters: Double?

  public init(headingDegrees: Double, viewDegrees: Double? = nil, rangeMeters: Double? = nil) {
    (self.headingDegrees, self.viewDegrees, self.rangeMeters) = (headingDegrees, viewDegrees, rangeMeters)
  }
}

/// What a department says of a place: `url`, `pressure_bar`, `usable`.
public struct LayerTag: Hashable, Codable, Sendable {
  public var key: String
  public var value: String

  public init(_ key: String, _ value: String) { (self.key, self.value) = (key, value) }
}

/// A layer without its features.
public struct LayerInfo: Hashable, Sendable {
  public var name: String
  public var rule: LayerRule
  public var revision: UInt64
  public var pointCount = 0
  public var areaCount = 0
  /// Of all features.
  public var weight = 0.0
  /// Points that no road is near, by id: they are kept.
  public var offRoad = IDList()

  public init(_ name: String, rule: LayerRule, revision: UInt64) {
    (self.name, self.rule, self.revision) = (name, rule, revision)
  }
}

/// The layers that were put or removed, or all by name.
public struct LayersAnswer: Hashable, Sendable {
  /// The first version whose answers know the change.
  public var version: UInt64
  public var layers: [LayerInfo]

  public init(version: UInt64, layers: [LayerInfo]) { (self.version, self.layers) = (version, layers) }
}

/// A layer with its features, by id.
public struct LayerAnswer: Hashable, Sendable {
  public var version: UInt64
  public var layer: Layer

  public init(version: UInt64, layer: Layer) { (self.version, self.layer) = (version, layer) }
}
