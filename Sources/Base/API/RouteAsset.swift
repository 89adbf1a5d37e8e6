/// A point of a layer along a route, and when the vehicle passes it.
public struct RouteAsset: Hashable, Sendable {
  @Composed public var layer: String
  public var feature: LayerFeature
  /// From the start of the travel until the vehicle is there: where the road is nearest to it, or, for a camera that
  /// stands elsewhere, where the way is nearest to it within its sight.
  public var travelSeconds: Double
  /// From the start of the route.
  public var lengthMeters: Double
  /// Where it lies for the driver.
  public var side: StreetSide
  /// From the road to it.
  public var distanceMeters: Double
  /// From when until when a camera has the vehicle in sight; `nil` for what has no view of a known width and range.
  public var inViewSeconds: ClosedRange<Double>?

  public init(
    _ layer: String, _ feature: LayerFeature, travelSeconds: Double, lengthMeters: Double, side: StreetSide = .none,
    distanceMeters: Double = 0, inViewSeconds: ClosedRange<Double>? = nil
  ) {
    (self.layer, self.feature) = (layer, feature)
    (self.travelSeconds, self.lengthMeters) = (travelSeconds, lengthMeters)
    (self.side, self.distanceMeters, self.inViewSeconds) = (side, distanceMeters, inViewSeconds)
  }
}

extension Validation {
  /// - Throws: `LIMIT_EXCEEDED` for more layers than one question may name.
  public static func askedLayers(_ layers: [String]) throws(EngineError) {
    try atMost(Limits.askedLayersMax, "asked_layers", layers.count, "too many layers")
  }
}
