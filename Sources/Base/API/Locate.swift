import Geometry

/// Where somebody is, in words that a caller understands.
public struct LocateRequest: Sendable {
  /// What is known.
  public enum Source: Sendable {
    case place(Place)
    /// A coordinate, a national point number, a kilometre of a road, a crossing, a name.
    case text(String)
  }

  public var from: Source
  /// How uncertain the place is: above 0, at most ``Limits/snapRadiusMeters``.
  public var radiusMeters = 50.0
  /// How many roads at most, 1 to ``Limits/locatedRoadsMax``; the other carriageway of a divided road comes with it.
  public var count = 3
  /// On which levels the roads lie that a text may mean; a place has its own.
  public var levels: LevelFilter = .all
  /// Of the words in the answer, such as `ko`; empty is English.
  public var language = ""

  /// True for a text, which may have to be looked up among many names.
  public var isText: Bool {
    if case .text = from { true } else { false }
  }

  public init(_ place: Place) { from = .place(place) }

  public init(text: String) { from = .text(text) }
}

/// A junction as people call it.
public struct NamedJunction: Hashable, Sendable {
  /// Its own name, else the two streets that cross there.
  public var name: String
  public var coordinate: Coordinate
  /// Along the road, from the place.
  public var lengthMeters: Double
  /// Where it lies, seen from the place.
  public var toward: CompassPoint

  public init(_ name: String, _ coordinate: Coordinate, lengthMeters: Double, toward: CompassPoint) {
    (self.name, self.coordinate, self.lengthMeters, self.toward) = (name, coordinate, lengthMeters, toward)
  }
}

/// A place on a road between two kilometre markers.
public struct KilometreMark: Hashable, Sendable {
  /// The road's number or name, as the markers have it.
  public var road: String
  public var kilometres: Double
  /// As the markers have it: `상행`.
  public var direction: String
  public var errorMeters: Double

  public init(road: String, kilometres: Double, direction: String, errorMeters: Double) {
    (self.road, self.kilometres, self.direction, self.errorMeters) = (road, kilometres, direction, errorMeters)
  }
}

/// A road on which somebody may be, in one direction of travel.
public struct LocatedRoad: Hashable, Sendable {
  public var road: SnappedPlace
  /// The road's number.
  public var ref = ""
  /// Where signs say that it leads, else the next junction; empty if neither is known.
  public var towards = ""
  public var before: NamedJunction?
  public var after: NamedJunction?
  /// True for one carriageway of a divided road: the other one is in the answer as well.
  public var isDivided = false
  /// The name of the bridge or tunnel that it lies on or in.
  public var structure = ""
  public var mark: KilometreMark?
  /// How likely it is; those of all roads of an answer sum up to 1.
  public var probability = 0.0
  /// The place, in the language that was asked for.
  public var words = ""
  /// What to ask to tell it from the next one; empty for the last one.
  public var question = ""
  /// Where the place lies, seen from the road, if it lies farther off than its radius.
  public var offRoad: CompassPoint?

  public init(_ road: SnappedPlace) { self.road = road }
}

/// What a text may mean.
public struct FoundPlace: Hashable, Sendable {
  /// What it is.
  public enum Kind: String, CaseIterable, Sendable {
    case coordinate
    case pointNumber = "point_number"
    case kilometre
    case crossing
    case junction
    case street
    case station
    case feature
  }

  public var kind: Kind
  /// As the map, the units or the layer have it.
  public var name: String
  public var coordinate: Coordinate
  /// The direction of travel, where the text says which carriageway.
  public var headingDegrees: Double?
  /// Of a feature: its layer and its id.
  public var layer = ""
  public var id = ""
  /// The area of the districts' layer that it lies in.
  public var district = ""

  public init(_ kind: Kind, _ name: String, _ coordinate: Coordinate) {
    (self.kind, self.name, self.coordinate) = (kind, name, coordinate)
  }
}

/// A point of a layer near a place.
public struct LocatedFeature: Hashable, Sendable {
  public var layer: String
  public var id: String
  public var name: String
  public var coordinate: Coordinate
  public var distanceMeters: Double

  public init(layer: String, id: String, name: String, _ coordinate: Coordinate, distanceMeters: Double) {
    (self.layer, self.id, self.name) = (layer, id, name)
    (self.coordinate, self.distanceMeters) = (coordinate, distanceMeters)
  }
}

/// Where somebody is.
public struct LocateAnswer: Hashable, Sendable {
  public var version: UInt64
  /// The place, or that of the first thing that the text may mean.
  public var coordinate: Coordinate
  /// The most likely one first.
  public var roads: [LocatedRoad] = []
  /// Korea's; empty elsewhere.
  public var nationalPointNumber = ""
  /// Of the layers that the server's settings name, the nearest first.
  public var nearby: [LocatedFeature] = []
  /// The area of the districts' layer that the place lies in.
  public var district = ""
  /// All that a text may mean, the best first; empty for a place.
  public var found: [FoundPlace] = []

  public init(version: UInt64, coordinate: Coordinate) { (self.version, self.coordinate) = (version, coordinate) }
}

/// The layers by which places are told.
public struct LocateLayers: Hashable, Sendable {
  /// Kilometre markers: points with the tags `ref`, `direction` and `km`.
  public var markers: String? = "markers"
  /// Areas that a place lies in.
  public var districts: String?
  /// Points that callers can read or see: plates, poles, cameras.
  public var nearby: [String] = []

  public init() {}
}

extension Validation {
  /// - Throws: ``EngineError`` for the first value of the request that can't be answered.
  public static func locate(_ request: LocateRequest) throws(EngineError) {
    switch request.from {
    case .place(let place): try self.place(place)
    case .text(let text):
      guard text.utf8.count <= Limits.locateTextBytesMax else {
        throw EngineError(
          .limitExceeded, "the text is too long: locate_text_bytes = \(Limits.locateTextBytesMax)",
          value: "\(text.utf8.count) bytes")
      }
    }
    try radius(request.radiusMeters, max: Limits.snapRadiusMeters)
    try count(request.count, max: Limits.locatedRoadsMax, "located_roads")
  }
}
