import API

/// How a route is written: what the services that answer with routes have in common.
struct RouteStyle: Sendable {
  /// How lines are written.
  enum Geometries: String, CaseIterable, Sendable {
    case polyline, polyline6, geojson
  }

  /// How much of the whole line is written.
  enum Overview: String, CaseIterable, Sendable {
    case simplified, full
    case none = "false"
  }

  /// What is told of each stretch of the line.
  enum Annotation: String, CaseIterable, Sendable {
    case nodes, distance, duration, datasources, weight, speed
  }

  let wantsSteps: Bool
  let annotations: Set<Annotation>
  let geometries: Geometries
  let overview: Overview
  /// The positions of the coordinates at which a leg ends and the next one begins, with the first and the last one.
  let legEnds: [Int]
  let drivingSide: StreetSide
  /// How places are written; `nil` to leave them out.
  let waypoints: WaypointStyle?

  /// - Throws: `InvalidQuery`, `InvalidOptions`, `InvalidValue`.
  init(_ request: inout OSRMRequest) throws(OSRMError) {
    wantsSteps = try request.query.flag("steps", usually: false)
    annotations = try Self.annotations(request.query.text("annotations"))
    geometries = try request.query.choice("geometries", usually: .polyline)
    overview = try request.query.choice("overview", usually: .simplified)
    legEnds = try Self.legEnds(&request.query, placeCount: request.places.count)
    drivingSide = request.drivingSide
    waypoints = request.writesWaypoints ? WaypointStyle(writesHints: request.writesHints) : nil
  }

  /// What is needed of a route for it.
  var detail: RouteDetail {
    var detail: RouteDetail = []
    if wantsSteps { detail = detail.union([.steps, .junctions]) }
    if wantsSteps || overview != .none || !annotations.isEmpty { detail.insert(.shape) }
    if !annotations.isEmpty { detail.insert(.stretches) }
    if annotations.contains(.nodes) { detail.insert(.nodes) }
    return detail
  }

  private static func annotations(_ text: String?) throws(OSRMError) -> Set<Annotation> {
    guard let text, text != "false" else { return [] }
    if text == "true" { return Set(Annotation.allCases) }
    var named: Set<Annotation> = []
    for word in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let annotation = Annotation(rawValue: String(word)) else {
        throw OSRMQuery.malformed("annotations", text, Annotation.allCases.map(\.rawValue).joined(separator: ", "))
      }
      named.insert(annotation)
    }
    return named
  }

  private static func legEnds(_ query: inout OSRMQuery, placeCount: Int) throws(OSRMError) -> [Int] {
    guard let chosen = try query.indices("waypoints", count: placeCount) else { return Array(0..<placeCount) }
    guard chosen.first == 0, chosen.last == placeCount - 1, chosen.count >= 2 else {
      throw OSRMError(.invalidValue, "First and last coordinates must be specified as waypoints.")
    }
    guard zip(chosen, chosen.dropFirst()).allSatisfy(<) else {
      throw OSRMError(.invalidValue, "waypoints must be in the order of the coordinates")
    }
    return chosen
  }
}
