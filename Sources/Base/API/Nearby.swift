/// Which points of layers are near a place.
public struct NearbyRequest: Hashable, Sendable {
  public var place: Place
  /// One to ``Limits/askedLayersMax``.
  @Composed public var layers: [String]
  /// Above 0, at most ``Limits/nearbyRoadMetersMax`` along roads and ``Limits/nearbyAirMetersMax`` by air.
  public var radiusMeters = NearbyRequest.radiusMetersDefault
  /// How many of each layer, 1 to ``Limits/nearbyCountMax``.
  public var count = NearbyRequest.countDefault
  /// By the way that a hose or a person takes, each road in both directions; by air if false.
  public var isAlongRoads = false

  public static let radiusMetersDefault = 1_000.0
  public static let countDefault = 3

  public init(_ place: Place, layers: [String]) { (self.place, self.layers) = (place, layers) }
}

/// A point of a layer near a place.
public struct NearbyFeature: Hashable, Sendable {
  @Composed public var layer: String
  public var feature: LayerFeature
  public var airMeters: Double
  /// From the place to the road, along roads, and from the road to the point; `nil` by air.
  public var roadMeters: Double?
  /// Where it lies for somebody who comes along the road; none by air.
  public var side: StreetSide

  public init(
    _ layer: String, _ feature: LayerFeature, airMeters: Double, roadMeters: Double? = nil, side: StreetSide = .none
  ) {
    (self.layer, self.feature, self.airMeters) = (layer, feature, airMeters)
    (self.roadMeters, self.side) = (roadMeters, side)
  }
}

/// The points of layers near a place.
public struct NearbyAnswer: Hashable, Sendable {
  public var version: UInt64
  /// The place on the nearest road; `nil` by air.
  public var place: SnappedPlace?
  /// Layer by layer, in the order of the question; of each the nearest first, and last what can't be used.
  public var features: [NearbyFeature]

  public init(version: UInt64, place: SnappedPlace? = nil, features: [NearbyFeature] = []) {
    (self.version, self.place, self.features) = (version, place, features)
  }
}

extension LayerFeature {
  /// A tag `usable=no`: a hydrant that is out of order.
  public var isUsable: Bool { !tags.contains { $0.key == "usable" && $0.value.lowercased() == "no" } }
}

extension Validation {
  /// - Throws: ``EngineError`` for the first value of the request that can't be answered.
  public static func nearby(_ request: NearbyRequest) throws(EngineError) {
    try place(request.place)
    guard !request.layers.isEmpty else {
      throw EngineError(.invalidArgument, "which layers is missing", value: "0 layers")
    }
    try radius(
      request.radiusMeters, max: request.isAlongRoads ? Limits.nearbyRoadMetersMax : Limits.nearbyAirMetersMax)
    try count(request.count, max: Limits.nearbyCountMax, "nearby_count")
  }
}
