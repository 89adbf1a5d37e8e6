import Foundation
import Geometry

extension RoadSelector {
  /// The lines that roads follow.
  fileprivate var lines: [[Coordinate]] {
    switch self {
    case .polyline(let line, _): [line]
    case .polylines(let lines, _): lines
    default: []
    }
  }

  /// Of its lines and areas.
  fileprivate var pointCount: Int {
    switch self {
    case .polygon(let corners): corners.count
    case .areas(let areas): areas.flatMap(\.outlines).reduce(0) { $0 + $1.count }
    default: lines.reduce(0) { $0 + $1.count }
    }
  }

  /// Of its lines. O(points).
  fileprivate var lineMeters: Double {
    lines.reduce(0) { sum, line in
      zip(line, line.dropFirst()).reduce(sum) { $0 + $1.0.distanceMeters(to: $1.1) }
    }
  }
}

/// Checks of what traffic centres and feeds give.
extension Validation {
  /// - Parameter profiles: those that the engine serves.
  /// - Throws: ``EngineError`` for the first value of the closure that can't be taken.
  public static func closure(
    _ closure: RoadClosure, profiles: [String], _ limits: EngineLimits
  ) throws(EngineError) {
    try id(closure.id, .invalidClosure)
    try text(closure.source, "the source", .invalidClosure)
    try text(closure.reason, "the reason", .invalidClosure)
    try text(closure.hours, "the hours", .invalidClosure)
    try selector(closure.selector, limits)
    try effect(closure.effect)
    if case .largerThan(let size) = closure.scope { try self.size(size) }
    guard case .profiles(let names) = closure.scope else { return }
    if names.isEmpty { throw EngineError(.invalidClosure, "it applies to no profile", value: closure.id) }
    for name in names.sorted() { try profile(name, among: profiles) }
  }

  /// - Throws: ``EngineError`` for the first value of a question's own closures that can't be taken, or if all of them
  ///   together would take too long.
  public static func whatIf(
    _ closures: [RoadClosure], profiles: [String], _ limits: EngineLimits
  ) throws(EngineError) {
    try atMost(Limits.whatIfClosuresMax, "what_if_closures", closures.count, "too many closures in one question")
    let pointCount = closures.reduce(0) { $0 + $1.selector.pointCount }
    try atMost(Limits.whatIfPointsMax, "what_if_points", pointCount, "too many points in one question")
    for closure in closures { try self.closure(closure, profiles: profiles, limits) }
    try lineMeters(
      closures.reduce(0) { $0 + $1.selector.lineMeters }, max: Limits.whatIfLineMetersMax, "what_if_line_meters")
  }

  private static func lineMeters(_ meters: Double, max: Double, _ name: String) throws(EngineError) {
    if meters <= max { return }
    throw EngineError(
      .limitExceeded, "the lines are too long together: \(name) = \(Int(max))", value: "\(Int(meters)) m")
  }

  private static func selector(_ selector: RoadSelector, _ limits: EngineLimits) throws(EngineError) {
    switch selector {
    case .way, .nodes: return
    case .link(let id): try self.id(id, .invalidClosure)
    case .point(let center, let radiusMeters, let headingDegrees),
      .nearest(let center, let radiusMeters, let headingDegrees):
      try coordinate(center)
      try heading(headingDegrees)
      try radius(radiusMeters, max: Limits.closureRadiusMetersMax)
    case .polyline(let line, _): try lines([line], limits)
    case .polylines(let lines, _): try self.lines(lines, limits)
    case .polygon(let corners): try areas([Area(corners)], limits)
    case .areas(let areas): try self.areas(areas, limits)
    }
  }

  private static func lines(_ lines: [[Coordinate]], _ limits: EngineLimits) throws(EngineError) {
    if lines.isEmpty { throw EngineError(.invalidClosure, "it has no line", value: "0") }
    try pointCount(lines, limits)
    for line in lines {
      guard line.count >= 2 else {
        throw EngineError(.invalidClosure, "a line has at least two points", value: "\(line.count)")
      }
      try points(line, extentMetersMax: Limits.closureLineMetersMax, "line")
    }
    try lineMeters(
      RoadSelector.polylines(lines, direction: nil).lineMeters, max: Limits.closureLineLengthMetersMax,
      "closure_line_length_meters")
  }

  private static func areas(_ areas: [Area], _ limits: EngineLimits) throws(EngineError) {
    if areas.isEmpty { throw EngineError(.invalidClosure, "it has no area", value: "0") }
    try pointCount(areas.flatMap(\.outlines), limits)
    for outline in areas.flatMap(\.outlines) {
      guard outline.count >= 3 else {
        throw EngineError(
          .invalidClosure, "an area, or a hole in one, has at least three corners", value: "\(outline.count)")
      }
      try points(outline, extentMetersMax: Limits.closureAreaMetersMax, "area")
    }
  }

  /// All points of a closure together.
  private static func pointCount(_ lines: [[Coordinate]], _ limits: EngineLimits) throws(EngineError) {
    try atMost(limits.closurePointsMax, "limits.closure_points", lines.reduce(0) { $0 + $1.count }, "too many points")
  }

  private static func points(_ points: [Coordinate], extentMetersMax: Double, _ name: String) throws(EngineError) {
    for point in points { try coordinate(point) }
    let box = BoundingBox(of: points)
    guard box.diagonalMeters <= extentMetersMax else {
      throw EngineError(
        .limitExceeded, "the \(name) is too large: at most \(Int(extentMetersMax)) m across",
        value: "\(Int(box.diagonalMeters)) m")
    }
  }

  private static func effect(_ effect: RoadEffect) throws(EngineError) {
    let (value, isValid): (Double, Bool) =
      switch effect {
      case .closed: (0, true)
      case .factor(let factor): (factor, factor >= 1 && factor <= Limits.closureFactorMax)
      case .delay(let seconds): (seconds, seconds >= 0 && seconds <= Limits.closureDelaySecondsMax)
      case .speed(let kmh): (kmh, kmh >= Limits.closureSpeedKmhMin && kmh <= Limits.speedKmhMax)
      }
    if isValid { return }
    throw EngineError(
      .invalidClosure,
      "a factor is 1 to \(Int(Limits.closureFactorMax)), a delay 0 to \(Int(Limits.closureDelaySecondsMax)) s, a speed "
        + "\(Limits.closureSpeedKmhMin) to \(Int(Limits.speedKmhMax)) km/h", value: "\(value)")
  }

  private static func size(_ size: VehicleSize) throws(EngineError) {
    let measures = [size.heightMeters, size.widthMeters, size.lengthMeters, size.weightTonnes, size.axleLoadTonnes]
    for measure in measures where !(0...Limits.vehicleSizeMax).contains(measure) {
      throw EngineError(
        .invalidClosure, "a measure of a vehicle is 0 to \(Int(Limits.vehicleSizeMax)) m or t", value: "\(measure)")
    }
  }

  /// - Throws: `INVALID_ARGUMENT` for a time to live that is not above 0 or longer than a year.
  public static func timeToLive(_ seconds: Double?) throws(EngineError) {
    if let seconds, !(seconds > 0 && seconds <= Limits.timeToLiveSecondsMax) {
      throw EngineError(
        .invalidArgument, "a time to live is above 0 and at most \(Limits.timeToLiveSecondsMax) s",
        value: "\(seconds)")
    }
  }

  /// - Throws: `INVALID_FEED`.
  public static func feed(_ report: FeedReport?) throws(EngineError) {
    guard let report else { return }
    try id(report.source, .invalidFeed)
    guard report.intervalSeconds >= 0, report.intervalSeconds <= Limits.timeToLiveSecondsMax else {
      throw EngineError(
        .invalidFeed, "a feed's interval is 0 (once) to \(Limits.timeToLiveSecondsMax) s",
        value: "\(report.intervalSeconds)")
    }
    guard report.recordCount >= 0, report.skippedCount >= 0 else {
      throw EngineError(.invalidFeed, "a record count is not negative", value: "\(report.recordCount)")
    }
  }

  /// - Throws: `INVALID_SPEEDS`, `LIMIT_EXCEEDED`, `INVALID_ARGUMENT`. O(speeds).
  public static func speeds(_ update: SpeedUpdate) throws(EngineError) {
    try id(update.source, .invalidSpeeds)
    try timeToLive(update.timeToLiveSeconds)
    try atMost(Limits.speedsMax, "speeds", update.speeds.count, "too many speeds in one call")
    try atMost(Limits.speedsMax, "speeds", update.turnPenalties.count, "too many turn penalties in one call")
    for speed in update.speeds {
      guard speed.kmh >= 0, speed.kmh <= Limits.speedKmhMax else {
        throw EngineError(
          .invalidSpeeds, "a speed is 0 (closed) to \(Limits.speedKmhMax) km/h", value: "\(speed.kmh)")
      }
      guard case .link(let id) = speed.road else { continue }
      guard !id.isEmpty, id.utf8.count <= Limits.textBytesMax, !id.utf8.contains(UInt8(ascii: "\n")) else {
        throw EngineError(.invalidSpeeds, "an id of a link is a short line of text", value: String(id.prefix(40)))
      }
    }
    for penalty in update.turnPenalties
    where !(penalty.seconds >= 0 && penalty.seconds <= Limits.closureDelaySecondsMax) {
      throw EngineError(
        .invalidSpeeds, "a turn penalty is 0 to \(Limits.closureDelaySecondsMax) s", value: "\(penalty.seconds)")
    }
  }
}
