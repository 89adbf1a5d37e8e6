import API
import Foundation
import Geometry
import Messages
import WebPages

/// `/match/v1/...`: the ways of a trace, over `Routing/Match`.
enum MatchService {
  static func call(_ request: OSRMRequest) throws(OSRMError) -> PageCall {
    var request = request
    try request.needsTwoCoordinates()
    let times = try times(&request.query, count: request.places.count)
    var asked = MatchRequest(points: [], profile: request.profile)
    asked.points = request.places.indices.map { index in
      let place = request.places[index]
      return TracePoint(
        place.coordinate, at: times.map { Date(timeIntervalSince1970: Double($0[index])) },
        accuracyMeters: min(place.radiusMeters ?? TracePoint.accuracyMetersDefault, Limits.matchAccuracyMetersMax),
        headingDegrees: place.headingDegrees)
    }
    asked.splitsAtGaps = try request.query.choice("gaps", usually: Gaps.split) == .split
    // A trace that is dense costs time and does no harm: nothing of it is left out.
    _ = try request.query.flag("tidy", usually: false)
    let style = try RouteStyle(&request)
    asked.detail = style.detail
    try request.query.refuseOthers()
    let coordinates = request.coordinates
    return PageCall(ServiceMethods.match, asked) { answer in
      switch answer {
      case .success(let answer): MatchPage(answer, style).page
      case .failure(let refusal): OSRMError(refusal, coordinates: coordinates).page
      }
    }
  }

  private enum Gaps: String, CaseIterable {
    case split, ignore
  }

  /// Seconds since 1970, ascending; `nil` without any.
  private static func times(_ query: inout OSRMQuery, count: Int) throws(OSRMError) -> [Int]? {
    let given = try query.elements("timestamps", count: count) { text throws(OSRMError) in
      guard let seconds = Int(text), (0...Int(UInt32.max)).contains(seconds) else {
        throw OSRMQuery.malformed("timestamps", text, "seconds since 1970")
      }
      return seconds
    }
    if given.allSatisfy({ $0 == nil }) { return nil }
    let times = given.compactMap(\.self)
    guard times.count == count else {
      throw OSRMError(.invalidOptions, "timestamps: all coordinates have one or none")
    }
    guard zip(times, times.dropFirst()).allSatisfy(<) else {
      throw OSRMError(.invalidValue, "Timestamps need to be monotonically increasing.")
    }
    return times
  }
}

/// The answer to a question for the ways of a trace.
struct MatchPage {
  private let answer: MatchAnswer
  private let style: RouteStyle
  private let ways: [Way]

  /// A way with the points of the trace that lie on it.
  private struct Way {
    var matching: Matching
    var points: [MatchedPoint] = []
    /// Positions among its points at which a leg ends.
    var legEnds: [Int] = []
  }

  init(_ answer: MatchAnswer, _ style: RouteStyle) {
    (self.answer, self.style) = (answer, style)
    let wanted = Set(style.legEnds)
    var ways = answer.matchings.map { Way(matching: $0) }
    for (index, point) in answer.points.enumerated() {
      guard let point, ways.indices.contains(point.matching) else { continue }
      if wanted.contains(index) { ways[point.matching].legEnds.append(ways[point.matching].points.count) }
      ways[point.matching].points.append(point)
    }
    self.ways = ways.map { way in
      var way = way
      way.legEnds = Set(way.legEnds).union([0, max(way.points.count - 1, 0)]).sorted()
      return way
    }
  }

  var page: PageAnswer {
    guard !ways.isEmpty, ways.allSatisfy({ $0.points.count >= 2 }) else {
      return OSRMError(.noMatch, "Could not match the trace.").page
    }
    let routes = ways.map {
      RouteJSON($0.matching.route, places: $0.points.map(\.place), legEnds: $0.legEnds, style, .live)
    }
    return JSONPage.ok(reservingBytes: routes.reduce(0) { $0 + $1.size }) { json in
      json.name("matchings")
      json.list(zip(routes, ways)) { json, pair in
        pair.0.write(to: &json) { json in
          json.name("confidence")
          json.number(pair.1.matching.confidence, digits: 6)
        }
      }
      guard let waypoints = style.waypoints else { return }
      json.name("tracepoints")
      json.list(answer.points) { json, point in
        if let point { write(point, waypoints, to: &json) } else { json.null() }
      }
    }
  }

  private func write(_ point: MatchedPoint, _ waypoints: WaypointStyle, to json: inout JSONText) {
    json.waypoint(point.place, waypoints) { json in
      json.name("matchings_index")
      json.integer(point.matching)
      json.name("waypoint_index")
      if let number = ways[point.matching].legEnds.firstIndex(of: point.number) {
        json.integer(number)
      } else {
        json.null()
      }
      json.name("alternatives_count")
      json.integer(point.alternativesCount)
    }
  }
}
