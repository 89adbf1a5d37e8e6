import API
import Errors
import Geometry
import Messages

/// Where a load goes to.
public enum LoadTarget: Hashable, Sendable {
  /// The framed socket.
  case socket(ServerAddress)
  /// gRPC, without TLS.
  case grpc(host: String, port: Int)
}

/// What is sent.
public struct LoadMix: Hashable, Sendable {
  /// Questions for the fastest units per second.
  public var asksPerSecond = 0.0
  /// Position reports per second, `positionsPerCall` of them in one call.
  public var positionsPerSecond = 0.0
  public var positionsPerCall = 100
  /// Closures put or lifted per second.
  public var closureChangesPerSecond = 0.0
  /// How many units a question wants.
  public var wantedUnits = 5

  public init() {}
}

/// What decides when the next question is sent.
public enum LoadPace: Hashable, Sendable {
  /// The clock: questions come at their rate, whether the server keeps up or not.
  case open
  /// The server: this many questions are always in flight, the next one leaves with an answer.
  case closed(inFlight: Int)
}

/// Where units and incidents are.
public enum LoadPlaces: Hashable, Sendable {
  /// Places on roads, neighbours next to each other.
  case given([Coordinate])
  /// The server is asked for roads near random places around one.
  case around(Coordinate, radiusMeters: Double)
}

/// A load: what, how much, how long, and to whom.
public struct LoadPlan: Hashable, Sendable {
  public var target: LoadTarget
  public var token = ""
  public var mix = LoadMix()
  public var pace = LoadPace.open
  public var connections = 4
  public var durationSeconds = 30.0
  /// Before the duration, at the same rates; not in the figures.
  public var warmUpSeconds = 2.0
  /// A request without an answer by then has failed.
  public var timeoutSeconds = 10.0
  public var places: LoadPlaces
  /// These are put first and removed at the end; 0 asks for the units that the server has.
  public var unitCount = 1_000
  public var profile = "ambulance"
  public var seed: UInt64 = 1
  /// Connections that say nothing.
  public var idleConnections = 0
  /// The server's process on this machine, to be looked at.
  public var serverPID: Int32?

  public init(target: LoadTarget, places: LoadPlaces) { (self.target, self.places) = (target, places) }

  /// Throws `INVALID_LOAD` with the value that can't be.
  public func check() throws(LoadError) {
    try checkMix()
    try Self.check("connections", connections, in: 1...Self.connectionsMax)
    try Self.check("idle connections", idleConnections, in: 0...Self.idleMax)
    try Self.check(durationSeconds > 0, "the duration must be above 0", durationSeconds)
    try Self.check(warmUpSeconds >= 0, "the warm-up must be 0 or more", warmUpSeconds)
    try Self.check(
      timeoutSeconds > 0 && timeoutSeconds <= Self.timeoutSecondsMax,
      "the timeout must be above 0, at most \(Int(Self.timeoutSecondsMax)) s", timeoutSeconds)
    try Self.check("units", unitCount, in: 0...EngineLimits().unitsMax)
    try Self.check(mix.positionsPerSecond == 0 || unitCount > 0, "position reports need units", unitCount)
    if case .closed(let inFlight) = pace { try Self.check("queries in flight", inFlight, in: 1...Self.inFlightMax) }
    if case .given(let places) = places { try Self.check(places.count > 1, "a load needs places", places.count) }
    if case .around(_, let meters) = places { try Self.check(meters > 0, "the radius must be above 0", meters) }
  }

  private func checkMix() throws(LoadError) {
    for rate in [mix.asksPerSecond, mix.positionsPerSecond, mix.closureChangesPerSecond] {
      try Self.check(rate >= 0 && rate <= Self.rateMax, "a rate must be 0 to \(Int(Self.rateMax)) per second", rate)
    }
    let isSilent = mix.asksPerSecond + mix.positionsPerSecond + mix.closureChangesPerSecond == 0
    try Self.check(!isSilent || pace != .open || idleConnections > 0, "a load needs a rate above 0", 0)
    try Self.check("wanted units", mix.wantedUnits, in: 1...EngineLimits().rankedUnitsMax)
    try Self.check("reports per call", mix.positionsPerCall, in: 1...Self.positionsPerCallMax)
  }

  static let connectionsMax = 10_000
  static let idleMax = 100_000
  static let inFlightMax = 100_000
  static let rateMax = 10_000_000.0
  static let timeoutSecondsMax = 600.0
  static let positionsPerCallMax = 10_000

  private static func check(_ isRight: Bool, _ rule: String, _ value: some CustomStringConvertible) throws(LoadError) {
    guard isRight else { throw LoadError(.invalidLoad, rule, value: "\(value)") }
  }

  private static func check(_ what: String, _ count: Int, in range: ClosedRange<Int>) throws(LoadError) {
    try check(range.contains(count), "\(what) must be \(range.lowerBound) to \(range.upperBound)", count)
  }
}

/// Why there is no load.
public struct LoadError: CodedError, Hashable {
  /// Stable names of what goes wrong.
  public enum Code: String, CaseIterable, Sendable {
    case invalidLoad = "INVALID_LOAD"
    /// The server's answers are not what was asked for: how fast they come says nothing.
    case checkFailed = "LOAD_CHECK_FAILED"
    case connectionFailed = "CONNECTION_FAILED"
    case connectionLost = "CONNECTION_LOST"
  }

  public let code: Code
  /// For people.
  public let message: String
  public let value: String

  init(_ code: Code, _ message: String, value: String = "") {
    (self.code, self.message, self.value) = (code, message, value)
  }
}
