/// How much an engine keeps and answers: what an operator may change. Beyond one of them a request is refused with
/// `LIMIT_EXCEEDED`, and a report from the future with `TIME_AHEAD`. What can't be changed is in ``Limits``.
public struct EngineLimits: Hashable, Sendable {
  /// Units that are known.
  public var unitsMax = 100_000
  /// Closures that are known.
  public var closuresMax = 100_000
  /// Units in one answer.
  public var rankedUnitsMax = 1_000
  /// Points of a closure's lines or areas, together.
  public var closurePointsMax = 10_000
  /// Feeds that are known; one from which nothing came for ``Limits/feedSilenceSecondsMax`` is forgotten.
  public var feedsMax = 1_000
  /// Of these, those of one caller.
  public var feedsPerCallerMax = 250
  /// How far the time of a report may be ahead of the server's clock: clocks differ.
  public var clockAheadSecondsMax = 60.0
  /// Questions and traffic that are being watched.
  public var subscriptionsMax = 50_000
  /// Metrics of moments to come that are kept, each as large as a profile's own.
  public var plannedMetricsMax = 12
  /// Response plans that are known, and the choices among them.
  public var plansMax = 2_000
  public var planChoicesMax = 10_000
  /// Of all plans, by ``ResponsePlan/byteCount``: a list of them all is one answer.
  public var planBytesMax = 64 << 20
  /// Hospitals that are known.
  public var hospitalsMax = 10_000
  /// Posts that are known, or asked about.
  public var postsMax = 2_000
  /// Layers that are known, and the features of all of them.
  public var layersMax = 50
  public var layerFeaturesMax = 1_000_000
  /// Corners of all areas of one layer.
  public var layerCornersMax = 2_000_000
  /// Of all layers, by ``Layer/byteCount``.
  public var layerBytesMax = 1 << 30
  /// Tiles of the map that are kept, by their bytes.
  public var tileCacheBytesMax = 64 << 20

  public init() {}
}
