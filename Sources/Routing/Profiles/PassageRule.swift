/// What a profile says of one kind of exemption or barrier: whether the vehicle passes, how slowly, how gladly.
///
/// In a profile file: `"allowed"`, `"never"`, `"last_resort"`, a number of seconds, or a table such as
/// `{ seconds = 15, max_kmh = 20, last_resort = true }`.
public struct PassageRule: Hashable, Sendable {
  /// How gladly the vehicle passes.
  public enum Use: String, CaseIterable, Sendable {
    case allowed
    /// Only where no other way is left: adds reluctance to the weight, nothing to the time.
    case lastResort = "last_resort"
    case never
  }

  public var use: Use
  /// Time lost at each use.
  public var delaySeconds: Double
  /// The vehicle is no faster than this along the way; `nil` sets no limit.
  public var maxKmh: Double?

  public init(_ use: Use, delaySeconds: Double = 0, maxKmh: Double? = nil) {
    self.use = use
    self.delaySeconds = delaySeconds
    self.maxKmh = maxKmh
  }

  public static let allowed = PassageRule(.allowed)
  public static let lastResort = PassageRule(.lastResort)
  public static let never = PassageRule(.never)
}

/// What a last resort costs on top of its time.
///
/// Reluctance decides which way is taken and is never shown as time. An hour for each use is more than any detour
/// within a department's district, so a last resort is offered only where nothing else exists; still, a way with
/// hundreds of them stays below infinity.
///
/// Most last resorts are charged for each piece of road: a unit that stands in a one-way street is charged for driving
/// off against it. A *zone* is different: private roads, those for people who go to a place on them, and those for cars
/// with several people in them, where that is a last resort. A trip may begin or end there, but not cut through; so
/// entering it is charged, once, to the turn or to the piece by which it is entered, and driving on inside is not.
public enum Reluctance {
  /// For each piece of road or turn that needs a last resort, and for each zone that is entered.
  public static let secondsPerUse = 3600.0
  /// For each second of travel on a piece that is a last resort, so that of two such ways the one with the shorter
  /// stretch is taken.
  public static let secondsPerSecond = 4.0
}

/// Several rules that hold at once.
struct PassageTerms {
  var isLastResort = false
  /// To be entered as a last resort only: see ``Reluctance``.
  var isZone = false
  var delaySeconds = 0.0
  /// The lowest of the rules' limits, and whose it is.
  var maxSpeed: RoadSpeed?

  static let free = PassageTerms()

  /// Adds a rule that lets pass.
  mutating func add(_ rule: PassageRule, of exemption: Exemption? = nil) {
    if rule.use == .lastResort { isLastResort = true }
    delaySeconds += rule.delaySeconds
    if let max = rule.maxKmh, let exemption, max < maxSpeed?.kmh ?? .infinity {
      maxSpeed = RoadSpeed(max, .exemption(exemption))
    }
  }

  /// Adds a rule; false, and nothing added, if it says never.
  mutating func addUnlessNever(_ rule: PassageRule) -> Bool {
    if rule.use == .never { return false }
    add(rule)
    return true
  }

  /// Adds the rule of a zone that lets in.
  mutating func add(zone rule: PassageRule, of exemption: Exemption) {
    if rule.use == .lastResort { isZone = true }
    add(PassageRule(.allowed, delaySeconds: rule.delaySeconds, maxKmh: rule.maxKmh), of: exemption)
  }
}
