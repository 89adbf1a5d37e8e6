/// What is assumed where feeds say nothing, and the limits of what is taken from them.
public enum FeedDefaults {
  /// How many times as long a road takes with some of its lanes closed. Feeds say neither demand nor how many lanes are
  /// left: with one of two closed and moderate demand, traffic merges and drives about two thirds as fast.
  public static let lanesClosedFactor = 1.5
  /// What alternating traffic costs, by flaggers or a signal: cycles of some hundred metres take two to three minutes,
  /// and a vehicle that comes at any moment of one waits about a minute.
  public static let alternatingDelaySeconds = 60.0
  /// How far the road may be from a place that stands for it: coordinates with four decimals are 5 m off, the middle of
  /// a wide road is 20 m from its carriageways, and the next road is seldom nearer than 50 m.
  public static let nearestRadiusMeters = 50.0
  /// What is a truck where trucks are banned: above 10,001 lb, the weight from which US law knows commercial vehicles.
  /// Work zones ban trucks for want of room and strength, so the ban is for fire engines as well.
  public static let truckTonnes = 4.5
  /// Speeds above that are typing errors.
  public static let kmhMax = 300.0
  /// A turn that takes longer is a typing error: an hour.
  public static let turnSecondsMax = 3_600.0
  /// Longer ids are refused: an engine takes no longer ones, and a source's name stands before them.
  public static let idBytesMax = 400
  /// Reasons are for people, and cut here.
  public static let reasonBytesMax = 400
  /// A file with a fault in every line is told by its first ones.
  public static let problemsKeptMax = 1_000
  /// Records that rightly give nothing are told by the first ones, so that those with a fault have room.
  public static let ignoredKeptMax = 500
  /// A value in a problem or error is cut here.
  public static let problemValueBytesMax = 120
}
