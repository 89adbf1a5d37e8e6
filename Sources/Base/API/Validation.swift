import Foundation
import Geometry

/// Checks of what callers give, before anything is done with it.
public enum Validation {
  /// A profile that the engine serves.
  public static func profile(_ name: String, among names: [String]) throws(EngineError) {
    guard names.contains(name) else {
      throw EngineError(.unknownProfile, "no such profile; there are \(names.joined(separator: ", "))", value: name)
    }
  }

  /// The coordinate, the heading and the own reach of a place.
  /// - Throws: `INVALID_COORDINATE`, `INVALID_HEADING`, `INVALID_RADIUS`.
  public static func place(_ place: Place) throws(EngineError) {
    try coordinate(place.coordinate)
    try heading(place.headingDegrees)
    if place.radiusMeters != nil || place.headingToleranceDegrees != nil { try reach(SnapReach().of(place)) }
  }

  /// - Throws: `INVALID_COORDINATE` for a latitude beyond ±90 or a longitude beyond ±180 degrees.
  public static func coordinate(_ coordinate: Coordinate) throws(EngineError) {
    guard abs(coordinate.latitude) <= 90, abs(coordinate.longitude) <= 180 else {
      throw EngineError(.invalidCoordinate, "a coordinate is latitude ±90, longitude ±180", value: "\(coordinate)")
    }
  }

  /// Degrees clockwise from north, 0 to below 360; 360 means 0.
  /// - Throws: `INVALID_HEADING`.
  public static func heading(_ degrees: Double?) throws(EngineError) {
    if let degrees, !(0...360).contains(degrees) {
      throw EngineError(.invalidHeading, "a heading is 0 to below 360 degrees; 360 means 0", value: "\(degrees)")
    }
  }

  /// How far from a place a road may lie, and how far off its heading.
  /// - Throws: `INVALID_RADIUS`, `INVALID_HEADING`.
  public static func reach(_ reach: SnapReach) throws(EngineError) {
    try radius(reach.radiusMeters, max: Limits.snapRadiusMeters)
    let degrees = reach.headingToleranceDegrees
    guard (0...180).contains(degrees) else {
      throw EngineError(.invalidHeading, "a heading's tolerance is 0 to 180 degrees", value: "\(degrees)")
    }
  }

  /// - Throws: ``EngineError`` for the first value of the request that can't be answered.
  public static func fastestUnits(_ request: FastestUnitsRequest, _ limits: EngineLimits) throws(EngineError) {
    try place(request.incident)
    try count(request.count, max: limits.rankedUnitsMax, "limits.ranked_units")
    try atMost(Limits.capabilitiesMax, "capabilities", request.capabilities.count, "too many capabilities")
    try positive(request.travelSecondsMax, "the largest travel time")
    try positive(
      request.positionAgeSecondsMax, "the largest age of a position", max: Limits.timeToLiveSecondsMax)
    try explainCount(request.explainCount)
    try reach(request.reach)
  }

  /// - Throws: ``EngineError`` for the first value of the request that can't be answered.
  public static func route(_ request: RouteRequest) throws(EngineError) {
    guard request.places.count >= 2 else {
      throw EngineError(.invalidArgument, "a route needs a start and an end", value: "\(request.places.count) places")
    }
    try atMost(Limits.viaPointsMax, "via_points", request.places.count - 2, "too many places on the way")
    for place in request.places { try self.place(place) }
    try reach(request.reach)
    guard request.alternatives >= 0 else {
      throw EngineError(.invalidCount, "alternatives are 0 or more", value: "\(request.alternatives)")
    }
    try atMost(Limits.alternativesMax, "alternatives", request.alternatives, "too many alternatives")
    guard request.alternatives == 0 || request.places.count == 2 else {
      throw EngineError(
        .invalidArgument, "alternatives are found between two places, without any on the way",
        value: "\(request.places.count) places")
    }
  }

  /// - Parameter name: of the limit, as `tocsin limits` tells it.
  /// - Throws: `INVALID_COUNT` below 1, `LIMIT_EXCEEDED`.
  public static func count(_ count: Int, max limit: Int, _ name: String) throws(EngineError) {
    guard count >= 1 else { throw EngineError(.invalidCount, "at least 1 must be asked for", value: "\(count)") }
    try atMost(limit, name, count, "too many asked for")
  }

  /// A span of time, if it is given: 0 seconds or more.
  ///
  /// - Parameter limit: by its usual value a week; the age of what is known may be more.
  /// - Throws: `code`.
  public static func positive(
    _ seconds: Double?, _ name: String, max limit: Double = Limits.durationSecondsMax,
    _ code: EngineError.Code = .invalidArgument
  ) throws(EngineError) {
    if let seconds, !(0...limit).contains(seconds) {
      throw EngineError(code, "\(name) is 0 to \(Int(limit)) s", value: "\(seconds)")
    }
  }

  /// Metres, above 0.
  /// - Throws: `INVALID_RADIUS`.
  public static func radius(_ meters: Double, max limit: Double) throws(EngineError) {
    guard meters > 0, meters <= limit else {
      throw EngineError(.invalidRadius, "a radius is above 0 and at most \(limit) m", value: "\(meters)")
    }
  }

  /// - Parameter name: of the limit, as `tocsin limits` tells it.
  public static func atMost(_ limit: Int, _ name: String, _ count: Int, _ message: String) throws(EngineError) {
    guard count <= limit else {
      throw EngineError(.limitExceeded, "\(message): \(name) = \(limit)", value: "\(count)")
    }
  }

  /// - Throws: `code` for a text of more than ``Limits/textBytesMax`` bytes.
  public static func text(_ text: String, _ name: String, _ code: EngineError.Code) throws(EngineError) {
    guard text.utf8.count <= Limits.textBytesMax else {
      throw EngineError(
        code, "\(name) is longer than \(Limits.textBytesMax) bytes", value: String(text.prefix(40)) + "…")
    }
  }

  /// - Throws: `code` for an id that is empty or too long.
  public static func id(_ id: String, _ code: EngineError.Code) throws(EngineError) {
    guard !id.isEmpty else { throw EngineError(code, "an id is missing") }
    try text(id, "an id", code)
  }

  /// - Parameters:
  ///   - profiles: those that the engine serves.
  ///   - now: the server's clock.
  /// - Throws: ``EngineError`` for the first value of the unit that can't be taken; its message names the unit.
  public static func unit(
    _ unit: ResponseUnit, profiles: [String], at now: Date, _ limits: EngineLimits
  ) throws(EngineError) {
    try id(unit.id, .invalidUnit)
    try named("unit \(unit.id)") { () throws(EngineError) in
      try profile(unit.profile, among: profiles)
      try coordinate(unit.coordinate)
      try heading(unit.headingDegrees)
      try text(unit.agency, "the agency", .invalidUnit)
      try text(unit.station, "the station", .invalidUnit)
      try atMost(Limits.capabilitiesMax, "capabilities", unit.capabilities.count, "too many capabilities")
      for capability in unit.capabilities { try text(capability, "a capability", .invalidUnit) }
      try positive(unit.turnoutSeconds, "turnout", .invalidUnit)
      try notAhead(unit.reportedAt, of: now, "the position's time", limits)
      try notAhead(unit.statusAt, of: now, "the status' time", limits)
      try duties(of: unit, at: now, limits)
    }
  }

  /// The check of one thing of several, whose error names it.
  public static func named(_ name: String, _ check: () throws(EngineError) -> Void) throws(EngineError) {
    do throws(EngineError) {
      try check()
    } catch {
      throw EngineError(error.code, "\(name): \(error.message)", value: error.value)
    }
  }

  /// Ids that are each given once.
  public static func unique(_ ids: [String], _ code: EngineError.Code) throws(EngineError) {
    var seen: Set<String> = []
    for id in ids where !seen.insert(id).inserted { throw EngineError(code, "the id is given twice", value: id) }
  }

  /// A put that was made of what is known now: 0 takes whatever is.
  ///
  /// - Parameter known: `nil` if it isn't known.
  /// - Throws: `STALE_REVISION`.
  public static func revision(_ seen: UInt64, known: UInt64?, of name: String) throws(EngineError) {
    guard seen > 0, seen != known else { return }
    let now = known.map { "is known with revision \($0)" } ?? "is not known any more"
    throw EngineError(.staleRevision, "\(name) \(now)", value: "\(seen)")
  }
}
