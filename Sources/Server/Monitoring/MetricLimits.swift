/// How much the registry of metrics keeps. What is beyond is counted, never kept: labels may come from outside.
public enum MetricLimits {
  /// Names of metrics. A new one beyond that is dropped.
  public static let familiesMax = 500
  /// Sets of labels of one name. What is beyond goes into one more series, whose labels all say `other`.
  public static let seriesPerFamilyMax = 500
  /// The longest value of a label; the rest is cut off.
  public static let labelBytesMax = 200

  /// Upper bounds of the buckets that timers sort into, in seconds: 100 µs to 10 s.
  public static let secondsBuckets = [
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
  ]
  /// Upper bounds of the buckets that recorders sort into: how many, 1 to a million.
  public static let countBuckets: [Double] = [
    1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000,
    1_000_000,
  ]
}
